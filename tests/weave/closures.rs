//! Closures: their parameters, their statements, and what they must stay.

use crate::shape::shape;
use scope::instrument;

shape! {
    closures_of_every_kind
    {
        #[instrument(level = "full", skip(by_ref, by_mut, by_move, plain))]
        fn f(n: u16) -> u16 {
            let mut sum = 0;
            let s = String::from("ab");
            let by_ref = |m: u16| m + n;
            let mut by_mut = |m| sum += m;
            let by_move = move || s.len();
            let plain: fn(u16) -> u16 = |m| m * 2;
            by_mut(by_ref(1));
            by_mut(plain(2));
            sum + u16::try_from(by_move()).unwrap()
        }
    }
    { assert_eq!(f(1), 8); }
    "f(n = 1)" "  sum = 0" "  s = \"ab\"" "  m = 1" "  m = 2" "  m = 4" "f Returned 8"
}
shape! {
    closures_with_statements lines
    {
        #[instrument(level = "full", skip(g))]
        fn f(n: u16) -> u16 {
            let g = |m: u16| {
                let k = m + n;
                if k > 3 {
                    return 0;
                }
                k
            };
            g(1) + g(2)
        }
    }
    { assert_eq!(f(2), 3); }
    "f(n = 2)" "  +1" "  +8" "  m = 1" "  +2" "  k = 3" "  +3" "  +6" "  m = 2" "  +2" "  k = 4" "  +3" "  branch if k > 3" "  +4" "f Returned 3 at +9"
}
shape! {
    closures_in_closures
    { #[instrument(level = "full", skip(add))] fn f(n: u16) -> u16 { let add = |a: u16| move |b: u16| { let c = a + b; c + n }; add(1)(2) } }
    { assert_eq!(f(3), 6); }
    "f(n = 3)" "  a = 1" "  b = 2" "  c = 3" "f Returned 6"
}
shape! {
    closures_that_become_function_pointers
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { let all: [fn(u16) -> u16; 2] = [|a| a + 1, |a| { let b = a; b * 2 }]; all.into_iter().fold(n, |m, g| g(m)) }
    }
    { assert_eq!(f(1), 4); }
    // A closure that mentions no local must stay one that mentions none: of it only what has its type written out is shown.
    "f(n = 1)" "  all = [0x…, 0x…]" "f Returned 4"
}
shape! {
    items_named_as_locals_are
    {
        #[instrument(level = "full")]
        fn f(x: u8) -> u8 {
            let i: fn(u8) -> u8 = |n| {
                fn x(k: u8) -> u8 { k }
                let t = x(n);
                t
            };
            let j: fn(u8) -> u8 = {
                fn x(k: u8) -> u8 { k }
                |n| { let t = x(n); t }
            };
            i(x) + j(x)
        }
    }
    { assert_eq!(f(1), 2); }
    "f(x = 1)" "  i = 0x…" "  j = 0x…"
    "  f::x(k = 1)" "  f::x Returned 1" "  f::x(k = 1)" "  f::x Returned 1" "f Returned 2"
}
shape! {
    closures_that_consume
    { #[instrument(level = "full", skip(g))] fn f(v: Vec<u16>) -> usize { let g = || { let w = v; w.len() }; g() } }
    { assert_eq!(f(vec![1]), 1); }
    "f(v = [1])" "  w = [1]" "f Returned 1"
}
shape! {
    closures_with_patterns
    {
        #[instrument(level = "full")]
        fn f(v: &[(u16, &str)]) -> usize { let k = 1; v.iter().filter(|&&(n, _)| n > k).map(|(_, s)| s.len() + usize::from(k)).sum() }
    }
    { assert_eq!(f(&[(1, "a"), (2, "bc")]), 3); }
    "f(v = [(1, \"a\"), (2, \"bc\")])" "  k = 1" "  n = 1" "  n = 2" "  s = \"bc\"" "f Returned 3"
}
shape! {
    closures_with_parameters_under_cfg
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let g = |a: u16, #[cfg(any())] b: u16, #[cfg(any())] (c, d): (u16, u16)| {
                #[cfg(any())]
                let a = a + b + c + d;
                a + n
            };
            let add = |#[cfg(any())] n, #[cfg(all())] a| n + a;
            g(1) + add(2)
        }
    }
    { assert_eq!(f(1), 5); }
    "f(n = 1)"
    "  g = <Opaque: weave::closures::closures_with_parameters_under_cfg::f::{{closure}}, 8 bytes>"
    "  add = <Opaque: weave::closures::closures_with_parameters_under_cfg::f::{{closure}}, 8 bytes>"
    "  a = 1"
    "f Returned 5"
}
shape! {
    recursion_through_a_closure
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 { fn go(g: &dyn Fn(u16) -> u16, n: u16) -> u16 { if n == 0 { 0 } else { g(n - 1) } } let g = |m| f(m) + 1; go(&g, n) }
    }
    { assert_eq!(f(1), 1); }
    "f(n = 1)"
    "  g = <Opaque: weave::closures::recursion_through_a_closure::f::{{closure}}, 0 bytes>"
    "  f::go(g = <Opaque: &dyn core::ops::function::Fn(u16) -> u16, 16 bytes>, n = 1)"
    "    branch else of if n == 0"
    "    f(n = 0)"
    "      g = <Opaque: weave::closures::recursion_through_a_closure::f::{{closure}}, 0 bytes>"
    "      f::go(g = <Opaque: &dyn core::ops::function::Fn(u16) -> u16, 16 bytes>, n = 0)"
    "        branch if n == 0"
    "      f::go Returned 0"
    "    f Returned 0"
    "  f::go Returned 1"
    "f Returned 1"
}
