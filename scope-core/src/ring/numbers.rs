//! What a ring's counters say at this moment. Exact while neither side is at work.

use super::Ring;
use crate::record::WORD;
use crate::sync::Ordering;

impl Ring {
    /// Bytes of records, and of what is between them, that are not given back.
    pub(crate) fn size(&self) -> usize {
        // Tail first: it is never above a head that is read later.
        let tail = self.tail.0.load(Ordering::Acquire) / 2;
        self.published().saturating_sub(tail).min(self.capacity) as usize * WORD
    }

    /// Its size in words.
    pub(crate) fn words(&self) -> usize {
        self.capacity as usize
    }

    /// Its size in bytes.
    pub(crate) fn capacity(&self) -> usize {
        self.capacity as usize * WORD
    }

    /// The longest record, in words.
    pub(crate) fn longest(&self) -> usize {
        self.chunk as usize - super::LOST_WORDS
    }

    /// Up to where records are complete.
    pub(crate) fn published(&self) -> u64 {
        // Acquire: pairs with `publish`.
        self.head.0.load(Ordering::Acquire)
    }

    /// Records that found no room, as far as the stream tells of them.
    pub(crate) fn told(&self) -> u64 {
        self.told.load(Ordering::Relaxed)
    }

    /// Records that found no room, or were overwritten.
    pub(crate) fn lost(&self) -> u64 {
        let (overwritten, forgotten) =
            (self.overwritten.load(Ordering::Relaxed), self.forgotten.load(Ordering::Relaxed));
        let written_over = overwritten.saturating_sub(forgotten);
        self.lost.load(Ordering::Relaxed) + written_over
    }

    /// The most bytes that were held where the oldest records were overwritten. 0: they never were.
    pub(crate) fn peak(&self) -> usize {
        self.peak.load(Ordering::Relaxed) as usize * WORD
    }
}
