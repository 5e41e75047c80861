//! Where a call is left, and with what.

pub(crate) mod branches;
pub(crate) mod call;
pub(crate) mod declared;
pub(crate) mod ends;
pub(crate) mod expression;
pub(crate) mod given;
pub(crate) mod misfits;
pub(crate) mod missing;
pub(crate) mod shadows;
pub(crate) mod written;
