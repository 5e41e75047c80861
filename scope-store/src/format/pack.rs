//! What a columns frame holds: a head, then the columns, packed.

use super::columns::Columns;
use super::stored::StoredColumns;
use super::{BatchHead, BatchReach, put};
#[cfg(feature = "reader")]
use super::{Undecodable, Unpackable, take};
#[cfg(feature = "reader")]
use crate::frame::MAX_PAYLOAD;
use scope_core::config::Compression;

const NONE: u8 = 0;
const LZ4: u8 = 1;
/// A zstd frame, which readers know that were built with the feature `zstd`.
pub(crate) const ZSTD: u8 = 2;

/// A batch, ready to be framed; its memory is kept.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// Head and columns.
    pub payload: Vec<u8>,
    /// The columns one behind the other.
    raw: Vec<u8>,
}

impl Packed {
    /// Packs a batch.
    pub fn pack(&mut self, head: &BatchHead, reach: &BatchReach, columns: &Columns, compression: Compression) {
        let Self { payload, raw } = self;
        raw.clear();
        payload.clear();
        let lengths = columns.all().map(|column| column.len() as u32);
        columns.all().into_iter().for_each(|column| raw.extend_from_slice(column.bytes()));
        put(head, payload);
        put(reach, payload);
        pack(raw, &lengths, compression, payload);
    }
}

/// Appends a text: as one would columns, with no list of them.
pub(crate) fn pack_text(text: &str, compression: Compression, to: &mut Vec<u8>) {
    pack(text.as_bytes(), &[], compression, to);
}

fn pack(raw: &[u8], columns: &[u32], compression: Compression, payload: &mut Vec<u8>) {
    let stored = |codec| StoredColumns { codec, length: raw.len() as u32, columns: columns.to_vec() };
    let begin = payload.len();
    put(stored(codec_byte(compression)), payload);
    let at = payload.len();
    if compress(compression, raw, payload) && payload.len() - at < raw.len() {
        return;
    }
    // It would be longer, or can't be compressed here.
    payload.truncate(begin);
    put(stored(NONE), payload);
    payload.extend_from_slice(raw);
}

/// What is told of how it is compressed: without the feature LZ4 stands in for zstd.
fn codec_byte(compression: Compression) -> u8 {
    match compression {
        Compression::None => NONE,
        Compression::Zstd if cfg!(feature = "zstd") => ZSTD,
        Compression::Lz4 | Compression::Zstd => LZ4,
    }
}

/// Appends `raw`, compressed. False: that can't be done.
fn compress(compression: Compression, raw: &[u8], to: &mut Vec<u8>) -> bool {
    let at = to.len();
    match compression {
        Compression::None => return false,
        Compression::Lz4 => {
            to.resize(at + lz4_flex::block::get_maximum_output_size(raw.len()), 0);
            let Ok(length) = lz4_flex::block::compress_into(raw, &mut to[at..]) else { return false };
            to.truncate(at + length);
        }
        #[cfg(feature = "zstd")]
        Compression::Zstd => {
            to.resize(at + zstd::zstd_safe::compress_bound(raw.len()), 0);
            let Ok(length) = zstd::bulk::compress_to_buffer(raw, &mut to[at..], ZSTD_LEVEL) else { return false };
            to.truncate(at + length);
        }
        #[cfg(not(feature = "zstd"))]
        Compression::Zstd => return compress(Compression::Lz4, raw, to),
    }
    true
}

/// Fast, and already a good deal smaller than LZ4.
#[cfg(feature = "zstd")]
const ZSTD_LEVEL: i32 = 1;

/// The most bytes that so many bytes of an LZ4 block can stand for.
#[cfg(feature = "reader")]
const LZ4_AT_MOST: (usize, usize) = (255, 1);
/// The same of a zstd frame: a block of its own, and nothing but one byte again and again.
#[cfg(all(feature = "reader", feature = "zstd"))]
const ZSTD_AT_MOST: (usize, usize) = (128 << 10, 4);

/// Unpacks the columns that `bytes`, what is behind a batch's head, hold: into `to`. Gives their lengths. Room is made for no more than can be in
/// there, whatever they say.
#[cfg(feature = "reader")]
pub(crate) fn unpack(mut bytes: &[u8], to: &mut Vec<u8>) -> Result<Vec<u32>, Unpackable> {
    let StoredColumns { codec, length, columns } = take(&mut bytes)?;
    let length = length as usize;
    to.clear();
    let mut make_room = |(most, of): (usize, usize)| {
        if length > MAX_PAYLOAD || length / most > bytes.len() / of {
            return Err(Undecodable);
        }
        to.resize(length, 0);
        Ok(())
    };
    let written = match codec {
        NONE if bytes.len() == length => {
            to.extend_from_slice(bytes);
            length
        }
        NONE => return Err(Undecodable.into()),
        LZ4 => {
            make_room(LZ4_AT_MOST)?;
            lz4_flex::block::decompress_into(bytes, to).map_err(|_| Undecodable)?
        }
        #[cfg(feature = "zstd")]
        ZSTD => {
            make_room(ZSTD_AT_MOST)?;
            zstd::bulk::decompress_to_buffer(bytes, &mut to[..]).map_err(|_| Undecodable)?
        }
        _ => return Err(Unpackable::Codec(codec)),
    };
    if written == length { Ok(columns) } else { Err(Undecodable.into()) }
}

/// Unpacks what [`pack_text`] has packed.
#[cfg(feature = "reader")]
pub(crate) fn unpack_text(bytes: &[u8]) -> Result<String, Unpackable> {
    let mut text = Vec::new();
    unpack(bytes, &mut text)?;
    Ok(String::from_utf8(text).map_err(|_| Undecodable)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_read_back(text: String, times in 0..40_usize) {
            let text = text.repeat(times);
            for compression in [Compression::None, Compression::Lz4, Compression::Zstd] {
                let mut stored = Vec::new();
                pack_text(&text, compression, &mut stored);
                prop_assert!(stored.len() <= text.len() + 8);
                let read = unpack_text(&stored);
                prop_assert_eq!(read.as_ref(), Ok(&text));
            }
        }

        #[test]
        fn any_bytes_are_no_panic(bytes: Vec<u8>) {
            let mut columns = Vec::new();
            _ = unpack(&bytes, &mut columns);
            _ = unpack_text(&bytes);
            let mut stored = Vec::new();
            put(StoredColumns { codec: bytes.first().copied().unwrap_or(0) % 4, length: 1 << 20, columns: vec![1; 7] }, &mut stored);
            stored.extend_from_slice(&bytes);
            _ = unpack(&stored, &mut columns);
        }
    }

    #[test]
    fn no_more_room_is_made_than_there_can_be_in_it() {
        for codec in [NONE, LZ4, ZSTD] {
            let mut stored = Vec::new();
            put(StoredColumns { codec, length: MAX_PAYLOAD as u32, columns: Vec::new() }, &mut stored);
            stored.extend_from_slice(&[0; 1000]);
            let mut room = Vec::new();
            assert!(unpack(&stored, &mut room).is_err());
            assert_eq!(room.capacity(), 0, "{codec}");
        }
        // What is nothing but one byte needs all the room that it may have.
        let text = "a".repeat(MAX_PAYLOAD);
        for compression in Compression::ALL {
            let mut stored = Vec::new();
            pack_text(&text, compression, &mut stored);
            assert!(unpack_text(&stored) == Ok(text.clone()), "{compression:?}");
        }
    }
}
