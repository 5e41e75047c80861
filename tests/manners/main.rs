//! Good manners: code with the attribute has the warnings and the errors that it has without, and no others.
//!
//! The sources in `warnings/` and `errors/` have marks where the attribute goes. What the compiler says of them is compared, with the
//! attribute at each level and without it. Where the difference is known, the line says why, behind `//~`;
//! and behind `//-` where only labels, notes or suggestions differ.

mod compiler;
mod errors;
mod forbidden;
mod guests;
mod own;
#[path = "../common/package.rs"]
mod package;
#[path = "../common/rustc.rs"]
mod rustc;
mod warnings;
