//! What woven code names. Not for others: it changes without notice.

pub use core::marker::PhantomData;
pub use core::{file, include_bytes, module_path, option_env};
pub use scope_store::core::call::{
    begin_entry, begin_task, begin_value as variables, begin_values, function_entry, line, number, passed_number,
};
pub use scope_store::core::capture::choose::of;
pub use scope_store::core::capture::pick::pick;
pub use scope_store::core::capture::{ByCapture, ByNumber, Opaque, Pick};
pub use scope_store::core::held::{Held, condition, held};
pub use scope_store::core::report::{Call, Sites};
pub use scope_store::core::task::{TaskCall, task_entry};
pub use scope_store::core::value::Limits;
pub use scope_store::core::watch::{Traced, awaited};

/// Starts the recorder at a program's first probe.
pub const START: fn(&'static Sites) = scope_store::recorder::start_for_probe;

/// The sites of a woven function, as `scope_core::site::Sites::woven` takes them.
pub const fn sites(module: &'static str, file: &'static str, text: &'static str, args: u32, places: u32) -> Sites {
    Sites::woven(module, file, text, args, places, START)
}

/// The traits that a strategy is looked up with, for a glob import: they come without names, and so shadow none.
pub mod lookup {
    pub use scope_store::core::capture::choose::{Choice as _, Settle as _, SettleResidual as _};
    pub use scope_store::core::capture::halves::{ByHalves as _, First as _, Second as _};
    pub use scope_store::core::capture::kinds::Split as _;
}
