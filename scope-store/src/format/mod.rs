//! What is inside frames: the only place that knows bincode. See `docs/log-format.md`.

/// Stores and reads a struct field by field, in this order. Not bincode's derive: its two crates would be built by every user.
macro_rules! fields {
    ($name:ident { $($field:ident),* }) => {
        fields!(@ ($name) { $($field),* });
    };
    ($name:ident<'a> { $($field:ident),* }) => {
        fields!(@ ($name<'a>) { $($field),* });
    };
    (@ ($($name:tt)*) { $($field:ident),* }) => {
        impl<'a> bincode::Encode for $($name)* {
            fn encode<E: bincode::enc::Encoder>(&self, encoder: &mut E) -> Result<(), bincode::error::EncodeError> {
                $(bincode::Encode::encode(&self.$field, encoder)?;)*
                Ok(())
            }
        }

        impl<'a, C> bincode::BorrowDecode<'a, C> for $($name)* {
            fn borrow_decode<D: bincode::de::BorrowDecoder<'a, Context = C>>(
                decoder: &mut D,
            ) -> Result<Self, bincode::error::DecodeError> {
                Ok(Self { $($field: bincode::BorrowDecode::borrow_decode(decoder)?),* })
            }
        }
    };
}

/// Reads an enum: the number of the variant first.
#[cfg(feature = "reader")]
macro_rules! variants {
    ($name:ident<'a> { $($number:literal $variant:ident { $($field:ident),* }),* }) => {
        impl<'a, C> bincode::BorrowDecode<'a, C> for $name<'a> {
            #[inline]
            fn borrow_decode<D: bincode::de::BorrowDecoder<'a, Context = C>>(
                decoder: &mut D,
            ) -> Result<Self, bincode::error::DecodeError> {
                match <u32 as bincode::BorrowDecode<'a, C>>::borrow_decode(decoder)? {
                    $($number => Ok(Self::$variant { $($field: bincode::BorrowDecode::borrow_decode(decoder)?),* }),)*
                    _ => Err(bincode::error::DecodeError::Other("no event has this number")),
                }
            }
        }
    };
}

mod carried;
mod column;
mod columns;
mod context;
#[cfg(feature = "reader")]
mod decode;
mod encode;
mod event;
#[cfg(feature = "reader")]
mod event_form;
mod pack;
mod seen;
mod slots;
mod stored;
mod tag;
mod told;
#[cfg(feature = "reader")]
mod v1;
mod values;

pub(crate) use carried::{StoredCarried, StoredGoing, StoredOpen, StoredWaiting};
pub(crate) use column::Cursor;
pub(crate) use columns::Columns;
#[cfg(feature = "reader")]
pub(crate) use columns::Cursors;
#[cfg(feature = "reader")]
pub(crate) use decode::{Decoder, See};
pub(crate) use encode::Encoder;
pub(crate) use event::{Leaf, RawEvent, RawExit, RawKind};
#[cfg(feature = "reader")]
pub use event_form::{deserialize, serialize};
pub(crate) use pack::{Packed, ZSTD, pack_text};
#[cfg(feature = "reader")]
pub(crate) use pack::{unpack, unpack_text};
pub(crate) use seen::Seen;
pub(crate) use stored::{
    BatchHead, BatchReach, StoredCalibration, StoredClocks, StoredDates, StoredDrained, StoredEnd, StoredFunction,
    StoredHome, StoredIndex, StoredLeaving, StoredLost, StoredMark, StoredPlan, StoredProcess, StoredSeal, StoredStart,
    StoredStop, StoredThread, StoredThreadEnd, StoredUnit,
};
#[cfg(feature = "reader")]
pub(crate) use v1::Decoder as DecoderV1;
pub(crate) use values::Values;

use crate::frame::MAX_PAYLOAD;
use bincode::config::{self, Configuration, Limit, LittleEndian, Varint};
use bincode::enc::write::Writer;
use bincode::error::EncodeError;
use scope_core::clock::Clock;

/// The one configuration: changing it changes the format.
const CONFIG: Configuration<LittleEndian, Varint, Limit<MAX_PAYLOAD>> =
    config::standard().with_little_endian().with_variable_int_encoding().with_limit::<MAX_PAYLOAD>();

/// A clock in a [`StoredClocks`].
pub(crate) fn clock_byte(clock: Clock) -> u8 {
    match clock {
        Clock::Exact => 0,
        Clock::Coarse => 1,
        Clock::None => 2,
    }
}

/// Bytes that are not what this version of the format writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undecodable;

/// Why packed bytes can't be unpacked.
#[cfg(feature = "reader")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unpackable {
    /// They are not what this version of the format writes.
    Undecodable,
    /// They are compressed in a way that is not known here.
    Codec(u8),
}

#[cfg(feature = "reader")]
impl From<Undecodable> for Unpackable {
    fn from(_: Undecodable) -> Self {
        Self::Undecodable
    }
}

struct Sink<'a>(&'a mut Vec<u8>);

impl Writer for Sink<'_> {
    #[inline]
    fn write(&mut self, bytes: &[u8]) -> Result<(), EncodeError> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

/// Appends `value`.
#[inline]
pub(crate) fn put<T: bincode::Encode>(value: T, out: &mut Vec<u8>) {
    let written = bincode::encode_into_writer(value, Sink(out), CONFIG);
    debug_assert!(written.is_ok(), "neither the sink nor our types fail");
}

/// Reads a value off the front of `bytes`.
#[inline]
pub(crate) fn take<'a, T: bincode::BorrowDecode<'a, ()>>(bytes: &mut &'a [u8]) -> Result<T, Undecodable> {
    let (value, used) = bincode::borrow_decode_from_slice(bytes, CONFIG).map_err(|_| Undecodable)?;
    *bytes = bytes.get(used..).ok_or(Undecodable)?;
    Ok(value)
}

/// Reads the value that `bytes` begin with. What follows it is a newer minor version's.
pub(crate) fn read<'a, T: bincode::BorrowDecode<'a, ()>>(mut bytes: &'a [u8]) -> Result<T, Undecodable> {
    take(&mut bytes)
}

#[cfg(all(test, feature = "reader"))]
mod tests;
