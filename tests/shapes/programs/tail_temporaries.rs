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
#[scope::instrument]
fn left(_a: N, early: bool) -> Box<dyn Fn(u8) -> u8> {
    let _l = N(2);
    if early {
        let _k = N(4);
        return Box::new(Some(N(3).get()).map(|n| move |x| x + n).unwrap())
    }
    return Box::new(Some(N(5).get()).map(|n| move |x| x + n).unwrap())
}
#[scope::instrument]
fn left_with_nothing(_a: N) {
    let _l = N(2);
    return drop(N(3).get().to_string())
}
#[scope::instrument]
async fn left_later(_a: N) -> u8 {
    let _l = N(2);
    loop {
        let _k = N(4);
        return N(3).get()
    }
}
#[scope::instrument]
async fn in_a_block(_a: N) -> u8 {
    let block = async {
        let _l = N(2);
        N(3).get()
    };
    block.await
}
#[scope::instrument]
async fn in_a_block_that_is_left(_a: N, early: bool) -> u8 {
    let block = async {
        let _l = N(2);
        if early {
            let _k = N(4);
            return N(3).get()
        }
        N(5).get()
    };
    block.await
}
#[scope::instrument]
fn in_a_block_given_back() -> std::pin::Pin<Box<dyn std::future::Future<Output = u8>>> {
    Box::pin(async {
        let _l = N(2);
        N(3).get()
    })
}
#[scope::instrument]
async fn in_a_closure(_a: N) -> u8 {
    let typed = async |n: u8| -> u8 {
        let _l = N(2);
        N(n).get()
    };
    let open = async |n: u8| {
        let _l = N(4);
        N(n).get()
    };
    typed(3).await + open(5).await
}
fn main() {
    let order = || LOG.with(|l| std::mem::take(&mut *l.borrow_mut()));
    tail(N(1));
    assert_eq!(order(), [2, 3, 1]);
    unit(N(1));
    assert_eq!(order(), [2, 3, 1]);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let mut run = |mut future: std::pin::Pin<&mut dyn std::future::Future<Output = u8>>| {
        assert!(std::future::Future::poll(future.as_mut(), &mut context).is_ready());
    };
    run(std::pin::pin!(later(N(1))));
    assert_eq!(order(), [2, 3, 1]);
    assert_eq!(left(N(1), true)(1), 4);
    assert_eq!(order(), [4, 3, 2, 1]);
    assert_eq!(left(N(1), false)(1), 6);
    assert_eq!(order(), [2, 5, 1]);
    left_with_nothing(N(1));
    assert_eq!(order(), [2, 3, 1]);
    run(std::pin::pin!(left_later(N(1))));
    assert_eq!(order(), [4, 3, 2, 1]);
    run(std::pin::pin!(in_a_block(N(1))));
    assert_eq!(order(), [2, 3, 1]);
    run(std::pin::pin!(in_a_block_that_is_left(N(1), true)));
    assert_eq!(order(), [4, 3, 2, 1]);
    run(std::pin::pin!(in_a_block_that_is_left(N(1), false)));
    assert_eq!(order(), [2, 5, 1]);
    run(in_a_block_given_back().as_mut());
    assert_eq!(order(), [2, 3]);
    run(std::pin::pin!(in_a_closure(N(1))));
    assert_eq!(order(), [2, 3, 4, 5, 1]);
}
//> tail(_a = <Opaque: tail_temporaries::N, 1 byte>)
//> tail Returned 3
//> unit(_a = <Opaque: tail_temporaries::N, 1 byte>)
//>   branch _
//> unit Returned
//> later(_a = <Opaque: tail_temporaries::N, 1 byte>)
//> later Returned 3
//> left(_a = <Opaque: tail_temporaries::N, 1 byte>, early = true)
//>   branch if early
//> left Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(u8) -> u8>, 16 bytes>
//> left(_a = <Opaque: tail_temporaries::N, 1 byte>, early = false)
//> left Returned <Opaque: alloc::boxed::Box<dyn core::ops::function::Fn(u8) -> u8>, 16 bytes>
//> left_with_nothing(_a = <Opaque: tail_temporaries::N, 1 byte>)
//> left_with_nothing Returned ()
//> left_later(_a = <Opaque: tail_temporaries::N, 1 byte>)
//>   round loop
//> left_later Returned 3
//> in_a_block(_a = <Opaque: tail_temporaries::N, 1 byte>)
//>   block = <Opaque: scope_core::watch::AsyncBlock<tail_temporaries::in_a_block::{{closure}}::{{closure}}>, 48 bytes>
//>   in_a_block::{async block}()
//>   in_a_block::{async block} Returned 3
//> in_a_block Returned 3
//> in_a_block_that_is_left(_a = <Opaque: tail_temporaries::N, 1 byte>, early = true)
//>   block = <Opaque: scope_core::watch::AsyncBlock<tail_temporaries::in_a_block_that_is_left::{{closure}}::{{closure}}>, 56 bytes>
//>   in_a_block_that_is_left::{async block}()
//>     branch if early
//>   in_a_block_that_is_left::{async block} Returned 3
//> in_a_block_that_is_left Returned 3
//> in_a_block_that_is_left(_a = <Opaque: tail_temporaries::N, 1 byte>, early = false)
//>   block = <Opaque: scope_core::watch::AsyncBlock<tail_temporaries::in_a_block_that_is_left::{{closure}}::{{closure}}>, 56 bytes>
//>   in_a_block_that_is_left::{async block}()
//>   in_a_block_that_is_left::{async block} Returned 5
//> in_a_block_that_is_left Returned 5
//> in_a_block_given_back()
//> in_a_block_given_back Suspended
//> in_a_block_given_back Resumed
//> in_a_block_given_back Returned 3
//> in_a_closure(_a = <Opaque: tail_temporaries::N, 1 byte>)
//>   typed = <Opaque: tail_temporaries::in_a_closure::{{closure}}::{{closure}}, 0 bytes>
//>   open = <Opaque: tail_temporaries::in_a_closure::{{closure}}::{{closure}}, 0 bytes>
//>   in_a_closure::{async closure}()
//>   in_a_closure::{async closure} Returned 3
//>   in_a_closure::{async closure}()
//>   in_a_closure::{async closure} Returned
//> in_a_closure Returned 8
