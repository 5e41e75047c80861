//! Async functions and blocks: what a call is that is suspended, and who watches it.

pub(crate) mod asyncs;
pub(crate) mod blocks;
pub(crate) mod calm;
pub(crate) mod given_back;
pub(crate) mod handed;
pub(crate) mod hidden;
pub(crate) mod refused;
pub(crate) mod tails;
