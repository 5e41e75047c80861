//! An unused argument lives until the future ends or is dropped.
use std::{future::Future, rc::Rc, task::*};
#[scope::instrument]
async fn f(_r: Rc<u8>, _: Rc<u8>) {
    std::future::pending::<()>().await
}
fn main() {
    let r = Rc::new(1);
    let mut p = Box::pin(f(r.clone(), r.clone()));
    assert!(p.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
    assert_eq!(Rc::strong_count(&r), 3);
    drop(p);
    assert_eq!(Rc::strong_count(&r), 1);
}
//> f(_r = 1)
//> f Suspended
//> f Resumed
//> f Cancelled
