//! From records to events: which exit belongs to which entry, inside which call.
//!
//! One correlator for each thread's ring, over all its batches. It keeps the stack of open calls. As
//! long as nothing is lost the innermost call is the top, and an exit is the top's. After a loss:
//!
//! 1. An exit is given to an entry only if no other call can be meant: the numbers of calls are unique, and
//!    where the 22 bits in a record fit two of them, the exit stays without a call.
//! 2. An exit, or a value that a call leaves with, shows that every younger call has ended: these get an
//!    inferred exit ([`Outcome::Unknown`](crate::event::Outcome)) there and then.
//! 3. Until such a proof, which call is innermost is not known (`sure` is false): entries have no parent, lines and
//!    values no call, and the depth is an estimate.
//!
//! An async call is on the stack from its entry or resumption to its suspension or end; its records
//! have its whole id, so that correlators of different threads need not talk.

mod loss;
#[cfg(feature = "reader")]
mod resume;
mod stack;
mod task;

use crate::batch::Batch;
use crate::event::{CallId, ThreadId};
use crate::format::{RawEvent, RawExit, RawKind, StoredLeaving};
use loss::Estimate;
use scope_core::bytes_of;
use scope_core::record::{Header, Kind, Records};
use stack::{Frame, Leaving, Stack, latest, next};

/// Turns the records of one thread into events. See the module's text.
#[derive(Debug)]
pub struct Correlator {
    thread: ThreadId,
    stack: Stack,
    /// The innermost call is the stack's top; if that is empty there is none.
    sure: bool,
    /// How many calls are open; after a loss an estimate.
    depth: u32,
    /// The number of the thread's last call that is known to have begun.
    floor: u64,
    /// No call with a greater number has begun; `u64::MAX`: not known.
    ceiling: u64,
    /// Records that were lost since the numbers of calls were last told in full.
    untold: u64,
    losses: u32,
    estimate: Estimate,
    /// The last time that a record told.
    ticks: u64,
    /// What a call that is not on the stack is about to leave with.
    stray: Stray,
    /// Events in the batches so far.
    stored: u64,
    /// Plain values in the tagged form, for a moment.
    tagged: Vec<u8>,
}

/// See [`Correlator::stray`]. The key is 0 where there is none.
#[derive(Debug, Default)]
struct Stray {
    key: u64,
    leaving: Leaving,
    place: u32,
    value: Vec<u8>,
}

impl Stray {
    /// Takes note of what the call `key` leaves with; room for the value is used again.
    fn set(&mut self, key: u64, leaving: Leaving, place: u32, value: &[u8]) {
        (self.key, self.leaving, self.place) = (key, leaving, place);
        self.value.clear();
        self.value.extend_from_slice(value);
    }

    fn exit(&mut self, key: u64, outcome: Option<u8>, is_async: bool, duration: Option<u64>) -> RawKind<'_> {
        let mine = std::mem::take(&mut self.key) == key;
        let shown = mine && outcome.is_none();
        RawKind::Exit(RawExit {
            outcome: outcome.unwrap_or(if mine { self.leaving.outcome() } else { RawExit::RETURNED }),
            is_async,
            lossy: true,
            duration,
            place: if shown { self.place } else { 0 },
            values: if shown { &self.value } else { &[] },
        })
    }
}

impl Correlator {
    /// For the ring of `thread`, from its first record on.
    pub fn new(thread: ThreadId) -> Self {
        Self {
            thread,
            stack: Stack::default(),
            sure: true,
            depth: 0,
            floor: 0,
            ceiling: 0,
            untold: 0,
            losses: 0,
            estimate: Estimate::default(),
            ticks: 0,
            stray: Stray::default(),
            stored: 0,
            tagged: Vec::new(),
        }
    }

    /// The thread.
    pub fn thread(&self) -> ThreadId {
        self.thread
    }

    /// Events in the batches so far, inferred exits and marks of losses included.
    pub fn events(&self) -> u64 {
        self.stored
    }

    /// Moves `records` into `batch`, until there are no more or the batch is full.
    ///
    /// `batch` is empty, or was last fed by this correlator: store and clear it between two correlators. `cycle` is the
    /// recorder's, of the batch's first record.
    ///
    /// ```
    /// # use scope_store::{Batch, Correlator, event::ThreadId};
    /// # use scope_core::record::Records;
    /// # let words: Vec<u64> = Vec::new();
    /// let (mut correlator, mut batch) = (Correlator::new(ThreadId(1)), Batch::new());
    /// let mut records = Records::new(&words);
    /// loop {
    ///     correlator.feed(&mut records, 1, &mut batch);
    ///     if batch.is_empty() {
    ///         break;
    ///     }
    ///     // … store it …
    ///     batch.clear();
    /// }
    /// ```
    pub fn feed(&mut self, records: &mut Records<'_>, cycle: u64, batch: &mut Batch) {
        if batch.is_empty() {
            let call = CallId::new(self.thread, self.floor).0;
            batch.begin(self.thread, cycle, self.stored, self.ticks, call, self.depth);
        }
        let before = batch.events();
        while !batch.is_full() {
            let Some((header, kind, body)) = records.next() else { break };
            self.record(header, kind, body, batch);
        }
        self.stored += batch.events() - before;
    }

    #[inline]
    fn record(&mut self, header: Header, kind: Kind, body: &[u64], batch: &mut Batch) {
        if let Some(depth) = self.estimate.settle(kind, header) {
            self.depth = depth;
        }
        self.estimate.count(kind);
        match kind {
            Kind::Pad => {}
            Kind::Entry => self.entry(header, body, batch),
            Kind::Exit => self.exit(header, body, None, batch),
            Kind::Panic => self.exit(header, body, Some(RawExit::PANICKED), batch),
            Kind::Return => self.leave(header, Leaving::Return, bytes_of(body), batch),
            Kind::Early => self.leave(header, Leaving::Early, bytes_of(body), batch),
            Kind::Line => self.line(header.site(), batch),
            Kind::Values => self.inside(header.site(), RawKind::Values { values: bytes_of(body) }, batch),
            Kind::Lost => self.lost(body, batch),
            Kind::TaskEntry => self.task_entry(header, body, batch),
            Kind::Suspend => self.suspend(header, body, batch),
            Kind::Resume => self.resume(header, body, batch),
            Kind::TaskExit => self.task_exit(header, body, batch),
            Kind::TaskReturn => self.task_leave(header, Leaving::Return, body, batch),
            Kind::TaskEarly => self.task_leave(header, Leaving::Early, body, batch),
            Kind::EntryLine => {
                self.entry(header, body, batch);
                self.line(header.site() + 1, batch);
            }
            Kind::Lines => {
                self.line(header.site(), batch);
                self.line(header.site() + 1, batch);
            }
            Kind::EntryPlain => self.plain_entry(header, body, batch),
            Kind::EntryPlainLine => {
                self.plain_entry(header, body, batch);
                self.line(header.site() + 1, batch);
            }
            Kind::ValueUint | Kind::ValueInt | Kind::ValuePlain => self.with_tagged(kind, body, |this, values| {
                this.inside(header.site(), RawKind::Values { values }, batch);
            }),
            Kind::ExitUint | Kind::ExitInt => self.exit_with_number(header, kind, body, batch),
            Kind::ReturnUint | Kind::ReturnInt | Kind::ReturnPlain => self.with_tagged(kind, body, |this, values| {
                this.leave(header, Leaving::Return, values, batch);
            }),
        }
    }

    /// What calls are about to leave with: what the log does not tell yet of the records so far.
    pub(crate) fn leaving(&self) -> Vec<StoredLeaving> {
        let stored = |call, is_open, leaving, place, value: &[u8]| {
            let early = leaving == Leaving::Early;
            StoredLeaving { call, is_open, early, place, value: value.to_vec() }
        };
        let stray = (self.stray.key != 0)
            .then(|| stored(self.stray.key, false, self.stray.leaving, self.stray.place, &self.stray.value));
        let open = self.stack.leaving().map(|(call, leaving, place, value)| stored(call, true, leaving, place, value));
        open.chain(stray).collect()
    }

    /// The call that is innermost now, 0 for none or not known.
    #[inline]
    fn innermost(&self) -> u64 {
        if self.sure { self.stack.top().map_or(0, |top| top.call) } else { 0 }
    }

    /// Takes the time off the front of a record's words.
    #[inline]
    fn dated<'a>(&mut self, body: &'a [u64]) -> &'a [u64] {
        match body.split_first() {
            Some((&ticks, rest)) => {
                // 0 where the function has no clock; and the coarse clock may be behind what a thread knows.
                self.ticks = self.ticks.max(ticks);
                rest
            }
            None => body,
        }
    }

    /// Gives `see` plain values in the tagged form.
    #[inline]
    fn with_tagged(&mut self, kind: Kind, words: &[u64], see: impl FnOnce(&mut Self, &[u8])) {
        let mut tagged = std::mem::take(&mut self.tagged);
        tagged.clear();
        kind.plains(words).tagged(&mut tagged);
        see(self, &tagged);
        self.tagged = tagged;
    }

    fn plain_entry(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let words = self.dated(body);
        self.with_tagged(Kind::EntryPlain, words, |this, values| this.begin(header, values, batch));
    }

    #[inline]
    fn entry(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let values = bytes_of(self.dated(body));
        self.begin(header, values, batch);
    }

    /// An entry, once the time is known.
    #[inline]
    fn begin(&mut self, header: Header, values: &[u8], batch: &mut Batch) {
        self.began(next(header.call(), self.floor));
        let call = CallId::new(self.thread, self.floor).0;
        let (depth, site) = (self.depth, header.site());
        let kind = RawKind::Entry { parent: self.innermost(), is_async: false, values };
        batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind });
        self.push(call, site, false);
    }

    #[inline]
    fn push(&mut self, call: u64, site: u32, is_task: bool) {
        let mut frame = Frame::default();
        (frame.call, frame.site, frame.is_task, frame.depth) = (call, site, is_task, self.depth);
        (frame.stamp, frame.began, frame.losses) = (self.floor, self.ticks, self.losses);
        frame.parent_known = self.sure;
        self.stack.push(frame);
        self.sure = true;
        self.depth = self.depth.saturating_add(1);
    }

    #[inline]
    fn exit(&mut self, header: Header, body: &[u64], outcome: Option<u8>, batch: &mut Batch) {
        self.dated(body);
        self.ended(header, outcome, batch);
    }

    /// The value and the exit in one record.
    fn exit_with_number(&mut self, header: Header, kind: Kind, body: &[u64], batch: &mut Batch) {
        if let Some((&offset, number)) = self.dated(body).split_first() {
            let place = Header::new(kind, 0, header.site().wrapping_add(offset as u32), header.call());
            self.with_tagged(kind, number, |this, value| this.leave(place, Leaving::Return, value, batch));
        }
        self.ended(header, None, batch);
    }

    /// An exit, once the time is known.
    #[inline]
    fn ended(&mut self, header: Header, outcome: Option<u8>, batch: &mut Batch) {
        match self.stack.find(header.call(), header.site(), false, self.floor, self.losses) {
            Some(at) => {
                self.close_above(at, batch);
                if let Some(frame) = self.pop() {
                    let duration = Some(self.ticks.saturating_sub(frame.began));
                    let kind = self.stack.exit(&frame, outcome, duration, self.losses);
                    let (depth, call, site) = (frame.depth, frame.call, frame.site);
                    batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind });
                    self.stack.forget(&frame);
                }
            }
            None => self.exit_without_entry(header, outcome, batch),
        }
    }

    #[cold]
    fn exit_without_entry(&mut self, header: Header, outcome: Option<u8>, batch: &mut Batch) {
        // Calls that are younger have ended. The number may be less, by laps; then fewer of them are shown to have.
        let number = latest(header.call(), self.ceiling);
        while let (Some(number), Some(top)) = (number, self.stack.top()) {
            let younger = if top.is_task { top.stamp >= number } else { top.number() > number };
            if !younger {
                break;
            }
            self.infer(batch);
        }
        self.sure = false;
        self.depth = self.depth.saturating_sub(1);
        let kind = self.stray.exit(stray_key(header), outcome, false, None);
        batch.push(&RawEvent { ticks: self.ticks, depth: self.depth, call: 0, site: header.site(), kind });
    }

    /// Infers the ends of all calls younger than the one at `at`.
    #[inline]
    fn close_above(&mut self, at: usize, batch: &mut Batch) {
        while self.stack.len() > at + 1 {
            self.infer(batch);
        }
    }

    /// Takes the top off: its exit was lost. An async call may have been suspended, and end elsewhere.
    #[cold]
    fn infer(&mut self, batch: &mut Batch) {
        if let Some(frame) = self.pop() {
            self.infer_frame(&frame, batch);
            self.stack.forget(&frame);
        }
    }

    fn infer_frame(&self, frame: &Frame, batch: &mut Batch) {
        if !frame.is_task {
            let kind = self.stack.exit(frame, Some(RawExit::UNKNOWN), None, self.losses);
            let (depth, call, site) = (frame.depth, frame.call, frame.site);
            batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind });
        }
    }

    /// Takes the top off, and knows then what its caller knew.
    #[inline]
    fn pop(&mut self) -> Option<Frame> {
        let frame = self.stack.pop()?;
        self.depth = frame.depth;
        self.sure = frame.parent_known;
        Some(frame)
    }

    fn leave(&mut self, header: Header, leaving: Leaving, values: &[u8], batch: &mut Batch) {
        match self.stack.find(header.call(), header.site(), true, self.floor, self.losses) {
            Some(at) => self.leave_at(at, header, leaving, values, batch),
            None => self.stray.set(stray_key(header), leaving, header.site(), values),
        }
    }

    /// The call at `at` is about to leave: it is the innermost one.
    fn leave_at(&mut self, at: usize, header: Header, leaving: Leaving, values: &[u8], batch: &mut Batch) {
        self.close_above(at, batch);
        if let Some(top) = self.stack.top() {
            self.depth = top.depth + 1;
            self.sure = true;
        }
        self.stack.leave(leaving, header.site(), values);
    }

    #[inline]
    fn line(&mut self, site: u32, batch: &mut Batch) {
        if self.sure
            && let Some(top) = self.stack.top_mut()
        {
            top.line = site;
        }
        self.inside(site, RawKind::Line, batch);
    }

    /// An event inside the innermost call, without a time of its own.
    #[inline]
    fn inside(&mut self, site: u32, kind: RawKind<'_>, batch: &mut Batch) {
        let event = RawEvent { ticks: self.ticks, depth: self.depth, call: self.innermost(), site, kind };
        batch.push(&event);
    }
}

/// Async calls have their id as key, which is greater.
fn stray_key(header: Header) -> u64 {
    header.call() | 1 << 32
}

#[cfg(test)]
mod tests;
