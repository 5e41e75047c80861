//! What instrumented code links: sites, clock, values, rings, probes and utilities.
//!
//! Users name this crate through the facade `scope`. It is the only crate of the house with `unsafe`,
//! and knows nothing of logs: `scope-store` drains the rings that are filled here.
//!
//! Under `--cfg loom` the ring and what it stands on are built alone, for the models beside it.
#![cfg_attr(loom, allow(dead_code, missing_docs, reason = "the models use a part"))]
#![allow(
    improper_ctypes_definitions,
    reason = "woven code calls functions out of which nothing unwinds, which spares each call a way to clean up; both sides are Rust of one compiler"
)]

mod bell;
mod lock;
pub mod record;
pub mod ring;
mod sync;
mod words;

pub use words::bytes_of;

#[cfg(not(loom))]
pub mod buffer;
#[cfg(not(loom))]
pub mod by_text;
#[cfg(not(loom))]
pub mod call;
#[cfg(not(loom))]
pub mod capture;
#[cfg(not(loom))]
pub mod clock;
#[cfg(not(loom))]
pub mod config;
#[cfg(not(loom))]
pub mod dated;
#[cfg(not(loom))]
pub mod direct;
#[cfg(not(loom))]
pub mod entry;
#[cfg(not(loom))]
mod errno;
#[cfg(not(loom))]
mod fast;
#[cfg(not(loom))]
pub mod filter;
#[cfg(not(loom))]
mod function;
#[cfg(not(loom))]
pub mod held;
#[cfg(not(loom))]
pub mod hooks;
#[cfg(not(loom))]
pub mod ingest;
#[cfg(not(loom))]
mod local;
#[cfg(not(loom))]
mod open;
#[cfg(not(loom))]
pub mod operation;
#[cfg(not(loom))]
pub mod own;
#[cfg(not(loom))]
mod pages;
#[cfg(not(loom))]
mod plain;
#[cfg(not(loom))]
pub mod plains;
#[cfg(not(loom))]
mod probes;
#[cfg(not(loom))]
mod quiet;
#[cfg(all(not(loom), debug_assertions))]
#[doc(hidden)]
pub mod ready;
#[cfg(not(loom))]
mod registry;
#[cfg(not(loom))]
pub mod report;
#[cfg(not(loom))]
pub mod ring_file;
#[cfg(not(loom))]
pub mod session;
#[cfg(not(loom))]
mod shared;
#[cfg(not(loom))]
pub mod signal;
#[cfg(not(loom))]
pub mod site;
#[cfg(not(loom))]
pub mod snapshot;
#[cfg(not(loom))]
pub mod task;
#[cfg(not(loom))]
mod thread_info;
#[cfg(not(loom))]
mod tries;
#[cfg(not(loom))]
pub mod utils;
#[cfg(not(loom))]
pub mod value;
#[cfg(not(loom))]
pub mod variable;
#[cfg(not(loom))]
pub mod watch;
#[cfg(not(loom))]
pub mod watchdog;
#[cfg(not(loom))]
pub mod woven;

#[cfg(not(loom))]
pub use local::{Mute, is_muted, mute};
#[cfg(not(loom))]
pub use registry::{defined, registered_after};
#[cfg(not(loom))]
pub use shared::SharedRing;
#[cfg(not(loom))]
pub use shared::layout;
#[cfg(not(loom))]
pub use woven::read as read_text;
