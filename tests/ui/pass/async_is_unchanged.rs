//! An async function that is woven is what it was: what it gives back, the order of drops, `Send`, its size.
#![deny(warnings)]
#![forbid(unsafe_code)]

use std::cell::RefCell;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

thread_local!(static DROPS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });

pub struct Noisy(u8);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPS.with(|drops| drops.borrow_mut().push(self.0));
    }
}

fn run<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut Context::from_waker(Waker::noop())) {
            return value;
        }
    }
}

fn is_send<F: Future + Send + 'static>(future: F) -> F {
    future
}

/// Pending once.
async fn wait() {
    let mut waited = false;
    std::future::poll_fn(|_| if std::mem::replace(&mut waited, true) { Poll::Ready(()) } else { Poll::Pending }).await;
}

/// Pending once.
pub struct Once(bool);

impl Future for Once {
    type Output = ();

    fn poll(mut self: std::pin::Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

#[macro_export]
macro_rules! waits {
    ($n:expr) => {{
        crate::Once(false).await;
        $n
    }};
}

pub struct Block([u8; 4096]);

fn length(bytes: Vec<u8>) -> u8 {
    bytes.len() as u8
}

fn first(block: Block) -> u8 {
    block.0[0]
}

async fn consumes(a: u64, b: &str, c: u64) -> u64 {
    Once(false).await;
    a + c + b.len() as u64
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
    pub struct This(pub Noisy, pub u8);

    impl This {
        pub async fn consumed(self, (a, _): (Noisy, Noisy), _: Noisy, b: Noisy, Pair { x, .. }: Pair, mut c: Noisy) -> u8 {
            let local = Noisy(90);
            wait().await;
            c.0 = 8;
            drop(b);
            local.0 + a.0 + x.0 + self.0.0 + self.1
        }

        pub async fn borrowed(&mut self, by: u8) -> &mut u8 {
            wait().await;
            self.1 += by;
            &mut self.1
        }
    }

    pub struct Pair {
        pub x: Noisy,
        pub y: Noisy,
    }

    impl Pair {
        pub fn new() -> Self {
            Self { x: Noisy(20), y: Noisy(21) }
        }

        pub fn second(&self) -> u8 {
            self.y.0
        }
    }

    pub async fn early(text: &str, n: Noisy) -> Result<u8, Box<dyn std::error::Error>> {
        let parsed: u8 = text.parse()?;
        if parsed == n.0 {
            return Err("same".into());
        }
        wait().await;
        Ok(parsed)
    }

    /// `Rc` values that are gone before the `await`.
    pub async fn stays_send(name: String, cell: std::cell::Cell<u8>) -> usize {
        let rc = Rc::new(name.len());
        let pointer = Rc::as_ptr(&Rc::new(1));
        let same = pointer.is_null();
        let count = *std::convert::identity(rc);
        wait().await;
        let after = count + usize::from(cell.get()) + usize::from(same);
        after
    }

    pub async fn big(block: [u8; 4096], other: Vec<u8>) -> u8 {
        wait().await;
        let sum = block[0] + other.len() as u8;
        wait().await;
        sum
    }

    /// What is looked at between two waits: `Send` and size stay.
    pub async fn calm(names: Vec<String>) -> usize {
        let mut total = 0;
        for name in names {
            {
                let rc = Rc::new(name.len());
                let (mut block, other) = ([*rc as u8; 1024], Rc::new(1));
                block[0] += *other;
                if let Some(first) = Some(rc) {
                    total += usize::from(block[0]) + *first;
                }
            }
            crate::Once(false).await;
            match Rc::new(total) {
                count if *count > 100 => total = *count,
                _ => {}
            }
        }
        crate::Once(false).await;
        let (mut a, b) = (Rc::new(total), [1; 512]);
        *Rc::make_mut(&mut a) += b.len();
        *a
    }

    pub async fn hidden(n: u8) -> Result<impl Iterator<Item = u8>, std::num::ParseIntError> {
        let more: u8 = "2".parse()?;
        wait().await;
        Ok((0..n).map(move |x| x + more))
    }

    pub async fn consumed_early(block: [u8; 4096], other: Vec<u8>) -> u8 {
        let sum = block[0] + crate::length(other);
        crate::Once(false).await;
        sum
    }

    #[allow(async_fn_in_trait)]
    pub trait Grows {
        async fn by_value(self, by: u8) -> u8;
        async fn by_reference(&mut self, by: u8) -> Result<u8, std::num::ParseIntError>;
    }

    impl Grows for Block {
        async fn by_value(mut self, by: u8) -> u8 {
            self.0[0] += by;
            let first = crate::first(self);
            crate::Once(false).await;
            first
        }

        async fn by_reference(&mut self, by: u8) -> Result<u8, std::num::ParseIntError> {
            let more: u8 = "1".parse()?;
            crate::Once(false).await;
            self.0[0] += by + more;
            Ok(self.0[0])
        }
    }

    pub async fn passes_on(a: u64, b: &str, c: u64) -> u64 {
        crate::consumes(a, b, c).await
    }

    /// What is said of lints goes with the pattern.
    pub async fn lints(#[allow(unused_variables)] a: u8, #[expect(unused_variables)] (b, c): (u8, u8), _d: u8, mut e: u8) -> u8 {
        e += 1;
        crate::Once(false).await;
        e
    }

    /// A macro may hide an `await`.
    pub async fn hidden_wait(n: u8) -> u8 {
        let more = crate::waits!(n);
        more + n
    }

    pub async fn gives_closures(n: u8) -> impl Fn(u8) -> u8 {
        wait().await;
        move |x| x + n
    }

    pub async fn unfinished(a: Noisy, _: Noisy, b: Noisy) {
        let _local = Noisy(9);
        let _both = (&a, &b);
        std::future::pending::<()>().await;
    }
}

fn drops(f: impl FnOnce()) -> Vec<u8> {
    f();
    DROPS.with(RefCell::take)
}

macro_rules! same {
    ($($code:tt)*) => {{
        let woven = { use woven::*; let _ = Pair::new().second(); drops(|| { $($code)* }) };
        let plain = { use plain::*; let _ = Pair::new().second(); drops(|| { $($code)* }) };
        assert_eq!(woven, plain);
    }};
}

fn main() {
    same! {
        let this = This(Noisy(1), 1);
        run(this.consumed((Noisy(2), Noisy(3)), Noisy(4), Noisy(5), Pair::new(), Noisy(7)));
    }
    // Never polled; polled once, then dropped.
    same! {
        drop(This(Noisy(1), 1).consumed((Noisy(2), Noisy(3)), Noisy(4), Noisy(5), Pair::new(), Noisy(7)));
    }
    same! {
        let mut future = Box::pin(unfinished(Noisy(1), Noisy(2), Noisy(3)));
        assert!(future.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_pending());
        drop(future);
    }
    same! {
        for text in ["3", "4", "x"] {
            let _ = run(early(text, Noisy(4))).map_err(|error| error.to_string());
        }
    }
    let mut this = woven::This(Noisy(1), 1);
    *run(this.borrowed(2)) += 1;
    assert_eq!(this.1, 4);
    assert_eq!(run(is_send(woven::stays_send("ab".to_owned(), std::cell::Cell::new(1)))), 3);
    assert_eq!(run(is_send(plain::stays_send("ab".to_owned(), std::cell::Cell::new(1)))), 3);
    assert_eq!(run(woven::hidden(2)).unwrap().collect::<Vec<_>>(), [2, 3]);
    assert_eq!(run(plain::hidden(2)).unwrap().count(), 2);
    let _ = plain::This(Noisy(1), 1).borrowed(1);
    macro_rules! sizes {
        ($($future:expr,)*) => {$({
            let woven = { use woven::*; std::mem::size_of_val(&$future) };
            let plain = { use plain::*; std::mem::size_of_val(&$future) };
            assert!(woven <= plain + 64, "{}: {woven} {plain}", stringify!($future));
        })*};
    }
    let (mut one, mut other) = (Block([1; 4096]), Block([1; 4096]));
    sizes! { big([0; 4096], vec![]), consumed_early([0; 4096], vec![]), passes_on(1, "", 2), hidden_wait(1), calm(vec![]), }
    macro_rules! block {
        ($block:ident) => {{
            let same = [run($block.by_reference(1)).unwrap(), run(Block([1; 4096]).by_value(2))];
            (same, [std::mem::size_of_val(&Block([1; 4096]).by_value(2)), std::mem::size_of_val(&$block.by_reference(1))])
        }};
    }
    let woven = { use woven::Grows as _; block!(one) };
    let plain = { use plain::Grows as _; block!(other) };
    assert_eq!(woven.0, plain.0);
    assert!(woven.1.iter().zip(plain.1).all(|(woven, plain)| *woven <= plain + 64), "{woven:?} {plain:?}");
    drops(|| ());
    same! {
        assert_eq!(run(is_send(calm(vec!["ab".to_owned(), "c".to_owned()]))), 520);
        assert_eq!(run(hidden_wait(2)), 4);
        assert_eq!(run(lints(1, (2, 3), 4, 5)), 6);
        assert_eq!(run(gives_closures(2))(1), 3);
        assert_eq!(run(consumed_early([1; 4096], vec![0])), 2);
        assert_eq!(run(passes_on(1, "a", 2)), 4);
    }
}
