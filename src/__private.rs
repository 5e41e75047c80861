//! What woven code names. Not for others: it changes without notice.

pub use core::marker::PhantomData;
pub use core::{concat, file, include_bytes, line, module_path, option_env, stringify};
pub use scope_store::core::call::{begin_entry, begin_task, begin_values as variables, function_entry, line};
pub use scope_store::core::capture::{ByCapture, Choose, Pick, choose};
pub use scope_store::core::report::{Call, FunctionInfo, Origin, Place, PlaceKind, Sites};
pub use scope_store::core::task::{TaskCall, Traced, task_entry};
pub use scope_store::core::value::Limits;

/// Starts the recorder at a program's first probe.
pub const START: fn(&'static FunctionInfo) = scope_store::recorder::start_for_probe;
