//! How a call is dated, known at compile time: so that the way of a probe has one clock in it and no question.
//!
//! It is what the plan says of the function, or exact. Where the two differ, which happens on the long ways alone, what the plan says holds.

use crate::clock::{self, coarse};
use crate::record::Header;
use crate::site::Sites;

/// A clock.
pub trait Dated {
    /// The header for a record of an entry or exit, where no more than this clock has to be thought of.
    #[doc(hidden)]
    fn header(sites: &Sites) -> Option<Header>;

    /// The ticks for it.
    #[doc(hidden)]
    fn ticks() -> u64;
}

/// By a reading each time.
#[derive(Debug)]
pub struct Exactly;

/// By a reading that all threads share.
#[derive(Debug)]
pub struct Coarsely;

/// Not at all.
#[derive(Debug)]
pub struct Undated;

impl Dated for Exactly {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn header(sites: &Sites) -> Option<Header> {
        sites.exact()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ticks() -> u64 {
        clock::counter()
    }
}

impl Dated for Coarsely {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn header(sites: &Sites) -> Option<Header> {
        sites.usual()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ticks() -> u64 {
        coarse::ticks()
    }
}

impl Dated for Undated {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn header(sites: &Sites) -> Option<Header> {
        sites.usual()
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn ticks() -> u64 {
        0
    }
}
