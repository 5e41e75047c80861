//! An async block that is woven is what it was: what it captures and gives back, and the order of drops.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(clippy::pedantic)]

#[macro_use]
#[path = "../support/asyncs.rs"]
mod support;

use support::*;

both! {
    /// A block borrows what it only looks at.
    pub fn borrows() -> usize {
        let mut text = String::from("a");
        let mut count = 0;
        {
            let pushes = async {
                text.push('b');
                wait().await;
                count += text.len();
            };
            run(pushes);
        }
        text.push('c');
        text.len() + count
    }

    /// A field of what it uses, not all of it.
    pub fn captures_fields() -> (String, usize) {
        let both = (String::from("left"), String::from("right"));
        let takes = async {
            let right = both.1;
            wait().await;
            right.len()
        };
        (both.0, run(takes))
    }

    pub fn drop_order(end: bool) {
        let (a, b, c, d) = (Noisy(1), Noisy(2), Noisy(3), Noisy(4));
        let future = async move {
            let local = Noisy(10);
            let _b = &b;
            wait().await;
            drop(c);
            let later = Noisy(11);
            if end { std::future::pending::<()>().await }
            local.0 + a.0 + later.0
        };
        let _last = Noisy(5);
        if end {
            let mut future = Box::pin(future);
            assert!(poll(future.as_mut()).is_pending());
            assert!(poll(future.as_mut()).is_pending());
            drop(future);
        } else {
            assert_eq!(run(future), 22);
        }
        drop(d);
    }

    pub fn never_polled() {
        let (a, b) = (Noisy(1), Noisy(2));
        drop(async move { let _ = (&b, &a); wait().await; });
    }

    /// What is expected of a value comes from the values before it.
    pub fn expects(n: u8) -> u8 {
        let shape = async move {
            if n == 0 {
                return Ok::<Box<dyn Shape>, u8>(Box::new(Square));
            }
            if n == 1 {
                return Ok(Box::new(Other(n)));
            }
            if n == 2 {
                return Err(n);
            }
            Ok(Box::new(Other(n)))
        };
        run(shape).map_or(0, |shape| shape.sides())
    }

    pub fn calls_back(n: u8) -> u8 {
        let make = async move {
            if n == 0 {
                return Box::new(|x: u8| x + 1) as Box<dyn Fn(u8) -> u8>;
            }
            Box::new(move |x| x.min(n))
        };
        run(make)(n)
    }

    /// The types are known only behind the block.
    pub fn open() -> Vec<u16> {
        let make = async {
            wait().await;
            let empty = Vec::new();
            empty
        };
        let mut made = run(make);
        made.push(1);
        let none: Option<u16> = run(async { None });
        made.extend(none);
        made
    }

    pub struct Plain;

    pub fn without_debug() -> usize {
        let made = run(async { let mut all = Vec::new(); if all.is_empty() { all.push(Plain); } all });
        made.len()
    }

    pub async fn closure_lends() -> usize {
        let mut all = Vec::new();
        let mut push = async |x: u8| {
            all.push(x);
            wait().await;
            all.len()
        };
        let both = push(1).await + push(2).await;
        both + all.len()
    }

    async fn shape(make: impl AsyncFn(u8) -> Result<Box<dyn Shape>, Error>) -> u8 {
        let mut all = 0;
        for n in 0..3 {
            all += make(n).await.map_or(100, |shape| shape.sides());
        }
        all
    }

    pub async fn closure_expects(more: u8) -> u8 {
        let text = String::from("1");
        shape(async |n| {
            let parsed: u8 = text.parse()?;
            if n == parsed { Err("one")? }
            Ok(if n == 0 { Box::new(Square) as Box<dyn Shape> } else { Box::new(Other(n + more)) })
        }).await + shape(async |n| Ok(Box::new(Other(n)) as Box<dyn Shape>)).await + shape(async move |n| -> Result<Box<dyn Shape>, Error> {
            let noisy = Noisy(more);
            wait().await;
            Ok(Box::new(Other(n + noisy.0)) as Box<dyn Shape>)
        }).await
    }

    pub fn closure_drops() {
        let closure = async |a: Noisy, _: Noisy, (b, _c): (Noisy, Noisy)| {
            let _local = Noisy(9);
            wait().await;
            drop(b);
            let _ = &a;
        };
        run(closure(Noisy(1), Noisy(2), (Noisy(3), Noisy(4))));
        let mut future = Box::pin(closure(Noisy(1), Noisy(2), (Noisy(3), Noisy(4))));
        assert!(poll(future.as_mut()).is_pending());
    }

    pub fn block_in_a_block() -> u8 {
        let never = async { unreachable!() };
        let exit = async { if true { return 1 } std::process::exit(1) };
        let _: Boxed<'static, u8> = Box::pin(never);
        run(exit)
    }
}

fn main() {
    same!(borrows());
    same!(captures_fields());
    same!(drop_order(false));
    same!(drop_order(true));
    same!(never_polled());
    same!((expects(0), expects(1), expects(2), expects(3)));
    same!((calls_back(0), calls_back(1)));
    same!((open(), without_debug()));
    same!(run(closure_lends()));
    same!(run(closure_expects(1)));
    same!(closure_drops());
    same!(block_in_a_block());
}
