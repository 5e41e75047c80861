//! Functions that are no methods: what they take and what they give back.

use crate::shape::shape;
use scope::instrument;
use std::hint::black_box;
use std::panic::catch_unwind;

shape! {
    free
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { n + 1 } }
    { assert_eq!(f(1), 2); }
    "f(n = 1)" "f Returned 2"
}
shape! {
    empty
    { #[instrument(level = "full")] fn f() {} }
    { f(); }
    "f()" "f Returned"
}
shape! {
    unit_written_out
    { #[instrument(level = "full")] fn f(n: u16) -> () { black_box(n); } }
    { f(1); }
    "f(n = 1)" "f Returned"
}
shape! {
    nested
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            fn twice(n: u16) -> u16 { n * 2 }
            twice(n) + 1
        }
    }
    { assert_eq!(f(2), 5); }
    "f(n = 2)" "  f::twice(n = 2)" "  f::twice Returned 4" "f Returned 5"
}
shape! {
    nested_behind_its_use
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            return twice(n);
            fn twice(n: u16) -> u16 { n * 2 }
        }
    }
    { assert_eq!(f(2), 4); }
    "f(n = 2)" "  f::twice(n = 2)" "  f::twice Returned 4" "f Returned 4"
}
shape! {
    nested_types_and_methods
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            #[derive(Debug)]
            struct Pair(u16, u16);
            impl Pair { fn sum(&self) -> u16 { self.0 + self.1 } }
            Pair(n, 1).sum()
        }
    }
    { assert_eq!(f(2), 3); }
    "f(n = 2)" "  f::Pair::sum(self = Pair(2, 1))" "  f::Pair::sum Returned 3" "f Returned 3"
}
shape! {
    nested_with_another_level
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            #[instrument(level = "none")]
            fn twice(n: u16) -> u16 { n * 2 }
            let m = twice(n);
            m
        }
    }
    { assert_eq!(f(2), 4); }
    "f(n = 2)" "  m = 4" "f Returned 4"
}
shape! {
    nested_and_skipped
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            #[scope::skip]
            fn twice(n: u16) -> u16 { n * 2 }
            twice(n)
        }
    }
    { assert_eq!(f(2), 4); }
    "f(n = 2)" "f Returned 4"
}
shape! {
    a_module
    {
        #[instrument(level = "full")]
        mod m {
            pub(super) fn f(n: u16) -> u16 { inner::g(n) }
            mod inner { pub(super) fn g(n: u16) -> u16 { n } }
        }
    }
    { assert_eq!(m::f(2), 2); }
    "f(n = 2)" "  g(n = 2)" "  g Returned 2" "f Returned 2"
}
shape! {
    patterns_in_arguments
    {
        struct P { x: u16, y: u16 }
        #[instrument(level = "full")]
        fn f((a, [b, ..]): (u16, [u16; 3]), P { x, y: z }: P, &d: &u16, _: u16, mut e: u16) -> u16 { e += 1; a + b + x + z + d + e }
    }
    { assert_eq!(f((1, [2, 0, 0]), P { x: 3, y: 4 }, &5, 0, 6), 22); }
    "f(a = 1, b = 2, x = 3, z = 4, d = 5, e = 6)" "  e = 7" "f Returned 22"
}
shape! {
    whole_and_parts
    {
        #[instrument(level = "full")]
        fn f(whole @ (a, _): (u16, u16), ref r: u16, ref mut m: u16) -> u16 { *m += 1; whole.0 + a + *r + *m }
    }
    { assert_eq!(f((1, 2), 3, 4), 10); }
    "f(whole = (1, 2), a = 1, r = 3, m = 4)" "f Returned 10"
}
shape! {
    or_patterns
    {
        enum E { A(u16), B(u16) }
        #[instrument(level = "full")]
        fn f((E::A(n) | E::B(n)): E) -> u16 { n }
    }
    { assert_eq!((f(E::A(1)), f(E::B(2))), (1, 2)); }
    "f(n = 1)" "f Returned 1" "f(n = 2)" "f Returned 2"
}
shape! {
    unused_arguments
    { #[instrument(level = "full")] fn f(_n: u16, _: &str) {} }
    { f(1, "a"); }
    "f(_n = 1)" "f Returned"
}
shape! {
    shadowed_argument
    { #[instrument(level = "full")] fn f(n: u16) -> String { let n = n.to_string(); n } }
    { assert_eq!(f(1), "1"); }
    "f(n = 1)" "  n = \"1\"" "f Returned \"1\""
}
shape! {
    moved_argument
    { #[instrument(level = "full")] fn f(s: String) -> usize { let t = s; t.len() } }
    { assert_eq!(f("ab".to_owned()), 2); }
    "f(s = \"ab\")" "  t = \"ab\"" "f Returned 2"
}
shape! {
    argument_given_back
    { #[instrument(level = "full")] fn f(s: String) -> String { s } }
    { assert_eq!(f("ab".to_owned()), "ab"); }
    "f(s = \"ab\")" "f Returned \"ab\""
}
shape! {
    raw_names
    { #[instrument(level = "full")] fn r#fn(r#type: u16) -> u16 { let r#match = r#type; r#match } }
    { assert_eq!(r#fn(1), 1); }
    "fn(type = 1)" "  match = 1" "fn Returned 1"
}
shape! {
    names_like_ours
    {
        #[instrument(level = "full")]
        fn f(__call: u16, __ret: u16) -> u16 { let __pick0 = __call; let __entry = __ret; __pick0 + __entry }
    }
    { assert_eq!(f(1, 2), 3); }
    "f(__call = 1, __ret = 2)" "f Returned 3"
}
shape! {
    types_like_ours
    {
        #[instrument(level = "full")]
        fn f(n: Option<u16>) -> Result<u16, u16> {
            struct Some;
            #[allow(dead_code, reason = "it only is in the way")]
            struct Pick;
            #[allow(non_camel_case_types, dead_code, reason = "it only is in the way")]
            struct core;
            black_box(Some);
            let m = n.ok_or(0_u16)?;
            Ok(m)
        }
    }
    { assert_eq!((f(Option::Some(1)), f(None)), (Ok(1), Err(0))); }
    "f(n = Some(1))" "  m = 1" "f Returned Ok(1)" "f(n = None)" "f Early 0 at +7"
}
shape! {
    raw_pointers
    {
        #[instrument(level = "full")]
        fn f(p: *const u16, q: *mut u16) -> bool { p.is_null() && q.is_null() }
    }
    { assert!(f(std::ptr::null(), std::ptr::null_mut())); }
    "f(p = 0x0, q = 0x0)" "f Returned true"
}
shape! {
    function_pointers
    {
        fn one() -> u16 { 1 }
        #[instrument(level = "full", skip(g))]
        fn f(g: fn() -> u16, h: Option<extern "C" fn(u8)>) -> u16 { h.map_or_else(g, |_| 0) }
    }
    { assert_eq!(f(one, None), 1); }
    "f(h = None)" "f Returned 1"
}
shape! {
    recursion
    { #[instrument(level = "full")] fn f(n: u32) -> u32 { if n == 0 { 1 } else { n * f(n - 1) } } }
    { assert_eq!(f(2), 2); }
    "f(n = 2)"
    "  branch else of if n == 0"
    "  f(n = 1)"
    "    branch else of if n == 0"
    "    f(n = 0)"
    "      branch if n == 0"
    "    f Returned 1"
    "  f Returned 1"
    "f Returned 2"
}
shape! {
    mutual_recursion
    {
        #[instrument(level = "full")]
        mod m {
            pub(super) fn even(n: u32) -> bool { n == 0 || odd(n - 1) }
            fn odd(n: u32) -> bool { n != 0 && even(n - 1) }
        }
    }
    { assert!(m::even(2)); }
    "even(n = 2)"
    "  odd(n = 1)"
    "    even(n = 0)"
    "    even Returned true"
    "  odd Returned true"
    "even Returned true"
}
shape! {
    many_arguments
    {
        #[instrument(level = "full")]
        #[expect(clippy::too_many_arguments, reason = "all of them are to be seen")]
        fn f(a: u8, b: i8, c: u32, d: i64, e: f32, g: f64, h: bool, i: char, j: &str, k: u128, l: i128, m: ()) -> usize {
            black_box((a, b, c, d, e, g, h, i, j, k, l, m));
            12
        }
    }
    { assert_eq!(f(1, -1, 2, -2, 0.5, 1e300, true, '\n', "x\0", u128::MAX, i128::MIN, ()), 12); }
    "f(a = 1, b = -1, c = 2, d = -2, e = 0.5, g = 1e300, h = true, i = '\\n', j = \"x\\0\", k = 340282366920938463463374607431768211455, l = -170141183460469231731687303715884105728, m = ())"
    "f Returned 12"
}
shape! {
    mutable_argument
    { #[instrument(level = "full")] fn f(n: &mut u16, mut m: u16) -> u16 { *n += 1; m += *n; m } }
    { let mut n = 1; assert_eq!(f(&mut n, 2), 4); }
    "f(n = 1, m = 2)" "  m = 4" "f Returned 4"
}
shape! {
    given_back_by_reference
    { #[instrument(level = "full")] fn f<'a>(all: &'a mut Vec<u16>, n: &u16) -> &'a mut u16 { all.push(*n); let last = all.len() - 1; &mut all[last] } }
    { let mut all = vec![1]; *f(&mut all, &2) += 1; assert_eq!(all, [1, 3]); }
    "f(all = [1], n = 2)" "  all = [1, 2]" "  last = 1" "f Returned 2"
}
shape! {
    of_another_name_for_nothing
    {
        pub trait Gives { type Out; }
        impl Gives for u8 { type Out = (); }
        type Out<T> = <T as Gives>::Out;
        #[instrument(level = "boundaries")] fn f(n: u8) -> Out<u8> { if n > 1 { black_box(n); } }
        #[instrument(level = "full")] fn g(n: u8) -> Out<u8> { let m = n; black_box(m); }
    }
    { f(1); g(2); }
    "f()" "f Returned" "g(n = 2)" "  m = 2" "g Returned ()"
}
shape! {
    a_macro_of_a_name_that_leaves
    {
        macro_rules! bail { ($e:expr) => { return Err($e) } }
        #[allow(unreachable_code, reason = "behind what leaves")]
        #[instrument(level = "full")] fn f(n: u8) -> Result<u8, u8> { if n > 1 { return Ok(n); } bail!(n); let _m = n; }
    }
    { assert_eq!((f(1), f(2)), (Err(1), Ok(2))); }
    "f(n = 1)" "f Left at +0" "f(n = 2)" "  branch if n > 1" "f Returned Ok(2)"
}
shape! {
    of_nothing_with_a_value_that_is_not_there
    { #[instrument(level = "full")] fn f(n: u8) { black_box(n); #[cfg(any())] { 3 } } }
    { f(1); }
    "f(n = 1)" "f Returned"
}
shape! {
    that_end_with_one_that_never_ends
    {
        #[instrument(level = "full")]
        mod m {
            fn die(n: u16) -> ! { let m = n + 1; std::panic::panic_any(m); }
            pub(super) fn f(n: u16) -> u16 { let m = n + 1; if m > 2 { return m; } die(m); }
        }
    }
    { assert_eq!(m::f(2), 3); assert!(catch_unwind(|| m::f(1)).is_err()); }
    // What rustc would say, if there were a value to be had, it says only where nothing of ours is behind the call: so no `m`.
    "f(n = 2)" "  branch if m > 2" "f Returned 3"
    "f(n = 1)" "  die(n = 2)" "    m = 3" "  die Panicked at +0" "f Panicked at +0"
}
