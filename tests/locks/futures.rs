//! Async code: no marker is there while it waits, so a future is what it was, and what runs meanwhile is seen.

use crate::{Locks, is_send, look, seen};
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
        // The call's own 24 bytes, and 16 to watch what is awaited; the 24 of a block.
        let sizes = |s: &Locks| {
            assert_eq!(size_of_val(&$level::function(s)), size_of_val(&plain::function(s)) + 40);
            assert_eq!(size_of_val(&$level::block(s)), size_of_val(&plain::block(s)) + 24);
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
