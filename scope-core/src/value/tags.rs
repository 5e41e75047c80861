//! The first byte of a value: `docs/value-format.md` is the table, a test in `decode.rs` pins it.

pub(super) const END: u8 = 0;
pub(super) const UNIT: u8 = 1;
pub(crate) const FALSE: u8 = 2;
pub(crate) const TRUE: u8 = 3;
pub(crate) const INT: u8 = 4;
pub(crate) const UINT: u8 = 5;
pub(crate) const F32: u8 = 6;
pub(crate) const F64: u8 = 7;
pub(super) const CHAR: u8 = 8;
pub(crate) const STR: u8 = 9;
pub(super) const STR_CUT: u8 = 10;
pub(super) const BYTES: u8 = 11;
pub(super) const BYTES_CUT: u8 = 12;
pub(super) const DEBUG: u8 = 13;
pub(super) const DEBUG_CUT: u8 = 14;
pub(super) const NONE: u8 = 15;
pub(super) const SOME: u8 = 16;
pub(super) const OK: u8 = 17;
pub(super) const ERR: u8 = 18;
pub(super) const VARIANT: u8 = 19;
pub(super) const SEQ: u8 = 20;
pub(super) const SET: u8 = 21;
pub(super) const TUPLE: u8 = 22;
pub(super) const MAP: u8 = 23;
pub(super) const STRUCT: u8 = 24;
pub(super) const TUPLE_STRUCT: u8 = 25;
pub(super) const FIELD: u8 = 26;
pub(super) const OPAQUE: u8 = 27;
pub(super) const REDACTED: u8 = 28;
pub(super) const PANICKED: u8 = 29;
pub(super) const FAILED: u8 = 30;
pub(super) const CUT: u8 = 31;
pub(super) const OMITTED: u8 = 32;
pub(super) const MORE: u8 = 33;
/// The first of 64 tags that are a small signed integer, zigzag.
pub(crate) const SMALL_INT: u8 = 0x40;
/// The first of 128 tags that are a small unsigned integer.
pub(crate) const SMALL_UINT: u8 = 0x80;

/// The most slots that may nest, whatever the limits say: this bounds the stack of everyone who walks a value.
pub(super) const MAX_NEST: u16 = 60;
/// The most values that may nest when reading: a slot may hold a variant and, in it, the container of its parts.
pub(super) const MAX_READ: u16 = 2 * MAX_NEST + 8;

/// The longest LEB128 of 128 bits.
pub(super) const MAX_VARINT: usize = 19;

/// Writes `value` as LEB128 and tells how many bytes that took.
#[inline]
pub(super) fn put_varint(out: &mut [u8], mut value: u64) -> usize {
    let mut used = 0;
    for byte in out {
        used += 1;
        if value < 0x80 {
            *byte = value as u8;
            break;
        }
        *byte = value as u8 | 0x80;
        value >>= 7;
    }
    used
}

/// [`put_varint`] for 128 bits.
pub(super) fn put_varint128(out: &mut [u8; MAX_VARINT], mut value: u128) -> usize {
    let mut used = 0;
    for byte in out {
        used += 1;
        if value < 0x80 {
            *byte = value as u8;
            break;
        }
        *byte = value as u8 | 0x80;
        value >>= 7;
    }
    used
}

/// How many bytes [`put_varint`] takes.
pub(super) fn varint_len(value: u64) -> usize {
    (64 - (value | 1).leading_zeros() as usize).div_ceil(7)
}
