//! What a columns frame holds: a head, then the columns, packed.

use super::columns::Columns;
use super::stored::StoredColumns;
use super::{BatchHead, BatchReach, put};
#[cfg(feature = "reader")]
use super::{Undecodable, take};
#[cfg(feature = "reader")]
use crate::frame::MAX_PAYLOAD;
use scope_core::config::Compression;

const NONE: u8 = 0;
const LZ4: u8 = 1;
const ZSTD: u8 = 2;

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
        let stored = |codec| StoredColumns { codec, length: raw.len() as u32, columns: lengths.to_vec() };
        put(head, payload);
        put(reach, payload);
        let begin = payload.len();
        let packed = stored(codec_byte(compression));
        put(packed, payload);
        let at = payload.len();
        if compress(compression, raw, payload) && payload.len() - at < raw.len() {
            return;
        }
        // It would be longer, or can't be compressed here.
        payload.truncate(begin);
        put(stored(NONE), payload);
        payload.extend_from_slice(raw);
    }
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

/// Unpacks the columns that `bytes`, what is behind a batch's head, hold: into `to`. Gives their lengths.
#[cfg(feature = "reader")]
pub(crate) fn unpack(mut bytes: &[u8], to: &mut Vec<u8>) -> Result<Vec<u32>, Undecodable> {
    let StoredColumns { codec, length, columns } = take(&mut bytes)?;
    let length = length as usize;
    if length > MAX_PAYLOAD {
        return Err(Undecodable);
    }
    to.clear();
    match codec {
        NONE if bytes.len() == length => to.extend_from_slice(bytes),
        // No more than can be in there.
        LZ4 if length / 255 <= bytes.len() => {
            to.resize(length, 0);
            let written = lz4_flex::block::decompress_into(bytes, to).map_err(|_| Undecodable)?;
            if written != length {
                return Err(Undecodable);
            }
        }
        #[cfg(feature = "zstd")]
        ZSTD => {
            to.resize(length, 0);
            let written = zstd::bulk::decompress_to_buffer(bytes, &mut to[..]).map_err(|_| Undecodable)?;
            if written != length {
                return Err(Undecodable);
            }
        }
        _ => return Err(Undecodable),
    }
    Ok(columns)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn any_bytes_are_no_panic(bytes: Vec<u8>) {
            let mut columns = Vec::new();
            _ = unpack(&bytes, &mut columns);
            let mut stored = Vec::new();
            put(StoredColumns { codec: bytes.first().copied().unwrap_or(0) % 3, length: 1 << 20, columns: vec![1; 7] }, &mut stored);
            stored.extend_from_slice(&bytes);
            _ = unpack(&stored, &mut columns);
        }
    }
}
