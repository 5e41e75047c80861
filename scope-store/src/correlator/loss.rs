//! Records that were lost: what is still known behind them, and an estimate of the rest.

use super::Correlator;
use crate::batch::Batch;
use crate::format::{RawEvent, RawKind};
use scope_core::record::{CALL_MASK, Header, Kind};

/// Open calls that are kept over a loss. Where exits are lost again and again outside any call that ends, calls would
/// stay open for ever.
const KEPT: usize = 1 << 16;

/// Calls that may have begun without records, in a loss that does not tell the number of the last one.
const SLACK: u64 = CALL_MASK / 4;

/// Guesses how deep the stack is after a loss, from what the records were like before.
///
/// Exact where there are only entries and exits: the loss tells how many records are gone, the calls'
/// numbers how many of them are entries.
#[derive(Debug, Default)]
pub(super) struct Estimate {
    /// Records that begin or end a call, and others.
    boundaries: u64,
    others: u64,
    /// The depth after the loss, and the number of the last call, which may be the very next record's.
    open: Option<(i128, u64)>,
}

impl Estimate {
    #[inline]
    pub fn count(&mut self, kind: Kind) {
        match kind {
            Kind::Pad | Kind::Lost => {}
            _ if kind.is_inside() => self.others += 1,
            _ => self.boundaries += 1,
        }
    }

    /// `count` records were lost at `depth`, `entries` (if known) of them or of the next one being entries.
    fn lost(&mut self, depth: u32, count: u64, entries: Option<u64>, calls: u64) {
        let (boundaries, all) = (u128::from(self.boundaries), u128::from(self.boundaries) + u128::from(self.others));
        let gone = if all == 0 { u128::from(count) } else { (u128::from(count) * boundaries).div_ceil(all) };
        let change = entries.map_or(0, |entries| 2 * i128::from(entries) - gone as i128);
        self.open = Some((i128::from(depth) + change, calls));
    }

    /// Whether the next record is the first after a loss.
    #[inline]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// The depth, once the record after a loss is seen.
    #[inline]
    pub fn settle(&mut self, kind: Kind, header: Header) -> Option<u32> {
        let (depth, calls) = self.open.take()?;
        let counted = calls != 0 && header.call() == calls & CALL_MASK && kind.begins_call();
        let depth = if counted { depth - 2 } else { depth };
        Some(depth.clamp(0, KEPT as i128) as u32)
    }
}

impl Correlator {
    /// A call with the number `number` began: none has a greater one, unless a loss hid whole laps of numbers.
    #[inline]
    pub(super) fn began(&mut self, number: u64) {
        self.floor = number;
        if self.untold < SLACK {
            self.ceiling = number;
        }
    }

    /// `body`: ticks (0: not known), how many, the number of the thread's last call (0: not known).
    #[cold]
    pub(super) fn lost(&mut self, body: &[u64], batch: &mut Batch) {
        let word = |at: usize| body.get(at).copied().unwrap_or(0);
        let (ticks, count, calls) = (word(0), word(1), word(2));
        if count == 0 {
            return;
        }
        if ticks != 0 {
            self.ticks = ticks;
        }
        let kind = RawKind::Lost { count };
        batch.push(&RawEvent { ticks: self.ticks, depth: self.depth, call: 0, site: 0, kind });
        self.losses = self.losses.wrapping_add(1);
        self.sure = false;
        // The exit that the value belongs to may be lost, and the next one's number may look the same.
        self.stray.key = 0;
        let entries = (calls != 0).then(|| calls.saturating_sub(self.floor).min(count.saturating_add(1)));
        self.estimate.lost(self.depth, count, entries, calls);
        self.stack
            .doubt(self.floor, if calls != 0 { calls } else { self.floor.saturating_add(count).saturating_add(SLACK) });
        self.untold = if calls != 0 { 0 } else { self.untold.saturating_add(count) };
        self.ceiling = if calls != 0 { self.floor.max(calls) } else { u64::MAX };
        // The last call may be the one whose entry comes next.
        self.floor = self.floor.max(calls.saturating_sub(1));
        if self.stack.len() > KEPT {
            while self.stack.len() > 0 {
                self.infer(batch);
            }
            self.sure = false;
        }
    }
}
