//! Values: what was captured of arguments, variables, results and errors.
//!
//! A captured value is a run of tagged, self-describing bytes; `docs/value-format.md` has the tables. The
//! [`ValueWriter`] makes them, straight in the ring and cut at the plan's [`Limits`]; [`decode()`] turns them into
//! a [`Value`], which knows how to show itself on one line.

mod build;
mod deaf;
mod decode;
mod display;
mod encode;
mod filter;
mod limits;
mod opaque;
mod redact;
mod scalar;
mod shown;
pub(crate) mod tags;
mod text;
mod tree;
mod writer;

pub use build::{EntriesWriter, FieldsWriter, ItemsWriter};
pub(crate) use build::{Frame, Key};
pub(crate) use deaf::{Refusals, print};
pub use decode::{ValueError, decode, decode_all};
pub use encode::encode;
pub use limits::{DEFAULT_REDACT, Limits};
pub(crate) use opaque::{is_once, path as type_path};
pub(crate) use redact::matches;
pub use redact::name_matches;
pub use shown::Shown;
pub(crate) use text::{floor, panic_text};
pub use tree::{Items, Omitted, Text, Value};
pub use writer::ValueWriter;
