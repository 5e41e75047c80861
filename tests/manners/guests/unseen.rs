//! Async functions in which a macro hides an `.await`: they give their future back.
// In the prelude of 2024 alone.
#![allow(redundant_imports)]

use std::fmt::Debug;
use std::future::{self, Future, ready};
use std::num::ParseIntError;
use std::pin::Pin;
use std::sync::Arc;

macro_rules! wait {
    ($($future:tt)*) => {
        $($future)*.await
    };
}

/// Lent.
#[derive(Clone, Copy, Debug)]
pub struct Held<'a>(&'a str);

/// Kept.
#[derive(Clone, Debug, Default)]
pub struct Account {
    name: String,
    cents: u64,
}

/*@*/
/// Borrows.
pub async fn named<'a>(text: &'a str, other: &str) -> &'a str {
    wait!(ready(()));
    _ = other.len();
    text
}

/*@*/
/// Borrows more.
pub async fn held(held: Held<'_>, lent: &Held<'_>) -> usize {
    wait!(ready(held.0.len())) + lent.0.len()
}

/*@*/
/// Takes anything.
pub async fn opaque(first: impl Debug + Send, second: &mut (impl Debug + Send)) -> String {
    wait!(ready(()));
    format!("{first:?}{second:?}")
}

/*@*/
/// Gives something.
pub async fn given(of: &[u8]) -> impl Iterator<Item = &u8> + '_ {
    wait!(ready(()));
    of.iter()
}

/*@*/
/// May fail.
///
/// # Errors
/// Where it is no number.
pub async fn tried(text: &str) -> Result<u64, ParseIntError> {
    wait!(ready(()));
    let n: u64 = text.parse()?;
    if n > 100 {
        return Ok(n);
    }
    Ok(n + 1)
}

/*@*/
/// Of any type.
pub async fn generic<T, const N: usize>(all: [T; N], one: Option<T>) -> usize
where
    T: Debug + Send,
{
    wait!(ready(()));
    all.len() + usize::from(one.is_some())
}

/*@*/
/// Takes apart.
pub async fn patterns((left, mut right): (String, String), [low, high]: [u64; 2], _: u8, mut more: Vec<u8>) -> u64 {
    wait!(ready(()));
    right.push_str(&left);
    more.push(1);
    low + high + u64::from(right.len() > more.len())
}

/*@*/
/// Lifetimes without names, which only async functions may have there.
pub async fn unnamed(all: impl Iterator<Item = &u8> + Send, one: &(impl PartialEq<Held<'_>> + Sync)) -> usize {
    wait!(ready(()));
    usize::from(*one == Held("")) + all.count()
}

/*@*/
/// Gives a future.
pub async fn future(n: u8) -> future::Ready<u8> {
    wait!(ready(()));
    ready(n)
}

/*@*/
/// Gives another.
pub async fn boxed(n: u8) -> Pin<Box<dyn Future<Output = u8> + Send>> {
    wait!(ready(()));
    Box::pin(ready(n))
}

/*@*/
/// Says nothing.
pub async fn unit(list: &mut Vec<u8>, _unused: u8) {
    wait!(ready(()));
    list.push(1);
}

/*@*/
/// Never ends.
pub async fn endless(_n: u8) -> ! {
    loop {
        wait!(ready(()));
    }
}

/*@*/
impl Account {
    /// As an iterator.
    pub async fn next(&mut self) -> Option<u64> {
        wait!(ready(()));
        Some(self.cents)
    }

    /// By reference.
    pub async fn by_ref(&self, other: &str) -> &str {
        wait!(ready(()));
        _ = other.len();
        &self.name
    }

    /// By mutable reference.
    pub async fn by_mut(&mut self, more: u64) -> &mut Self {
        self.cents += wait!(ready(more));
        self
    }

    /// Changed.
    pub async fn changed(mut self, _unused: u8) {
        self.cents = 0;
        wait!(ready(()));
    }

    /// By value.
    pub async fn by_value(mut self) -> Self {
        self.cents += wait!(ready(1));
        self
    }

    /// Pinned.
    pub async fn pinned(self: Pin<&mut Self>, more: u64) -> u64 {
        self.cents + wait!(ready(more))
    }

    /// Shared.
    pub async fn shared(self: Arc<Self>) -> u64 {
        self.cents + wait!(ready(1))
    }
}

/// Keeps.
pub trait Keeper {
    /// What it keeps.
    fn keep(&self, n: u64) -> impl Future<Output = u64> + Send;
}

/*@*/
impl Keeper for Account {
    async fn keep(&self, n: u64) -> u64 {
        self.cents + wait!(ready(n))
    }
}
