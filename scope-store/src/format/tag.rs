//! The tag of an event: its kind in the low four bits, then how its values are told.

/// The bits of the kind.
pub(crate) const KIND: u8 = 15;

/// Entry and exit of a call in which there was nothing.
pub(crate) const LEAF: u8 = 0;
/// The same, and the call gave back a value.
pub(crate) const LEAF_RESULT: u8 = 1;
pub(crate) const ENTRY: u8 = 2;
pub(crate) const ENTRY_FULL: u8 = 3;
/// An exit of which all is known but when.
pub(crate) const RETURNED: u8 = 4;
/// An exit whose duration is known.
pub(crate) const EXIT: u8 = 5;
/// An exit whose call is known, and its duration is told.
pub(crate) const EXIT_SPAN: u8 = 6;
pub(crate) const EXIT_FULL: u8 = 7;
pub(crate) const LINE: u8 = 8;
pub(crate) const LINE_FULL: u8 = 9;
pub(crate) const VALUES: u8 = 10;
pub(crate) const VALUES_FULL: u8 = 11;
pub(crate) const SUSPENDED: u8 = 12;
pub(crate) const RESUMED: u8 = 13;
pub(crate) const LOST: u8 = 14;
/// What a newer version knows.
pub(crate) const OTHER: u8 = 15;

/// How values are told, in two bits.
pub(crate) const NONE: u8 = 0;
/// Plain ones, of the same types as the site's last.
pub(crate) const SAME: u8 = 1;
/// Plain ones; their types are told.
pub(crate) const PLAIN: u8 = 2;
/// In the tagged form.
pub(crate) const TAGGED: u8 = 3;
/// Where the bits of an event's own values are, and those of what a leaf gave back.
pub(crate) const OWN: u32 = 4;
pub(crate) const RESULT: u32 = 6;

/// The two bits at a place.
#[inline(always)]
pub(crate) const fn told(tag: u8, at: u32) -> u8 {
    tag >> at & 3
}
