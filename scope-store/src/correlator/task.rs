//! Records of async calls: these carry the call's whole id.

use super::stack::{Leaving, Polled};
use super::{Correlator, Frame};
use crate::batch::Batch;
use crate::event::CallId;
use crate::format::{RawEvent, RawExit, RawKind, Values};
use scope_core::bytes_of;
use scope_core::record::{Header, TaskEnd};

impl Correlator {
    pub(super) fn task_entry(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let (call, values) = id(self.dated(body));
        let id = CallId(call);
        if id.thread() == self.thread {
            self.untold = 0;
            self.began(self.floor.max(id.number()));
        }
        let kind =
            RawKind::Entry { parent: self.innermost(), is_async: true, values: Values::Tagged(bytes_of(values)) };
        self.task_event(header, call, self.depth, kind, batch);
        self.push(call, header.site(), Polled::First);
    }

    pub(super) fn resume(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let (call, _) = id(self.dated(body));
        // Still there only if its suspension was lost.
        if self.losses > 0 {
            self.remove_stale(call, batch);
        }
        self.task_event(header, call, self.depth, RawKind::Resumed, batch);
        self.push(call, header.site(), Polled::Again);
    }

    pub(super) fn suspend(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let (call, _) = id(self.dated(body));
        if let Some(at) = self.polled(call) {
            self.going.wait(at, &self.stack);
        }
        let depth = match self.pop_polled(call, batch) {
            Some(frame) => {
                self.stack.forget(&frame);
                frame.depth
            }
            None => {
                self.remove_stale(call, batch);
                self.depth
            }
        };
        self.task_event(header, call, depth, RawKind::Suspended, batch);
    }

    pub(super) fn task_exit(&mut self, header: Header, body: &[u64], batch: &mut Batch) {
        let (call, rest) = id(self.dated(body));
        let (began, end) = (rest.first().copied().unwrap_or(self.ticks), rest.get(1).copied().unwrap_or(u64::MAX));
        let outcome = match end {
            end if end == TaskEnd::Completed as u64 => None,
            end if end == TaskEnd::Panicked as u64 => Some(RawExit::PANICKED),
            end if end == TaskEnd::Cancelled as u64 => Some(RawExit::CANCELLED),
            _ => Some(RawExit::UNKNOWN),
        };
        let duration = Some(self.ticks.saturating_sub(began));
        let (site, ticks) = (header.site(), self.ticks);
        self.going.end(call);
        match self.pop_polled(call, batch) {
            Some(frame) => {
                let kind = RawKind::Exit(RawExit { duration, ..self.stack.exit(&frame, outcome, self.losses) });
                batch.push(&RawEvent { ticks, depth: frame.depth, call, site, kind });
                self.stack.forget(&frame);
            }
            None => {
                self.remove_stale(call, batch);
                let kind = self.stray.exit(call, outcome, true, duration);
                batch.push(&RawEvent { ticks, depth: self.depth, call, site, kind });
            }
        }
    }

    pub(super) fn task_leave(&mut self, header: Header, leaving: Leaving, body: &[u64], batch: &mut Batch) {
        let (call, values) = id(body);
        match self.polled(call) {
            Some(at) => self.leave_at(at, header, leaving, bytes_of(values), batch),
            None => self.stray.set(call, leaving, header.site(), bytes_of(values)),
        }
    }

    /// Where the async call `call` is on the stack, if nothing was lost since: then what is above it is inside it.
    fn polled(&self, call: u64) -> Option<usize> {
        let at = self.stack.find_task(call)?;
        self.stack.at(at).is_some_and(|frame| frame.losses == self.losses).then_some(at)
    }

    /// Takes such a call off the stack, with what is above it.
    fn pop_polled(&mut self, call: u64, batch: &mut Batch) -> Option<Frame> {
        let at = self.polled(call)?;
        self.close_above(at, batch);
        self.pop()
    }

    /// Removes the async call `call`, whose poll has ended: it may be one long before the last loss, and what was pushed after a
    /// loss need not be inside it.
    fn remove_stale(&mut self, call: u64, batch: &mut Batch) {
        let Some(at) = self.stack.find_task(call) else { return };
        let inside = self.stack.remove_with_inner(at);
        for frame in inside.iter().skip(1).rev() {
            self.infer_frame(frame, batch);
        }
        if at == self.stack.len() {
            self.depth = inside.first().map_or(self.depth, |frame| frame.depth);
            self.sure = false;
        }
    }

    fn task_event(&self, header: Header, call: u64, depth: u32, kind: RawKind<'_>, batch: &mut Batch) {
        batch.push(&RawEvent { ticks: self.ticks, depth, call, site: header.site(), kind });
    }
}

/// Takes the call's id off the front of a record's words.
fn id(body: &[u64]) -> (u64, &[u64]) {
    body.split_first().map_or((0, body), |(&call, rest)| (call, rest))
}
