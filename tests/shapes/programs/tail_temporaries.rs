//@ edition 2021
//! Before the edition of 2024 the temporaries of a tail die after the locals; so they do in woven code.
use std::cell::RefCell;
thread_local!(static LOG: RefCell<Vec<u8>> = const { RefCell::new(vec![]) });
struct N(u8);
impl N {
    fn get(&self) -> u8 {
        self.0
    }
}
impl Drop for N {
    fn drop(&mut self) {
        LOG.with(|l| l.borrow_mut().push(self.0))
    }
}
#[scope::instrument]
fn tail(_a: N) -> u8 {
    let _l = N(2);
    N(3).get()
}
#[scope::instrument]
fn unit(_a: N) {
    let _l = N(2);
    match N(3).get() {
        _ => {}
    }
}
#[scope::instrument]
async fn later(_a: N) -> u8 {
    let _l = N(2);
    N(3).get()
}
fn main() {
    let order = || LOG.with(|l| std::mem::take(&mut *l.borrow_mut()));
    tail(N(1));
    assert_eq!(order(), [2, 3, 1]);
    unit(N(1));
    assert_eq!(order(), [2, 3, 1]);
    let mut future = std::pin::pin!(later(N(1)));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
    assert_eq!(order(), [2, 3, 1]);
}
//> tail(_a = <Opaque: tail_temporaries::N, 1 byte>)
//> tail Returned 3
//> unit(_a = <Opaque: tail_temporaries::N, 1 byte>)
//>   branch _
//> unit Returned
//> later(_a = <Opaque: tail_temporaries::N, 1 byte>)
//> later Returned 3
