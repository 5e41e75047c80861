//! What woven code names. Not for others: it changes without notice.

pub use crate::{__by_text as by_text, __sites as sites};
pub use core::future::{Future, IntoFuture};
pub use core::marker::PhantomData;
pub use core::option::Option::Some;
pub use core::pin::pin;
pub use core::time::Duration;
pub use core::{concat, file, include_bytes, include_str, module_path, option_env};
pub use scope_store::core::capture::choose::of;
pub use scope_store::core::capture::late::answer;
pub use scope_store::core::capture::pick::pick;
pub use scope_store::core::capture::{Opaque, Pick};
pub use scope_store::core::direct::Of;
pub use scope_store::core::held::{Held, condition, held, holding, made, tried};
pub use scope_store::core::own::{shown, tell, wanted};
pub use scope_store::core::site::Planned;
pub use scope_store::core::variable::{early, given, passed, passed_number, variable};
pub use scope_store::core::watch::{awaited, begun, future_of};

// Aliases: see the crate's.
pub type Clock = scope_store::core::clock::Clock;
pub type Call = scope_store::core::report::Call;
pub type Sites = scope_store::core::report::Sites;
pub type TaskCall = scope_store::core::task::TaskCall;
pub type Limits = scope_store::core::value::Limits;
pub type Timed<F> = scope_store::core::watch::Timed<F>;
pub type Traced<F> = scope_store::core::watch::Traced<F>;

#[cfg(debug_assertions)]
pub mod by_text;

use scope_store::core::site::State;
use std::cell::UnsafeCell;

/// Starts the recorder at a program's first probe.
pub const START: fn(&'static Sites) = scope_store::recorder::start_for_probe;

/// What the sites of a woven function begin as.
#[allow(clippy::declare_interior_mutable_const, reason = "each function's static has its own")]
pub const STATE: UnsafeCell<State> = State::new(START);

/// The same where the plan says more of the function.
pub const fn planned(planned: &'static Planned) -> UnsafeCell<State> {
    State::planned(planned, START)
}

/// A value for code that is never run: by it rustc learns a type, or that a block has an end.
#[cold]
pub fn never<T>() -> T {
    std::process::abort()
}

/// Two of one type.
#[cold]
pub fn never_two<T>() -> (T, T) {
    std::process::abort()
}

/// A value whose type is written down, where a `let` would end its temporaries too soon.
#[derive(Debug)]
pub struct Typed<T>(pub T);

/// The type of what a function gives back: as such even `!` has a name.
pub trait GivesBack {
    type Type;
}

impl<T> GivesBack for fn() -> T {
    type Type = T;
}

/// The name of a field, as it is written: a raw identifier's without its mark.
pub const fn plain_name(written: &'static str) -> &'static str {
    match written.as_bytes() {
        [b'r', b'#', _, ..] => written.split_at(2).1,
        _ => written,
    }
}

/// The traits that a strategy is looked up with, for a glob import: they come without names, and so shadow none.
pub mod lookup {
    pub use scope_store::core::capture::choose::{Choice as _, Settle as _, SettleResidual as _};
    pub use scope_store::core::capture::halves::{ByHalves as _, First as _, Second as _};
    pub use scope_store::core::capture::kinds::Split as _;
    pub use scope_store::core::direct::{Direct as _, DirectParts as _};
}
