//! What goes on where a segment of the log ends, and only events in it tell: which operation in which call, and which async calls wait.

use super::stack::{Frame, Polled, Stack};
use crate::format::{StoredGoing, StoredWaiting};
use scope_core::site::Sites;
use scope_core::value::{Value, decode_all};
use std::collections::HashMap;

/// Async calls that are remembered: of those that end on other threads nobody hears here.
const WAITING: usize = 1 << 12;

/// See the module's text. It costs nothing where no operation is told and nothing is suspended.
#[derive(Debug, Default)]
pub(super) struct Going {
    operations: Operations,
    outside: u128,
    /// Where on the stack another operation begins: with this call. What is above a call that is gone is gone, too.
    changes: Vec<(usize, u64, u128)>,
    waiting: HashMap<u64, Waiting>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Waiting {
    parent: u64,
    operation: u128,
}

/// Which sites tell of operations.
#[derive(Debug, Default)]
struct Operations {
    sites: Vec<u32>,
    /// Those up to this id were looked at.
    known: u32,
    last: Option<&'static Sites>,
}

impl Operations {
    fn are_told_by(&mut self, site: u32) -> bool {
        if site > self.known {
            for sites in scope_core::registered_after(self.last) {
                self.last = Some(sites);
                self.sites.extend(sites.operation().map(|id| id.0));
            }
            self.known = site;
        }
        self.sites.contains(&site)
    }
}

impl Going {
    /// The innermost call tells these values, of which an operation may be one: it goes on from here.
    pub fn tell(&mut self, site: u32, values: &[u8], stack: &Stack) {
        if !self.operations.are_told_by(site) {
            return;
        }
        let Some(Value::Uint(id)) = decode_all(values).ok().and_then(|values| values.into_iter().next()) else {
            return;
        };
        while self.changes.last().is_some_and(|change| !is_there(change, stack)) {
            self.changes.pop();
        }
        match (stack.len().checked_sub(1), self.changes.last_mut()) {
            (None, _) => self.outside = id,
            (Some(at), Some((last, _, operation))) if *last == at => *operation = id,
            (Some(at), _) => self.changes.extend(stack.at(at).map(|top| (at, top.call, id))),
        }
    }

    /// The async call at `at` is suspended.
    pub fn wait(&mut self, at: usize, stack: &Stack) {
        let Some(frame) = stack.at(at) else { return };
        let known = self.waiting.get(&frame.call).copied().unwrap_or_default();
        let below = at.checked_sub(1).and_then(|below| stack.at(below));
        let parent = match frame.polled {
            Polled::First if frame.parent_known => below.map_or(0, |below| below.call),
            Polled::First | Polled::Not => 0,
            Polled::Again => known.parent,
        };
        let change = self.changes.iter().rev().find(|change| change.0 <= at && is_there(change, stack));
        let operation = match change {
            Some((here, _, operation)) if *here == at => *operation,
            change => either(change.map_or(self.outside, |change| change.2), known.operation),
        };
        if parent != 0 || operation != 0 {
            if self.waiting.len() >= WAITING && !self.waiting.contains_key(&frame.call) {
                self.waiting.clear();
            }
            self.waiting.insert(frame.call, Waiting { parent, operation });
        }
    }

    /// The async call has ended.
    pub fn end(&mut self, call: u64) {
        if !self.waiting.is_empty() {
            self.waiting.remove(&call);
        }
    }

    /// The call that an async call was made in which was suspended here; 0: none, or not known.
    pub fn parent(&self, call: u64) -> u64 {
        self.waiting.get(&call).map_or(0, |waiting| waiting.parent)
    }

    /// What a log has to tell that begins here, and of the stack from `skip` on.
    pub fn stored(&self, stack: &Stack, skip: usize) -> StoredGoing {
        let mut changes = self.changes.iter().take_while(|change| is_there(change, stack)).peekable();
        let (mut operations, mut current, mut told) = (Vec::new(), self.outside, self.outside);
        for (at, frame) in stack.frames().iter().enumerate() {
            current = match changes.next_if(|change| change.0 == at) {
                Some((_, _, operation)) => *operation,
                None => either(current, self.operation_of(frame)),
            };
            if at >= skip && current != told {
                operations.push(((at - skip) as u32, current));
                told = current;
            }
        }
        let waiting = |(call, waiting): (&u64, &Waiting)| {
            let Waiting { parent, operation } = *waiting;
            StoredWaiting { call: *call, parent, operation }
        };
        let mut waiting: Vec<StoredWaiting> = self.waiting.iter().map(waiting).collect();
        waiting.sort_unstable_by_key(|waiting| waiting.call);
        StoredGoing { outside: self.outside, operations, waiting }
    }

    fn operation_of(&self, frame: &Frame) -> u128 {
        match frame.polled {
            Polled::Again => self.waiting.get(&frame.call).map_or(0, |waiting| waiting.operation),
            Polled::Not | Polled::First => 0,
        }
    }
}

/// The call is where it was.
fn is_there((at, call, _): &(usize, u64, u128), stack: &Stack) -> bool {
    stack.at(*at).is_some_and(|frame| frame.call == *call)
}

/// Who polls it says which operation that is for; else it is the one that it was suspended in.
fn either(around: u128, own: u128) -> u128 {
    if around != 0 { around } else { own }
}
