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

mod call;
mod carried;
mod going;
mod leaf;
mod loss;
#[cfg(feature = "reader")]
mod resume;
mod stack;
mod stray;
mod task;

use crate::batch::Batch;
use crate::event::{CallId, ThreadId};
use crate::format::{RawEvent, RawExit, RawKind, StoredLeaving, Values};
use going::Going;
use loss::Estimate;
use scope_core::bytes_of;
use scope_core::record::{Header, Kind, Records};
use stack::{Frame, Leaving, Stack};
use stray::Stray;

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
    going: Going,
    /// Events in the batches so far.
    stored: u64,
    /// Plain values in the tagged form, for a moment.
    tagged: Vec<u8>,
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
            going: Going::default(),
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

    /// The last time that a record told.
    pub(crate) fn ticks(&self) -> u64 {
        self.ticks
    }

    /// The number of the thread's last call that is known to have begun.
    pub(crate) fn last_call(&self) -> u64 {
        self.floor
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
            if !self.leaf(header, kind, body, records, batch) {
                self.record(header, kind, body, batch);
            }
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
            Kind::Entry => self.entry(header, kind, body, batch),
            Kind::Exit => self.exit(header, body, None, batch),
            Kind::Panic => self.exit(header, body, Some(RawExit::PANICKED), batch),
            Kind::Return => self.leave(header, Leaving::Return, bytes_of(body), batch),
            Kind::Early => self.leave(header, Leaving::Early, bytes_of(body), batch),
            Kind::Line => self.line(header.site(), batch),
            Kind::LineAt => {
                self.dated(body);
                batch.date_next(self.ticks);
                self.line(header.site(), batch);
            }
            Kind::Values => self.values(header.site(), Values::Tagged(bytes_of(body)), batch),
            Kind::ValuesAt => {
                let values = self.dated(body);
                batch.date_next(self.ticks);
                self.going.tell(header.site(), bytes_of(values), &self.stack);
                self.values(header.site(), Values::Tagged(bytes_of(values)), batch);
            }
            Kind::Lost => self.lost(body, batch),
            Kind::TaskEntry => self.task_entry(header, body, batch),
            Kind::Suspend => self.suspend(header, body, batch),
            Kind::Resume => self.resume(header, body, batch),
            Kind::TaskExit => self.task_exit(header, body, batch),
            Kind::TaskReturn => self.task_leave(header, Leaving::Return, body, batch),
            Kind::TaskEarly => self.task_leave(header, Leaving::Early, body, batch),
            Kind::EntryLine => {
                self.entry(header, kind, body, batch);
                self.line(header.site() + 1, batch);
            }
            Kind::Lines => {
                self.line(header.site(), batch);
                self.line(header.site() + 1, batch);
            }
            Kind::EntryPlain => self.entry(header, kind, body, batch),
            Kind::EntryPlainLine => {
                self.entry(header, kind, body, batch);
                self.line(header.site() + 1, batch);
            }
            Kind::ValueUint | Kind::ValueInt | Kind::ValuePlain => {
                self.values(header.site(), Values::Plain(kind.plains(body)), batch);
            }
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

    #[inline]
    fn line(&mut self, site: u32, batch: &mut Batch) {
        if self.sure
            && let Some(top) = self.stack.top_mut()
        {
            top.line = site;
        }
        self.inside(site, RawKind::Line, batch);
    }

    #[inline]
    fn values(&mut self, site: u32, values: Values<'_>, batch: &mut Batch) {
        self.inside(site, RawKind::Values { values }, batch);
    }

    /// An event inside the innermost call, without a time of its own.
    #[inline]
    fn inside(&mut self, site: u32, kind: RawKind<'_>, batch: &mut Batch) {
        let event = RawEvent { ticks: self.ticks, depth: self.depth, call: self.innermost(), site, kind };
        batch.push(&event);
    }
}

#[cfg(test)]
mod tests;
