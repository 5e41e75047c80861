//! What woven code calls with a function's text. (Not `extern "C"`, which other probes are: unoptimised, a text would go through memory at each step.)

use super::{Call, START, Sites};
use scope_store::core::by_text;

/// The function's sites.
pub fn sites_of(text: &'static str, hash: u32) -> &'static Sites {
    by_text::sites(text, hash, START)
}

/// See the method of [`Sites`].
pub fn __scope_entry(text: &'static str, hash: u32) -> Call {
    by_text::entry(text, hash, START)
}

/// The same.
pub fn __scope_entry_line(text: &'static str, hash: u32) -> Call {
    by_text::entry_line(text, hash, START)
}
