//! The buffer itself: its size, who writes and who reads.

use super::batch::Batch;
use super::error::OptionsError;
use super::producer::Producer;
use super::reader::Reader;
use crate::bell::Turns;
use crate::lock::patiently;
use crate::record::WORD;
use crate::ring::{MIN_BYTES, Overflow, Ring};
use crate::session::{ThreadInfo, ThreadRing};
use crate::shared::SharedRing;
use crate::watchdog::Watch;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// What a buffer is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Its size in bytes: a power of two, from [`MIN_BYTES`] to [`MAX_BYTES`]. Default: 1 MiB.
    pub capacity: usize,
    /// What becomes of a record for which there is no room. Default: it is lost.
    pub overflow: Overflow,
    /// The longest time that a write waits for room with [`Overflow::Block`], before its record is lost. Default: 2 s.
    pub patience: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self { capacity: 1 << 20, overflow: Overflow::DropNewest, patience: Duration::from_secs(2) }
    }
}

/// The largest buffer, in bytes.
pub const MAX_BYTES: usize = 1 << (if usize::BITS > 32 { 32 } else { 28 });

/// See the module's text. A clone is the same buffer.
#[derive(Clone, Debug)]
pub struct Buffer(pub(super) Arc<Inner>);

#[derive(Debug)]
pub(super) struct Inner {
    pub(super) ring: SharedRing,
    pub(super) options: Options,
    /// There is a producer: invariant 1 of the ring.
    pub(super) taken: AtomicBool,
    /// The lock under which alone the ring's consumer side is used: invariant 5.
    pub(super) reader: Mutex<Reader>,
    /// A turn: room was given back.
    pub(super) room: Turns,
}

/// The numbers of a buffer at one moment. Exact while nobody writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Records that were written into it.
    pub written: u64,
    /// Records that were read, each counted once.
    pub read: u64,
    /// Records that found no room, or that were overwritten before they were given back: those are in `written`, too.
    pub lost: u64,
    /// The most bytes that it ever held.
    pub high_water: usize,
    /// Its size in bytes.
    pub capacity: usize,
}

impl Buffer {
    /// A new one, empty.
    ///
    /// # Errors
    /// The capacity is no power of two, or out of bounds; or there is no memory.
    pub fn new(options: Options) -> Result<Self, OptionsError> {
        let bytes = options.capacity;
        if !bytes.is_power_of_two() {
            return Err(OptionsError::NoPowerOfTwo { bytes });
        }
        if !(MIN_BYTES..=MAX_BYTES).contains(&bytes) {
            return Err(OptionsError::OutOfBounds { bytes });
        }
        // The ring itself never waits: who writes does.
        let overflow = match options.overflow {
            Overflow::Block => Overflow::DropNewest,
            other => other,
        };
        let words = bytes / WORD;
        let ring = SharedRing::new(words, None, |memory| ThreadRing {
            ring: Ring::new(memory, Ring::chunk_for(words), overflow),
            thread: ThreadInfo::NOBODY,
            watch: Watch::new(),
            ended: AtomicU64::new(0),
        });
        let ring = ring.ok_or(OptionsError::NoMemory { bytes })?;
        let (taken, reader) = (AtomicBool::new(false), Mutex::new(Reader::default()));
        Ok(Self(Arc::new(Inner { ring, options, taken, reader, room: Turns::new() })))
    }

    /// Whoever writes into it. `None` while somebody else does.
    pub fn producer(&self) -> Option<Producer> {
        self.take().then(|| Producer::new(self.clone()))
    }

    /// The records from number `start` on that are there, at most `count`, oldest first; and gives the room of all before `start` back.
    ///
    /// They stay, so that the same call gives the same again; ask from [`Batch::next`] on to go on, and from 0 on to look without giving anything back. Where
    /// records are gone, the numbers have a gap, and [`Batch::missing`] says how many. While one chunk (at most a sixteenth of the
    /// capacity) is copied, a producer that wants to overwrite it waits.
    pub fn read_batch(&self, start: u64, count: usize) -> Batch {
        let batch = self.reader(|reader, ring| reader.batch(ring, start, count));
        self.0.room.next(true);
        batch
    }

    /// How it has been used. Looks at the records that came since the last call.
    pub fn stats(&self) -> Stats {
        self.reader(|reader, ring| reader.stats(ring))
    }

    /// Gives all room back, whether or not its records were read. They count neither as read nor as lost.
    pub fn clear(&self) {
        self.reader(|reader, ring| _ = reader.batch(ring, u64::MAX, 0));
        self.0.room.next(true);
    }

    /// The bytes that it holds: of records that are not given back, with their headers, and of what is between them.
    pub fn size(&self) -> usize {
        self.0.ring.ring.size()
    }

    /// The most words that a record may have beside its header.
    pub fn longest(&self) -> usize {
        self.0.ring.ring.longest() - 1
    }

    /// What is written into.
    pub(crate) fn ring(&self) -> &SharedRing {
        &self.0.ring
    }

    fn reader<R: Default>(&self, see: impl FnOnce(&mut Reader, &Ring) -> R) -> R {
        // Nobody panics there, and nobody stays: the lock is to be had.
        patiently(&self.0.reader).map_or_else(R::default, |mut reader| see(&mut reader, &self.0.ring.ring))
    }

    /// Becomes the producer. False: there is one.
    pub(crate) fn take(&self) -> bool {
        // Acquire: pairs with `leave`; what the last producer wrote comes before what the next one writes.
        !self.0.taken.swap(true, Ordering::Acquire)
    }

    /// There is no producer any more.
    pub(crate) fn leave(&self) {
        self.0.taken.store(false, Ordering::Release);
    }
}
