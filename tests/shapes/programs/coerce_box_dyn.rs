//! The tail expression needs the return type to coerce.
#[scope::instrument]
fn f() -> Box<dyn Fn(u8) -> u8> {
    Box::new(|x| x + 1)
}
#[scope::instrument]
fn g(b: bool) -> Result<Box<dyn Fn() -> u8>, u8> {
    if b {
        return Err(1);
    }
    Ok(Box::new(|| 3))
}
fn main() {
    assert_eq!(f()(1), 2);
    assert_eq!(g(false).ok().unwrap()(), 3);
}
//> f()
//> f Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(u8) -> u8>, 16 bytes>
//> g(b = false)
//> g Returned Ok(<Opaque: alloc::boxed::Box<dyn core::ops::function::Fn() -> u8>, 16 bytes>)
