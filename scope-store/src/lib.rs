//! The event log: records become events, events become frames of a file, and a reader gives them back.
//!
//! `docs/log-format.md` describes the file. What goes in: [`Correlator`] turns the records of one
//! thread's ring into [`Batch`]es, [`LogWriter`] appends them. What comes out: [`LogReader`].

#![forbid(unsafe_code)]
#![cfg_attr(
    not(feature = "reader"),
    allow(
        dead_code,
        unused_imports,
        reason = "both halves of the format stand together, and programs that are recorded write only"
    )
)]

pub mod backend;
mod batch;
mod batches;
pub mod correlator;
pub mod error;
pub mod event;
mod format;
mod frame;
mod header;
pub mod info;
mod peek;
pub mod pipeline;
mod processor;
#[cfg(feature = "reader")]
pub mod query;
#[cfg(feature = "reader")]
pub mod reader;
pub mod recorder;
pub mod rings;
mod segments;
mod snapshot;
#[cfg(feature = "reader")]
pub mod store;
mod stream;
mod texts;
mod ticker;
mod watchdog;
#[cfg(feature = "reader")]
pub mod woven;
pub mod writer;

pub use batch::Batch;
pub use correlator::Correlator;
pub use error::{Appended, Damage, DamageKind, ReadError, Refusal, WriteError};
pub use header::VERSION;
#[cfg(feature = "reader")]
pub use reader::LogReader;
#[cfg(feature = "reader")]
pub use store::Store;
pub use writer::LogWriter;

/// What is recorded: the facade names it through here.
#[doc(hidden)]
pub use scope_core as core;
