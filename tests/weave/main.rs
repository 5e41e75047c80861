//! Shapes of code, each a test of its own that runs the code and compares all that is recorded of it at `full`.

#![deny(warnings, unused, nonstandard_style, future_incompatible, rust_2018_idioms)]
#![allow(non_local_definitions, reason = "shapes of a file share types")]
#![allow(
    clippy::all,
    clippy::todo,
    clippy::undocumented_unsafe_blocks,
    reason = "they are code as people write it, not as we do"
)]

#[path = "../common/mod.rs"]
mod common;
mod shape;

mod branches;
mod closures;
mod exits;
mod functions;
mod generics;
mod guarded;
mod late;
mod lifetimes;
mod made;
mod methods;
mod qualified;
mod questions;
mod rounds;
mod statements;
mod tasks;
mod traits;
mod uses;
mod values;
