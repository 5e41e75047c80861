//! Bare type parameters, `impl FnMut`, `&mut dyn FnMut`.
#[scope::instrument]
fn f<T, F: FnOnce(T) -> u8>(t: T, f: F) -> u8 {
    f(t)
}
#[scope::instrument]
fn g(mut f: impl FnMut() -> u8, h: &mut dyn FnMut() -> u8) -> u8 {
    f() + h()
}
fn main() {
    assert_eq!(f(1u8, |x| x), 1);
    assert_eq!(g(|| 1, &mut || 2), 3);
}
//> f(t = 1, f = <Opaque: arg_generic::main::{{closure}}, 0 bytes>)
//> f Returned 1
//> g(f = <Opaque: arg_generic::main::{{closure}}, 0 bytes>, h = <Opaque: &mut dyn core::ops::function::FnMut() -> u8, 16 bytes>)
//> g Returned 3
