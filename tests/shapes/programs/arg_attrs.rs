//! Attributes and cfg on parameters.
#[scope::instrument]
fn f(#[cfg(any())] a: Nothing, #[allow(unused_variables)] b: u8, #[cfg(all())] c: u8) -> u8 {
    c
}
fn main() {
    assert_eq!(f(1, 2), 2);
}
//> f(b = 1, c = 2)
//> f Returned 2
