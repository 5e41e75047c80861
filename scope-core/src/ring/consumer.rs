//! The consumer's side of a ring.

use super::{CLAIM, Overflow, Ring, lost_record};
use crate::record::{Header, Kind};
use crate::sync::{Ordering, own, peek};

/// What a drain took out besides the records.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Drained {
    /// Words appended to the output.
    pub words: usize,
    /// Records that were overwritten before they could be drained, since the last drain.
    pub overwritten: u64,
}

impl Ring {
    /// Appends the records that were published before this call to `out` and gives their room back.
    ///
    /// Stops early, at a record's end, once `out` has grown by `most` words. Where records were overwritten since the last
    /// drain a `Lost` record stands before those that follow; one that tells of no loss is there for its call counter.
    ///
    /// One caller at a time (invariant 5).
    pub fn drain(&self, out: &mut Vec<u64>, most: usize) -> Drained {
        let drained = self.read(out, most);
        self.give_back();
        drained
    }

    /// The same, but the room of what was read stays as it is until [`Ring::give_back`], unless the oldest records are overwritten
    /// when the ring is full.
    pub fn read(&self, out: &mut Vec<u64>, most: usize) -> Drained {
        let until = self.head.0.load(Ordering::Acquire);
        let before = out.len();
        let mut drained = Drained::default();
        while out.len() - before < most {
            let start = out.len();
            let more = if self.overflow == Overflow::DropOldest {
                let more = self.read_claimed(out, until);
                drained.overwritten += self.tell_overwritten(out, start);
                more
            } else {
                self.read_chunk(out, until)
            };
            if !more {
                break;
            }
        }
        drained.words = out.len() - before;
        drained
    }

    /// Shows `see` what [`read`](Self::read) would append, a chunk at a time, and gives how many words that were. `see` looks at the ring's own memory, and
    /// gives nothing back; but where the oldest records are overwritten when the ring is full, they are copied to `copy` first.
    pub fn look(&self, copy: &mut Vec<u64>, most: usize, mut see: impl FnMut(&[u64])) -> usize {
        if self.overflow == Overflow::DropOldest {
            copy.clear();
            let words = self.read(copy, most).words;
            see(copy);
            return words;
        }
        let until = self.head.0.load(Ordering::Acquire);
        let (start, mut from) = (own(&self.read), own(&self.read));
        while from < until && from - start < most as u64 {
            let to = until.min(from - from % self.chunk + self.chunk);
            // SAFETY: as in `read_chunk`; the tail stays until `give_back`.
            unsafe { self.words.read(from, (to - from) as usize, &mut see) };
            from = to;
        }
        self.read.store(from, Ordering::Relaxed);
        (from - start) as usize
    }

    /// Appends what is published of the next chunk. False: there is nothing. Nobody overwrites it: the producer never moves the tail.
    fn read_chunk(&self, out: &mut Vec<u64>, until: u64) -> bool {
        let from = own(&self.read);
        if from >= until {
            return false;
        }
        let to = until.min(from - from % self.chunk + self.chunk);
        // SAFETY: from `read` on, which is not before the tail, below head: invariant 4; inside one chunk, so they do not wrap.
        unsafe { self.words.read(from, (to - from) as usize, |words| out.extend_from_slice(words)) };
        self.read.store(to, Ordering::Relaxed);
        true
    }

    /// The same where the producer may move the tail. The room is given back at once.
    fn read_claimed(&self, out: &mut Vec<u64>, until: u64) -> bool {
        loop {
            let tail = peek(&self.tail.0);
            let from = tail / 2;
            if from >= until {
                return false;
            }
            // Acquire: pairs with the producer's AcqRel when it moves the tail over a chunk.
            if self.tail.0.compare_exchange(tail, tail | CLAIM, Ordering::Acquire, Ordering::Relaxed).is_err() {
                continue;
            }
            // Acquire: pairs with `publish`. Loaded again after the claim: a chunk opened meanwhile moved `from` past `until`.
            let head = self.head.0.load(Ordering::Acquire);
            let to = head.min(self.chunk_of(tail) + self.chunk);
            // SAFETY: claimed, from tail's position, below head: invariant 4; inside one chunk, so they do not wrap.
            unsafe { self.words.read(from, (to - from) as usize, |words| out.extend_from_slice(words)) };
            self.read.store(to, Ordering::Relaxed);
            // Release: pairs with the producer's Acquire load in `open_chunk`.
            self.tail.0.store(to * 2, Ordering::Release);
            return true;
        }
    }

    /// Gives the room of what was read back.
    pub fn give_back(&self) {
        if self.overflow != Overflow::DropOldest {
            // Release: pairs with the producer's Acquire load in `open_chunk`.
            self.tail.0.store(own(&self.read) * 2, Ordering::Release);
        }
    }

    /// Where the consumer has read to, in words from the ring's birth.
    pub fn position_read(&self) -> u64 {
        own(&self.read)
    }

    /// Says at `start`, before the records of a chunk, how many were overwritten since the last time. Gives that number.
    fn tell_overwritten(&self, out: &mut Vec<u64>, start: usize) -> u64 {
        let overwritten = self.overwritten.load(Ordering::Relaxed);
        let gone = overwritten - self.reported.load(Ordering::Relaxed);
        if gone > 0 {
            self.reported.store(overwritten, Ordering::Relaxed);
            match &mut out[start..] {
                // The chunk begins with one of its own, which also has the time and the thread's call counter.
                [header, _, count, ..] if Header(*header).kind() == Some(Kind::Lost) => *count += gone,
                // Noticed late, amid a chunk.
                _ => drop(out.splice(start..start, lost_record(0, gone, 0))),
            }
        }
        gone
    }

    /// Records that were lost and that no `Lost` record in the stream tells of. Exact once the producer has ended or stopped.
    pub fn untold(&self) -> u64 {
        let lost = self.lost.load(Ordering::Relaxed)
            - self.told.load(Ordering::Relaxed).min(self.lost.load(Ordering::Relaxed));
        lost + self.overwritten.load(Ordering::Relaxed) - self.reported.load(Ordering::Relaxed)
    }
}
