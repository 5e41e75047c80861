//! Whether code that a user wrote to show a value may be run now: not where the plan says so, nor where a lock may be held.

use std::any::type_name;

use crate::held;
use crate::value::ValueWriter;

/// What stands behind the name of a type whose code may wait for a lock that the program holds.
const UNDER_LOCK: &str = " (a lock may be held)";

/// Whether the `Debug` or `Serialize` of `value` may be run. If not, the value is written as its type and size, with the reason.
pub(super) fn may_run<T: ?Sized>(value: &T, w: &mut ValueWriter<'_>) -> bool {
    if held::is_held() {
        w.opaque_marked(type_name::<T>(), UNDER_LOCK, size_of_val(value) as u64);
        return false;
    }
    is_open(value, w)
}

/// The same for code that waits for no lock: the plan alone decides.
pub(super) fn is_open<T: ?Sized>(value: &T, w: &mut ValueWriter<'_>) -> bool {
    let hidden = w.limits().hides_type(type_name::<T>());
    if hidden {
        w.opaque(value);
    }
    !hidden
}
