//! Sites: the places in the code that have a probe.
//!
//! The sites of one function live in one `static`, so that they take one registration and their ids
//! are contiguous: `first` stands for the function itself (entry and exit), `first + 1 + k` for the
//! `k`-th [`Place`] inside it.

use crate::clock::Clock;
pub use crate::function::{FunctionDef, FunctionInfo, Place, PlaceDef, PlaceKind, PlanDef};
use crate::record::Header;
use crate::value::Limits;
use crate::{clock, plain, woven};
use std::cell::UnsafeCell;
use std::panic::RefUnwindSafe;
use std::sync::atomic::{AtomicPtr, AtomicU32, AtomicU64, Ordering};
use std::time::Duration;

/// The number of a site in one log; 0 is no site.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SiteId(pub u32);

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
///
/// Woven code writes it out, for each function: each field more, and each call, costs the compiler. So there are two fields for all.
pub struct Sites {
    /// What describes a woven function: see `woven.rs`.
    #[doc(hidden)]
    pub text: &'static str,
    #[doc(hidden)]
    pub state: UnsafeCell<State>,
}

// SAFETY: nobody gets at `state` but as shared, through `Sites::state`, and what is in there is `Sync`, as the constant below makes
// sure: a bound here would be looked into for each static.
unsafe impl Sync for Sites {}
const _: () = {
    const fn is_sync<T: Sync>() {}
    is_sync::<State>();
};
impl RefUnwindSafe for Sites {}

/// What the sites of a function have beside their text. It is in an [`UnsafeCell`] only for the compiler, which looks through the types
/// of each static for one, and for what is not `Sync`: here it ends its search at once. Nothing but the atomics in it ever changes.
#[doc(hidden)]
pub struct State {
    /// The id of the function's own site; 0 until the first hit registers it.
    first: AtomicU32,
    /// The filter of the run time lets these record nothing: not 0.
    filtered: AtomicU32,
    /// See [`Sites::usual`] and [`Sites::exact`].
    usual: AtomicU64,
    exact: AtomicU64,
    /// Those that were registered next: the registry is a list through these, so that it needs no memory of its own.
    next: AtomicPtr<Sites>,
    about: About,
    start: fn(&'static Sites),
}

/// What is told of the function beside the text.
#[derive(Clone, Copy, Debug)]
enum About {
    /// Nothing: the plan has no more to say. What a static refers to, the compiler walks for each static.
    Text,
    Planned(&'static Planned),
    /// All: there is no text.
    Info(&'static FunctionInfo),
}

/// What the plan says of a woven function, where that is not the default.
#[doc(hidden)]
#[derive(Clone, Copy, Debug)]
pub struct Planned {
    pub limits: Limits,
    /// See [`Origin::runtime`].
    pub runtime: &'static str,
    /// The names of the arguments, where a `#[cfg]` decides which there are.
    pub args: Option<&'static [&'static str]>,
    /// How its calls are dated.
    pub clock: Clock,
    /// What a flight recorder makes a snapshot of: a call that takes longer.
    pub snapshot_over: Duration,
    /// The text of the plan's file. Empty: it is not here. Some functions of a crate have it, for all.
    pub plan: &'static str,
    /// The text of the source file. Empty: it is not asked for, or not known.
    pub source: &'static str,
}

impl Planned {
    pub const DEFAULT: Self = Self {
        limits: Limits::DEFAULT,
        runtime: "",
        args: None,
        clock: Clock::Exact,
        snapshot_over: Duration::MAX,
        plan: "",
        source: "",
    };
}

impl State {
    /// For woven functions, of which the plan has nothing to say. `start`: see [`Origin::start`].
    pub const fn new(start: fn(&'static Sites)) -> UnsafeCell<Self> {
        Self::about(About::Text, start)
    }

    /// For those of which it has.
    pub const fn planned(planned: &'static Planned, start: fn(&'static Sites)) -> UnsafeCell<Self> {
        Self::about(About::Planned(planned), start)
    }

    const fn about(about: About, start: fn(&'static Sites)) -> UnsafeCell<Self> {
        let next = AtomicPtr::new(std::ptr::null_mut());
        UnsafeCell::new(Self {
            first: AtomicU32::new(0),
            filtered: AtomicU32::new(0),
            usual: AtomicU64::new(0),
            exact: AtomicU64::new(0),
            next,
            about,
            start,
        })
    }
}

impl std::fmt::Debug for Sites {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sites")
            .field("first", &self.first())
            .field("function", &self.describe())
            .finish_non_exhaustive()
    }
}

impl Sites {
    /// The sites of the function that `info` describes.
    pub const fn new(info: &'static FunctionInfo) -> Self {
        Self { text: "", state: State::about(About::Info(info), info.origin.start) }
    }

    #[inline(always)]
    fn state(&self) -> &State {
        // SAFETY: nobody has it as `&mut`: see `State`.
        unsafe { &*self.state.get() }
    }

    /// What is known of a function that nobody wove.
    pub(crate) fn info(&self) -> Option<&'static FunctionInfo> {
        match self.state().about {
            About::Info(info) => Some(info),
            About::Text | About::Planned(_) => None,
        }
    }

    /// The site by which operations are told, where this has one.
    pub fn operation(&self) -> Option<SiteId> {
        let at = self.info()?.places.iter().position(|place| place.kind == PlaceKind::Correlation)?;
        Some(SiteId(self.first()?.0 + 1 + at as u32))
    }

    /// What is known of the function.
    pub fn describe(&self) -> FunctionDef<'static> {
        match self.state().about {
            About::Text => woven::read(self.text),
            About::Planned(planned) => {
                let def = woven::read(self.text);
                FunctionDef { args: planned.args.map_or(def.args, <[_]>::to_vec), ..def }
            }
            About::Info(info) => FunctionDef::from(info),
        }
    }

    /// Writes what [`describe`](Self::describe) tells as a text that `woven.rs` reads, piece by piece. Allocates nothing.
    pub(crate) fn write_text(&self, write: &mut dyn FnMut(&[u8])) {
        match self.state().about {
            About::Text | About::Planned(Planned { args: None, .. }) => woven::write_lines(self.text, write),
            About::Planned(Planned { args: Some(args), .. }) => woven::write_with_args(self.text, args, write),
            About::Info(info) => woven::write(info, write),
        }
    }

    /// The plan by which the function was woven: without a path it is the built-in one. `None`: nobody wove it.
    pub fn plan(&self) -> Option<PlanDef<'static>> {
        let text = match self.state().about {
            About::Text => "",
            About::Planned(planned) => planned.plan,
            About::Info(_) => return None,
        };
        Some(PlanDef { text, ..woven::plan(self.text).unwrap_or_default() })
    }

    /// The text of the source file, where the plan asks for it and the macro found it.
    pub fn source(&self) -> Option<&'static str> {
        match self.state().about {
            About::Planned(planned) => Some(planned.source).filter(|text| !text.is_empty()),
            About::Text | About::Info(_) => None,
        }
    }

    /// Where captured values are cut.
    #[inline(always)]
    pub fn limits(&self) -> &'static Limits {
        const DEFAULT: &Limits = &Limits::DEFAULT;
        match self.state().about {
            About::Text => DEFAULT,
            About::Planned(planned) => &planned.limits,
            About::Info(info) => &info.limits,
        }
    }

    /// How the recorder is started.
    pub fn origin(&self) -> Origin {
        let State { about, start, .. } = *self.state();
        match about {
            About::Text => Origin { start, runtime: "" },
            About::Planned(planned) => Origin { start, runtime: planned.runtime },
            About::Info(info) => info.origin,
        }
    }

    /// The first id, or `None` until the sites are registered.
    #[inline(always)]
    pub fn first(&self) -> Option<SiteId> {
        // Relaxed: the definition reaches the log through the registry's lock, not through this load.
        match self.state().first.load(Ordering::Relaxed) {
            0 => None,
            id => Some(SiteId(id)),
        }
    }

    /// The header of a record of these sites, but for its kind, its length and its call, where the limits of values are such that plain ones
    /// need not look at them. Else, or until the sites are registered, `None`.
    #[inline(always)]
    pub(crate) fn usual(&self) -> Option<Header> {
        match self.state().usual.load(Ordering::Relaxed) {
            0 => None,
            header => Some(Header(header)),
        }
    }

    /// The same where calls are dated exactly, too, by the processor's own counter.
    #[inline(always)]
    pub(crate) fn exact(&self) -> Option<Header> {
        match self.state().exact.load(Ordering::Relaxed) {
            0 => None,
            header => Some(Header(header)),
        }
    }

    /// How calls are dated.
    pub fn clock(&self) -> Clock {
        match self.state().about {
            About::Planned(planned) => planned.clock,
            About::Text | About::Info(_) => Clock::Exact,
        }
    }

    /// What a flight recorder makes a snapshot of: a call that takes longer.
    pub(crate) fn snapshot_over(&self) -> Duration {
        match self.state().about {
            About::Planned(planned) => planned.snapshot_over,
            About::Text | About::Info(_) => Duration::MAX,
        }
    }

    /// How many ids these sites take.
    pub fn count(&self) -> u32 {
        let places = match self.state().about {
            About::Text | About::Planned(_) => woven::places(self.text),
            About::Info(info) => info.places.len(),
        };
        1 + places as u32
    }

    /// Those that were registered after these.
    pub(crate) fn next(&self) -> Option<&'static Sites> {
        let next = self.state().next.load(Ordering::Acquire);
        // SAFETY: null, or what `set_next` was given: a `&'static`.
        unsafe { next.as_ref() }
    }

    /// Once only.
    pub(crate) fn set_next(&self, next: &'static Sites) {
        self.state().next.store(std::ptr::from_ref(next).cast_mut(), Ordering::Release);
    }

    pub(crate) fn set_first(&self, id: SiteId, filtered: bool) {
        self.state().first.store(id.0, Ordering::Relaxed);
        if self.clock() == Clock::Coarse {
            clock::coarse::want();
        }
        self.set_filtered(filtered);
    }

    /// Whether the filter of the run time lets these sites record nothing: asked where there is no header.
    #[inline(always)]
    pub(crate) fn is_filtered(&self) -> bool {
        self.state().filtered.load(Ordering::Relaxed) != 0
    }

    /// Once they are registered.
    pub(crate) fn set_filtered(&self, filtered: bool) {
        let Limits { max_string, max_bytes, .. } = *self.limits();
        let plain = max_string >= plain::LONGEST as u32 && max_bytes as usize >= plain::MOST_BYTES;
        let usual = if plain && !filtered { self.first().map_or(0, |id| Header::at(id.0).0) } else { 0 };
        let exact = if self.clock() == Clock::Exact && clock::is_counter() { usual } else { 0 };
        let state = self.state();
        state.filtered.store(filtered.into(), Ordering::Relaxed);
        state.usual.store(usual, Ordering::Relaxed);
        state.exact.store(exact, Ordering::Relaxed);
    }

    /// The path of the module, and the function's inside it.
    pub(crate) fn path(&self) -> (&'static str, &'static str) {
        match self.state().about {
            About::Text | About::Planned(_) => woven::path(self.text),
            About::Info(info) => (info.module, info.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    static PLANNED: Planned = Planned {
        limits: Limits { max_depth: 1, ..Limits::DEFAULT },
        runtime: "overflow=block",
        args: Some(&["only"]),
        clock: Clock::Coarse,
        ..Planned::DEFAULT
    };

    #[test]
    fn the_plan_says_more_of_a_function() {
        const TEXT: &str = "shop\tsrc/a.rs\tf\t7\ta\tb\nL8";
        let plain = Sites { text: TEXT, state: State::new(|_| {}) };
        assert_eq!(plain.describe().args, ["a", "b"]);
        assert_eq!((*plain.limits(), plain.origin().runtime, plain.count()), (Limits::DEFAULT, "", 2));
        let planned = Sites { text: TEXT, state: State::planned(&PLANNED, |_| {}) };
        assert_eq!(planned.describe(), FunctionDef { args: vec!["only"], ..plain.describe() });
        assert_eq!(
            (*planned.limits(), planned.origin().runtime, planned.count()),
            (PLANNED.limits, "overflow=block", 2)
        );
    }
}
