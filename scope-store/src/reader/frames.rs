//! Finds the frames of a log, also behind damage.

use super::source::Source;
use crate::error::{DamageKind, ReadError};
use crate::frame::{self, BadHead, FrameHead, HEAD, MARK};

/// What is at some place of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// A whole frame; its payload is in the buffer.
    Frame(FrameHead),
    /// Something else. `resume`: where the next frame may begin, at the earliest.
    Damage { kind: DamageKind, resume: u64 },
    /// A frame that the log ends in.
    Cut,
}

/// Reads frames, one at a time; one buffer for all of them.
#[derive(Debug)]
pub(super) struct Frames<'a> {
    source: &'a Source,
    pub payload: Vec<u8>,
}

impl<'a> Frames<'a> {
    pub fn new(source: &'a Source) -> Self {
        Self { source, payload: Vec::new() }
    }

    /// What is at `offset`.
    pub fn at(&mut self, offset: u64) -> Result<Found, ReadError> {
        let mut bytes = [0; HEAD];
        if self.source.read(offset, &mut bytes)? < HEAD {
            return Ok(Found::Cut);
        }
        let head = match frame::parse_head(&bytes) {
            Ok(head) => head,
            Err(BadHead::Head) => return Ok(Found::Damage { kind: DamageKind::Head, resume: offset + 1 }),
            Err(BadHead::Length) => return Ok(Found::Damage { kind: DamageKind::Length, resume: offset + 1 }),
        };
        let payload = offset + HEAD as u64;
        let there = self.source.length().saturating_sub(payload);
        if there < head.length as u64 {
            return Ok(Found::Cut);
        }
        // Not before it is known that the log has as many bytes.
        self.payload.resize(head.length, 0);
        self.source.read(payload, &mut self.payload)?;
        match head.fits(&self.payload) {
            true => Ok(Found::Frame(head)),
            // The head is sound: what looks like a frame inside is the payload's.
            false => Ok(Found::Damage { kind: DamageKind::Checksum, resume: payload + head.length as u64 }),
        }
    }

    /// The first whole frame from `from` on.
    pub fn next_whole(&mut self, from: u64) -> Result<Option<u64>, ReadError> {
        const WINDOW: usize = 64 << 10;
        let mut window = vec![0; WINDOW];
        let mut start = from;
        while start < self.source.length() {
            let there = self.source.read(start, &mut window)?;
            let mut at = 0;
            while let Some(step) = window[at..there].windows(MARK.len()).position(|bytes| bytes == MARK) {
                at += step;
                let offset = start + at as u64;
                if let Found::Frame(_) = self.at(offset)? {
                    return Ok(Some(offset));
                }
                at += 1;
            }
            // A mark may lie across two windows.
            start += if there < WINDOW { there } else { WINDOW - (MARK.len() - 1) } as u64;
        }
        Ok(None)
    }
}
