//! What instrumented code links: sites, clock, values, rings, probes and utilities.
//!
//! Users name this crate through the facade `scope`. It is the only crate of the house with `unsafe`,
//! and knows nothing of logs: `scope-store` drains the rings that are filled here.

pub mod record;
pub mod site;
mod sync;
