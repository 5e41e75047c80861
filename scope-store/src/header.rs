//! The first bytes of a log. See `docs/log-format.md`.

/// Begins every log. A transfer as text changes it.
pub(crate) const MAGIC: [u8; 10] = *b"\x89SCOPE\r\n\x1a\n";
/// Major and minor version of the format that this crate writes.
pub const VERSION: (u16, u16) = (2, 0);
/// The length of the header that this crate writes, and of the shortest.
pub(crate) const LENGTH: usize = 32;
/// The longest header that a newer minor version may have.
pub(crate) const MAX_LENGTH: usize = 4096;

/// What the first [`LENGTH`] bytes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct FileHeader {
    pub version: (u16, u16),
    /// Where the first frame begins.
    pub length: usize,
}

/// Why bytes are no header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum BadHeader {
    NotALog { text_mode: bool },
    Cut,
    Damaged,
}

/// The header of a new log.
pub(crate) fn bytes() -> [u8; LENGTH] {
    bytes_of(VERSION)
}

pub(crate) fn bytes_of(version: (u16, u16)) -> [u8; LENGTH] {
    let mut bytes = [0; LENGTH];
    bytes[..10].copy_from_slice(&MAGIC);
    bytes[12..14].copy_from_slice(&version.0.to_le_bytes());
    bytes[14..16].copy_from_slice(&version.1.to_le_bytes());
    bytes[16..20].copy_from_slice(&(LENGTH as u32).to_le_bytes());
    let crc = crc32c::crc32c(&bytes[..LENGTH - 4]);
    bytes[LENGTH - 4..].copy_from_slice(&crc.to_le_bytes());
    bytes
}

/// Reads the header that `bytes`, the first [`MAX_LENGTH`] of the file or all there are, begin with.
pub(crate) fn parse(bytes: &[u8]) -> Result<FileHeader, BadHeader> {
    let known = bytes.len().min(MAGIC.len());
    if bytes[..known] != MAGIC[..known] {
        return Err(BadHeader::NotALog { text_mode: was_text(bytes) });
    }
    if bytes.len() < LENGTH {
        return Err(BadHeader::Cut);
    }
    let u16_at = |at: usize| u16::from_le_bytes([bytes[at], bytes[at + 1]]);
    let u32_at = |at: usize| u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]]);
    let length = u32_at(16) as usize;
    if !(LENGTH..=MAX_LENGTH).contains(&length) {
        return Err(BadHeader::Damaged);
    }
    let Some(header) = bytes.get(..length) else { return Err(BadHeader::Cut) };
    if crc32c::crc32c(&header[..length - 4]) != u32_at(length - 4) {
        return Err(BadHeader::Damaged);
    }
    Ok(FileHeader { version: (u16_at(12), u16_at(14)), length })
}

/// Whether `bytes` look like a log whose line ends, eighth bits or non-ASCII bytes were changed.
fn was_text(bytes: &[u8]) -> bool {
    let Some(at) = bytes.iter().take(4).position(|&b| b == b'S') else { return false };
    bytes[at..].starts_with(b"SCOPE\n") || bytes[at..].starts_with(b"SCOPE\r")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_wrote() {
        assert_eq!(parse(&bytes()), Ok(FileHeader { version: VERSION, length: LENGTH }));
        let newer = bytes_of((7, 3));
        assert_eq!(parse(&newer).map(|h| h.version), Ok((7, 3)));
    }

    #[test]
    fn tells_the_kinds_of_damage() {
        let good = bytes();
        for cut in 1..LENGTH {
            assert_eq!(parse(&good[..cut]), Err(BadHeader::Cut));
        }
        for at in 0..LENGTH {
            let mut bad = good;
            bad[at] ^= 0x10;
            assert!(parse(&bad).is_err(), "byte {at}");
        }
        let unix: Vec<u8> = good.iter().copied().filter(|&b| b != b'\r').collect();
        assert_eq!(parse(&unix), Err(BadHeader::NotALog { text_mode: true }));
        assert_eq!(parse(b"#!/bin/sh"), Err(BadHeader::NotALog { text_mode: false }));
    }
}
