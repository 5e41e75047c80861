//! Questions to logs, and their answers.

mod answers;
mod damage;
mod errors;
mod many;
mod statistics;
mod support;
