//! An async block that is woven is what it was: what it captures and gives back, the order of drops, `Send`, its size.
#![deny(warnings)]
#![forbid(unsafe_code)]
#![allow(clippy::pedantic)]

use std::cell::{Cell, RefCell};
use std::future::Future;
use std::mem::size_of_val;
use std::panic::{RefUnwindSafe, UnwindSafe};
use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll, Wake};

thread_local!(static DROPS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });

pub struct Noisy(u8);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPS.with(|drops| drops.borrow_mut().push(self.0));
    }
}

struct Quiet;

impl Wake for Quiet {
    fn wake(self: Arc<Self>) {}
}

fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(&Arc::new(Quiet).into()))
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        if let Poll::Ready(value) = poll(future.as_mut()) {
            return value;
        }
    }
}

/// Pending once.
struct Wait(bool);

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

fn wait() -> Wait {
    Wait(false)
}

fn is_send<F: Future + Send + 'static>(future: F) -> F {
    future
}

fn is_all<F: Future + Send + Sync + UnwindSafe + RefUnwindSafe + 'static>(future: F) -> F {
    future
}

/// How long a text will be.
pub struct Length<F>(Pin<Box<F>>);

impl<F> Length<F> {
    fn new(future: F) -> Self {
        Self(Box::pin(future))
    }
}

impl<F: Future<Output = String>> Future for Length<F> {
    type Output = usize;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<usize> {
        self.0.as_mut().poll(context).map(|text| text.len())
    }
}

type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
type Error = Box<dyn std::error::Error + Send + Sync>;

pub trait Shape {
    fn sides(&self) -> u8;
}

pub struct Square;
pub struct Other(pub u8);

impl Shape for Square {
    fn sides(&self) -> u8 {
        4
    }
}

impl Shape for Other {
    fn sides(&self) -> u8 {
        self.0
    }
}

/// The same functions, woven and plain.
macro_rules! both {
    ($($item:item)*) => {
        #[scope::instrument(level = "full")]
        mod woven {
            use super::*;
            $($item)*
        }
        mod plain {
            use super::*;
            $($item)*
        }
    };
}

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

    pub fn exits(text: &'static str) -> impl Future<Output = Result<u8, Error>> + Send {
        let more = async move {
            let parsed: u8 = text.parse()?;
            wait().await;
            if parsed == 3 {
                return Err("three".into());
            }
            Ok::<_, Error>(parsed)
        };
        async { more.await }
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

    pub fn stays_send(name: String, cell: Cell<u8>) -> impl Future<Output = usize> + Send {
        async move {
            let rc = Rc::new(name.len());
            let count = *std::convert::identity(rc);
            wait().await;
            let after = count + usize::from(cell.get());
            after
        }
    }

    pub fn safe(n: u8) -> impl Future<Output = u8> {
        let text = n.to_string();
        async move {
            wait().await;
            let length = text.len() as u8;
            wait().await;
            length
        }
    }

    pub fn boxed<'a>(this: &'a mut Vec<u8>, by: u8) -> Boxed<'a, &'a mut u8> {
        this.push(by);
        Box::pin(async move {
            wait().await;
            let last = this.len() - 1;
            &mut this[last]
        })
    }

    pub fn either(n: u8) -> Boxed<'static, Result<u8, Error>> {
        if n == 0 {
            return Box::pin(std::future::ready(Ok(0)));
        }
        let parsed: Result<u8, Error> = "7".parse().map_err(Error::from);
        match parsed {
            Ok(parsed) if n == 1 => Box::pin(async move { Ok(parsed) }),
            Ok(_) => Box::pin(async move { wait().await; Err("not one")? }),
            Err(error) => Box::pin(async { Err(error) }),
        }
    }

    /// What is made of a block may give back something else.
    pub fn made_of(n: u8) -> impl Future<Output = usize> {
        let noisy = Noisy(n);
        Length::new(async move {
            wait().await;
            noisy.0.to_string()
        })
    }

    /// The statements before stay.
    pub fn split(Other(n): Other, noisy: Noisy, other: Noisy) -> impl Future<Output = u8> {
        let seen = Noisy(9);
        drop(other);
        async move {
            wait().await;
            n + noisy.0 + seen.0
        }
    }

    pub struct Count(pub u8);

    impl std::future::IntoFuture for Count {
        type Output = u8;
        type IntoFuture = Boxed<'static, u8>;

        fn into_future(self) -> Self::IntoFuture {
            let Self(n) = self;
            Box::pin(async move { n + 1 })
        }
    }

    pub async fn nested(n: u8) -> u8 {
        let outer = async {
            let inner = async move { wait().await; n };
            inner.await + Count(n).await
        };
        let diverges = async { if n == 200 { loop { wait().await } } else { n } };
        let list: Vec<Pin<Box<dyn Future<Output = u8>>>> = vec![];
        for one in list {
            one.await;
        }
        let unit = async { if n > 100 { wait().await } };
        unit.await;
        async {}.await;
        outer.await + diverges.await
    }

    pub async fn mapped(n: u8) -> Vec<u8> {
        let mut all = Vec::new();
        for future in (0..n).map(|x| async move { wait().await; x + n }) {
            all.push(future.await);
        }
        let by_pointer: fn(u8) -> Boxed<'static, u8> = |x| Box::pin(async move { x });
        all.push(by_pointer(n).await);
        all
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

    pub fn closure_size() -> usize {
        let closure = async |block: [u8; 1000]| { let first = block[0]; wait().await; first };
        size_of_val(&is_send(closure([0; 1000])))
    }

    pub fn block_in_a_block() -> u8 {
        let never = async { unreachable!() };
        let exit = async { if true { return 1 } std::process::exit(1) };
        let _: Boxed<'static, u8> = Box::pin(never);
        run(exit)
    }

    pub async fn big(block: [u8; 4096]) -> u8 {
        let sum = async move {
            wait().await;
            let sum = block[0] + block[1];
            wait().await;
            sum
        };
        sum.await
    }

    pub fn sizes(bytes: [u8; 100], text: String) -> [usize; 6] {
        let borrows = async { wait().await; bytes[0] };
        let borrowed = size_of_val(&borrows);
        let empty = async {};
        let moves = async move { wait().await; let sum = bytes[0]; wait().await; sum };
        let values = async { let text = text; wait().await; let n: u8 = text.parse()?; wait().await; Ok::<_, std::num::ParseIntError>(n) };
        let nested = async { let a = async { wait().await; 1 }.await; let b = async { wait().await; 2 }.await; a + b };
        let twice = async { async { async { wait().await; 1 }.await }.await };
        [borrowed, size_of_val(&empty), size_of_val(&moves), size_of_val(&values), size_of_val(&nested), size_of_val(&twice)]
    }
}

fn drops(f: impl FnOnce()) -> Vec<u8> {
    f();
    DROPS.with(|drops| drops.take())
}

macro_rules! same {
    ($($code:tt)*) => {{
        let woven = { use woven::*; let mut said = Vec::new(); let drops = drops(|| said.push(format!("{:?}", { $($code)* }))); (said, drops) };
        let plain = { use plain::*; let mut said = Vec::new(); let drops = drops(|| said.push(format!("{:?}", { $($code)* }))); (said, drops) };
        assert_eq!(woven, plain);
    }};
}

fn main() {
    same!(borrows());
    same!(captures_fields());
    same!(drop_order(false));
    same!(drop_order(true));
    same!(never_polled());
    same!((run(exits("3")).map_err(|e| e.to_string()), run(exits("4")).map_err(|e| e.to_string()), run(exits("x")).map_err(|e| e.to_string())));
    same!((expects(0), expects(1), expects(2), expects(3)));
    same!((calls_back(0), calls_back(1)));
    same!((open(), without_debug()));
    same!(run(is_send(stays_send("ab".to_owned(), Cell::new(1)))));
    same!(run(is_all(safe(200))));
    same!({ let mut all = vec![1]; *run(boxed(&mut all, 2)) += 1; all });
    same!((0..3).map(|n| run(either(n)).map_err(|e| e.to_string())).collect::<Vec<_>>());
    same!((run(made_of(7)), run(made_of(200))));
    same!(run(split(Other(1), Noisy(1), Noisy(2))));
    same!(drop(split(Other(1), Noisy(1), Noisy(2))));
    same!(run(nested(1)));
    same!(run(mapped(2)));
    same!(run(closure_lends()));
    same!(run(closure_expects(1)));
    same!(closure_drops());
    assert!(woven::closure_size() <= plain::closure_size() + 64);
    same!(block_in_a_block());
    same!(run(big([1; 4096])));
    let (woven, plain) = (woven::sizes([0; 100], "1".to_owned()), plain::sizes([0; 100], "1".to_owned()));
    for (woven, plain) in woven.iter().zip(&plain).take(4) {
        assert!(*woven <= plain + 64, "{} {}", woven, plain);
    }
    // A block in a block in a block: once for each.
    assert!(woven[4] <= plain[4] + 2 * 64 && woven[5] <= plain[5] + 3 * 64, "{:?} {:?}", woven, plain);
    let (woven, plain) = (size_of_val(&woven::safe(1)), size_of_val(&plain::safe(1)));
    assert!(woven <= plain + 64, "{} {}", woven, plain);
}
