//! What woven code names. Not for others: it changes without notice.

pub use core::marker::PhantomData;
pub use core::{concat, file, include_bytes, line, module_path, option_env, stringify};
pub use scope_store::core::call::{begin_entry, begin_task, begin_values as variables, function_entry, line};
pub use scope_store::core::capture::choose::of;
pub use scope_store::core::capture::pick::pick;
pub use scope_store::core::capture::{ByCapture, Pick};
pub use scope_store::core::report::{Call, FunctionInfo, Origin, Place, PlaceKind, Sites};
pub use scope_store::core::task::{TaskCall, Traced, task_entry};
pub use scope_store::core::value::Limits;

/// Starts the recorder at a program's first probe.
pub const START: fn(&'static FunctionInfo) = scope_store::recorder::start_for_probe;

/// The traits that a strategy is looked up with, for a glob import: they come without names, and so shadow none.
pub mod lookup {
    pub use scope_store::core::capture::choose::{Choice as _, Leaves as _, Split as _};
}
