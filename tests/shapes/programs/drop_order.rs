//! Arguments die after locals, in reverse order, also the unused and the `_` ones.
use std::cell::RefCell;
thread_local!(static LOG: RefCell<Vec<u8>> = const { RefCell::new(vec![]) });
struct N(u8);
impl Drop for N {
    fn drop(&mut self) {
        LOG.with(|l| l.borrow_mut().push(self.0))
    }
}
#[scope::instrument]
fn f(a: N, b: N, _: N, c: N) {
    let _l = N(9);
    let _x = (&a, &c);
    drop(b);
}
fn main() {
    f(N(1), N(2), N(3), N(4));
    LOG.with(|l| assert_eq!(*l.borrow(), [2, 9, 4, 3, 1]));
}
//> f(a = <Opaque: drop_order::N, 1 byte>, b = <Opaque: drop_order::N, 1 byte>, c = <Opaque: drop_order::N, 1 byte>)
//> f Returned
