//! Records what a Rust program really did.
