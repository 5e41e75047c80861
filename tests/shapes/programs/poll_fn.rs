//! Future::poll by hand on Pin<&mut Self>.
use std::{
    future::Future,
    pin::{pin, Pin},
    task::*,
};
struct F {
    n: u8,
}
impl Future for F {
    type Output = u8;
    #[scope::instrument]
    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<u8> {
        if self.n == 0 {
            return Poll::Ready(7);
        }
        self.n -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    }
}
fn main() {
    let mut f = pin!(F { n: 2 });
    let mut c = Context::from_waker(Waker::noop());
    assert!(f.as_mut().poll(&mut c).is_pending());
    assert!(f.as_mut().poll(&mut c).is_pending());
    assert!(f.as_mut().poll(&mut c).is_ready());
}
//> poll(self = <Opaque: core::pin::Pin<&mut poll_fn::F>, 8 bytes>, cx = Context { waker: Waker { data: 0x0, vtable: 0x… } })
//> poll Returned Pending
//> poll(self = <Opaque: core::pin::Pin<&mut poll_fn::F>, 8 bytes>, cx = Context { waker: Waker { data: 0x0, vtable: 0x… } })
//> poll Returned Pending
//> poll(self = <Opaque: core::pin::Pin<&mut poll_fn::F>, 8 bytes>, cx = Context { waker: Waker { data: 0x0, vtable: 0x… } })
//>   branch if self.n == 0
//> poll Returned Ready(7)
