//! The log from outside: written, damaged, read.

mod compression;
mod damage;
mod golden;
mod large;
mod support;
mod texts;
mod writing;
