//! Tells a value whose code never comes back: it hangs the program, and nobody would know why.
//!
//! A thread says which value it is about to look at, and when it has done so; the recorder's own thread looks whether it does. This is on
//! the way of code that a user wrote to show a value, and nowhere else.

use crate::local;
use crate::site::{PlaceKind, Sites};
use crate::value::ValueWriter;
use std::fmt::Write;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

/// Whose record the values are of that a writer writes, and which of them is the next.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About {
    pub(crate) sites: &'static Sites,
    /// The index of the place, if it is not the entry.
    pub(crate) place: Option<usize>,
    /// How many values were begun.
    pub(crate) values: usize,
}

/// A value that is being looked at.
#[derive(Clone, Copy, Debug)]
pub struct Looking {
    about: About,
    type_name: &'static str,
}

/// What one thread is looking at.
#[derive(Debug)]
pub struct Watch {
    /// Odd while its code runs. Its thread alone counts.
    turn: AtomicU64,
    /// Set before the turn. Nobody waits for it.
    looking: Mutex<Option<Looking>>,
}

impl Watch {
    pub(crate) const fn new() -> Self {
        Self { turn: AtomicU64::new(0), looking: Mutex::new(None) }
    }

    /// The number of the turn whose code is being run.
    pub fn turn(&self) -> Option<u64> {
        // Relaxed: a number to compare; what it is about has a lock.
        Some(self.turn.load(Ordering::Relaxed)).filter(|turn| turn % 2 == 1)
    }

    /// What is being looked at, or was when that could last be said.
    pub fn looking(&self) -> Option<Looking> {
        self.looking.try_lock().ok().and_then(|looking| *looking)
    }

    /// False inside of another turn.
    fn begin(&self, looking: Looking) -> bool {
        // Relaxed: written by this thread alone; see `turn`.
        let turn = self.turn.load(Ordering::Relaxed);
        if turn % 2 == 1 {
            return false;
        }
        if let Ok(mut slot) = self.looking.try_lock() {
            *slot = Some(looking);
        }
        self.turn.store(turn + 1, Ordering::Relaxed);
        true
    }

    fn end(&self) {
        // Relaxed: as in `begin`.
        self.turn.store(self.turn.load(Ordering::Relaxed) + 1, Ordering::Relaxed);
    }
}

/// This thread is about to run the code of a type. True: [`end`] is to be called behind it, which must not panic before.
pub(crate) fn begin(w: &ValueWriter<'_>, type_name: &'static str) -> bool {
    let Some(about) = w.about() else { return false };
    local::watch(|watch| watch.begin(Looking { about, type_name })).unwrap_or(false)
}

/// It came back.
pub(crate) fn end() {
    local::watch(Watch::end);
}

impl Looking {
    /// What it is and what to do, for people.
    pub fn describe(&self) -> String {
        let About { sites, place, values } = self.about;
        let function = sites.describe();
        let index = values.saturating_sub(1);
        let place = place.and_then(|place| function.places.get(place));
        let what = match place {
            Some(place) if place.kind == PlaceKind::Return => "what it gives back".to_owned(),
            Some(place) if place.kind == PlaceKind::Question => "what a `?` leaves with".to_owned(),
            Some(place) => place.names.get(index).map_or_else(|| "a value".to_owned(), |name| format!("`{name}`")),
            None => function.args.get(index).map_or_else(|| "an argument".to_owned(), |name| format!("`{name}`")),
        };
        let line = place.map_or(function.line, |place| place.line);
        let mut text = format!("`Debug` or `Serialize` of `{}`, to show {what} of ", self.type_name);
        // Never an error: it is a string.
        _ = write!(text, "`{}::{}` ({}:{line})", function.module, function.name, function.file);
        text
    }

    /// The type, as the plan's `opaque` takes it.
    pub fn glob(&self) -> &'static str {
        crate::value::type_path(self.type_name)
    }
}
