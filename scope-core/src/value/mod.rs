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
pub use decode::{decode, decode_all};
pub use encode::encode;
pub use limits::DEFAULT_REDACT;
pub(crate) use opaque::{is_once, path as type_path};
pub(crate) use redact::matches;
pub use redact::name_matches;
pub use shown::Shown;
pub(crate) use text::{floor, panic_text};
pub use writer::ValueWriter;

// Aliases, as in `report` and the facade: rustc shortens the path of a type in what it tells of a user's program only where no other that the
// program can name is called the same, and counts variants (`Map`), too, but no aliases.

/// Why bytes are no value.
pub type ValueError = decode::ValueError;
/// What a value may take at most, and which are redacted.
pub type Limits = limits::Limits;
/// A decoded value.
pub type Value = tree::Value;
/// A text in a value.
pub type Text = tree::Text;
/// The items of a value.
pub type Items = tree::Items;
/// What stands for a value that was left out.
pub type Omitted = tree::Omitted;
