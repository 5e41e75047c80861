//! Async code: no marker is there while it waits, so a future is what it was, and what runs meanwhile is seen.

use crate::{Locks, is_send, look, seen};
use std::cell::Cell;
use std::future::{Future, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

fn run<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// What it does is the same everywhere: a lock in a variable, in a temporary, in an arm, and in a condition.
macro_rules! shapes {
    ($(#[$woven:meta])*) => {
        $(#[$woven])*
        pub async fn function(s: &Locks) -> u8 {
            {
                let g = s.m.lock().unwrap();
                look(s);
                drop(g);
            }
            ready(look(s)).await;
            let n = match *s.m.lock().unwrap() {
                1 => *s.l.read().unwrap(),
                _ => 0,
            };
            if *s.m.lock().unwrap() == 1 {
                ready(look(s)).await;
            }
            ready(n).await
        }

        $(#[$woven])*
        pub fn block(s: &Locks) -> impl Future<Output = u8> + Send + '_ {
            let n = *s.m.lock().unwrap();
            let future = async move {
                ready(look(s)).await;
                {
                    let g = s.m.lock().unwrap();
                    look(s);
                    drop(g);
                }
                ready(look(s)).await;
                n + *s.l.read().unwrap()
            };
            future
        }

        $(#[$woven])*
        pub fn handed(s: &Locks) -> Pin<Box<dyn Future<Output = u8> + Send + '_>> {
            Box::pin(async move {
                let n = {
                    let g = s.m.lock().unwrap();
                    look(s);
                    *g
                };
                ready(look(s)).await;
                ready(n).await + *s.m.lock().unwrap()
            })
        }

        $(#[$woven])*
        pub async fn closure(s: &Locks) -> u8 {
            let f = async |n: u8| {
                {
                    let g = s.m.lock().unwrap();
                    look(s);
                    drop(g);
                }
                ready(look(s)).await;
                n + *s.m.lock().unwrap()
            };
            f(1).await
        }
    };
}

/// Never run: here nobody sees that a lock is held.
#[allow(dead_code, reason = "what is compared is the size of futures")]
mod plain {
    use super::*;
    shapes! {}
}

/// Woven from outside: the attribute sees what the macro has made.
macro_rules! woven {
    ($name:ident, $level:literal) => {
        mod $name {
            use super::*;
            shapes! { #[scope::instrument(level = $level)] }
        }
    };
}
woven!(boundaries, "boundaries");
woven!(detailed, "detailed");
woven!(full, "full");

macro_rules! same {
    ($level:ident) => {
        // The call's own 24 bytes, and 16 to watch what is awaited; the 40 of a block that a variable keeps.
        let sizes = |s: &Locks| {
            assert_eq!(size_of_val(&$level::function(s)), size_of_val(&plain::function(s)) + 40);
            assert_eq!(size_of_val(&$level::block(s)), size_of_val(&plain::block(s)) + 40);
        };
        assert_eq!(seen(sizes), "");
        assert_eq!(seen(|s| assert_eq!(run(is_send($level::function(s))), 2)), "-++");
        assert_eq!(seen(|s| assert_eq!(run(is_send($level::block(s))), 3)), "+-+");
        assert_eq!(seen(|s| assert_eq!(run($level::handed(s)), 2)), "-+");
        assert_eq!(seen(|s| assert_eq!(run($level::closure(s)), 2)), "-+");
    };
}

#[test]
fn futures_are_what_they_were_at_boundaries() {
    same!(boundaries);
}

#[test]
fn futures_are_what_they_were_at_detailed() {
    same!(detailed);
}

#[test]
fn futures_are_what_they_were_at_full() {
    same!(full);
}

/// Waits once.
struct Once(Cell<bool>);

impl Future for Once {
    type Output = u8;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u8> {
        if self.0.replace(true) { Poll::Ready(1) } else { Poll::Pending }
    }
}

fn once() -> Once {
    Once(Cell::new(false))
}

/// What is held while the future waits: on one thread that may be.
macro_rules! waiting {
    ($name:ident $(#[$woven:meta])*) => {
        mod $name {
            #![allow(dead_code, clippy::await_holding_lock, reason = "it is on one thread; of a plain one it is the size that is asked")]
            use super::*;

            $(#[$woven])*
            async fn other(s: &Locks, n: u8) -> u8 {
                look(s);
                n
            }

            $(#[$woven])*
            fn future(s: &Locks) -> impl Future<Output = ()> {
                look(s);
                ready(())
            }

            $(#[$woven])*
            pub async fn function(s: &Locks) -> u8 {
                let g = s.m.lock().unwrap();
                look(s);
                future(s).await;
                look(s);
                if *g == 1 {
                    look(s);
                    once().await;
                    look(s);
                }
                match once().await {
                    1 => look(s),
                    _ => {}
                }
                let n = other(s, *g).await;
                look(s);
                drop(g);
                look(s);
                {
                    let _g = s.m.lock().unwrap();
                    once().await;
                    look(s);
                }
                future(s).await;
                let m = other(s, *s.m.lock().unwrap()).await;
                other(s, n + m).await
            }
        }
    };
}
waiting!(plain_waiting);
waiting!(boundaries_waiting #[scope::instrument(level = "boundaries")]);
waiting!(detailed_waiting #[scope::instrument(level = "detailed")]);
waiting!(full_waiting #[scope::instrument(level = "full")]);

/// What runs while the future waits is seen.
fn poll_with_others(future: impl Future<Output = u8>) {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    while future.as_mut().poll(&mut context).is_pending() {
        look(&Locks::new());
    }
}

#[test]
fn what_is_held_while_a_future_waits_is_known_behind_it() {
    let sizes = |_: &Locks| {
        let s = &Locks::new();
        let plain = size_of_val(&plain_waiting::function(s));
        assert_eq!(size_of_val(&boundaries_waiting::function(s)), plain + 40);
        assert_eq!(size_of_val(&detailed_waiting::function(s)), plain + 40);
    };
    assert_eq!(seen(sizes), "");
    let expected = "----+-+---++-+-+";
    assert_eq!(seen(|s| poll_with_others(boundaries_waiting::function(s))), expected);
    assert_eq!(seen(|s| poll_with_others(detailed_waiting::function(s))), expected);
    assert_eq!(seen(|s| poll_with_others(full_waiting::function(s))), expected);
}

/// Shows what is recorded of `s` while each of these waits.
macro_rules! beside {
    ($($name:ident($s:ident) $body:block)*) => {
        #[scope::instrument(level = "full")]
        #[allow(clippy::await_holding_lock, reason = "on one thread")]
        mod beside {
            use super::*;

            async fn other(s: &Locks, n: u8) -> Result<u8, String> {
                look(s);
                Ok(n)
            }

            $(pub async fn $name($s: &Locks) -> Result<(), String> $body)*
        }

        #[test]
        fn locks_beside_what_is_awaited_are_seen() {
            $(
                assert_eq!(seen(|s| assert_eq!(run(beside::$name(s)), Ok(()))), "-", "{}", stringify!($name));
            )*
        }
    };
}
beside! {
    in_a_macro(s) { println!("{} {}", s.m.lock().unwrap(), other(s, 2).await?); Ok(()) }
    as_the_receiver(s) { _ = s.m.lock().unwrap().max(other(s, 1).await?); Ok(()) }
    in_a_call(s) { _ = u8::max(*s.m.lock().unwrap(), other(s, 1).await?); Ok(()) }
    in_a_tuple(s) { _ = (s.m.lock().unwrap(), other(s, 1).await?); Ok(()) }
    in_a_sum(s) { _ = *s.m.lock().unwrap() + other(s, 1).await?; Ok(()) }
    in_a_match(s) { match *s.m.lock().unwrap() { 1 => { other(s, 1).await?; } _ => {} } Ok(()) }
    in_an_arm(s) { match s.m.lock().unwrap().checked_add(1) { Some(n) => drop(other(s, n).await?), _ => {} } Ok(()) }
    in_a_loop(s) { for n in s.m.lock().iter().take(1) { other(s, **n).await?; } Ok(()) }
    in_a_while(s) { let mut once = true; while let Some(n) = s.m.lock().iter().next().filter(|_| once) { once = false; other(s, **n).await?; } Ok(()) }
    in_an_if(s) { if let Some(n) = s.m.lock().unwrap().checked_add(1) { other(s, n).await?; } Ok(()) }
    in_a_macro_s_receiver(s) { println!("{}", s.m.lock().unwrap().max(other(s, 1).await?)); Ok(()) }
    in_a_let_else(s) { let Ok(g) = s.m.lock() else { return Ok(()) }; other(s, *g).await?; Ok(()) }
}

/// Locks that are waited for: their `Debug` waits for none, and values are shown.
#[scope::instrument(level = "full")]
#[allow(clippy::await_holding_lock, reason = "a `Mutex` of std's stands for one of a runtime's")]
async fn waited_for(s: &Locks) -> Option<u8> {
    fn lock(n: u8) -> impl Future<Output = Option<u8>> {
        ready(Some(n))
    }
    while let Some(n) = lock(1).await.filter(|n| *n > 0) {
        look(s);
        if n == 1 {
            break;
        }
    }
    match lock(2).await {
        Some(2) => {
            look(s);
            ready(()).await;
        }
        _ => {}
    }
    lock(3).await
}

#[test]
fn values_are_shown_beside_what_was_waited_for() {
    assert_eq!(seen(|s| assert_eq!(run(waited_for(s)), Some(3))), "++");
}
