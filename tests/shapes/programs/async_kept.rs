//@ edition 2024
//! Futures of blocks that are kept somewhere, and what they borrow used again before they are dropped: they have nothing to drop.
use std::future::Future;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
#[scope::instrument(level = "full")]
fn main() {
    let mut n = vec![1];
    let _f = async { n.push(2) };
    n.push(3);
    println!("{n:?}");
    polled();
    boxed();
    dropped();
    println!("{}", elsewhere(true));
}
struct Once(bool);
impl Future for Once {
    type Output = ();
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if self.0 { return Poll::Ready(()); }
        self.0 = true;
        Poll::Pending
    }
}
struct Noisy(&'static str);
impl Drop for Noisy { 
    #[scope::instrument(level = "full")]
    fn drop(&mut self) { println!("drop {}", self.0); } }
#[scope::instrument(level = "full")]
fn polled() {
    let mut n = vec![1];
    let f = async { Once(false).await; n.push(2); Once(false).await; n.push(3) };
    let mut g = pin!(f);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(g.as_mut().poll(&mut cx).is_pending());
    assert!(g.as_mut().poll(&mut cx).is_pending());
    n.push(4);
    println!("{n:?}");
}
#[scope::instrument(level = "full")]
fn boxed() {
    let mut n = vec![1];
    let mut f: Pin<Box<_>> = Box::pin(async { n.push(2) });
    let mut cx = Context::from_waker(Waker::noop());
    assert!(f.as_mut().poll(&mut cx).is_ready());
    drop(f);
    n.push(4);
    println!("{n:?}");
}
#[scope::instrument(level = "full")]
fn dropped() {
    let mut f = Box::pin(async { let a = Noisy("a"); Once(false).await; println!("end"); drop(a); });
    let g = async { let b = Noisy("b"); Once(false).await; drop(b); };
    let mut g = pin!(g);
    let mut cx = Context::from_waker(Waker::noop());
    assert!(f.as_mut().poll(&mut cx).is_pending());
    assert!(g.as_mut().poll(&mut cx).is_pending());
    drop(f);
    println!("ended");
}
struct Held<F> { future: F, name: &'static str }
fn same<F>(f: F, _: u8) -> F { f }
#[scope::instrument(level = "full")]
fn elsewhere(c: bool) -> u8 {
    let mut n = 1;
    let some = Some(Box::pin(async { n += 1 }));
    n += 1;
    let tuple = (1, async { n += 1 });
    n += 1;
    let held = Held { future: async { n += 1 }, name: "held" };
    n += 1;
    let given = same(async { n += 1 }, 1);
    n += 1;
    let chosen = if c { Some(async { n += 1 }) } else { None };
    n += 1;
    let Some(certain) = Some(async { n += 1 }) else { return 0 };
    n += 1;
    let later;
    later = async { n += 1 };
    n += 1;
    let array = [async { n += 1 }];
    n += 1;
    let make = || async { &n };
    let made = make();
    n += 1;
    n
}
//> main()
//>   n = [1]
//>   n = [1]
//>   polled()
//>     n = [1]
//>     f = <Opaque: scope_core::watch::AsyncBlock<async_kept::polled::{{closure}}>, 64 bytes>
//>     g = <Opaque: core::pin::Pin<&mut scope_core::watch::AsyncBlock<async_kept::polled::{{closure}}>>, 8 bytes>
//>     cx = Context { waker: Waker { data: 0x0, vtable: 0x… } }
//>     polled::{async block}()
//>     polled::{async block} Suspended
//>     polled::{async block} Resumed
//>     polled::{async block} Suspended
//>     n = [1, 2]
//>     polled::{async block} Resumed
//>     polled::{async block} Cancelled
//>   polled Returned
//>   boxed()
//>     n = [1]
//>     f = <Opaque: core::pin::Pin<alloc::boxed::Box<scope_core::watch::AsyncBlock<async_kept::boxed::{{closure}}>>>, 8 bytes>
//>     cx = Context { waker: Waker { data: 0x0, vtable: 0x… } }
//>     boxed::{async block}()
//>     boxed::{async block} Returned ()
//>     n = [1, 2]
//>   boxed Returned
//>   dropped()
//>     f = <Opaque: core::pin::Pin<alloc::boxed::Box<scope_core::watch::AsyncBlock<async_kept::dropped::{{closure}}>>>, 8 bytes>
//>     g = <Opaque: scope_core::watch::AsyncBlock<async_kept::dropped::{{closure}}>, 64 bytes>
//>     g = <Opaque: core::pin::Pin<&mut scope_core::watch::AsyncBlock<async_kept::dropped::{{closure}}>>, 8 bytes>
//>     cx = Context { waker: Waker { data: 0x0, vtable: 0x… } }
//>     dropped::{async block}()
//>       a = <Opaque: async_kept::Noisy, 16 bytes>
//>     dropped::{async block} Suspended
//>     dropped::{async block}()
//>       b = <Opaque: async_kept::Noisy, 16 bytes>
//>     dropped::{async block} Suspended
//>     f = <Opaque: core::pin::Pin<alloc::boxed::Box<scope_core::watch::AsyncBlock<async_kept::dropped::{{closure}}>>>, 8 bytes>
//>     dropped::{async block} Resumed
//>       drop(self = <Opaque: async_kept::Noisy, 16 bytes>)
//>       drop Returned
//>     dropped::{async block} Cancelled
//>     dropped::{async block} Resumed
//>       drop(self = <Opaque: async_kept::Noisy, 16 bytes>)
//>       drop Returned
//>     dropped::{async block} Cancelled
//>   dropped Returned
//>   elsewhere(c = true)
//>     n = 1
//>     some = Some(<Opaque: core::pin::Pin<alloc::boxed::Box<scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>>>, 8 bytes>)
//>     n = 2
//>     tuple = (1, <Opaque: scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>, 56 bytes>)
//>     n = 3
//>     held = <Opaque: async_kept::Held<scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>>, 72 bytes>
//>     n = 4
//>     given = <Opaque: scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>, 56 bytes>
//>     n = 5
//>     branch if c
//>     chosen = Some(<Opaque: scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>, 56 bytes>)
//>     n = 6
//>     n = 7
//>     n = 8
//>     array = [<Opaque: scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}>, 56 bytes>]
//>     n = 9
//>     make = <Opaque: async_kept::elsewhere::{{closure}}, 8 bytes>
//>     made = <Opaque: scope_core::watch::AsyncBlock<async_kept::elsewhere::{{closure}}::{{closure}}>, 56 bytes>
//>     n = 10
//>   elsewhere Returned 10
//> main Returned
