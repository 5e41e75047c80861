//! Calls that begin and end on their thread: which exit is whose.

use super::Correlator;
use super::stack::{Frame, Leaving, Polled, latest, next};
use crate::batch::Batch;
use crate::event::CallId;
use crate::format::{RawEvent, RawExit, RawKind, Values};
use scope_core::bytes_of;
use scope_core::record::{Header, Kind};

impl Correlator {
    #[inline]
    pub(super) fn entry(&mut self, header: Header, kind: Kind, body: &[u64], batch: &mut Batch) {
        let words = self.dated(body);
        let values = match kind {
            Kind::EntryPlain | Kind::EntryPlainLine => Values::Plain(kind.plains(words)),
            _ => Values::Tagged(bytes_of(words)),
        };
        self.began(next(header.call(), self.floor));
        let call = CallId::new(self.thread, self.floor).0;
        let (depth, site) = (self.depth, header.site());
        let kind = RawKind::Entry { parent: self.innermost(), is_async: false, values };
        batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind });
        self.push(call, site, Polled::Not);
    }

    #[inline]
    pub(super) fn push(&mut self, call: u64, site: u32, polled: Polled) {
        let mut frame = Frame::default();
        (frame.call, frame.site, frame.polled, frame.depth) = (call, site, polled, self.depth);
        (frame.stamp, frame.began, frame.losses) = (self.floor, self.ticks, self.losses);
        frame.parent_known = self.sure;
        self.stack.push(frame);
        self.sure = true;
        self.depth = self.depth.saturating_add(1);
    }

    #[inline]
    pub(super) fn exit(&mut self, header: Header, body: &[u64], outcome: Option<u8>, batch: &mut Batch) {
        self.dated(body);
        self.ended(header, outcome, batch);
    }

    /// The value and the exit in one record.
    #[inline]
    pub(super) fn exit_with_number(&mut self, header: Header, kind: Kind, body: &[u64], batch: &mut Batch) {
        let Some((&offset, number)) = self.dated(body).split_first() else { return self.ended(header, None, batch) };
        let place = header.site().wrapping_add(offset as u32);
        if place > header.site() && self.stack.is_top(header.call(), header.site(), false, self.losses) {
            // Nothing else can be meant: what it leaves with need not be kept until it does.
            let values = Values::Plain(kind.plains(number));
            return self.close_top(None, Some((place, values)), batch);
        }
        let place = Header::new(kind, 0, place, header.call());
        self.with_tagged(kind, number, |this, value| this.leave(place, Leaving::Return, value, batch));
        self.ended(header, None, batch);
    }

    /// An exit, once the time is known.
    #[inline]
    pub(super) fn ended(&mut self, header: Header, outcome: Option<u8>, batch: &mut Batch) {
        match self.stack.find(header.call(), header.site(), false, self.floor, self.losses) {
            Some(at) => {
                self.close_above(at, batch);
                self.close_top(outcome, None, batch);
            }
            None => self.exit_without_entry(header, outcome, batch),
        }
    }

    /// Takes the top off: its call ends now, with `number` where it gives one back at a place.
    #[inline(always)]
    fn close_top(&mut self, outcome: Option<u8>, number: Option<(u32, Values<'_>)>, batch: &mut Batch) {
        let Some(frame) = self.pop() else { return };
        let mut exit = self.stack.exit(&frame, outcome, self.losses);
        exit.duration = Some(self.ticks.saturating_sub(frame.began));
        if let Some((place, values)) = number {
            exit = RawExit { outcome: RawExit::RETURNED, place, values, ..exit };
        }
        let (depth, call, site) = (frame.depth, frame.call, frame.site);
        batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind: RawKind::Exit(exit) });
        self.stack.forget(&frame);
    }

    #[cold]
    fn exit_without_entry(&mut self, header: Header, outcome: Option<u8>, batch: &mut Batch) {
        // Calls that are younger have ended. The number may be less, by laps; then fewer of them are shown to have.
        let number = latest(header.call(), self.ceiling);
        while let (Some(number), Some(top)) = (number, self.stack.top()) {
            let younger = if top.is_task() { top.stamp >= number } else { top.number() > number };
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
    pub(super) fn close_above(&mut self, at: usize, batch: &mut Batch) {
        while self.stack.len() > at + 1 {
            self.infer(batch);
        }
    }

    /// Takes the top off: its exit was lost. An async call may have been suspended, and end elsewhere.
    #[cold]
    pub(super) fn infer(&mut self, batch: &mut Batch) {
        if let Some(frame) = self.pop() {
            self.infer_frame(&frame, batch);
            self.stack.forget(&frame);
        }
    }

    pub(super) fn infer_frame(&self, frame: &Frame, batch: &mut Batch) {
        if !frame.is_task() {
            let kind = RawKind::Exit(self.stack.exit(frame, Some(RawExit::UNKNOWN), self.losses));
            let (depth, call, site) = (frame.depth, frame.call, frame.site);
            batch.push(&RawEvent { ticks: self.ticks, depth, call, site, kind });
        }
    }

    /// Takes the top off, and knows then what its caller knew.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Frame> {
        let frame = self.stack.pop()?;
        self.depth = frame.depth;
        self.sure = frame.parent_known;
        Some(frame)
    }

    pub(super) fn leave(&mut self, header: Header, leaving: Leaving, values: &[u8], batch: &mut Batch) {
        match self.stack.find(header.call(), header.site(), true, self.floor, self.losses) {
            Some(at) => self.leave_at(at, header, leaving, values, batch),
            None => self.stray.set(stray_key(header), leaving, header.site(), values),
        }
    }

    /// The call at `at` is about to leave: it is the innermost one.
    pub(super) fn leave_at(&mut self, at: usize, header: Header, leaving: Leaving, values: &[u8], batch: &mut Batch) {
        self.close_above(at, batch);
        if let Some(top) = self.stack.top() {
            self.depth = top.depth + 1;
            self.sure = true;
        }
        self.stack.leave(leaving, header.site(), values);
    }
}

/// Async calls have their id as key, which is greater.
fn stray_key(header: Header) -> u64 {
    header.call() | 1 << 32
}
