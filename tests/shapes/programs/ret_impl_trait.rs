//! `impl Iterator + '_`, `impl Fn`, `impl Trait` without Debug.
#[scope::instrument]
fn f(v: &[u8]) -> impl Iterator<Item = u8> + '_ {
    v.iter().map(|x| x + 1)
}
#[scope::instrument]
fn g(n: u8) -> impl Fn(u8) -> u8 {
    move |x| x + n
}
fn main() {
    assert_eq!(f(&[1]).next(), Some(2));
    assert_eq!(g(1)(2), 3);
}
//> f(v = b"\x01")
//> f Returned
//> g(n = 1)
//> g Returned
//> x = 2
