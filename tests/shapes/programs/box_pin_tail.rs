//! Not async, but ends in `Box::pin(async move ..)` that uses what was bound before.
use std::{
    future::{Future, IntoFuture},
    pin::Pin,
    task::*,
};
struct S {
    n: u8,
}
impl IntoFuture for S {
    type Output = u8;
    type IntoFuture = Pin<Box<dyn Future<Output = u8> + Send>>;
    #[scope::instrument]
    fn into_future(self) -> Self::IntoFuture {
        let Self { n } = self;
        let m = n + 1;
        Box::pin(async move { n + m })
    }
}
fn main() {
    let mut f = S { n: 1 }.into_future();
    assert!(matches!(f.as_mut().poll(&mut Context::from_waker(Waker::noop())), Poll::Ready(3)));
}
//> into_future(self = <Opaque: box_pin_tail::S, 1 byte>)
//>   n = 1
//>   m = 2
//> into_future Suspended
//> into_future Resumed
//> into_future Returned 3
