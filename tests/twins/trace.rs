//! What a program does, step by step, as text; and the bytes that tell it which way to go.
//!
//! Part of this test, and of each crate that it generates.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::fmt::{Debug, Display};
use std::panic::{self, AssertUnwindSafe, Location};
use std::sync::Once;

thread_local! {
    static TRACE: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
    static INPUT: RefCell<(Vec<u8>, usize)> = const { RefCell::new((Vec::new(), 0)) };
    /// The steps that are left, while something is observed.
    static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
}

/// No program takes more steps.
const STEPS: u32 = 4000;

/// Runs `f`, steered by `input`; gives what it did.
pub fn observe(input: &[u8], f: fn()) -> Vec<String> {
    static HOOK: Once = Once::new();
    HOOK.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| match LEFT.get() {
            Some(_) => {
                let at = info.location().map_or("nowhere".to_owned(), place);
                note(format_args!("panic at {at}: {}", words(info.payload())));
            }
            None => before(info),
        }));
    });
    INPUT.set((input.to_vec(), 0));
    TRACE.take();
    LEFT.set(Some(STEPS));
    if let Err(payload) = panic::catch_unwind(AssertUnwindSafe(f)) {
        note(format_args!("unwound with {}", words(&*payload)));
    }
    LEFT.set(None);
    TRACE.take()
}

fn words(payload: &(dyn Any + Send)) -> &str {
    let text = payload.downcast_ref::<&str>().copied();
    text.or_else(|| payload.downcast_ref::<String>().map(String::as_str)).unwrap_or("no words")
}

/// Not the file: the two versions may stand in two.
fn place(at: &Location<'_>) -> String {
    format!("{}:{}", at.line(), at.column())
}

/// Ends a program that goes on for too long.
pub fn tick() {
    match LEFT.get() {
        Some(0) => panic!("too many steps"),
        left => LEFT.set(left.map(|left| left - 1)),
    }
}

/// A step.
pub fn note(what: impl Display) {
    TRACE.with_borrow_mut(|trace| trace.push(what.to_string()));
}

/// A step with a value, which it gives back.
pub fn seen<T: Debug>(value: T) -> T {
    note(format_args!("seen {value:?}"));
    value
}

/// Where it is called from.
#[track_caller]
pub fn here() {
    note(format_args!("here {}", place(Location::caller())));
}

/// The next byte of the input; it goes on with zeros.
pub fn num() -> u8 {
    INPUT.with_borrow_mut(|(bytes, at)| {
        *at += 1;
        bytes.get(*at - 1).copied().unwrap_or(0)
    })
}

/// A number below `end`.
pub fn below(end: u8) -> u8 {
    num() % end
}

/// One way or the other.
pub fn flip() -> bool {
    num() % 2 == 1
}

/// A value that says when it is made and dropped.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Noisy(pub u8);

impl Noisy {
    pub fn new(id: u8) -> Self {
        note(format_args!("new {id}"));
        Self(id)
    }

    pub fn get(&self) -> u8 {
        note(format_args!("get {}", self.0));
        self.0
    }

    pub fn some(&self) -> Option<u8> {
        self.0.checked_sub(1)
    }

    pub fn pass(self) -> Self {
        note(format_args!("pass {}", self.0));
        self
    }
}

impl Clone for Noisy {
    fn clone(&self) -> Self {
        note(format_args!("clone {}", self.0));
        Self(self.0.wrapping_add(100))
    }
}

impl Default for Noisy {
    fn default() -> Self {
        Self::new(200)
    }
}

impl Drop for Noisy {
    fn drop(&mut self) {
        let how = if std::thread::panicking() { "drop, unwinding," } else { "drop" };
        note(format_args!("{how} {}", self.0));
    }
}

/// The same, and it can't be printed.
pub struct Mute(pub Noisy);

impl Mute {
    pub fn new(id: u8) -> Self {
        Self(Noisy::new(id))
    }

    pub fn get(&self) -> u8 {
        self.0.get()
    }
}

/// A value that holds a borrow until it is dropped.
pub struct Holder<'a>(pub &'a mut Vec<u8>, pub Noisy);

impl Holder<'_> {
    pub fn add(&mut self, item: u8) -> usize {
        self.0.push(item);
        self.0.len()
    }
}

impl Drop for Holder<'_> {
    fn drop(&mut self) {
        note(format_args!("held {:?}", self.0));
    }
}
