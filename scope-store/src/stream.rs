//! One thread's way from its ring to the log.

use crate::event::ThreadId;
use crate::format::StoredDrained;
use crate::watchdog::Seen;
use crate::{Batch, Correlator};
use scope_core::SharedRing;
use scope_core::clock;
use scope_core::record::Records;
use scope_core::ring::{count_records, lost_record};
use scope_core::signal;

/// The most words that one drain takes from a ring: their events find room in one batch, but for very many that are inferred after a loss.
pub(crate) const DRAIN: usize = 1 << 14;

/// See the module's text.
pub(crate) struct Stream {
    pub(crate) source: SharedRing,
    pub(crate) correlator: Correlator,
    pub(crate) words: Vec<u64>,
    pub(crate) batches: Vec<Batch>,
    pub(crate) used: usize,
    /// Events that were recorded and handed to the log.
    pub(crate) logged: u64,
    /// Something was read that is not in the log yet.
    pub(crate) read: bool,
    /// The thread was gone before the last drain, which took nothing: there will be nothing more.
    pub(crate) ended: bool,
    pub(crate) seen: Seen,
}

impl Stream {
    pub(crate) fn new(source: SharedRing) -> Self {
        let correlator = Correlator::new(ThreadId(source.thread.id));
        Self {
            source,
            correlator,
            words: Vec::new(),
            batches: Vec::new(),
            used: 0,
            logged: 0,
            read: false,
            ended: false,
            seen: Seen::default(),
        }
    }

    /// Takes what the ring holds and turns it into batches.
    pub(crate) fn drain(&mut self, cycle: u64) {
        self.words.clear();
        // Before the drain: only then is an empty ring the end.
        let closed = self.source.ring.is_closed();
        self.source.ring.read(&mut self.words, DRAIN);
        self.ended = closed && self.words.is_empty();
        self.read = !self.words.is_empty();
        if self.ended {
            self.tell_losses();
        }
        self.correlate(cycle);
    }

    /// Appends what was lost and is not told in the ring itself, since nothing was recorded after it.
    pub(crate) fn tell_losses(&mut self) {
        let lost = self.source.ring.untold();
        if lost > 0 {
            self.words.extend(lost_record(clock::ticks(), lost, 0));
        }
    }

    /// How many records are not in the log and never will be, if this thread's recorder is dead.
    pub(crate) fn unlogged(&self) -> u64 {
        let ring = &self.source.ring;
        let mut words = Vec::new();
        ring.drain(&mut words, usize::MAX);
        // What was read and not given back is lost, too: the log may have a part of it.
        count_records(&words) + if self.read { count_records(&self.words) } else { 0 } + ring.untold()
    }

    /// How far the ring is in the log, once all batches are.
    pub(crate) fn drained(&self) -> StoredDrained {
        StoredDrained {
            thread: self.source.thread.id,
            position: self.source.ring.position_read(),
            events: self.correlator.events(),
            leaving: self.correlator.leaving(),
        }
    }

    /// The room of what was read is free again: it is in the log.
    pub(crate) fn give_back(&mut self) {
        self.logged += self.batches[..self.used].iter().map(|batch| batch.counts().recorded()).sum::<u64>();
        self.used = 0;
        if std::mem::take(&mut self.read) {
            self.source.ring.give_back();
            signal::give_room();
        }
    }

    pub(crate) fn correlate(&mut self, cycle: u64) {
        let mut records = Records::new(&self.words);
        self.used = 0;
        loop {
            if self.used == self.batches.len() {
                self.batches.push(Batch::new());
            }
            let batch = &mut self.batches[self.used];
            batch.clear();
            self.correlator.feed(&mut records, cycle, batch);
            if batch.is_empty() {
                break;
            }
            self.used += 1;
        }
    }
}
