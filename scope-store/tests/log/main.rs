//! The log from outside: written, damaged, read.

mod damage;
mod golden;
mod large;
mod support;
mod writing;
