//! Where the producer goes on to the next chunk: all that it has to think about.

use super::{CLAIM, LOST_WORDS, NoRoom, Overflow, Ring, lost_record};
use crate::record::{Header, Kind, Records};
use crate::sync::{AtomicU64, Ordering, fence, own};

impl Ring {
    /// Closes the open chunk and opens the next one. Then there is room for at least `need` words, which are no more than a
    /// chunk has.
    ///
    /// `calls` is the thread's call counter, for those who read on behind a gap.
    pub(crate) fn open_chunk(&self, need: usize, ticks: u64, calls: u64) -> Result<(), NoRoom> {
        let head = own(&self.head.0);
        let start = head.next_multiple_of(self.chunk);
        // Acquire: pairs with the consumer's Release store, so that its reads come before what is written next.
        let tail = self.tail.0.load(Ordering::Acquire);
        if start + self.chunk - self.chunk_of(tail) > self.words.len() as u64 {
            match self.overflow {
                Overflow::DropOldest => self.overwrite(tail),
                Overflow::DropNewest | Overflow::Block => Err(NoRoom::Full),
            }
            // Nothing more goes into the old chunk, however short: so a loss stands where it happened.
            .inspect_err(|_| self.limit.store(0, Ordering::Relaxed))?;
        }
        if start > head {
            let rest = (start - head) as usize;
            // SAFETY: still the open chunk: the producer's alone by invariant 2.
            unsafe { self.put(head, 0, Header::new(Kind::Pad, rest, 0, 0).0) };
            self.publish(head, rest);
        }
        let untold = self.lost.load(Ordering::Relaxed) - self.told.load(Ordering::Relaxed);
        if untold > 0 || self.overflow == Overflow::DropOldest {
            for (offset, word) in lost_record(ticks, untold, calls).into_iter().enumerate() {
                // SAFETY: the chunk from `start` on was given back (checked above): the producer's by invariant 3.
                unsafe { self.put(start, offset, word) };
            }
            self.publish(start, LOST_WORDS);
            self.told.store(self.lost.load(Ordering::Relaxed), Ordering::Relaxed);
        }
        debug_assert!(need + LOST_WORDS <= self.chunk as usize);
        self.limit.store(start + self.chunk, Ordering::Relaxed);
        // SeqCst, with the one in `stop`: either this thread sees the flag, or the stopper's 0 comes after the store above.
        fence(Ordering::SeqCst);
        if self.stopped.load(Ordering::Relaxed) {
            self.limit.store(0, Ordering::Relaxed);
        }
        Ok(())
    }

    /// Gives up the oldest chunk, whose records nobody drained.
    fn overwrite(&self, tail: u64) -> Result<(), NoRoom> {
        if tail & CLAIM != 0 {
            return Err(NoRoom::Busy);
        }
        let (from, to) = (tail / 2, self.chunk_of(tail) + self.chunk);
        // SAFETY: words below head, which this thread itself wrote and will not write before this function has succeeded.
        let (all, told) =
            unsafe { self.words.read(from, (to - from) as usize, |words| (count_records(words), count_told(words))) };
        let overwritten = own(&self.overwritten) + all;
        // Before `tail` moves, and not where it told of the place that `tail` is at: who finds `tail` moved by this also finds this.
        self.before(to).store(overwritten, Ordering::Relaxed);
        // Success, AcqRel: after the consumer's reads of what lies before, and before what is overwritten next.
        self.tail.0.compare_exchange(tail, to * 2, Ordering::AcqRel, Ordering::Relaxed).map_err(|_| NoRoom::Busy)?;
        self.overwritten.store(overwritten, Ordering::Relaxed);
        self.forgotten.store(own(&self.forgotten) + told, Ordering::Relaxed);
        self.peak.store(own(&self.peak).max(own(&self.head.0) - from), Ordering::Relaxed);
        Ok(())
    }

    /// Where the producer says how many were overwritten before the chunk at `position`.
    pub(super) fn before(&self, position: u64) -> &AtomicU64 {
        &self.overwritten_before[(position / self.chunk) as usize % 2]
    }
}

/// How many records `words` hold, a `Lost` record counting as those it tells of.
pub fn count_records(words: &[u64]) -> u64 {
    Records::new(words).filter(|(_, kind, _)| *kind != Kind::Lost).count() as u64 + count_told(words)
}

/// How many records those `words` tell of as lost.
fn count_told(words: &[u64]) -> u64 {
    Records::new(words)
        .filter(|(_, kind, _)| *kind == Kind::Lost)
        .map(|(_, _, body)| body.get(1).copied().unwrap_or(0))
        .sum()
}
