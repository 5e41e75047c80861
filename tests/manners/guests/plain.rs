//! Code without a fault, for lints as many as there are.
#![deny(
    warnings,
    missing_docs,
    unused,
    unreachable_code,
    missing_debug_implementations,
    unused_results,
    unused_qualifications,
    unused_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    clippy::all,
    clippy::pedantic,
    clippy::nursery
)]
#![forbid(unsafe_code)]
#![allow(unreachable_pub, unnameable_types)]

use std::collections::BTreeMap;
use std::fmt;

/// What went wrong.
#[derive(Debug)]
#[non_exhaustive]
pub enum Fault {
    /// A line without a sign.
    NoSign(usize),
    /// A number that is none.
    NoNumber(std::num::ParseIntError),
}

/*@*/
impl From<std::num::ParseIntError> for Fault {
    fn from(error: std::num::ParseIntError) -> Self {
        Self::NoNumber(error)
    }
}

/*@*/
impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSign(line) => write!(f, "line {line} has no sign"),
            Self::NoNumber(error) => error.fmt(f),
        }
    }
}

/// A few numbers with names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    rows: BTreeMap<String, i64>,
    reads: u32,
}

/// Something that sums up.
pub trait Sum {
    /// What is summed up.
    type Item;

    /// The sum.
    fn sum(&self) -> Self::Item;

    /// The sum, twice.
    fn twice(&self) -> Self::Item
    where
        Self::Item: std::ops::Add<Output = Self::Item> + Copy;
}

/*@*/
impl Sum for Table {
    type Item = i64;

    fn sum(&self) -> i64 {
        self.rows.values().sum()
    }

    fn twice(&self) -> i64 {
        let once = self.sum();
        once + once
    }
}

/*@*/
impl Table {
    /// Reads one.
    ///
    /// # Errors
    ///
    /// Where a line is no row.
    pub fn read(text: &str) -> Result<Self, Fault> {
        let mut table = Self::default();
        for (number, line) in text.lines().enumerate() {
            if line.trim().is_empty() {
                continue;
            }
            let Some((name, value)) = line.split_once('=') else {
                return Err(Fault::NoSign(number));
            };
            let value = value.trim().parse()?;
            _ = table.rows.insert(name.trim().to_owned(), value);
        }
        Ok(table)
    }

    /// The value of a row.
    pub fn get(&mut self, name: &str) -> Option<i64> {
        self.reads += 1;
        let value = *self.rows.get(name)?;
        Some(value)
    }

    /// The longest name.
    #[must_use]
    pub fn longest(&self) -> Option<&str> {
        let mut longest: Option<&str> = None;
        for name in self.rows.keys() {
            match longest {
                Some(known) if known.len() >= name.len() => {}
                _ => longest = Some(name),
            }
        }
        longest
    }

    /// All of them, changed.
    #[must_use]
    pub fn map(mut self, change: impl Fn(i64) -> i64) -> Self {
        for value in self.rows.values_mut() {
            *value = change(*value);
        }
        self
    }

    /// Those that are not negative.
    pub fn positive(&self) -> impl Iterator<Item = (&str, i64)> + '_ {
        self.rows.iter().filter(|(_, value)| **value >= 0).map(|(name, value)| (name.as_str(), *value))
    }
}

/*@*/
/// Counts down, and says how it went.
#[must_use]
pub fn countdown(from: u32, step: u32) -> String {
    let mut text = String::new();
    let mut left = from;
    let rounds = loop {
        if left < step || step == 0 {
            break left;
        }
        left -= step;
        text.push_str(&left.to_string());
        text.push(' ');
    };
    let rest = if rounds == 0 { "no rest".to_owned() } else { format!("rest {rounds}") };
    text + &rest
}

/*@*/
/// The first of a few that is there.
pub fn first<'a, T: ?Sized>(found: &'a T, others: &[&'a T], good: impl Fn(&T) -> bool) -> &'a T {
    if good(found) {
        return found;
    }
    let mut left = others;
    while let Some((other, rest)) = left.split_first() {
        if good(other) {
            return other;
        }
        left = rest;
    }
    found
}

/*@*/
/// Swaps what is in two places.
pub fn rotate<T, const N: usize>(values: &mut [T; N], by: usize) -> &mut T
where
    T: Default,
{
    let by = if N == 0 { 0 } else { by % N };
    values.rotate_left(by);
    &mut values[0]
}

/*@*/
/// Waits for two things.
///
/// # Errors
///
/// Where the first one fails.
pub async fn both<E>(
    one: std::future::Ready<Result<u8, E>>,
    two: std::future::Ready<u8>,
) -> Result<u16, E>
where
    E: Send,
{
    let first = one.await?;
    let second = two.await;
    let sum = u16::from(first) + u16::from(second);
    Ok(sum)
}

/*@*/
/// A closure that counts.
#[must_use]
pub fn counter(step: u8) -> Box<dyn FnMut() -> u8 + Send> {
    let mut count = 0_u8;
    Box::new(move || {
        count = count.saturating_add(step);
        count
    })
}

/*@*/
/// Looks at a value, and leaves the rest.
#[must_use]
pub fn with_default(_left: u8, kind: &str, value: Option<u8>) -> u8 {
    let _kept = String::from(kind);
    let number = match (kind, value) {
        ("none", _) => 0,
        (_, Some(n @ 1..=9)) => n,
        (_, Some(n)) => n / 10,
        (other, None) => u8::from(!other.is_empty()),
    };
    debug_assert!(number > 0 || kind == "none" || value.is_none_or(|value| value < 10));
    number
}

/*@*/
/// Ends, or never does.
pub fn end(reason: &str) -> ! {
    let text = reason.to_uppercase();
    if text.is_empty() {
        std::process::exit(1);
    }
    loop {
        std::hint::spin_loop();
    }
}

/*@*/
mod inner {
    #[derive(Debug)]
    pub struct Hidden(pub u8);

    impl Drop for Hidden {
        fn drop(&mut self) {
            self.0 = 0;
        }
    }

    pub fn hide(value: u8) -> Hidden {
        let hidden = Hidden(value);
        if value > 7 {
            return Hidden(7);
        }
        hidden
    }
}

/*@*/
/// What is hidden.
#[must_use]
pub fn seek(value: u8) -> u8 {
    let hidden = inner::hide(value);
    let found = hidden.0;
    drop(hidden);
    found
}

/*@*/
/// Has variables of types that are written down.
#[must_use]
pub fn typed(text: &str) -> usize {
    let length = text.len();
    let any: &dyn std::any::Any = &length;
    let wide: u64 = 7;
    let names: Option<Vec<&str>> = Some(vec![text]);
    let row: Table = Table::default();
    usize::from(any.is::<usize>()) + usize::from(wide > 3) + names.map_or(0, |names| names.len()) + row.rows.len()
}

/*@*/
/// Has nothing but numbers.
#[must_use]
pub fn numbers(one: u8, mut two: u32) -> u32 {
    two += u32::from(one);
    two
}

/*@*/
/// Holds a lock to its end.
///
/// # Panics
///
/// Somebody else did, with the lock.
#[must_use]
pub fn locked(all: &std::sync::Mutex<Vec<u8>>) -> usize {
    let more = 3;
    let mut all = all.lock().unwrap();
    all.push(1);
    all.push(2);
    more
}

/*@*/
/// Says something of a type.
pub const fn assert_const<T: Send>() {}

/*@*/
#[allow(clippy::missing_const_for_fn, reason = "it is to be woven")]
/// Says it, too.
pub fn assert_send<T: Send>() {}

/*@*/
#[doc(alias = "hidden")]
pub mod private {
    //! Not for everybody.

    /// Nothing.
    #[must_use]
    pub fn nothing(n: u8) -> u8 {
        n.max(3)
    }
}
