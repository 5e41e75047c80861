//! Calls in which nothing was recorded: the exit comes right behind the entry. Most calls are such, and both events are made at once,
//! without a frame on the stack in between.

use super::Correlator;
use super::stack::next;
use crate::batch::Batch;
use crate::event::CallId;
use crate::format::{Leaf, Values};
use scope_core::bytes_of;
use scope_core::record::{Header, Kind, Records};

impl Correlator {
    /// Makes the events of a call whose entry this is and whose exit comes next. False: it is no such call, or one that takes some thought;
    /// then nothing was done.
    #[inline]
    pub(super) fn leaf(
        &mut self,
        header: Header,
        kind: Kind,
        body: &[u64],
        records: &mut Records<'_>,
        batch: &mut Batch,
    ) -> bool {
        let Some((&began, args)) = body.split_first() else { return false };
        let args = match kind {
            Kind::Entry => Values::Tagged(bytes_of(args)),
            Kind::EntryPlain => Values::Plain(kind.plains(args)),
            _ => return false,
        };
        let Some((ended, exit)) = records.peek() else { return false };
        if !ended.is_of_same_call(header) || self.estimate.is_open() {
            return false;
        }
        let site = header.site();
        let result = match (ended.kind(), exit) {
            (Some(Kind::Exit), [_]) => None,
            (Some(kind @ (Kind::ExitUint | Kind::ExitInt)), [_, offset, number @ ..]) => {
                Some((site.wrapping_add(*offset as u32), Values::Plain(kind.plains(number))))
            }
            _ => return false,
        };
        if result.is_some_and(|(place, _)| place <= site) {
            return false;
        }
        let number = next(header.call(), self.floor);
        let began = self.ticks.max(began);
        let leaf = Leaf {
            began,
            ended: began.max(exit[0]),
            depth: self.depth,
            call: CallId::new(self.thread, number).0,
            parent: self.innermost(),
            site,
            args,
            result,
        };
        if !batch.push_leaf(&leaf) {
            return false;
        }
        records.pass(exit.len());
        self.ticks = leaf.ended;
        self.began(number);
        self.estimate.count(kind);
        self.estimate.count(kind);
        true
    }
}
