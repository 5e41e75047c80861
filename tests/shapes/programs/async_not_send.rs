//! A future that is not Send still compiles.
use std::{future::Future, pin::pin, rc::Rc, task::*};
#[scope::instrument]
async fn f(r: Rc<u8>) -> Rc<u8> {
    std::future::ready(()).await;
    r
}
fn main() {
    let f = pin!(f(Rc::new(1)));
    let Poll::Ready(x) = f.poll(&mut Context::from_waker(Waker::noop())) else { panic!() };
    assert_eq!(*x, 1);
}
//> f(r = 1)
//> f Returned 1
