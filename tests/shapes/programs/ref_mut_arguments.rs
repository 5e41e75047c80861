//! Arguments of async functions that are borrowed by their pattern.
//@ edition 2018 2024
#![deny(warnings)]
use std::future::Future;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

macro_rules! wait {
    ($future:expr) => {
        $future.await
    };
}
async fn pause() {}

#[scope::instrument]
async fn hidden(ref mut s: String, (ref mut t, n): (String, usize)) -> usize {
    s.push('x');
    wait!(pause());
    t.push_str(s);
    t.len() + n
}
#[scope::instrument]
async fn seen(ref mut s: String, (ref mut t, n): (String, usize)) -> usize {
    s.push('x');
    pause().await;
    t.push_str(s);
    t.len() + n
}
#[scope::instrument]
async fn whole(ref mut s @ _: String, ref t: String) -> usize {
    s.push_str(t);
    pause().await;
    s.len()
}

fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!(),
    }
}

fn main() {
    let text = || "ab".to_owned();
    assert_eq!(run(hidden(text(), (text(), 1))), 6);
    assert_eq!(run(seen(text(), (text(), 1))), 6);
    assert_eq!(run(whole(text(), text())), 4);
}
//> hidden(ref mut s = "ab", (ref mut t, n) = ("ab", 1))
//> hidden Returned 6
//> seen(ref mut s = "ab", (ref mut t, n) = ("ab", 1))
//> seen Returned 6
//> whole(ref mut s@_ = "ab", ref t = "ab")
//> whole Returned 4
