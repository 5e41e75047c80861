//! What a ring holds, without taking it out: a flight recorder's read.

use super::consumer::tell;
use super::{Overflow, Ring, count_records};
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
        // Here, and not while the producer is kept from going on.
        out.reserve((until.saturating_sub(next).min(self.capacity) + self.chunk) as usize);
        let mut copied = Copied::default();
        // Records before `next`, but for those that were drained.
        let mut seen = None;
        while next < until {
            let start = out.len();
            if self.overflow == Overflow::DropOldest {
                let (tail, overwritten) = self.claim();
                let from = next.max(tail / 2);
                let to = self.append(out, from);
                // Release: pairs with the producer's Acquire load in `open_chunk`. As it was: the chunk stays.
                self.tail.0.store(tail, Ordering::Release);
                // Chunks behind which the copy was already may be overwritten, too.
                let gone = match seen {
                    Some(_) if from == next => 0,
                    seen => overwritten - seen.unwrap_or(0),
                };
                seen = Some(seen.unwrap_or(0) + gone + count_records(&out[start..]));
                tell(out, start, gone);
                copied.overwritten += gone;
                next = to;
            } else {
                next = self.append(out, next);
            }
        }
        copied.words = out.len() - before;
        copied
    }
}
