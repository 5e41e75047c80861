//! What a sealed log tells of where things are in it: opening it needs no look at each frame.

use super::LogEnd;
use super::frames::{Found, Frames};
use super::index::Index;
use super::source::Source;
use crate::error::ReadError;
use crate::format::{self, BatchHead, BatchReach, StoredEnd, StoredIndex, StoredSeal, StoredUnit, Undecodable};
use crate::frame::{FrameKind, HEAD};

/// The bytes at a sealed log's end that tell where its end frame begins.
const TRAILER: usize = 8;

impl Index {
    /// Takes over what the log's own index tells. False: it has none, or one that is not whole; then `self` is of no use.
    pub(super) fn load(&mut self, source: &Source) -> Result<bool, ReadError> {
        let mut frames = Frames::new(source);
        let Some((end, mut next)) = end(source, &mut frames)? else { return Ok(false) };
        let mut parts: Vec<StoredIndex> = Vec::new();
        let mut limit = end;
        while next != 0 {
            // Each is behind the one that it names, so that this ends.
            if next >= limit {
                return Ok(false);
            }
            limit = next;
            let Some(part) = read::<StoredIndex>(&mut frames, next, FrameKind::Index)? else { return Ok(false) };
            next = part.previous;
            parts.push(part);
        }
        if parts.is_empty() {
            return Ok(false);
        }
        for part in parts.iter().rev() {
            if !self.take(part, &mut frames)? {
                return Ok(false);
            }
        }
        let Found::Frame(head) = frames.at(end)? else { return Ok(false) };
        Ok(self.frame(end, head.kind, &frames.payload).is_ok() && self.end == LogEnd::Sealed)
    }

    /// Takes over one part: in the order in which things are in the log.
    fn take(&mut self, part: &StoredIndex, frames: &mut Frames<'_>) -> Result<bool, ReadError> {
        let mut units = part.units.iter().peekable();
        for &(kind, offset) in &part.frames {
            while let Some(unit) = units.next_if(|unit| unit.offset < offset) {
                if self.unit(unit).is_err() {
                    return Ok(false);
                }
            }
            match FrameKind::from_byte(kind) {
                // Read when they are asked for.
                Some(FrameKind::Plan) => self.plans.push(offset),
                Some(FrameKind::Source) => self.sources.push(offset),
                _ => {
                    let Found::Frame(head) = frames.at(offset)? else { return Ok(false) };
                    if self.frame(offset, head.kind, &frames.payload).is_err() {
                        return Ok(false);
                    }
                }
            }
        }
        Ok(units.all(|unit| self.unit(unit).is_ok()))
    }

    fn unit(&mut self, unit: &StoredUnit) -> Result<(), Undecodable> {
        let StoredUnit { offset, thread, before, events, lost, first, last, base_call, last_call } = *unit;
        let head = BatchHead {
            thread,
            before,
            events,
            lost,
            base_ticks: first,
            last_ticks: last,
            base_call,
            ..BatchHead::default()
        };
        self.batch(offset, head, BatchReach { first_ticks: first, last_call })
    }
}

/// Where the end frame of a sealed log is, and its last index.
fn end(source: &Source, frames: &mut Frames<'_>) -> Result<Option<(u64, u64)>, ReadError> {
    let mut trailer = [0; TRAILER];
    let Some(at) = source.length().checked_sub(TRAILER as u64) else { return Ok(None) };
    source.read(at, &mut trailer)?;
    let end = u64::from_le_bytes(trailer);
    if end >= at {
        return Ok(None);
    }
    let Found::Frame(head) = frames.at(end)? else { return Ok(None) };
    if head.kind != Some(FrameKind::End) || end + (HEAD + head.length) as u64 != source.length() {
        return Ok(None);
    }
    let mut payload = &frames.payload[..];
    let seal = format::take::<StoredEnd>(&mut payload).and_then(|_| format::take::<StoredSeal>(&mut payload));
    Ok(seal.ok().map(|seal| (end, seal.index)))
}

fn read<T: for<'a> bincode::BorrowDecode<'a, ()>>(
    frames: &mut Frames<'_>,
    at: u64,
    kind: FrameKind,
) -> Result<Option<T>, ReadError> {
    let Found::Frame(head) = frames.at(at)? else { return Ok(None) };
    if head.kind != Some(kind) {
        return Ok(None);
    }
    Ok(format::read(&frames.payload).ok())
}
