//! What random programs are made of: part of the crates that are generated, not of this test.

use crate::trace::{Noisy, Mute, below, num, note};
use std::fmt::Debug;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

pub use std::cell::{Cell, RefCell};
pub use std::collections::{BTreeMap, HashMap, VecDeque};
pub use std::rc::Rc;

#[derive(Debug, Clone, Default)]
pub struct Rec {
    pub n: u8,
    pub text: String,
    pub noisy: Noisy,
    pub list: Vec<u8>,
}

impl Rec {
    pub fn new(n: u8, noisy: Noisy) -> Self {
        Self { n, text: "rec".to_owned(), noisy, list: vec![n, 1] }
    }
    pub fn bump(&mut self) -> u8 {
        self.n = self.n.wrapping_add(1);
        self.n
    }
    pub fn item(&mut self, n: u8) -> &mut u8 {
        self.list.push(n);
        let last = self.list.len() - 1;
        &mut self.list[last]
    }
    pub fn words(&self) -> &str {
        &self.text
    }
    pub fn push(&mut self, n: u8) -> &mut Self {
        self.list.push(n);
        self
    }
    pub fn into_noisy(self) -> Noisy {
        self.noisy
    }
}

#[derive(Debug, Clone)]
pub enum Kind {
    Empty,
    One(Noisy),
    Named { id: u8, list: Vec<u8> },
    Nested(Box<Kind>),
}

impl Kind {
    pub fn new(n: u8) -> Self {
        match n % 4 {
            0 => Self::Empty,
            1 => Self::One(Noisy::new(n)),
            2 => Self::Named { id: n, list: vec![n; 2] },
            _ => Self::Nested(Box::new(Self::new(n / 4))),
        }
    }
    pub fn id(&self) -> u8 {
        match self {
            Self::Empty => 0,
            Self::One(noisy) => noisy.get(),
            Self::Named { id, .. } => *id,
            Self::Nested(inner) => inner.id(),
        }
    }
    pub fn slot(&mut self) -> Option<&mut u8> {
        match self {
            Self::Named { id, .. } => Some(id),
            Self::Nested(inner) => inner.slot(),
            _ => None,
        }
    }
}

#[derive(Debug)]
pub enum Fault {
    Text(String),
    Noisy(Noisy),
}

impl From<String> for Fault {
    fn from(text: String) -> Self {
        note("from text");
        Self::Text(text)
    }
}

impl From<Noisy> for Fault {
    fn from(noisy: Noisy) -> Self {
        Self::Noisy(noisy)
    }
}

/// Prints also what has no `Debug`.
pub trait Show {
    fn show(&self) -> String;
}

macro_rules! shown {
    ($($ty:ty),*) => { $(impl Show for $ty { fn show(&self) -> String { format!("{self:?}") } })* };
}
shown!(u8, u32, usize, i64, bool, (), str, String, Noisy, Rec, Kind, Fault);

impl Show for Mute {
    fn show(&self) -> String {
        format!("mute {}", self.0.0)
    }
}
impl<T: Show> Show for Vec<T> {
    fn show(&self) -> String {
        self.iter().map(T::show).collect::<Vec<_>>().join(",")
    }
}
impl<T: Show> Show for Option<T> {
    fn show(&self) -> String {
        self.as_ref().map_or("none".to_owned(), T::show)
    }
}
impl<T: Show> Show for Result<T, Fault> {
    fn show(&self) -> String {
        match self {
            Ok(value) => value.show(),
            Err(fault) => fault.show(),
        }
    }
}
impl<A: Show, B: Show> Show for (A, B) {
    fn show(&self) -> String {
        format!("({}, {})", self.0.show(), self.1.show())
    }
}
impl<T: Show + ?Sized> Show for Box<T> {
    fn show(&self) -> String {
        (**self).show()
    }
}
impl<T: Show + ?Sized> Show for &T {
    fn show(&self) -> String {
        (**self).show()
    }
}
impl<T: Show + ?Sized> Show for &mut T {
    fn show(&self) -> String {
        (**self).show()
    }
}

pub fn show<T: Show>(value: T) {
    note(value.show());
}

pub fn add_to(to: &mut u8, by: u8) -> u8 {
    *to = to.wrapping_add(by);
    *to
}
pub fn first<T>(list: &[T]) -> Option<&T> {
    list.first()
}
pub fn longest<'a>(left: &'a str, right: &'a str) -> &'a str {
    if left.len() > right.len() { left } else { right }
}
pub fn either<T>(left: T, right: T) -> T {
    if num() % 2 == 0 { left } else { right }
}
pub fn same<T>(value: T) -> T {
    value
}
pub fn once<T>(f: impl FnOnce() -> T) -> T {
    note("once");
    f()
}
pub fn twice(mut f: impl FnMut(u8) -> u8) -> u8 {
    f(1) ^ f(2)
}
pub fn with<T: ?Sized, R>(value: &T, f: impl FnOnce(&T) -> R) -> R {
    f(value)
}
pub fn edit<T: ?Sized, R>(value: &mut T, f: impl FnOnce(&mut T) -> R) -> R {
    f(value)
}
pub fn may(n: u8) -> Result<u8, String> {
    if n % 5 == 0 { Err(format!("{n} may not")) } else { Ok(n) }
}
pub fn try_noisy(n: u8) -> Result<Noisy, Noisy> {
    if n % 5 == 0 { Err(Noisy::new(n)) } else { Ok(Noisy::new(n)) }
}
#[track_caller]
pub fn strict(n: u8) -> u8 {
    crate::trace::here();
    assert!(n != 77, "strict about {n}");
    n
}

pub struct Pause(u8, Noisy);

impl Future for Pause {
    type Output = u8;
    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u8> {
        if self.0 == 0 {
            return Poll::Ready(self.1.0);
        }
        self.0 -= 1;
        Poll::Pending
    }
}

pub fn pause(n: u8) -> Pause {
    Pause(below(3), Noisy::new(n))
}

pub fn drive<T>(future: impl Future<Output = T>) -> Option<T> {
    let mut future = Box::pin(future);
    let mut context = Context::from_waker(Waker::noop());
    for _ in 0..num() {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(value) => return Some(value),
            Poll::Pending => note("pending"),
        }
    }
    note("given up");
    None
}

pub fn debug<T: Debug>(value: &T) -> usize {
    format!("{value:?}").len()
}
