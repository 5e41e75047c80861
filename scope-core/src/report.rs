//! Reporting by hand: for code that no macro wove. Woven code calls the very same functions.
//!
//! A function that is to be reported has its [`Sites`] in a `static` beside it; the facade's `scope::sites!` writes one. Each report
//! names the sites, and for what happens inside the function the index of a place among them.
//!
//! Nothing here blocks (unless the recorder's overflow is `block`), fails or panics; while no recorder runs it does nothing, but
//! for the first report of a program, which starts one.

pub use crate::call::{function_entry, line};
pub use crate::session::is_running;
pub use crate::site::{FunctionDef, FunctionInfo, PlaceDef, SiteId};
pub use crate::task::task_entry;
pub use crate::watch::{awaited, begun};

use crate::call::Leave;
use crate::capture::{By, ByCapture, Capture};
use crate::entry::Entry;
use crate::variable::{give, record};
use std::marker::PhantomData;

// Aliases: see `value`.

/// A call that was entered.
pub type Call = crate::call::Call;
/// The sites of a function.
pub type Sites = crate::site::Sites;
/// A place in a function.
pub type Place = crate::site::Place;
/// What is at a place.
pub type PlaceKind = crate::site::PlaceKind;
/// Where a function comes from.
pub type Origin = crate::site::Origin;
/// A call of async code.
pub type Task = crate::task::Task;
/// The handle by which the body of an async call reports what it gives back.
pub type TaskCall = crate::task::TaskCall;
/// The future of an async call.
pub type Traced<F> = crate::watch::Traced<F>;
/// The future of an `.await` that is watched.
pub type Awaited<'t, F> = crate::watch::Awaited<'t, F>;

/// Records that a call begins, with its arguments: as many as [`FunctionInfo::args`] has names, in that order.
pub fn function_entry_with(sites: &'static Sites, args: &[&dyn Capture]) -> Call {
    let mut entry = Entry::begin(sites, 1, args.len());
    for arg in args {
        entry.show(&By::<_, ByCapture>(*arg, PhantomData));
    }
    entry.__scope_enter()
}

/// Records that a call ends. Dropping the [`Call`] does the same, and also tells when a panic ends it.
pub fn function_exit(call: Call) {
    drop(call);
}

/// Records that a call ends, and the value that it gives back. `place`: the index of a [`PlaceKind::Return`].
pub fn function_exit_with(call: Call, place: usize, value: &dyn Capture) {
    give!(call, place, value, ByCapture);
}

/// Records values of variables. `place`: the index of a [`PlaceKind::Variables`], which has as many names.
pub fn variables(sites: &'static Sites, place: usize, values: &[&dyn Capture]) {
    record(sites, place, values.len(), &mut |open| {
        for value in values {
            open.write(&mut |writer| value.capture_guarded(writer));
        }
    });
}

/// Records the value of an expression. `place`: the index of a [`PlaceKind::Expression`], whose name is its text.
pub fn expression(sites: &'static Sites, place: usize, value: &dyn Capture) {
    variables(sites, place, &[value]);
}
