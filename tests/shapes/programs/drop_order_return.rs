//! The value returned is made before the arguments die.
use std::cell::RefCell;
thread_local!(static LOG: RefCell<Vec<u8>> = const { RefCell::new(vec![]) });
struct N(u8);
impl Drop for N {
    fn drop(&mut self) {
        LOG.with(|l| l.borrow_mut().push(self.0))
    }
}
#[scope::instrument]
fn f(a: N, b: N) -> N {
    if b.0 == 2 {
        return N(a.0 + 10);
    }
    b
}
fn main() {
    let r = f(N(1), N(2));
    LOG.with(|l| assert_eq!(*l.borrow(), [2, 1]));
    assert_eq!(r.0, 11);
}
//> f(a = <Opaque: drop_order_return::N, 1 byte>, b = <Opaque: drop_order_return::N, 1 byte>)
//>   branch if b.0 == 2
//> f Returned <Opaque: drop_order_return::N, 1 byte>
