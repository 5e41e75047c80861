//! A run of one thread's events, encoded and ready to be written.

use crate::event::ThreadId;
use crate::format::{BatchHead, BatchReach, Columns, Cursor, Encoder, Leaf, Packed, RawEvent, RawExit, RawKind, Seen};
#[cfg(all(test, feature = "reader"))]
use crate::format::{Cursors, Decoder};
use crate::info::Counts;
#[cfg(feature = "live")]
use crate::pipeline::Collected;
use scope_core::config::Compression;

/// From this many bytes on a batch takes no further record: what a reader holds in memory is bounded by it.
const FULL: usize = 1 << 20;

/// Consecutive events of one thread: filled by a [`crate::Correlator`], stored by a [`crate::LogWriter`].
///
/// Its memory is kept when it is cleared.
#[derive(Debug, Default)]
pub struct Batch {
    head: BatchHead,
    encoder: Encoder,
    packed: Packed,
    counts: Counts,
    /// The last event whose kind has no time that has one all the same: its index, and its ticks. And the ticks of the first such.
    dated: (u32, u64),
    first_dated: Option<u64>,
    /// So many events are left out; `u64::MAX`: they are collected instead.
    skip: u64,
    #[cfg(feature = "live")]
    collected: Option<Collected>,
}

impl Batch {
    /// An empty batch.
    pub fn new() -> Self {
        Self::default()
    }

    /// The next `events` events are left out.
    #[cfg(feature = "reader")]
    pub(crate) fn skip(&mut self, events: u64) {
        self.skip = events;
    }

    /// A batch whose events are collected, and not encoded.
    #[cfg(feature = "live")]
    pub(crate) fn collecting() -> Self {
        Self { skip: u64::MAX, collected: Some(Collected::default()), ..Self::default() }
    }

    /// The events of a batch that collects them, and what it began with.
    #[cfg(feature = "live")]
    pub(crate) fn collected(&mut self) -> Option<(BatchHead, &mut Collected)> {
        Some((self.head, self.collected.as_mut()?))
    }

    /// Forgets the events.
    pub fn clear(&mut self) {
        self.head = BatchHead::default();
        self.encoder.reset(0, 0, 0);
        self.packed.payload.clear();
        self.counts = Counts::default();
        #[cfg(feature = "live")]
        if let Some(collected) = &mut self.collected {
            collected.clear();
        }
    }

    /// Whether there is nothing to store.
    pub fn is_empty(&self) -> bool {
        self.head.events == 0
    }

    /// Whether it is to be stored and cleared before further records are fed.
    pub fn is_full(&self) -> bool {
        self.encoder.columns.len() >= FULL
    }

    /// The thread whose events these are.
    pub fn thread(&self) -> ThreadId {
        ThreadId(self.head.thread)
    }

    /// How many events there are, inferred exits and marks of losses included.
    pub fn events(&self) -> u64 {
        u64::from(self.head.events)
    }

    /// How many events there are of each kind.
    pub fn counts(&self) -> &Counts {
        &self.counts
    }

    /// How many records the marks inside tell to be lost.
    pub fn lost(&self) -> u64 {
        self.head.lost
    }

    /// The size of the encoded events in bytes, before they are compressed.
    pub fn size(&self) -> usize {
        self.encoder.columns.len()
    }

    /// The time of the first event, as far as known, and of the last.
    pub(crate) fn ticks(&self) -> (u64, u64) {
        (self.reach().first_ticks, self.head().last_ticks)
    }

    /// The sites of its events.
    pub(crate) fn seen(&self) -> &Seen {
        &self.encoder.seen
    }

    /// Begins a batch; `before` counts the events of the thread in the batches before.
    pub(crate) fn begin(&mut self, thread: ThreadId, cycle: u64, before: u64, ticks: u64, call: u64, depth: u32) {
        self.clear();
        self.head = BatchHead {
            thread: thread.0,
            cycle,
            before,
            base_ticks: ticks,
            base_call: call,
            base_depth: depth,
            ..BatchHead::default()
        };
        (self.dated, self.first_dated) = ((0, ticks), None);
        self.encoder.reset(ticks, call, depth);
    }

    /// The next event has this time, though its kind has none.
    pub(crate) fn date_next(&mut self, ticks: u64) {
        if self.skip == 0 {
            let (index, before) = std::mem::replace(&mut self.dated, (self.head.events, ticks));
            self.first_dated.get_or_insert(ticks);
            let dates = &mut self.encoder.columns.dates;
            dates.number(u64::from(self.head.events - index));
            dates.signed(ticks.wrapping_sub(before));
        } else {
            #[cfg(feature = "live")]
            self.collected.iter_mut().for_each(|collected| collected.date_next(ticks));
        }
    }

    /// Appends an event.
    #[inline(always)]
    pub(crate) fn push(&mut self, event: &RawEvent<'_>) {
        if self.skip > 0 {
            return self.put_aside(event);
        }
        let counts = &mut self.counts;
        *match event.kind {
            RawKind::Entry { .. } => &mut counts.entries,
            RawKind::Exit(RawExit { outcome: RawExit::UNKNOWN, .. }) => &mut counts.inferred,
            RawKind::Exit(_) => &mut counts.exits,
            RawKind::Line => &mut counts.lines,
            RawKind::Values { .. } => &mut counts.values,
            RawKind::Suspended => &mut counts.suspended,
            RawKind::Resumed => &mut counts.resumed,
            RawKind::Lost { count } => {
                self.head.lost = self.head.lost.saturating_add(count);
                &mut counts.loss_marks
            }
            RawKind::Unknown { .. } => return,
        } += 1;
        self.head.events += 1;
        self.encoder.push(event);
    }

    #[cold]
    fn put_aside(&mut self, event: &RawEvent<'_>) {
        #[cfg(feature = "live")]
        if let Some(collected) = &mut self.collected {
            self.head.events += 1;
            return collected.push(event);
        }
        // Without the feature there is no other use for it.
        _ = event;
        self.skip -= 1;
    }

    /// Appends the two events of a call in which there was nothing. False: it did not, they have to be told one by one.
    #[inline(always)]
    pub(crate) fn push_leaf(&mut self, leaf: &Leaf<'_>) -> bool {
        let told = self.skip == 0 && self.encoder.push_leaf(leaf);
        if told {
            self.counts.entries += 1;
            self.counts.exits += 1;
            self.head.events += 2;
        }
        told
    }

    pub(crate) fn head(&self) -> BatchHead {
        BatchHead { last_ticks: self.encoder.context.ticks.max(self.dated.1), ..self.head }
    }

    pub(crate) fn reach(&self) -> BatchReach {
        let (ticks, base) = (&self.encoder.columns.ticks, self.head.base_ticks);
        let first = Cursor::new(0, ticks.len()).number(ticks.bytes()).ok().map(|first| base.wrapping_add(first));
        let first_ticks = first.into_iter().chain(self.first_dated).min().unwrap_or(base);
        BatchReach { first_ticks, last_call: self.encoder.context.call }
    }

    /// Makes the bytes that are stored: also off the thread that stores them.
    pub fn pack(&mut self, compression: Compression) {
        let (head, reach) = (self.head(), self.reach());
        self.packed.pack(&head, &reach, &self.encoder.columns, compression);
    }

    pub(crate) fn columns(&self) -> &Columns {
        &self.encoder.columns
    }

    /// Gives `see` the events, as far as they can be read: all, unless this is broken.
    #[cfg(all(test, feature = "reader"))]
    pub(crate) fn read(&self, mut see: impl FnMut(&RawEvent<'_>)) {
        let columns = self.columns().all();
        let lengths = columns.map(|column| column.len() as u32);
        let bytes = columns.map(|column| column.bytes()).concat();
        let Ok(cursors) = Cursors::new(&lengths, bytes.len()) else { return };
        let mut decoder = Decoder::default();
        decoder.reset(self.head.base_ticks, self.head.base_call, self.head.base_depth, cursors);
        for _ in 0..self.head.events {
            if decoder.next(&bytes, |event: RawEvent<'_>| see(&event)).is_err() {
                return;
            }
        }
    }

    /// The bytes that are stored. `None`: it was not packed.
    pub(crate) fn packed(&self) -> Option<&[u8]> {
        Some(&self.packed.payload[..]).filter(|payload| !payload.is_empty())
    }
}
