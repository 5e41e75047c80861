//! What stands in front of functions: qualifiers, attributes, `#[cfg]`.

use crate::shape::shape;
use scope::instrument;

shape! {
    unsafe_fn
    { #[instrument(level = "full")] unsafe fn f(p: *const u16) -> u16 { unsafe { *p } } }
    {
        let n = 7;
        // SAFETY: it points to `n`.
        assert_eq!(unsafe { f(&raw const n) }, 7);
    }
    "f(p = 0x…)" "f Returned 7"
}
shape! {
    extern_c
    { #[instrument(level = "full")] extern "C" fn f(n: i32) -> i32 { n + 1 } }
    { let g: extern "C" fn(i32) -> i32 = f; assert_eq!(g(1), 2); }
    "f(n = 1)" "f Returned 2"
}
shape! {
    no_mangle
    { #[instrument(level = "full")] #[unsafe(no_mangle)] extern "C" fn scope_weave_no_mangle(n: i32) -> i32 { n } }
    { assert_eq!(scope_weave_no_mangle(1), 1); }
    "scope_weave_no_mangle(n = 1)" "scope_weave_no_mangle Returned 1"
}
shape! {
    inlined
    { #[inline(always)] #[instrument(level = "full")] fn f(n: u16) -> u16 { n } #[instrument(level = "full")] #[inline(never)] fn g(n: u16) -> u16 { f(n) } }
    { assert_eq!(g(1), 1); }
    "g(n = 1)" "  f(n = 1)" "  f Returned 1" "g Returned 1"
}
shape! {
    cold_and_must_use
    { #[instrument(level = "full")] #[cold] #[must_use = "it is all there is"] fn f(n: u16) -> u16 { n } }
    { assert_eq!(f(1), 1); }
    "f(n = 1)" "f Returned 1"
}
shape! {
    track_caller
    {
        use std::panic::Location;
        const HERE: u32 = line!();
        #[instrument(level = "full")]
        #[track_caller]
        fn f() -> u32 { Location::caller().line() - HERE }
    }
    { assert_eq!(f(), 5); }
    "f()" "f Returned 5"
}
shape! {
    documented_and_deprecated
    {
        /// What it does.
        #[doc(alias = "g")]
        #[instrument(level = "full")]
        #[deprecated]
        #[allow(unused_variables, reason = "it is old")]
        fn f(n: u16) -> u16 { let m = 1; 2 }
    }
    { #[expect(deprecated, reason = "it is old")] { assert_eq!(f(1), 2); } }
    "f(n = 1)" "  m = 1" "f Returned 2"
}
shape! {
    const_fn_is_passed_by
    {
        #[instrument(level = "full")]
        mod m {
            const fn twice(n: u16) -> u16 { n * 2 }
            const FOUR: u16 = twice(2);
            pub(super) fn f(n: u16) -> u16 { twice(n) + FOUR }
        }
    }
    { assert_eq!(m::f(1), 6); }
    "f(n = 1)" "f Returned 6"
}
shape! {
    functions_in_constants
    {
        #[instrument(level = "full")]
        mod m {
            static TABLE: [fn(u16) -> u16; 2] = [one, two];
            fn one(n: u16) -> u16 { n }
            fn two(n: u16) -> u16 { n * 2 }
            pub(super) fn f(n: u16) -> u16 { TABLE.iter().map(|g| g(n)).sum() }
        }
    }
    { assert_eq!(m::f(1), 3); }
    "f(n = 1)" "  g = 0x…" "  one(n = 1)" "  one Returned 1" "  g = 0x…" "  two(n = 1)" "  two Returned 2" "f Returned 3"
}
shape! {
    arguments_under_cfg
    {
        #[instrument(level = "full")]
        fn f(#[cfg(any())] gone: Missing, #[cfg(all())] here: u16, n: u16) -> u16 { here + n }
    }
    { assert_eq!(f(1, 2), 3); }
    "f(here = 1, n = 2)" "f Returned 3"
}
shape! {
    functions_under_cfg
    {
        #[instrument(level = "full")]
        mod m {
            #[cfg(any())]
            pub(super) fn f() -> Missing {}
            #[cfg(all())]
            pub(super) fn f() -> u16 { 1 }
        }
    }
    { assert_eq!(m::f(), 1); }
    "f()" "f Returned 1"
}
shape! {
    inner_attributes
    { #[instrument(level = "full")] fn f(n: u16) -> u16 { #![allow(unused_variables, reason = "it is used later")] let m = 1; n } }
    { assert_eq!(f(2), 2); }
    "f(n = 2)" "  m = 1" "f Returned 2"
}
shape! {
    a_test_may_be_woven
    {
        #[instrument(level = "full")]
        fn f() -> Result<(), String> { let n = 1; if n > 1 { return Err("no".to_owned()); } Ok(()) }
    }
    { assert_eq!(f(), Ok(())); }
    "f()" "  n = 1" "f Returned Ok(())"
}
shape! {
    lines_of_a_function lines
    {
        #[instrument(level = "full")]
        fn f(n: u16) -> u16 {
            let m = n + 1;

            let k = m
                * 2;
            k
        }
    }
    { assert_eq!(f(1), 4); }
    "f(n = 1)" "  +1" "  m = 2" "  +3" "  k = 4" "  +5" "f Returned 4 at +6"
}
