//! What the crate's sources say of names that are known elsewhere for what they do: there is one crate in a process, see [`super`].

use super::statics::Statics;
use std::sync::{PoisonError, RwLock};

static LEARNT: RwLock<Names> = RwLock::new(Names::NONE);

/// Names of functions that many types have: one of them says nothing of others.
pub(crate) const COMMON: [&str; 6] = ["new", "get", "iter", "next", "clone", "default"];

/// Names that mean something of the crate's own.
#[derive(Clone, Default)]
pub(crate) struct Names {
    /// Functions that give back the guard of a lock, or of a `RefCell` where that is as good as one.
    pub(crate) givers: Vec<String>,
    /// Whether a `get` without arguments is one.
    pub(crate) gets: bool,
    /// Functions that give none, whatever their names say.
    pub(crate) plain: Vec<String>,
    /// Methods of what a lock gives back, or of any `Result`, which may give its guard.
    pub(crate) passing: Vec<String>,
    /// Macros that return or wait, in spite of their names.
    pub(crate) leaving: Vec<String>,
    /// Macros of the crate's own, and those of them that may wait, or make items.
    pub(crate) macros: Vec<String>,
    pub(crate) waiting: Vec<String>,
    pub(crate) making: Vec<String>,
    /// Methods that take `self` as a value.
    pub(crate) taking: Vec<String>,
    /// Types that hold the guard of a lock.
    pub(crate) holders: Vec<String>,
    /// All types, and those with a lifetime.
    pub(crate) types: Vec<String>,
    pub(crate) lent: Vec<String>,
    /// What makes the statics that a `Debug` may ask for.
    pub(crate) statics: Statics,
    /// Whether there may be maps whose entries are locks.
    pub(crate) has_maps: bool,
    /// What is such a map, or gives one back.
    pub(crate) maps: Vec<String>,
}

impl Names {
    const NONE: Self = Self {
        givers: Vec::new(),
        gets: false,
        plain: Vec::new(),
        passing: Vec::new(),
        leaving: Vec::new(),
        macros: Vec::new(),
        waiting: Vec::new(),
        making: Vec::new(),
        taking: Vec::new(),
        holders: Vec::new(),
        types: Vec::new(),
        lent: Vec::new(),
        statics: Statics::NONE,
        has_maps: false,
        maps: Vec::new(),
    };
}

/// These are the crate's.
pub(crate) fn learn(names: Names) {
    *LEARNT.write().unwrap_or_else(PoisonError::into_inner) = names;
}

fn is_in(names: &[String], name: &str) -> bool {
    names.iter().any(|known| known == name)
}

/// Whether a function that gives back a guard is found.
pub(crate) fn any_giver(is_found: impl FnMut(&String) -> bool) -> bool {
    see(|names| names.givers.iter().any(is_found))
}

/// Whether a function of this name is the crate's own, and gives back no guard.
pub(crate) fn is_plain(name: &str) -> bool {
    see(|names| is_in(&names.plain, name))
}

/// Whether a `get` without arguments may give back a guard.
pub(crate) fn gets() -> bool {
    see(|names| names.gets)
}

/// Whether a method of this name may give the guard in a `Result`.
pub(crate) fn may_pass(name: &str) -> bool {
    see(|names| is_in(&names.passing, name))
}

/// Whether a macro of this name is the crate's own, and returns or waits.
pub(crate) fn may_leave(name: &str) -> bool {
    see(|names| is_in(&names.leaving, name))
}

/// Whether a macro of this name is the crate's own, and never waits.
pub(crate) fn never_waits(name: &str) -> bool {
    see(|names| is_in(&names.macros, name) && !is_in(&names.waiting, name))
}

/// Whether a macro of this name is the crate's own.
pub(crate) fn is_macro(name: &str) -> bool {
    see(|names| is_in(&names.macros, name))
}

/// Whether a macro of this name makes items of its own accord, as far as its rules show; `None`: it is not the crate's own.
pub(crate) fn makes_items(name: &str) -> Option<bool> {
    see(|names| is_in(&names.macros, name).then(|| is_in(&names.making, name)))
}

/// Whether a method of this name may take what it is called on.
pub(crate) fn may_take(name: &str) -> bool {
    see(|names| is_in(&names.taking, name))
}

/// Whether a type of the crate holds the guard of a lock.
pub(crate) fn any_holder(is_found: impl FnMut(&String) -> bool) -> bool {
    see(|names| names.holders.iter().any(is_found))
}

/// Whether there is such a type.
pub(crate) fn has_holders() -> bool {
    any_holder(|_| true)
}

/// Whether a type of the crate has this name.
pub(crate) fn is_type(name: &str) -> bool {
    see(|names| is_in(&names.types, name))
}

/// Whether a type of this name has a lifetime.
pub(crate) fn is_lent(name: &str) -> bool {
    see(|names| is_in(&names.lent, name))
}

/// Whether a function of this name may be called to make a static. `item`: what says which `impl` it is in.
pub(crate) fn makes_static(name: &str, item: impl FnOnce() -> String) -> bool {
    see(|names| names.statics.call(name, item))
}

/// Whether there may be maps whose entries are locks.
pub(crate) fn has_maps() -> bool {
    see(|names| names.has_maps)
}

/// Whether this is one of them.
pub(crate) fn is_map(name: &str) -> bool {
    see(|names| is_in(&names.maps, name))
}

fn see<R>(look: impl FnOnce(&Names) -> R) -> R {
    look(&LEARNT.read().unwrap_or_else(PoisonError::into_inner))
}
