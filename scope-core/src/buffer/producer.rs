//! The writing side of a buffer.

use super::{Buffer, Record, WriteError};
use crate::clock;
use crate::record::{Header, Kind, MAX_SITE};
use crate::ring::{NoRoom, Overflow, Ring};
use std::cell::Cell;
use std::marker::PhantomData;
use std::time::Instant;

/// Whoever writes into a [`Buffer`]: there is one at a time. It may go to another thread; dropped, it leaves the place to the next one.
#[derive(Debug)]
pub struct Producer {
    buffer: Buffer,
    /// Not `Sync`: the ring takes one thread's records.
    _alone: PhantomData<Cell<()>>,
}

impl Drop for Producer {
    fn drop(&mut self) {
        self.buffer.leave();
    }
}

impl Producer {
    /// Of a buffer whose only producer this becomes.
    pub(super) fn new(buffer: Buffer) -> Self {
        Self { buffer, _alone: PhantomData }
    }

    /// The buffer that it writes into.
    pub fn buffer(&self) -> &Buffer {
        &self.buffer
    }

    /// Writes a record. It takes the next number, whether or not there is room for it.
    ///
    /// # Errors
    /// There was no room (with [`Overflow::Block`]: for as long as [`Options::patience`](super::Options::patience) says), and the record is
    /// lost; or it can't be written as it is, and then takes no number.
    pub fn write(&mut self, record: Record<'_>) -> Result<(), WriteError> {
        let Record { kind, site, call, words } = record;
        if matches!(kind, Kind::Pad | Kind::Lost) {
            return Err(WriteError::Reserved { kind });
        }
        if site > MAX_SITE {
            return Err(WriteError::NoSite { site });
        }
        if words.len() > self.buffer.longest() {
            return Err(WriteError::TooLong { words: words.len(), most: self.buffer.longest() });
        }
        let need = 1 + words.len();
        let ring = &self.buffer.0.ring.ring;
        let Some(position) = self.room(ring, need) else {
            ring.lose();
            return Err(WriteError::Lost);
        };
        // SAFETY: the position is that of room for `need` words, and this is the only producer (`Buffer::take`), borrowed for itself: invariant 1.
        unsafe {
            ring.put(position, 0, Header::new(kind, need, site, call).0);
            for (offset, word) in words.iter().enumerate() {
                ring.put(position, 1 + offset, *word);
            }
        }
        ring.publish(position, need);
        Ok(())
    }

    fn room(&self, ring: &Ring, need: usize) -> Option<u64> {
        let inner = &*self.buffer.0;
        let mut since = None;
        loop {
            // Before room is looked for: see `bell`.
            let turn = inner.room.now();
            if let Some(position) = ring.room(need) {
                return Some(position);
            }
            let patient =
                |since: &mut Option<Instant>| since.get_or_insert_with(Instant::now).elapsed() < inner.options.patience;
            match ring.open_chunk(need, clock::ticks(), 0) {
                Ok(()) => {}
                // Whoever reads there copies one chunk, and then goes on.
                Err(NoRoom::Busy) if patient(&mut since) => std::thread::yield_now(),
                Err(NoRoom::Full) if inner.options.overflow == Overflow::Block && patient(&mut since) => {
                    inner.room.wait(turn);
                }
                Err(_) => return None,
            }
        }
    }
}
