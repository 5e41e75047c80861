//! Code that a user wrote to show a value: whether it may be run now, and its run. Not where the plan says so, nor where a lock may be held.
//!
//! Nothing in here is generic, so that it is compiled once.

use std::fmt::Debug;

use super::{panicking, slow};
use crate::value::{Shown, ValueWriter, is_once, type_path};
use crate::{errno, held, tries, watchdog};

/// What stands behind the name of a type whose code may wait for a lock that the program holds.
const UNDER_LOCK: &str = " (a lock may be held)";

/// A type, for a look at one of its values.
#[derive(Clone, Copy)]
pub(super) struct Type {
    pub(super) name: &'static str,
    /// The size of the value, in bytes.
    pub(super) size: usize,
}

/// The type of a value.
macro_rules! type_of {
    ($value:expr, $type:ty) => {
        $crate::capture::foreign::Type { name: std::any::type_name::<$type>(), size: size_of_val::<$type>($value) }
    };
}
pub(super) use type_of;

/// Shows a value by its `Debug`.
pub(super) fn debug(value: &dyn Debug, of: Type, w: &mut ValueWriter<'_>) {
    if w.limits().debug {
        waiting(&Printed(value), of, w);
    } else {
        w.opaque_named(of.name, of.size as u64);
    }
}

/// Shows a value by code that may wait for a lock.
pub(super) fn waiting(value: &dyn Shown, of: Type, w: &mut ValueWriter<'_>) {
    if held::is_held() {
        w.opaque_marked(of.name, UNDER_LOCK, of.size as u64);
    } else {
        calm(value, of, w);
    }
}

/// Shows a value by code that waits for no lock: the plan alone decides.
pub(super) fn calm(value: &dyn Shown, of: Type, w: &mut ValueWriter<'_>) {
    if !is_open(of, w) {
        return;
    }
    if panicking::is_known(of.name) {
        return w.opaque_marked(of.name, panicking::PANICKED, of.size as u64);
    }
    let Some(run) = slow::begin(of.name) else {
        return w.opaque_marked(of.name, slow::SLOW, of.size as u64);
    };
    let _errno = errno::kept();
    let watched = watchdog::begin(w, of.name);
    let panicked = !w.guarded(|w| value.write(w));
    if watched {
        watchdog::end();
    }
    slow::end(of.name, run);
    if panicked {
        panicking::remember(of.name);
    }
}

/// Whether the plan, and what is known of it, lets values of a type be looked into. If not, the value is written as its type and size.
pub(super) fn is_open(of: Type, w: &mut ValueWriter<'_>) -> bool {
    let is_tried = || tries::are_made() && ["Mutex", "RwLock"].iter().any(|lock| type_path(of.name).ends_with(lock));
    let hidden = w.limits().hides_type(of.name) || is_once(of.name) || is_tried();
    if hidden {
        w.opaque_named(of.name, of.size as u64);
    }
    !hidden
}

struct Printed<'v>(&'v dyn Debug);

impl Shown for Printed<'_> {
    fn write(&self, w: &mut ValueWriter<'_>) {
        w.debug(self.0);
    }
}
