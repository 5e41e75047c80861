//! Which variables may be looked at, where, and which must not.

pub(crate) mod bound;
pub(crate) mod chains;
pub(crate) mod heads;
pub(crate) mod lends;
pub(crate) mod links;
pub(crate) mod lives;
pub(crate) mod reads;
pub(crate) mod unused;
pub(crate) mod uses;
