//! Sites: the places in the code that have a probe.
//!
//! The sites of one function live in one `static`, so that they take one registration and their ids
//! are contiguous: `first` stands for the function itself (entry and exit), `first + 1 + k` for the
//! `k`-th [`Place`] inside it.

use crate::value::Limits;
use crate::woven::Woven;
use std::sync::atomic::{AtomicPtr, AtomicU32, Ordering};

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
    /// A branch was taken: of an `if`, a `match` or a `let … else`. Its one name is the text of the condition or the pattern.
    Branch,
    /// A round of a loop begins. Its one name is the text of the loop's head.
    Iteration,
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

/// What is known of a function, as it goes to the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionDef<'a> {
    /// The module's path.
    pub module: &'a str,
    /// The path inside the module.
    pub name: &'a str,
    /// The source file.
    pub file: &'a str,
    /// The line of the function's name, from 1.
    pub line: u32,
    /// The arguments whose values an entry record carries, in order.
    pub args: Vec<&'a str>,
    /// The probes inside, in the order of their ids.
    pub places: Vec<PlaceDef<'a>>,
}

/// One probe inside a function, as it goes to the log: see [`Place`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceDef<'a> {
    /// What is looked at.
    pub kind: PlaceKind,
    /// The line in the function's file, from 1.
    pub line: u32,
    /// The names of the values.
    pub names: Vec<&'a str>,
}

impl From<&FunctionInfo> for FunctionDef<'static> {
    fn from(info: &FunctionInfo) -> Self {
        let place = |p: &Place| PlaceDef { kind: p.kind, line: p.line, names: p.names.to_vec() };
        Self {
            module: info.module,
            name: info.name,
            file: info.file,
            line: info.line,
            args: info.args.to_vec(),
            places: info.places.iter().map(place).collect(),
        }
    }
}

/// What woven code carries besides its sites: how to start the recorder, and the plan's `[runtime]` table.
#[derive(Clone, Copy)]
pub struct Origin {
    /// Starts the recorder when the first probe of the program finds none.
    pub start: fn(&'static Sites),
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
    /// How many arguments an entry record carries.
    args: u32,
    places: u32,
    /// `None`: the default ones. What a static refers to, the compiler walks for each static.
    limits: Option<&'static Limits>,
    about: About,
    origin: Origin,
    /// Those that were registered next: the registry is a list through these, so that it needs no memory of its own.
    next: AtomicPtr<Sites>,
}

/// What is told of the function.
#[derive(Clone, Copy, Debug)]
enum About {
    Info(&'static FunctionInfo),
    Woven(Woven),
}

impl std::fmt::Debug for Sites {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sites").field("first", &self.first).field("about", &self.about).finish_non_exhaustive()
    }
}

impl Sites {
    /// The sites of the function that `info` describes.
    pub const fn new(info: &'static FunctionInfo) -> Self {
        Self {
            first: AtomicU32::new(0),
            args: info.args.len() as u32,
            places: info.places.len() as u32,
            limits: Some(&info.limits),
            about: About::Info(info),
            origin: info.origin,
            next: AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// Those of a woven function: `text` describes it as `woven.rs` says, with `args` arguments and `places` places.
    #[doc(hidden)]
    pub const fn woven(
        module: &'static str,
        file: &'static str,
        text: &'static str,
        args: u32,
        places: u32,
        start: fn(&'static Sites),
    ) -> Self {
        Self {
            first: AtomicU32::new(0),
            args,
            places,
            limits: None,
            about: About::Woven(Woven { module, file, text, args: None }),
            origin: Origin { start, runtime: "" },
            next: AtomicPtr::new(std::ptr::null_mut()),
        }
    }

    /// With other limits than the default ones.
    #[doc(hidden)]
    pub const fn limited(self, limits: &'static Limits) -> Self {
        Self { limits: Some(limits), ..self }
    }

    /// With the plan's `[runtime]` table: see [`Origin`].
    #[doc(hidden)]
    pub const fn with_runtime(self, runtime: &'static str) -> Self {
        Self { origin: Origin { runtime, ..self.origin }, ..self }
    }

    /// With these arguments, where a `#[cfg]` decides which there are.
    #[doc(hidden)]
    pub const fn with_args(self, args: &'static [&'static str]) -> Self {
        let about = match self.about {
            About::Woven(woven) => About::Woven(Woven { args: Some(args), ..woven }),
            info @ About::Info(_) => info,
        };
        Self { about, args: args.len() as u32, ..self }
    }

    /// What is known of the function.
    pub fn describe(&self) -> FunctionDef<'static> {
        match &self.about {
            About::Info(info) => FunctionDef::from(*info),
            About::Woven(woven) => woven.read(),
        }
    }

    /// Where captured values are cut.
    #[inline(always)]
    pub fn limits(&self) -> &'static Limits {
        const DEFAULT: &Limits = &Limits::DEFAULT;
        self.limits.unwrap_or(DEFAULT)
    }

    /// How the recorder is started.
    pub fn origin(&self) -> Origin {
        self.origin
    }

    /// How many arguments an entry record carries.
    #[inline]
    pub(crate) fn args(&self) -> usize {
        self.args as usize
    }

    /// The first id, or `None` until the sites are registered.
    #[inline(always)]
    pub fn first(&self) -> Option<SiteId> {
        // Relaxed: the definition reaches the log through the registry's lock, not through this load.
        match self.first.load(Ordering::Relaxed) {
            0 => None,
            id => Some(SiteId(id)),
        }
    }

    /// How many ids these sites take.
    pub fn count(&self) -> u32 {
        1 + self.places
    }

    /// Those that were registered after these.
    pub(crate) fn next(&self) -> Option<&'static Sites> {
        let next = self.next.load(Ordering::Acquire);
        // SAFETY: null, or what `set_next` was given: a `&'static`.
        unsafe { next.as_ref() }
    }

    /// Once only.
    pub(crate) fn set_next(&self, next: &'static Sites) {
        self.next.store(std::ptr::from_ref(next).cast_mut(), Ordering::Release);
    }

    pub(crate) fn set_first(&self, id: SiteId) {
        self.first.store(id.0, Ordering::Relaxed);
    }
}
