//! Questions to logs, and their answers.

mod answers;
mod damage;
mod docs;
mod errors;
mod many;
mod statistics;
mod support;
