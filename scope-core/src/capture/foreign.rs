//! Whether code that a user wrote to show a value may be run now.

use std::any::type_name;

use crate::held;
use crate::value::ValueWriter;

/// What stands behind the name of a type whose code may wait for a lock that the program holds.
const UNDER_LOCK: &str = " (a lock may be held)";

/// Whether the `Debug` or `Serialize` of `value` may be run. If not, the value is written as its type and size, with the reason.
pub(super) fn may_run<T: ?Sized>(value: &T, w: &mut ValueWriter<'_>) -> bool {
    let waits = held::is_held();
    if waits {
        w.opaque_marked(type_name::<T>(), UNDER_LOCK, size_of_val(value) as u64);
    }
    !waits
}
