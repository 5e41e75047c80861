//! The ring of one thread: a stream of words, written by that thread and drained by the processor.
//!
//! Positions count words from the ring's birth and never wrap; position `p` lies in word
//! `p % capacity`. The words are divided into chunks of equal size, a record never crosses from one
//! chunk into the next (a `Pad` record fills the rest), and a chunk belongs to one side at a time.
//!
//! # Invariants
//!
//! 1. `head` is written by the producer alone. Words below it are complete records, above it nobody's
//!    but the producer's.
//! 2. The producer writes only words in `head..end`, where `end` is the end of the chunk it has opened.
//! 3. The word at `p` is opened for writing again, as `p + capacity`, only after `tail`'s position has
//!    passed the chunk of `p` (checked in `open_chunk`).
//! 4. `tail` holds a position and a claim bit. The consumer reads words only from `tail`'s position on and below a `head` that it has
//!    loaded before. Where the oldest records are overwritten, the producer moves `tail` over a chunk, by a compare-exchange from a
//!    value without claim, and the consumer reads only while it has set the claim. Elsewhere the consumer alone moves it.
//! 5. One consumer at a time: `drain` and `copy` are called under the drain lock of the recorder.
//! 6. `limit` is either 0 (think first) or the `end` of invariant 2: `head + need <= limit` therefore is all
//!    that a probe has to check.

use crate::record::{Header, Kind, MAX_WORDS};
use crate::sync::{AtomicBool, AtomicU64, Ordering, fence, own};
use crate::words::Words;

pub use chunk::count_records;
pub use consumer::Drained;
pub use copy::Copied;

/// What a probe does when the ring of its thread is full.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Overflow {
    /// The new record is lost. The default.
    #[default]
    DropNewest,
    /// The oldest records not drained yet are lost: a flight recorder.
    DropOldest,
    /// The thread waits for room, as long as the processor makes progress.
    Block,
}

/// Why a ring has no room for a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoRoom {
    /// Every chunk holds records that are not drained yet.
    Full,
    /// The consumer is reading the very chunk that was to be overwritten.
    Busy,
}

#[derive(Debug)]
#[repr(align(128))]
struct Line<T>(T);

/// See the module's text.
#[derive(Debug)]
#[repr(C)]
pub struct Ring {
    /// Where the next record goes. Written by the producer, `Release`, after the record's words; read by the consumer,
    /// `Acquire`, before it reads them.
    head: Line<AtomicU64>,
    /// Invariant 6. Relaxed: only the producer acts on it; see `stop` for how another thread takes it away.
    limit: AtomicU64,
    /// Records that found no room. Written by the producer.
    lost: AtomicU64,
    /// How many of `lost` the stream has told. Producer only.
    told: AtomicU64,
    /// Twice the position of the oldest word not given back, plus 1 while the consumer reads there. Written `Release` by
    /// the consumer after its reads; read `Acquire` by the producer before it overwrites.
    tail: Line<AtomicU64>,
    /// Records overwritten. Written by the producer; the consumer reads it once that has ended.
    overwritten: AtomicU64,
    /// How many of `overwritten` the consumer has reported. Consumer only.
    reported: AtomicU64,
    /// The producer's thread is gone.
    closed: AtomicBool,
    /// No further records are wanted.
    stopped: AtomicBool,
    /// Where the consumer has read to, at or behind `tail`. Consumer only.
    read: AtomicU64,
    capacity: u64,
    chunk: u64,
    words: Words,
    overflow: Overflow,
    /// How many were overwritten before the chunk with an even number, or an odd one, where the producer moved `tail` to its start. Written by the
    /// producer before it moves `tail` there.
    overwritten_before: [AtomicU64; 2],
    /// How many of `overwritten` were lost before, as the stream told. Written by the producer.
    forgotten: AtomicU64,
    /// The most words that were not given back when the producer overwrote the oldest. Written by the producer.
    peak: AtomicU64,
}

/// Where fields are, for who reads a ring in a file.
#[cfg(not(loom))]
impl Ring {
    pub(crate) const HEAD: usize = std::mem::offset_of!(Ring, head);
    pub(crate) const LOST: usize = std::mem::offset_of!(Ring, lost);
    pub(crate) const TOLD: usize = std::mem::offset_of!(Ring, told);
    pub(crate) const CAPACITY: usize = std::mem::offset_of!(Ring, capacity);
    pub(crate) const CHUNK: usize = std::mem::offset_of!(Ring, chunk);
}

/// The smallest ring, in bytes.
pub const MIN_BYTES: usize = 4096;
const MIN_CHUNK: usize = 64;
const MAX_CHUNK: usize = 8192;
const _: () = assert!(MAX_CHUNK <= MAX_WORDS);

impl Ring {
    /// A ring that takes no record: what a thread has before its first.
    #[cfg(not(loom))]
    pub(crate) const fn none() -> Self {
        Self {
            head: Line(AtomicU64::new(0)),
            limit: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            told: AtomicU64::new(0),
            tail: Line(AtomicU64::new(0)),
            overwritten: AtomicU64::new(0),
            reported: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            stopped: AtomicBool::new(true),
            read: AtomicU64::new(0),
            capacity: 0,
            words: Words::EMPTY,
            chunk: 0,
            overflow: Overflow::DropNewest,
            overwritten_before: [AtomicU64::new(0), AtomicU64::new(0)],
            forgotten: AtomicU64::new(0),
            peak: AtomicU64::new(0),
        }
    }

    /// A ring over `words`, in chunks of `chunk` words (a power of two that divides their number).
    pub(crate) fn new(words: Words, chunk: usize, overflow: Overflow) -> Self {
        assert!(chunk.is_power_of_two() && words.len() / chunk >= 2, "a ring has two chunks at least");
        Self {
            head: Line(AtomicU64::new(0)),
            limit: AtomicU64::new(0),
            lost: AtomicU64::new(0),
            told: AtomicU64::new(0),
            tail: Line(AtomicU64::new(0)),
            overwritten: AtomicU64::new(0),
            reported: AtomicU64::new(0),
            closed: AtomicBool::new(false),
            stopped: AtomicBool::new(false),
            read: AtomicU64::new(0),
            capacity: words.len() as u64,
            words,
            chunk: chunk as u64,
            overflow,
            overwritten_before: [AtomicU64::new(0), AtomicU64::new(0)],
            forgotten: AtomicU64::new(0),
            peak: AtomicU64::new(0),
        }
    }

    /// The size of a chunk for a ring of `len` words.
    pub(crate) fn chunk_for(len: usize) -> usize {
        (len / 16).clamp(MIN_CHUNK, MAX_CHUNK)
    }

    /// What a probe does when this ring is full.
    pub(crate) fn overflow(&self) -> Overflow {
        self.overflow
    }

    /// The most words that a record may ask for and be sure to get in an empty ring.
    pub(crate) fn largest(&self) -> usize {
        self.chunk as usize / 4
    }

    // --- the producer's side -------------------------------------------------------------------

    /// Room for `need` words where nothing has to be thought of: the position to write at.
    #[inline(always)]
    pub(crate) fn room(&self, need: usize) -> Option<u64> {
        let head = own(&self.head.0);
        if head + need as u64 <= self.limit.load(Ordering::Relaxed) { Some(head) } else { None }
    }

    /// Where the next record goes, while none is being written.
    #[inline(always)]
    pub(crate) fn position(&self) -> u64 {
        own(&self.head.0)
    }

    /// Up to which position a record may be written without a thought: invariant 6.
    #[inline(always)]
    pub(crate) fn limit(&self) -> u64 {
        self.limit.load(Ordering::Relaxed)
    }

    /// How many words are left behind `position` in the chunk that is open.
    #[inline(always)]
    pub(crate) fn left(&self, position: u64) -> usize {
        // Another thread may have taken the limit away since: then none, which is always true enough.
        let limit = self.limit.load(Ordering::Relaxed);
        if limit > position { (limit - position) as usize } else { 0 }
    }

    /// Writes the `offset`-th word of the record at `position`.
    ///
    /// # Safety
    /// `position` came from `room` with a need above `offset`, on this thread, and nothing was published since.
    #[inline(always)]
    pub(crate) unsafe fn put(&self, position: u64, offset: usize, word: u64) {
        // SAFETY: the word lies between head and limit: the producer's alone by invariants 1, 2 and 6.
        unsafe { self.words.write(position + offset as u64, word) }
    }

    /// Where the word at `position` lies in memory.
    #[cfg(not(loom))]
    #[inline(always)]
    pub(crate) fn at(&self, position: u64) -> *mut u64 {
        self.words.at(position)
    }

    /// Makes the `words` words from `position` on a record that the consumer may read.
    #[inline(always)]
    pub(crate) fn publish(&self, position: u64, words: usize) {
        // Release: pairs with the Acquire load of head in `drain`.
        self.head.0.store(position + words as u64, Ordering::Release);
    }

    /// As new, for another thread.
    pub(crate) fn renew(&mut self) {
        let words = std::mem::replace(&mut self.words, Words::EMPTY);
        *self = Self::new(words, self.chunk as usize, self.overflow);
    }

    /// Counts a record that found no room.
    pub(crate) fn lose(&self) {
        let lost = self.lost.load(Ordering::Relaxed);
        self.lost.store(lost + 1, Ordering::Relaxed);
    }

    /// The part of the ring that is not given back yet, of 256.
    pub(crate) fn fill(&self) -> u32 {
        let used = self.head.0.load(Ordering::Relaxed).saturating_sub(self.tail.0.load(Ordering::Relaxed) / 2);
        (used * 256 / self.words.len() as u64) as u32
    }

    /// Whether half of it or more was given back.
    pub fn is_half_empty(&self) -> bool {
        self.fill() <= 128
    }

    /// The producer's thread ends.
    pub(crate) fn close(&self) {
        // Release: pairs with `is_closed`; whoever sees it sees all of head.
        self.closed.store(true, Ordering::Release);
    }

    fn chunk_of(&self, tail: u64) -> u64 {
        let position = tail / 2;
        position - position % self.chunk
    }

    // --- the other side ------------------------------------------------------------------------

    /// Whether the producer's thread has ended. What a drain that starts after this takes is all there will be.
    pub fn is_closed(&self) -> bool {
        self.closed.load(Ordering::Acquire)
    }

    /// Takes no records from now on; the producer notices at its next probe.
    pub(crate) fn stop(&self) {
        self.stopped.store(true, Ordering::Relaxed);
        // SeqCst: see `open_chunk`.
        fence(Ordering::SeqCst);
        self.limit.store(0, Ordering::Relaxed);
    }

    /// Whether [`Ring::stop`] was called.
    pub(crate) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::Relaxed)
    }
}

const CLAIM: u64 = 1;
/// The length of a `Lost` record.
pub(crate) const LOST_WORDS: usize = 4;

/// The words of a `Lost` record.
pub fn lost_record(ticks: u64, count: u64, calls: u64) -> [u64; LOST_WORDS] {
    [Header::new(Kind::Lost, LOST_WORDS, 0, 0).0, ticks, count, calls]
}

mod chunk;
mod consumer;
mod copy;
#[cfg(test)]
pub(crate) mod harness;
#[cfg(all(test, loom))]
mod model;
#[cfg(not(loom))]
mod numbers;
#[cfg(all(test, not(loom)))]
mod tests;
