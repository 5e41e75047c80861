//! Goes on where another correlator was when its process died: its state is in the events that it made.

use super::stack::{Leaving, Polled};
use super::{CallId, Correlator, Frame};
use crate::format::{RawEvent, RawKind, StoredCarried, StoredLeaving, StoredOpen};

impl Correlator {
    /// Takes note of what was open where the log begins.
    pub(crate) fn carry(&mut self, carried: &StoredCarried) {
        let StoredCarried { last_call, depth, is_sure, open, .. } = carried;
        (self.floor, self.ceiling) = (*last_call, if *is_sure { *last_call } else { u64::MAX });
        // Those that were open at a loss have seen less of them than the thread.
        self.losses = u32::from(open.iter().any(StoredOpen::is_lossy));
        for open in open {
            let (call, below) = (CallId(open.call), self.stack.top());
            let mut frame = Frame::default();
            (frame.call, frame.site, frame.depth, frame.began) = (open.call, open.site, open.depth, open.ticks);
            // Which call was the latest when one of another thread went on here is not told.
            let number = if call.thread() == self.thread { call.number() } else { 0 };
            frame.stamp = below.map_or(0, |below| below.stamp).max(number);
            frame.parent_known = open.is_inside();
            frame.polled = if open.is_async() { Polled::Again } else { Polled::Not };
            frame.losses = if open.is_lossy() { 0 } else { self.losses };
            self.stack.push(frame);
        }
        (self.depth, self.sure) = (*depth, *is_sure);
    }

    /// Takes note of an event that is in the log.
    pub(crate) fn replay(&mut self, event: &RawEvent<'_>) {
        self.stored += 1;
        if event.ticks != 0 {
            self.ticks = event.ticks;
        }
        match event.kind {
            RawKind::Entry { is_async, .. } => {
                let id = CallId(event.call);
                if id.thread() == self.thread {
                    self.began(self.floor.max(id.number()));
                }
                self.depth = event.depth;
                self.push(event.call, event.site, if is_async { Polled::First } else { Polled::Not });
            }
            RawKind::Resumed => {
                self.depth = event.depth;
                self.push(event.call, event.site, Polled::Again);
            }
            RawKind::Exit(_) | RawKind::Suspended => {
                if let Some(at) = self.stack.find_call(event.call).filter(|_| event.call != 0) {
                    while self.stack.len() > at
                        && let Some(frame) = self.pop()
                    {
                        self.stack.forget(&frame);
                    }
                }
                self.depth = event.depth;
            }
            RawKind::Line => {
                if let Some(top) = self.stack.top_mut() {
                    top.line = event.site;
                }
            }
            RawKind::Values { .. } | RawKind::Unknown { .. } => {}
            RawKind::Lost { count } => {
                self.losses = self.losses.wrapping_add(1);
                self.sure = false;
                self.untold = self.untold.saturating_add(count);
                self.ceiling = u64::MAX;
                self.depth = event.depth;
            }
        }
    }

    /// Takes note of what calls were about to leave with, oldest first.
    pub(crate) fn set_leaving(&mut self, leaving: &[StoredLeaving]) {
        for StoredLeaving { call, is_open, early, place, value } in leaving {
            let leaving = if *early { Leaving::Early } else { Leaving::Return };
            match is_open {
                true => self.stack.set_leaving(*call, leaving, *place, value),
                false => self.stray.set(*call, leaving, *place, value),
            }
        }
    }

    /// So many events of the thread are in the log, of which the first of those to come are some.
    pub(crate) fn set_stored(&mut self, events: u64) {
        self.stored = events;
    }
}
