//! The states of `scope`, and the function without any attribute.

use crate::work;
use scope::report::{self, Sites};

#[inline(never)]
pub fn untraced(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[inline(never)]
pub fn untraced_text(a: u64, b: u64, _text: &str) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "none")]
#[inline(never)]
pub fn none(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "boundaries")]
#[inline(never)]
pub fn nothing(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
pub fn ints(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
pub fn text(a: u64, b: u64, text: &str) -> u64 {
    work(a, b)
}

static SITES: Sites = scope::sites!(inside(); line, variables(sum));

#[inline(never)]
pub fn line(a: u64, b: u64) -> u64 {
    report::line(&SITES, 0);
    work(a, b)
}

#[inline(never)]
pub fn variable(a: u64, b: u64) -> u64 {
    SITES.__scope_number(1, &a);
    work(a, b)
}
