//! Sites: the places in the code that have a probe.
//!
//! The sites of one function live in one `static`, so that they take one registration and their ids
//! are contiguous: `first` stands for the function itself (entry and exit), `first + 1 + k` for the
//! `k`-th [`Place`] inside it.

use crate::value::Limits;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The number of a site in one log; 0 is no site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteId(pub u32);

/// What a probe inside a function looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PlaceKind {
    /// A line is about to be executed.
    Line,
    /// One variable or more, at a point where they may be looked at.
    Variables,
    /// An expression and its value.
    Expression,
    /// A `return`, or the end of the body: where a function gives its value back.
    Return,
    /// A `?` that may leave the function early.
    Question,
}

/// One probe inside a function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// What is looked at.
    pub kind: PlaceKind,
    /// The line in [`FunctionInfo::file`], from 1.
    pub line: u32,
    /// The names of the values in a record of this place, in their order: variables, or the text of an expression.
    pub names: &'static [&'static str],
}

/// What is known of a function at compile time.
#[derive(Debug)]
pub struct FunctionInfo {
    /// The module's path, as `module_path!()` gives it.
    pub module: &'static str,
    /// The path inside the module: `place`, `Order::place`, `<Order as Shape>::area`, `outer::inner`.
    pub name: &'static str,
    /// The source file, as `file!()` gives it.
    pub file: &'static str,
    /// The line of the function's name, from 1.
    pub line: u32,
    /// The arguments whose values an entry record carries, in order.
    pub args: &'static [&'static str],
    /// The probes inside, in the order of their ids.
    pub places: &'static [Place],
    /// Where captured values are cut, and what is never captured.
    pub limits: Limits,
    /// What the code that was woven brings along.
    pub origin: Origin,
}

/// What woven code carries besides its sites: how to start the recorder, and the plan's `[runtime]` table.
#[derive(Clone, Copy)]
pub struct Origin {
    /// Starts the recorder when the first probe of the program finds none.
    pub start: fn(&'static FunctionInfo),
    /// The plan's `[runtime]` table as `key=value` lines, the keys and values of [`crate::config`]; empty: none.
    pub runtime: &'static str,
}

impl std::fmt::Debug for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Origin").field("runtime", &self.runtime).finish_non_exhaustive()
    }
}

/// The sites of one function: a `static` beside its code.
pub struct Sites {
    /// The id of the function's own site; 0 until the first hit registers it.
    first: AtomicU32,
    info: &'static FunctionInfo,
    /// Those that were registered next: the registry is a list through these, so that it needs no memory of its own.
    next: OnceLock<&'static Sites>,
}

impl std::fmt::Debug for Sites {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sites").field("first", &self.first).field("info", &self.info).finish_non_exhaustive()
    }
}

impl Sites {
    /// The sites of the function that `info` describes.
    pub const fn new(info: &'static FunctionInfo) -> Self {
        Self { first: AtomicU32::new(0), info, next: OnceLock::new() }
    }

    /// What is known of the function at compile time.
    pub fn info(&self) -> &'static FunctionInfo {
        self.info
    }

    /// The first id, or `None` until the sites are registered.
    #[inline]
    pub fn first(&self) -> Option<SiteId> {
        // Relaxed: the definition reaches the log through the registry's lock, not through this load.
        match self.first.load(Ordering::Relaxed) {
            0 => None,
            id => Some(SiteId(id)),
        }
    }

    /// How many ids these sites take.
    pub fn count(&self) -> u32 {
        1 + self.info.places.len() as u32
    }

    /// Those that were registered after these.
    pub(crate) fn next(&self) -> Option<&'static Sites> {
        self.next.get().copied()
    }

    /// Once only.
    pub(crate) fn set_next(&self, next: &'static Sites) {
        _ = self.next.set(next);
    }

    pub(crate) fn set_first(&self, id: SiteId) {
        self.first.store(id.0, Ordering::Relaxed);
    }
}
