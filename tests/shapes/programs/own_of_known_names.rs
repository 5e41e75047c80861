//@ edition 2024
//! Macros and methods of the program's own, with names that mean something else elsewhere.
use std::{
    future::Future,
    pin::{Pin, pin},
    task::*,
};
macro_rules! info {
    ($future:expr) => {
        $future.await
    };
}
macro_rules! error {
    ($text:expr) => {
        return Err($text.to_string())
    };
}
struct Batch(Vec<u8>);
impl Batch {
    fn is_empty(self) -> bool {
        self.0.is_empty()
    }
}
trait Boxed: Future<Output = u8> + Sized + 'static {
    fn boxed(self) -> Pin<Box<dyn Future<Output = String>>> {
        Box::pin(async { format!("{}!", self.await) })
    }
}
impl<F: Future<Output = u8> + 'static> Boxed for F {}
#[scope::instrument]
async fn waits(n: u8) -> u8 {
    info!(std::future::ready(n + 1))
}
#[scope::instrument]
fn fails(n: u8) -> Result<u8, String> {
    if n > 1 {
        error!("too much")
    }
    Ok(n)
}
#[scope::instrument]
fn takes(batch: Option<Batch>) -> bool {
    if let Some(batch) = batch
        && batch.is_empty()
    {
        return true;
    }
    false
}
#[scope::instrument]
fn boxes(n: u8) -> Pin<Box<dyn Future<Output = String>>> {
    async move { n + 1 }.boxed()
}
fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}
fn main() {
    assert_eq!(now(waits(1)), 2);
    assert_eq!(fails(2), Err("too much".to_string()));
    assert_eq!(fails(1), Ok(1));
    assert!(takes(Some(Batch(Vec::new()))));
    assert_eq!(now(boxes(1)), "2!");
}
//> waits(n = 1)
//> waits Returned 2
//> fails(n = 2)
//>   branch if n > 1
//> fails Left
//> fails(n = 1)
//> fails Returned Ok(1)
//> takes(batch = Some(<Opaque: own_of_known_names::Batch, 24 bytes>))
//>   branch if let Some(batch) = batch && batch.is_empty()
//> takes Returned true
//> boxes(n = 1)
//> boxes Suspended
//> boxes Resumed
//> boxes Returned 2
