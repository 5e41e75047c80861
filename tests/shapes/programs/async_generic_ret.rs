//! Async fn with a return type without Debug, a bare parameter, impl Trait.
use std::{future::Future, pin::pin, task::*};
fn block<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(x) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return x;
        }
    }
}
struct X(u8);
#[scope::instrument]
async fn f() -> X {
    X(1)
}
#[scope::instrument]
async fn g<T>(t: T) -> T {
    t
}
#[scope::instrument]
async fn h() -> impl Fn() -> u8 {
    || 3
}
#[scope::instrument]
async fn i() -> Box<dyn Fn() -> u8> {
    Box::new(|| 4)
}
fn main() {
    assert_eq!(block(f()).0 + block(g(2)) + block(h())() + block(i())(), 10);
}
//> f()
//> f Returned <Opaque: async_generic_ret::X, 1 byte>
//> g(t = 2)
//> g Returned 2
//> h()
//> h Returned
//> i()
//> i Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn() -> u8>, 16 bytes>
