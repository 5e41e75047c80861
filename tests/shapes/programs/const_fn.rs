//! The attribute on a const fn leaves it const.
#[scope::instrument]
const fn f(a: u8) -> u8 {
    a + 1
}
const X: u8 = f(1);
fn main() {
    assert_eq!(X, 2);
}
