//! Async fn with no await, unsafe async fn, async `-> !`.
#![allow(dead_code)]
use std::{future::Future, pin::pin, task::*};
fn block<F: Future>(f: F) -> F::Output {
    let mut f = pin!(f);
    loop {
        if let Poll::Ready(x) = f.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return x;
        }
    }
}
#[scope::instrument]
async fn a() -> u8 {
    1
}
#[scope::instrument]
async unsafe fn b(p: *const u8) -> u8 {
    *p
}
#[scope::instrument]
async fn c() -> ! {
    loop {
        std::future::pending::<()>().await
    }
}
fn main() {
    let x = 2;
    assert_eq!(block(a()) + block(unsafe { b(&x) }), 3);
    drop(c());
}
//> a()
//> a Returned 1
//> b(p = 0x…)
//> b Returned 2
