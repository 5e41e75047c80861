//! Cfg_attr, doc, deprecated, allow on the function are kept and scoped.
#![deny(unused_variables, deprecated, non_snake_case)]
#[allow(unused_variables, non_snake_case)]
#[cfg_attr(all(), inline)]
#[doc(hidden)]
#[scope::instrument]
fn Odd(Unused: u8) -> u8 {
    let Nope = 1;
    2
}
#[cfg(any())]
#[scope::instrument]
fn gone() -> Nothing {
    nothing
}
#[allow(deprecated)]
#[scope::instrument]
fn uses() -> u8 {
    old()
}
#[deprecated]
fn old() -> u8 {
    1
}
fn main() {
    assert_eq!(Odd(1) + uses(), 3);
}
//> Odd()
//> Odd Returned 2
//> uses()
//> uses Returned 1
