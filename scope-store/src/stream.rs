//! One thread's way from its ring to the log.

use crate::backend::AnyBackend;
use crate::batches::Batches;
use crate::event::ThreadId;
use crate::format::StoredDrained;
use crate::info::ThreadDef;
use crate::pipeline::LiveStream;
use crate::watchdog::Seen;
use crate::{Correlator, LogWriter, WriteError};
use scope_core::SharedRing;
use scope_core::clock;
use scope_core::config::Compression;
use scope_core::ring::{count_records, lost_record};
use scope_core::signal;
use std::time::{Duration, Instant};

/// The most words that one drain takes from a ring: their events find room in one batch, but for very many that are inferred after a loss.
pub(crate) const DRAIN: usize = 1 << 14;

/// See the module's text.
pub(crate) struct Stream {
    pub(crate) source: SharedRing,
    pub(crate) correlator: Correlator,
    /// Words that were copied, where that is needed.
    words: Vec<u64>,
    /// How many words the last drain took.
    pub(crate) drained: usize,
    pub(crate) batches: Batches,
    /// Events that were recorded and handed to the log.
    pub(crate) logged: u64,
    /// Something was read that is not in the log yet.
    pub(crate) read: bool,
    /// The thread was gone before the last drain, which took all: there will be nothing more.
    pub(crate) ended: bool,
    pub(crate) seen: Seen,
    /// Where its events go first, while somebody looks at them.
    pub(crate) live: LiveStream,
    /// How long its drains took.
    pub(crate) took: Duration,
}

impl Stream {
    /// Of a thread that was met at `met`, in ticks.
    pub(crate) fn new(source: SharedRing, met: u64) -> Self {
        let correlator = Correlator::new(ThreadId(source.thread.id));
        Self {
            source,
            correlator,
            words: Vec::new(),
            drained: 0,
            batches: Batches::default(),
            logged: 0,
            read: false,
            ended: false,
            seen: Seen::default(),
            live: LiveStream::new(met),
            took: Duration::ZERO,
        }
    }

    /// Takes what the ring holds and turns it into batches; or collects its events, where it is turned to that.
    pub(crate) fn drain(&mut self, cycle: u64, compression: Compression) {
        let since = Instant::now();
        let Self { source, correlator, words, batches, live, .. } = self;
        batches.clear();
        let drained = source.ring.look(words, DRAIN, |words| {
            if !live.collect(correlator, words, cycle) {
                batches.fill(correlator, words, cycle);
            }
        });
        self.drained = drained.words;
        self.ended = drained.ended;
        self.read = self.drained > 0;
        if self.ended {
            self.tell_losses(cycle);
        }
        self.batches.pack(compression);
        self.took += since.elapsed();
    }

    /// Appends what was lost and is not told in the ring itself, since nothing was recorded after it.
    pub(crate) fn tell_losses(&mut self, cycle: u64) {
        let lost = self.source.ring.untold();
        if lost > 0 {
            let (record, Self { correlator, batches, live, .. }) = (lost_record(clock::ticks(), lost, 0), self);
            if !live.collect(correlator, &record, cycle) {
                batches.fill(correlator, &record, cycle);
            }
        }
    }

    /// How many records the ring holds that are not in the log, and those that it lost. They are gone.
    pub(crate) fn let_go(&mut self) -> u64 {
        self.words.clear();
        self.source.ring.read_again();
        self.source.ring.drain(&mut self.words, usize::MAX);
        self.ended = true;
        count_records(&self.words) + self.source.ring.untold()
    }

    /// Tells a log that is begun amid the thread's events whose they are, and how far its ring is in the log before. All batches are.
    pub(crate) fn define(&self, writer: &mut LogWriter<AnyBackend>, in_file: bool) -> Result<(), WriteError> {
        let thread = &self.source.thread;
        let id = ThreadId(thread.id);
        let def = ThreadDef { id, name: thread.name().map(str::to_owned), os_id: thread.os_id };
        let position = self.position();
        _ = writer.thread_from(&def, 0, position.events)?;
        _ = writer.carried(self.correlator.carried(), self.correlator.going())?;
        if in_file {
            _ = writer.drained(position)?;
        }
        Ok(())
    }

    /// How far the ring is in the log, once all batches are.
    pub(crate) fn position(&self) -> StoredDrained {
        StoredDrained {
            thread: self.source.thread.id,
            position: self.source.ring.position_read(),
            events: self.live.kept().unwrap_or_else(|| self.correlator.events()),
            leaving: self.correlator.leaving(),
        }
    }

    /// The room of what was read is free again: it is in the log.
    pub(crate) fn give_back(&mut self) {
        self.logged += self.batches.all().iter().map(|batch| batch.counts().recorded()).sum::<u64>();
        self.batches.clear();
        if std::mem::take(&mut self.read) {
            self.source.ring.give_back();
            // Where there is more to drain, the next drain follows at once.
            signal::give_room(self.drained < DRAIN || self.source.ring.is_half_empty());
        }
    }
}
