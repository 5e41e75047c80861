//! Deny(unsafe_op_in_unsafe_fn), unsafe attributes, edition 2024.
//@ edition 2024
#![deny(unsafe_op_in_unsafe_fn)]
#[scope::instrument]
unsafe fn f(p: *const u8) -> u8 {
    unsafe { *p }
}
#[unsafe(no_mangle)]
#[scope::instrument]
pub extern "C" fn world_x() -> u8 {
    1
}
#[scope::instrument]
fn g<'a, T>(t: &'a [T]) -> impl Iterator<Item = &'a T> + use<'a, T> {
    t.iter()
}
#[scope::instrument]
fn h(v: &[u8]) -> impl Iterator<Item = u8> {
    v.iter().copied()
}
#[scope::instrument]
fn i(a: Option<u8>) -> u8 {
    if let Some(x) = a
        && x > 1
    {
        return x;
    }
    0
}
fn main() {
    let x = 1;
    assert_eq!(unsafe { f(&x) } + world_x(), 2);
    assert_eq!(g(&[1]).count() + h(&[1]).count(), 2);
    assert_eq!(i(Some(3)), 3);
}
//> f(p = 0x…)
//> f Returned 1
//> world_x()
//> world_x Returned 1
//> g(t = [1])
//> g Returned
//> h(v = b"\x01")
//> h Returned
//> i(a = Some(3))
//>   branch if let Some(x) = a && x > 1
//>   x = 3
//> i Returned 3
