//! Forbid(unsafe_code).
#![forbid(unsafe_code)]
#[scope::instrument]
fn f(a: u8) -> u8 {
    a
}
#[scope::instrument]
async fn g(a: u8) -> u8 {
    a
}
fn main() {
    assert_eq!(f(1), 1);
    drop(g(1));
}
//> f(a = 1)
//> f Returned 1
