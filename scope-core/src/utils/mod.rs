//! Small tools for programs that are recorded and for those that read what was recorded: timestamps, ids, and text that stays
//! short.

mod correlation;
mod date;
mod parse;
mod show;
mod text;
mod time;

pub use correlation::{CorrelationId, ParseCorrelationIdError};
pub use date::civil_from_days;
pub use parse::{ParseUnitError, parse_duration, parse_size};
pub use show::{format_bytes, format_duration};
pub(crate) use text::bounded_display;
pub use text::{MARK, safe_inspect, truncate};
pub use time::{monotonic_ns, unique_id, wall_ns};
