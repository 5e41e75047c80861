//! Values: what was captured of arguments, variables, results and errors.
//!
//! A captured value is a run of tagged, self-describing bytes; `docs/value-format.md` has the tables. The
//! [`ValueWriter`] makes them, straight in the ring and cut at the plan's [`Limits`]; [`decode`] turns them into
//! a [`Value`], which knows how to show itself on one line.

mod build;
mod limits;
mod redact;
mod tags;
mod text;
mod writer;

pub use build::{Entries, Fields, Items};
pub use limits::{DEFAULT_REDACT, Limits};
pub use redact::name_matches;
pub use writer::ValueWriter;
