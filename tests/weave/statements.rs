//! Statements that are no branches: `let`s, blocks, `unsafe`, items, macros, and the lines of all of them.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;

shape! {
    lets_of_every_kind
    {
        struct P { x: u16, y: (u16, u16) }
        #[instrument(level = "full")]
        fn f(p: &P) -> u16 {
            let a: u16 = 1;
            let (b, c);
            (b, c) = (2, 3);
            let P { x, y: (_, z) } = p;
            let &P { x: ref first, .. } = p;
            let [d, .., e] = [4, 0, 5];
            let whole @ (g, _) = (6, 7);
            let _ignored = 8;
            let _ = 9;
            a + b + c + x + z + first + d + e + g + whole.1
        }
    }
    { assert_eq!(f(&P { x: 10, y: (0, 20) }), 68); }
    "f(p = <Opaque: weave::statements::lets_of_every_kind::P, 6 bytes>)"
    "  a = 1" "  b = 2" "  c = 3" "  x = 10" "  z = 20" "  first = 10" "  d = 4" "  e = 5" "  whole = (6, 7)" "  g = 6"
    "f Returned 68"
}
shape! {
    a_let_without_a_value
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let m; if n > 1 { m = n; } else { return 0; } m } }
    { assert_eq!((f(1), f(2)), (0, 2)); }
    "f(n = 1)" "  branch else of if n > 1" "f Returned 0" "f(n = 2)" "  branch if n > 1" "  m = 2" "f Returned 2"
}
shape! {
    blocks_and_their_values
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let m = { let k = n * 2; { let j = k; j + 1 } }; { black_box(m); } m } }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  k = 2" "  j = 2" "  m = 3" "f Returned 3"
}
shape! {
    unsafe_blocks
    { #[instrument(level = "full")] fn f(s: &[u16]) -> u16 { let p = s.as_ptr(); let m = unsafe { let q = p.add(1); *q }; unsafe { *p + m } } }
    { assert_eq!(f(&[1, 2]), 3); }
    "f(s = [1, 2])" "  p = 0x…" "  q = 0x…" "  m = 2" "f Returned 3"
}
shape! {
    unsafe_calls_without_a_block
    {
        #[instrument(level = "full")]
        #[allow(unsafe_op_in_unsafe_fn, reason = "old code does")]
        unsafe fn f(p: *mut u16) -> u16 { *p += 1; let m = *p; m }
    }
    { let mut n = 1; assert_eq!(unsafe { f(&raw mut n) }, 2); }
    "f(p = 0x…)" "  m = 2" "f Returned 2"
}
shape! {
    statics_that_change
    {
        static mut COUNT: u16 = 0;
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { unsafe { COUNT = n; COUNT += 1; let m = COUNT; m } }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  m = 2" "f Returned 2"
}
shape! {
    statics_named_as_locals_are
    {
        #[allow(non_upper_case_globals, reason = "C has such")]
        static mut count: u16 = 0;
        macro_rules! bind { ($x:ident, $e:expr) => { let mut $x = $e; } }
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let m; unsafe { count = n; (count, m) = (n, n); count += 1; m + count } }
        #[instrument(level = "full")]
        unsafe fn g(n: u16) { unsafe { count = n } }
        #[instrument(level = "full")]
        fn h(n: u16) -> u16 { bind!(m, n); m += 1; m }
    }
    { assert_eq!(f(1), 3); unsafe { g(2) }; assert_eq!(h(1), 2); }
    "f(n = 1)" "  m = 1" "f Returned 3" "g(n = 2)" "g Returned" "h(n = 1)" "  m = 2" "h Returned 2"
}
shape! {
    unions
    {
        #[derive(Clone, Copy)]
        union U { whole: u32, parts: [u16; 2] }
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let mut u = U { whole: 0 }; u.parts = [n, 0]; let [a, _] = unsafe { u.parts }; let b = unsafe { u.whole } & 1; a + u16::try_from(b).unwrap() }
    }
    { assert_eq!(f(if cfg!(target_endian = "little") { 1 } else { 2 }), 2); }
    "f(n = 1)" "  u = <Opaque: weave::statements::unions::U, 4 bytes>" "  a = 1" "  b = 1" "f Returned 2"
}
shape! {
    packed_structs
    {
        #[derive(Clone, Copy)]
        #[repr(C, packed)]
        struct P { a: u8, b: u32 }
        #[instrument(level = "full")]
        fn f(p: P) -> u32 { let P { a, b } = p; let mut q = p; q.b += 1; let c = q.b; u32::from(a) + b + c }
    }
    { assert_eq!(f(P { a: 1, b: 2 }), 6); }
    "f(p = <Opaque: weave::statements::packed_structs::P, 5 bytes>)" "  a = 1" "  b = 2"
    "  q = <Opaque: weave::statements::packed_structs::P, 5 bytes>" "  c = 3" "f Returned 6"
}
shape! {
    items_inside
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            use std::collections::BTreeMap as Map;
            const ONE: u16 = 1;
            static TWO: u16 = 2;
            type Pairs = Map<u16, u16>;
            let pairs: Pairs = [(ONE, TWO)].into();
            pairs[&n]
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  pairs = {1: 2}" "f Returned 2"
}
shape! {
    modules_and_traits_inside
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            mod inner { pub(super) fn twice(n: u16) -> u16 { n * 2 } }
            trait More { fn more(&self) -> u16; fn most(&self) -> u16 { self.more() + 1 } }
            impl More for u16 { fn more(&self) -> u16 { inner::twice(*self) } }
            n.most()
        }
    }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  f::More::most(self = 1)" "    f::<u16 as More>::more(self = 1)" "      twice(n = 1)"
    "      twice Returned 2" "    f::<u16 as More>::more Returned 2" "  f::More::most Returned 3" "f Returned 3"
}
shape! {
    macros_are_opaque
    {
        macro_rules! twice { ($e:expr) => {{ let inside = $e; inside * 2 }} }
        macro_rules! bind { ($x:ident, $e:expr) => { let $x = $e; } }
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let m = twice!(n); bind!(k, m + 1); let j = k; j }
    }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  m = 2" "  j = 3" "f Returned 3"
}
shape! {
    macros_that_go_on_behind_a_block
    {
        macro_rules! next { ($e:expr) => { { $e } + 1 } }
        #[instrument(level = "full", skip(g))]
        fn f(n: u16) -> u16 {
            let g = |m: u16| next! { m };
            match n {
                1 => next! { n },
                _ => g(n),
            }
        }
    }
    { assert_eq!(f(1), 2); assert_eq!(f(2), 3); }
    "f(n = 1)" "  branch 1" "f Returned 2" "f(n = 2)" "  branch _" "  m = 2" "f Returned 3"
}
shape! {
    macros_of_statements lines
    {
        macro_rules! all { ($($t:tt)*) => { $($t)* } }
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            all! {
                let m = n + 1;
                black_box(m);
            }
            let k = 1;
            k
        }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  +1" "  +5" "  k = 1" "  +6" "f Returned 1 at +7"
}
shape! {
    macros_defined_inside
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let k = 2; macro_rules! plus { ($e:expr) => { $e + k } } let m = plus!(n); m } }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  k = 2" "  m = 3" "f Returned 3"
}
shape! {
    statements_under_cfg
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            #[cfg(any())]
            let m = missing(n);
            #[cfg(all())]
            let m = n + 1;
            #[cfg(any())]
            return missing(m);
            #[cfg(all())]
            black_box(m);
            m
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  m = 2" "f Returned 2"
}
shape! {
    statements_with_attributes
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            #[allow(unused_variables, reason = "it is the point")]
            let m = 1;
            #[rustfmt::skip]
            let k = [n,n];
            #[allow(clippy::let_and_return, reason = "it is the point")]
            { let sum = k[0] + k[1]; sum }
        }
    }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "  m = 1" "  k = [1, 1]" "  sum = 2" "f Returned 2"
}
shape! {
    assignments_of_every_kind
    {
        #[instrument(level = "full")]
        fn f(n: i32) -> i32 {
            let mut m = n;
            m = m + 1;
            m += 2; m -= 1; m *= 6; m /= 2; m %= 10; m <<= 2; m >>= 1; m |= 1; m &= 7; m ^= 2;
            m
        }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  m = 1" "  m = 2" "  m = 4" "  m = 3" "  m = 18" "  m = 9" "  m = 9" "  m = 36" "  m = 18" "  m = 19" "  m = 3" "  m = 1" "f Returned 1"
}
shape! {
    an_assignment_as_a_value
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { let mut m = n; assert!(m < 9); let () = m = 2; if n > 0 { m = 3 } m } }
    { assert_eq!(f(1), 3); }
    "f(n = 1)" "  m = 1" "  branch if n > 0" "  m = 3" "f Returned 3"
}
shape! {
    empty_statements
    { #[instrument(level = "full")] #[allow(redundant_semicolons, clippy::no_effect, path_statements, reason = "it is the point")] fn f(n: u16) -> u16 { ;; let m = n;; m; {} ; (); m } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  m = 1" "f Returned 1"
}
shape! {
    ranges_casts_and_literals
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize {
            let r = 1..n;
            let c = n as u8 as char;
            let b = b"ab\0";
            let s = c"x";
            let t = (1.5_f32, -2e10, 'x', "y", b'z', 0xff_u8, ());
            let raw = r#"a"b"#;
            black_box((c, b, s, t));
            r.len() + raw.len()
        }
    }
    { assert_eq!(f(65), 67); }
    "f(n = 65)" "  r = Range { start: 1, end: 65 }" "  c = 'A'" "  b = b\"ab\\x00\"" "  s = \"x\""
    "  t = (1.5, -20000000000.0, 'x', \"y\", 122, 255, ())" "  raw = \"a\\\"b\"" "f Returned 67"
}
shape! {
    temporaries_of_a_let
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> usize { let s = &String::from("ab"); let v = &mut vec![n]; v.push(1); let t: &[u16] = &[n; 2]; s.len() + v.len() + t.len() } }
    { assert_eq!(f(1), 6); }
    "f(n = 1)" "  s = \"ab\"" "  v = [1]" "  t = [1, 1]" "f Returned 6"
}
shape! {
    lines_of_statements lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let v = vec![
                n,
                2,
            ];
            v.iter()
                .for_each(|m| {
                    black_box(m);
                });
            for m in &v {
                black_box(m);
            }
            loop {
                if v.len() > 1 {
                    break;
                }
            }
            v[0]
        }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "  +1" "  v = [1, 2]" "  +5" "  +7" "  +7" "  +9" "  round for m in &v" "  m = 1" "  +10" "  round for m in &v" "  m = 2" "  +10"
    "  +12" "  round loop" "  +13" "  branch if v.len() > 1" "  +14" "  +17" "f Returned 1 at +18"
}
shape! {
    a_value_in_front_of_a_macro_that_is_nothing
    {
        macro_rules! nothing { ($($t:tt)*) => {}; }
        #[instrument(level = "full")]
        fn f(n: u8) -> u8 { let m = { if n > 1 { n } else { 2 } nothing! {} }; match m { 2 => 3, m => m } nothing! { x } }
    }
    { assert_eq!((f(1), f(4)), (3, 4)); }
    "f(n = 1)" "  branch else of if n > 1" "  m = 2" "  branch 2" "f Returned 3"
    "f(n = 4)" "  branch if n > 1" "  m = 4" "  branch m" "  m = 4" "f Returned 4"
}
