//! Async fn in traits, static and with a generic.
use std::{future::Future, pin::pin, task::*};
fn block<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(x) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return x;
        }
    }
}
trait T {
    async fn a(&self) -> u8;
    #[scope::instrument]
    async fn b(&mut self) -> u8 {
        self.a().await + 1
    }
    fn c(&self) -> impl Future<Output = u8> + Send;
}
impl T for u8 {
    #[scope::instrument]
    async fn a(&self) -> u8 {
        *self
    }
    #[scope::instrument]
    async fn c(&self) -> u8 {
        5
    }
}
fn main() {
    assert_eq!(block(1u8.b()) + block(2u8.c()), 7);
}
//> b(self = 1)
//>   a(self = 1)
//>   a Returned 1
//> b Returned 2
//> c(self = 2)
//> c Returned 5
