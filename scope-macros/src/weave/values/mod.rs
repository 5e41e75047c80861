//! How a value is captured, whose type may be written, known or open.

pub(crate) mod bounded;
pub(crate) mod captures;
pub(crate) mod clauses;
pub(crate) mod closed;
pub(crate) mod late;
pub(crate) mod lent;
pub(crate) mod picks;
pub(crate) mod value;
