//! Impl Trait inside another type, and in a tuple.
#[scope::instrument]
fn f(v: &[u8]) -> Option<impl Iterator<Item = &u8>> {
    if v.is_empty() {
        return None;
    }
    Some(v.iter())
}
#[scope::instrument]
fn g() -> (impl Fn() -> u8, Box<dyn Fn() -> u8>) {
    (|| 1, Box::new(|| 2))
}
fn main() {
    assert_eq!(f(&[7]).unwrap().next(), Some(&7));
    let (a, b) = g();
    assert_eq!(a() + b(), 3);
}
//> f(v = b"\x07")
//> f Returned
//> g()
//> g Returned
