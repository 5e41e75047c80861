//! What a ring holds, without taking it out: a flight recorder's read.

use super::chunk::count_records;
use super::consumer::tell;
use super::{Overflow, Ring};
use crate::sync::{Ordering, own};

/// What a copy took besides the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Copied {
    /// Words appended to the output.
    pub words: usize,
    /// Records that are not in it since they were overwritten, counted from the ring's birth: its `Lost` records tell of all of them.
    pub overwritten: u64,
}

impl Ring {
    /// Appends the records that were published before this call to `out`, oldest first, and leaves them in the ring: what a flight recorder
    /// holds, while its thread goes on.
    ///
    /// They begin with the oldest that is not drained, as a stream of whole records. Where the oldest are overwritten when the ring is full, the
    /// first is a `Lost` record, which tells of all that were ever overwritten, also of those that a drain has told of before. Should the
    /// thread overtake the copy, another `Lost` record stands where that happened. A thread that wants to overwrite just while a chunk is being copied
    /// loses its newest record, and counts it.
    ///
    /// One caller at a time (invariant 5), drains included.
    pub fn copy(&self, out: &mut Vec<u64>) -> Copied {
        let until = self.head.0.load(Ordering::Acquire);
        let mut next = own(&self.read);
        let before = out.len();
        out.reserve((until.saturating_sub(next).min(self.capacity) + self.chunk) as usize);
        let mut copied = Copied::default();
        // The first piece tells of all that came before it.
        let mut seen = None;
        while next < until {
            let start = out.len();
            let piece = self.copy_chunk(out, next, seen);
            seen = Some(piece.seen);
            tell(out, start, piece.overwritten);
            copied.overwritten += piece.overwritten;
            next = piece.to;
        }
        if seen.is_none() {
            // All was drained: the tail is where that ended.
            copied.overwritten = own(&self.reported);
            tell(out, before, copied.overwritten);
        }
        copied.words = out.len() - before;
        copied
    }

    /// Appends what is published from `next` on, or from the tail if that has passed it, up to a chunk's end.
    ///
    /// `next` is where records begin, not before what was drained, and below a head that was seen. `seen`: how many come before it, but for those
    /// that were drained; `None`: all that were overwritten are news.
    pub(crate) fn copy_chunk(&self, out: &mut Vec<u64>, next: u64, seen: Option<u64>) -> Piece {
        let start = out.len();
        // Here, and not while the producer is kept from going on.
        out.reserve(self.chunk as usize);
        if self.overflow != Overflow::DropOldest {
            let to = self.append(out, next);
            let seen = seen.unwrap_or(0) + count_records(&out[start..]);
            return Piece { from: next, to, overwritten: 0, seen };
        }
        let (tail, overwritten) = self.claim();
        let from = next.max(tail / 2);
        let to = self.append(out, from);
        // Release: pairs with the producer's Acquire load in `open_chunk`. As it was: the chunk stays.
        self.tail.0.store(tail, Ordering::Release);
        let overwritten = match seen {
            // Only such as were copied before.
            Some(_) if from == next => 0,
            seen => overwritten - seen.unwrap_or(0),
        };
        let seen = seen.unwrap_or(0) + overwritten + count_records(&out[start..]);
        Piece { from, to, overwritten, seen }
    }
}

/// What [`Ring::copy_chunk`] appended.
pub(crate) struct Piece {
    /// Where it begins.
    pub from: u64,
    /// Where it ends.
    pub to: u64,
    /// Records that were overwritten between where it was to begin and where it does.
    pub overwritten: u64,
    /// Records before its end, but for those that were drained.
    pub seen: u64,
}
