//! `?Sized` parameters and dyn arguments.
#[scope::instrument]
fn f<T: ?Sized + AsRef<str>>(t: &T) -> usize {
    t.as_ref().len()
}
#[scope::instrument]
fn g<T: ?Sized>(_: &T, a: &dyn std::any::Any, s: &(impl AsRef<[u8]> + ?Sized)) -> usize {
    a.is::<u8>() as usize + s.as_ref().len()
}
fn main() {
    assert_eq!(f("ab"), 2);
    assert_eq!(g("x", &1u8, &[1u8, 2][..]), 3);
}
//> f(t = "ab")
//> f Returned 2
//> g(a = <Opaque: &dyn core::any::Any, 16 bytes>, s = <Opaque: &[u8], 16 bytes>)
//> g Returned 3
