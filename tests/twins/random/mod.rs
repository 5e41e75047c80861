//! Random programs: each is generated from a seed, compiled plain and woven, run both ways with the same inputs, and compared.
//!
//! What rustc refuses of the plain programs is thrown away; of the woven ones it may refuse nothing.

mod expr;
mod flow;
mod forms;
mod generator;
mod idiom;
mod items;
mod package;
mod rng;
mod scope;
mod statement;
mod types;
mod unit;

pub use package::Outcome;

/// The programs of `count` seeds from `first` on.
pub fn compare(edition: u16, first: u64, count: u64) -> Outcome {
    let units = (first..first + count).map(|seed| unit::unit(seed, edition)).collect();
    package::Package::new(edition, units).compare()
}
