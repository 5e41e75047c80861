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
    /// The producer was gone before, and all that it wrote was read: there will be nothing more, and the ring may be retired.
    pub ended: bool,
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
        // Before head is looked at: only then is an empty ring the end.
        let closed = self.is_closed();
        let until = self.head.0.load(Ordering::Acquire);
        let before = out.len();
        let mut drained = Drained::default();
        while out.len() - before < most {
            let start = out.len();
            let overwritten = match self.overflow {
                Overflow::DropOldest => self.read_claimed(out, until),
                Overflow::DropNewest | Overflow::Block => self.read_chunk(out, until),
            };
            let Some(overwritten) = overwritten else { break };
            tell(out, start, overwritten);
            drained.overwritten += overwritten;
        }
        drained.words = out.len() - before;
        drained.ended = closed && own(&self.read) >= until;
        drained
    }

    /// Shows `see` what [`read`](Self::read) would append, a chunk at a time, and gives how many words that were. `see` looks at the ring's own memory, and
    /// gives nothing back; but where the oldest records are overwritten when the ring is full, they are copied to `copy` first.
    pub fn look(&self, copy: &mut Vec<u64>, most: usize, mut see: impl FnMut(&[u64])) -> Drained {
        if self.overflow == Overflow::DropOldest {
            copy.clear();
            let drained = self.read(copy, most);
            see(copy);
            return drained;
        }
        // Before head is looked at, as in `read`.
        let closed = self.is_closed();
        let until = self.head.0.load(Ordering::Acquire);
        let (start, mut from) = (own(&self.read), own(&self.read));
        while from < until && from - start < most as u64 {
            let to = until.min(from - from % self.chunk + self.chunk);
            // SAFETY: from `read` on, which is not before the tail, below head: invariant 4; the tail stays until `give_back`. Inside one
            // chunk, so they do not wrap.
            unsafe { self.words.read(from, (to - from) as usize, &mut see) };
            from = to;
        }
        self.read.store(from, Ordering::Relaxed);
        Drained { words: (from - start) as usize, overwritten: 0, ended: closed && from >= until }
    }

    /// Appends what is published of the chunk that `from` lies in, from there on. Gives the position behind it.
    ///
    /// `from` is not before the tail, and not above head. Where the producer may move the tail it is claimed.
    pub(super) fn append(&self, out: &mut Vec<u64>, from: u64) -> u64 {
        // Acquire: pairs with `publish`. Loaded again after a claim: the tail may have passed what was head before.
        let head = self.head.0.load(Ordering::Acquire);
        let to = head.min(from - from % self.chunk + self.chunk);
        // SAFETY: from tail's position on, which nobody moves now, below head: invariant 4; inside one chunk, so they do not wrap.
        unsafe { self.words.read(from, (to - from) as usize, |words| out.extend_from_slice(words)) };
        to
    }

    /// Appends what is published of the next chunk. `None`: there is nothing. Nobody overwrites it: the producer never moves the tail.
    fn read_chunk(&self, out: &mut Vec<u64>, until: u64) -> Option<u64> {
        let from = own(&self.read);
        if from >= until {
            return None;
        }
        let to = self.append(out, from);
        self.read.store(to, Ordering::Relaxed);
        Some(0)
    }

    /// The same where the producer may move the tail. The room is given back at once. Gives how many were overwritten in front of it since the
    /// last time.
    fn read_claimed(&self, out: &mut Vec<u64>, until: u64) -> Option<u64> {
        if own(&self.read) >= until {
            return None;
        }
        let (tail, overwritten) = self.claim();
        let to = self.append(out, tail / 2);
        let gone = overwritten - self.reported.load(Ordering::Relaxed);
        self.reported.store(overwritten, Ordering::Relaxed);
        self.read.store(to, Ordering::Relaxed);
        // Release: pairs with the producer's Acquire load in `open_chunk`.
        self.tail.0.store(to * 2, Ordering::Release);
        Some(gone)
    }

    /// Keeps the producer from moving the tail, until another value is stored there. Gives the value before, and how many records were
    /// overwritten, ever, before its position.
    pub(super) fn claim(&self) -> (u64, u64) {
        loop {
            let tail = peek(&self.tail.0);
            // Acquire: pairs with the producer's AcqRel when it moves the tail over a chunk.
            if self.tail.0.compare_exchange(tail, tail | CLAIM, Ordering::Acquire, Ordering::Relaxed).is_err() {
                continue;
            }
            let overwritten = match tail / 2 == own(&self.read) {
                // Where the consumer has left it.
                true => self.reported.load(Ordering::Relaxed),
                false => self.before(tail / 2).load(Ordering::Relaxed),
            };
            return (tail, overwritten);
        }
    }

    /// Gives the room of what was read back.
    pub fn give_back(&self) {
        if self.overflow != Overflow::DropOldest {
            // Release: pairs with the producer's Acquire load in `open_chunk`.
            self.tail.0.store(own(&self.read) * 2, Ordering::Release);
        }
    }

    /// Gives the room before `position` back, which is where a record begins that was copied. Gives how many were overwritten before it; or `None` where
    /// the producer has passed it.
    ///
    /// One caller at a time (invariant 5).
    #[cfg(not(loom))]
    pub(crate) fn give_back_to(&self, position: u64) -> Option<u64> {
        if self.overflow != Overflow::DropOldest {
            self.read.store(position, Ordering::Relaxed);
            self.give_back();
            return Some(0);
        }
        let (tail, overwritten) = self.claim();
        let passed = tail / 2 > position;
        if !passed {
            self.reported.store(overwritten, Ordering::Relaxed);
            self.read.store(position, Ordering::Relaxed);
        }
        // Release: pairs with the producer's Acquire load in `open_chunk`.
        self.tail.0.store(if passed { tail } else { position * 2 }, Ordering::Release);
        (!passed).then_some(overwritten)
    }

    /// What was read and not given back is read again.
    pub fn read_again(&self) {
        if self.overflow != Overflow::DropOldest {
            self.read.store(self.tail.0.load(Ordering::Relaxed) / 2, Ordering::Relaxed);
        }
    }

    /// Where the consumer has read to, in words from the ring's birth.
    pub fn position_read(&self) -> u64 {
        own(&self.read)
    }

    /// Records that found no room, and that no `Lost` record in the ring tells of yet.
    pub fn newest_lost(&self) -> u64 {
        let lost = self.lost.load(Ordering::Relaxed);
        lost - self.told.load(Ordering::Relaxed).min(lost)
    }

    /// Records that were lost and that no `Lost` record in the stream tells of. Exact once the producer has ended or stopped.
    pub fn untold(&self) -> u64 {
        // The drain may be ahead of a producer that is overwriting.
        let overwritten =
            self.overwritten.load(Ordering::Relaxed).saturating_sub(self.reported.load(Ordering::Relaxed));
        self.newest_lost() + overwritten
    }
}

/// Says at `start`, before the records of a chunk, how many were overwritten there.
pub(super) fn tell(out: &mut Vec<u64>, start: usize, overwritten: u64) {
    if overwritten > 0 {
        match &mut out[start..] {
            // The chunk begins with one of its own, which also has the time and the thread's call counter.
            [header, _, count, ..] if Header(*header).kind() == Some(Kind::Lost) => *count += overwritten,
            // A copy from amid a chunk, of which a drain has taken the beginning.
            _ => drop(out.splice(start..start, lost_record(0, overwritten, 0))),
        }
    }
}
