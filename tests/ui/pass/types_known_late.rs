//! Types that are open where a variable is looked at, and known only behind a loop, a closure, an async block, or by the function's type.
#![deny(warnings)]
#![forbid(unsafe_code)]

use std::collections::HashMap;

/// Neither `Debug` nor `Serialize`.
pub struct Bare(pub u8);
pub struct Wrapper<T> {
    pub items: Vec<T>,
}

#[scope::instrument(level = "full")]
mod woven {
    use super::*;

    pub fn by_return_type(n: usize) -> Vec<Vec<Bare>> {
        let mut out = Vec::new();
        for _ in 0..n {
            let inner = Vec::with_capacity(1);
            out.push(inner);
        }
        out
    }

    pub fn behind_a_closure() -> usize {
        let base = 2;
        let make = |k: usize| {
            let items = Vec::with_capacity(k + base);
            Wrapper { items }
        };
        let wrapper: Wrapper<Bare> = make(1);
        wrapper.items.len()
    }

    pub fn behind_a_bare_closure() -> usize {
        let make = |k: usize| {
            let items = Vec::with_capacity(k);
            let length: usize = 3;
            (Wrapper { items }, length)
        };
        let (wrapper, length): (Wrapper<Bare>, usize) = make(1);
        wrapper.items.len() + length
    }

    pub fn a_function_pointer() -> u8 {
        let double: fn(u8) -> u8 = |x| {
            let y = x;
            let z: u8 = y;
            z * 2
        };
        double(4)
    }

    pub fn nothing_is_captured<U: Default>() -> (usize, usize) {
        let text = String::from("a");
        let len = text.len();
        let by_reference = || {
            let unit = U::default();
            let size = len;
            drop(unit);
            size
        };
        let moving = move || {
            let size = len;
            size
        };
        by_reference();
        moving();
        (std::mem::size_of_val(&by_reference), std::mem::size_of_val(&moving))
    }

    pub fn by_a_push_much_later(pick: bool) -> Option<u8> {
        let mut all = Vec::new();
        let mut last = None;
        let mut rounds = 0;
        loop {
            let seen = all.len();
            let before = &last;
            rounds += 1;
            if seen > 1 || before.is_some() && pick {
                break;
            }
            if rounds == 2 {
                last = Some(Bare(7));
            }
            all.push(Bare(1));
        }
        last.map(|bare| bare.0)
    }

    pub fn hidden(n: u8) -> impl Iterator<Item = Bare> {
        let mut items = Vec::new();
        let more = Vec::new();
        if n > 1 {
            items = Vec::with_capacity(2);
        }
        items.extend(more);
        items.push(Bare(n));
        items.into_iter()
    }

    pub fn borrows_in_loops(words: &mut Vec<String>) -> Option<usize> {
        let mut counts: HashMap<&str, usize> = HashMap::new();
        let mut index = 0;
        while let Some(word) = words.get_mut(index) {
            let end = word.chars().next_back()?;
            word.push(end);
            let first = word.as_mut_str();
            first.make_ascii_uppercase();
            index += 1;
        }
        for word in words.iter() {
            let slot = counts.entry(word).or_default();
            *slot += 1;
        }
        let best = counts.values().copied().max();
        while words.pop().filter(|word| !word.is_empty()).map(|word| word.len())? > 2 {}
        best
    }

    /// What a cast to `_` means is found out behind the whole body.
    pub fn by_a_cast(bare: &Bare, _n: u8) -> u8 {
        let pointer = std::ptr::from_ref(bare) as *const _;
        let same = std::ptr::eq(bare, pointer);
        u8::from(same)
    }

    /// A type that is nothing but the end of the road.
    pub fn never_there(n: u8) -> u8 {
        if n > 3 {
            let _gone = if n > 4 { return 4 } else { return 5 };
        }
        let gone = match n {
            0 => return 1,
            _ => n,
        };
        gone
    }

    pub fn parentheses(next: &Option<Result<u8, String>>) -> Option<u8> {
        let given = (next.as_ref())?;
        let value = (*given).as_ref().ok()?;
        let made = Some(Bare(*value))?;
        Some(made.0)
    }

    pub fn numbers() -> u64 {
        let mut small = 1;
        let ratio = 0.5;
        for _ in 0..3 {
            small *= 2;
        }
        if ratio > 0.1 { small } else { 0 }
    }
}

fn main() {
    assert_eq!(woven::by_return_type(2).len(), 2);
    assert_eq!(woven::behind_a_closure(), 0);
    assert_eq!(woven::behind_a_bare_closure(), 3);
    assert_eq!(woven::a_function_pointer(), 8);
    assert_eq!(woven::nothing_is_captured::<u8>(), (8, 8));
    assert_eq!(woven::by_a_push_much_later(true), Some(7));
    assert_eq!(woven::hidden(2).map(|bare| bare.0).collect::<Vec<_>>(), [2]);
    let mut words = vec!["a".to_owned(), "bc".to_owned()];
    assert_eq!(woven::borrows_in_loops(&mut words), Some(1));
    assert_eq!(woven::by_a_cast(&Bare(1), 1), 1);
    assert_eq!((woven::never_there(0), woven::never_there(2), woven::never_there(4)), (1, 2, 5));
    assert_eq!((woven::parentheses(&Some(Ok(3))), woven::parentheses(&None)), (Some(3), None));
    assert_eq!(woven::numbers(), 8);
}
