//! What a probe costs, beside the hand-written limit and other recorders: prints a table in Markdown.

mod clock;
mod limit;
mod probe;
mod states;

/// What the functions that are measured do themselves.
#[inline(always)]
fn work(a: u64, b: u64) -> u64 {
    a.wrapping_mul(b) ^ b
}

fn main() {
    probe::run();
}
