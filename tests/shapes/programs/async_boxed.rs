//! Fns returning `impl Future`, `Pin<Box<dyn Future + '_>>`, recursion by boxing.
use std::{
    future::Future,
    pin::{pin, Pin},
    task::*,
};
fn block<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(x) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return x;
        }
    }
}
#[scope::instrument]
fn a(s: &str) -> impl Future<Output = usize> + Send + '_ {
    async move { s.len() }
}
#[scope::instrument]
fn b<'a>(s: &'a str) -> Pin<Box<dyn Future<Output = usize> + Send + 'a>> {
    Box::pin(async move { s.len() })
}
#[scope::instrument]
async fn c(n: u8) -> u8 {
    if n == 0 {
        0
    } else {
        Box::pin(c(n - 1)).await + 1
    }
}
fn main() {
    assert_eq!(block(a("ab")) + block(b("a")) + block(c(3)) as usize, 6);
}
//> a(s = "ab")
//> a Suspended
//> a Resumed
//> a Returned 2
//> b(s = "a")
//> b Suspended
//> b Resumed
//> b Returned 1
//> c(n = 3)
//>   branch else of if n == 0
//>   c(n = 2)
//>     branch else of if n == 0
//>     c(n = 1)
//>       branch else of if n == 0
//>       c(n = 0)
//>         branch if n == 0
//>       c Returned 0
//>     c Returned 1
//>   c Returned 2
//> c Returned 3
