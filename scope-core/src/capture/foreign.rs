//! Whether code that a user wrote to show a value may be run now, and its run: not where the plan says so, nor where a lock may be held.

use std::any::type_name;

use crate::value::ValueWriter;
use crate::{held, watchdog};

/// What stands behind the name of a type whose code may wait for a lock that the program holds.
const UNDER_LOCK: &str = " (a lock may be held)";

/// Runs `code`, which shows a `T` and can't be trusted to come back.
pub(super) fn run<T: ?Sized>(_: &T, w: &mut ValueWriter<'_>, code: impl FnOnce(&mut ValueWriter<'_>)) {
    let watched = watchdog::begin(w, type_name::<T>());
    w.guarded(code);
    if watched {
        watchdog::end();
    }
}

/// Whether the `Debug` or `Serialize` of `value` may be run. If not, the value is written as its type and size, with the reason.
pub(super) fn may_run<T: ?Sized>(value: &T, w: &mut ValueWriter<'_>) -> bool {
    !(is_refused(type_name::<T>(), size_of_val(value), w) || is_hidden(type_name::<T>(), size_of_val(value), w))
}

/// The same for code that waits for no lock: the plan alone decides.
pub(super) fn is_open<T: ?Sized>(value: &T, w: &mut ValueWriter<'_>) -> bool {
    !is_hidden(type_name::<T>(), size_of_val(value), w)
}

// Not generic: these are compiled once.

fn is_refused(name: &str, size: usize, w: &mut ValueWriter<'_>) -> bool {
    let held = held::is_held();
    if held {
        w.opaque_marked(name, UNDER_LOCK, size as u64);
    }
    held
}

fn is_hidden(name: &str, size: usize, w: &mut ValueWriter<'_>) -> bool {
    let hidden = w.limits().hides_type(name);
    if hidden {
        w.opaque_named(name, size as u64);
    }
    hidden
}
