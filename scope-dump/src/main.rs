//! Reads logs.
fn main() {}
