//! A ring of one's own: the same that probes write into, for a program, a test or another recorder to fill and to read.
//!
//! A [`Buffer`] holds records, each a header (what, where, which call) and some words, in memory of a fixed size. One [`Producer`] at a time
//! writes them, without a lock; anybody reads them, by the number that each has: the first `write` is number 0. A record that finds no
//! room, or is overwritten, leaves a gap in the numbers.
//!
//! ```
//! use scope_core::buffer::{Buffer, Kind, Options, Record};
//!
//! let buffer = Buffer::new(Options { capacity: 64 << 10, ..Options::default() })?;
//! let mut producer = buffer.producer().expect("nobody else writes");
//! for call in 1..=3 {
//!     producer.write(Record { kind: Kind::Exit, site: 7, call, words: &[call * 100] })?;
//! }
//!
//! let batch = buffer.read_batch(1, 10);
//! let seen: Vec<_> = batch.records().map(|(number, record)| (number, record.words[0])).collect();
//! assert_eq!(seen, [(1, 200), (2, 300)]);
//! assert_eq!((batch.next(), batch.missing()), (3, 0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod batch;
mod error;
mod handle;
mod producer;
mod reader;

pub use handle::MAX_BYTES;

// Aliases: see `value`.

/// What a record is.
pub type Kind = crate::record::Kind;
/// A record, as it is written and read.
pub type Record<'a> = batch::Record<'a>;
/// Records that were read at once.
pub type Batch = batch::Batch;
/// The one that writes.
pub type Producer = producer::Producer;
/// Why there is no such buffer.
pub type OptionsError = error::OptionsError;
/// Why a record was not written.
pub type WriteError = error::WriteError;
/// What a buffer is made of.
pub type Options = handle::Options;
/// A ring of one's own. A clone is the same one.
pub type Buffer = handle::Buffer;
/// The numbers of a buffer at one moment.
pub type Stats = handle::Stats;
