//! A run of one thread's events, encoded and ready to be written.

use crate::event::ThreadId;
use crate::format::{BatchHead, Context, Leaf, Out, RawEvent, RawExit, RawKind, StoredDates, encode, encode_leaf};
use crate::info::Counts;
#[cfg(feature = "live")]
use crate::pipeline::Collected;

/// From this many bytes on a batch takes no further record: what a reader holds in memory is bounded by it.
const FULL: usize = 1 << 20;

/// Consecutive events of one thread: filled by a [`crate::Correlator`], stored by a [`crate::LogWriter`].
///
/// Its memory is kept when it is cleared.
#[derive(Debug, Default)]
pub struct Batch {
    head: BatchHead,
    context: Context,
    out: Out,
    counts: Counts,
    /// The events that have no time in their kind, and have one all the same: their index, and ticks.
    dates: Vec<(u32, u64)>,
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
        self.out.clear();
        self.dates.clear();
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
        self.out.len() >= FULL
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

    /// The size of the encoded events in bytes.
    pub fn size(&self) -> usize {
        self.out.len()
    }

    /// The time of the first event, as far as known, and of the last.
    pub(crate) fn ticks(&self) -> (u64, u64) {
        (self.head.base_ticks, self.context.ticks)
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
        self.context.reset(ticks, call, depth);
    }

    /// The next event has this time, though its kind has none.
    pub(crate) fn date_next(&mut self, ticks: u64) {
        if self.skip == 0 {
            self.dates.push((self.head.events, ticks));
        } else {
            #[cfg(feature = "live")]
            self.collected.iter_mut().for_each(|collected| collected.date_next(ticks));
        }
    }

    /// The times of events whose kind has none.
    pub(crate) fn dates(&self) -> Option<StoredDates> {
        (!self.dates.is_empty()).then(|| StoredDates::new(&self.head, &self.dates))
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
        } += 1;
        self.head.events += 1;
        encode(event, &mut self.context, &mut self.out);
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
        let told = self.skip == 0 && encode_leaf(leaf, &mut self.context, &mut self.out);
        if told {
            self.counts.entries += 1;
            self.counts.exits += 1;
            self.head.events += 2;
        }
        told
    }

    /// The head, complete, and the encoded events.
    pub(crate) fn parts(&self) -> (BatchHead, &[u8]) {
        (BatchHead { last_ticks: self.context.ticks, ..self.head }, self.out.bytes())
    }
}
