//! Records what a Rust program really did: print debugging that you don't have to write, for the
//! whole program, with time travel.
//!
//! Put `#[scope::instrument]` on an inline module, an `impl`, a trait or a function, run the program,
//! and read `scope-logs/` with `scope-dump tree`:
//!
//! ```
//! #[scope::instrument]
//! mod orders {
//!     pub fn total(prices: &[u32]) -> u32 {
//!         prices.iter().sum()
//!     }
//! }
//!
//! # scope::Recorder::builder().log(std::env::temp_dir().join("scope-doc/")).start().unwrap();
//! assert_eq!(orders::total(&[2, 3]), 5);
//! ```
//!
//! What is recorded is decided when the program is compiled, by the plan: `scope.toml`, found by
//! walking up from the crate (see `docs/plan.md`). What the plan leaves out costs nothing.
//!
//! Nothing else is needed: the first probe starts the recorder, and a log is complete when the
//! program ends, also by [`std::process::exit`] or a panic. For control there are [`init`] and
//! [`Recorder::builder`]; for events of the program's own, [`event!`], [`metric!`], [`state!`], [`sent!`], [`received!`] and
//! [`correlate`]; for code that no macro wove, [`report`]; and [`utils`] has the small tools. What is
//! below can be used alone: [`buffer`] is a ring of one's own, and [`ingest`] lets a thread record into one.

pub use correlation::{Correlated, correlate, correlated, correlation};
pub use scope_macros::{instrument, skip};
pub use scope_store::core::capture::Capture;
pub use scope_store::core::config::ConfigError;
pub use scope_store::core::filter::FilterError;
pub use scope_store::core::{buffer, ingest, mute, report, utils, value};
pub use scope_store::recorder::{Recorder, init, set_filter, snapshot};
#[cfg(feature = "live")]
pub use scope_store::{event, info, pipeline};

// Aliases: rustc shortens the path of a user's `Config`, or of std's `Filter`, only where no other type that the program can name is called the same.

/// What the recorder goes by.
pub type Config = scope_store::core::config::Config;
/// How a log's batches are compressed.
pub type Compression = scope_store::core::config::Compression;
/// Where rings are.
pub type Rings = scope_store::core::config::Rings;
/// What is done where a ring is full.
pub type Overflow = scope_store::core::ring::Overflow;
/// Which functions are recorded.
pub type Filter = scope_store::core::filter::Filter;
/// What the recorder did.
pub type Figures = scope_store::pipeline::Figures;
/// The settings of a recorder that is to start.
pub type Builder = scope_store::recorder::Builder;
/// Finishes the log when it is dropped.
pub type Guard = scope_store::recorder::Guard;
/// Why the recorder did not start.
pub type StartError = scope_store::recorder::StartError;
/// Why the log is not whole.
pub type FinishError = scope_store::recorder::FinishError;
/// Why there is no snapshot.
pub type SnapshotError = scope_store::recorder::SnapshotError;

#[doc(hidden)]
pub mod __private;
mod correlation;
mod own;
mod sites;
