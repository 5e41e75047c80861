//! Futures, wakers and values that log their drops, and functions in two versions: woven and plain.
#![allow(dead_code, unused_imports, unused_macros)]

pub use std::cell::{Cell, RefCell};
pub use std::future::Future;
pub use std::mem::size_of_val;
pub use std::panic::{RefUnwindSafe, UnwindSafe};
pub use std::pin::Pin;
pub use std::rc::Rc;
pub use std::sync::Arc;
pub use std::task::{Context, Poll, Wake};

thread_local!(pub static DROPS: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) });

pub struct Noisy(pub u8);

impl Drop for Noisy {
    fn drop(&mut self) {
        DROPS.with(|drops| drops.borrow_mut().push(self.0));
    }
}

pub struct Quiet;

impl Wake for Quiet {
    fn wake(self: Arc<Self>) {}
}

pub fn poll<F: Future + ?Sized>(future: Pin<&mut F>) -> Poll<F::Output> {
    future.poll(&mut Context::from_waker(&Arc::new(Quiet).into()))
}

pub fn run<F: Future>(future: F) -> F::Output {
    let mut future = Box::pin(future);
    loop {
        if let Poll::Ready(value) = poll(future.as_mut()) {
            return value;
        }
    }
}

/// Pending once.
pub struct Wait(bool);

impl Future for Wait {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        if std::mem::replace(&mut self.0, true) { Poll::Ready(()) } else { Poll::Pending }
    }
}

pub fn wait() -> Wait {
    Wait(false)
}

pub fn is_send<F: Future + Send + 'static>(future: F) -> F {
    future
}

pub fn is_all<F: Future + Send + Sync + UnwindSafe + RefUnwindSafe + 'static>(future: F) -> F {
    future
}

/// How long a text will be.
pub struct Length<F>(Pin<Box<F>>);

impl<F> Length<F> {
    pub fn new(future: F) -> Self {
        Self(Box::pin(future))
    }
}

impl<F: Future<Output = String>> Future for Length<F> {
    type Output = usize;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<usize> {
        self.0.as_mut().poll(context).map(|text| text.len())
    }
}

pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;
pub type Error = Box<dyn std::error::Error + Send + Sync>;

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

pub fn drops(f: impl FnOnce()) -> Vec<u8> {
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
