//! The same for an async fn.
use std::{cell::RefCell, future::Future, task::*};
thread_local!(static LOG: RefCell<Vec<u8>> = const { RefCell::new(vec![]) });
struct N(u8);
impl Drop for N {
    fn drop(&mut self) {
        LOG.with(|l| l.borrow_mut().push(self.0))
    }
}
#[scope::instrument]
async fn f(a: N, b: N, _: N, c: N) {
    let _l = N(9);
    let _x = (&a, &c);
    drop(b);
}
fn main() {
    let mut p = Box::pin(f(N(1), N(2), N(3), N(4)));
    assert!(p.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready());
    drop(p);
    LOG.with(|l| assert_eq!(*l.borrow(), [2, 9, 4, 3, 1]));
}
//> f(a = <Opaque: drop_order_async::N, 1 byte>, b = <Opaque: drop_order_async::N, 1 byte>, c = <Opaque: drop_order_async::N, 1 byte>)
//> f Returned
