//! One call, and all that it called.

use super::by_call::ByCall;
use super::{CallKey, Located, Store, StoreEvents};
use crate::error::ReadError;
use crate::event::EventKind;
use std::collections::BTreeSet;

/// The events of one call and of all that it called, by time: see [`Store::tree`].
///
/// Calls belong to it by their parents, also on other threads. What was lost on the call's thread while it was open is told, too.
#[derive(Debug)]
pub struct CallTree<'a> {
    store: &'a Store,
    events: StoreEvents<'a>,
    root: CallKey,
    /// Calls inside that are open.
    open: BTreeSet<CallKey>,
    is_over: bool,
}

impl<'a> CallTree<'a> {
    pub(super) fn new(store: &'a Store, root: CallKey) -> Self {
        let process = Some(root.process);
        let events = match ByCall::began(store, root) {
            Some(time) => StoreEvents::from_time(store, process, time),
            None => StoreEvents::new(store, process),
        };
        Self { store, events, root, open: BTreeSet::new(), is_over: false }
    }

    fn has(&mut self, located: &Located) -> bool {
        let event = &located.event;
        if matches!(event.kind, EventKind::Lost { .. }) {
            return self.open.contains(&self.root) && event.thread == self.root.call.thread();
        }
        let Some(call) = event.call else { return false };
        let (store, log) = (self.store, located.log);
        let (key, parent) = (store.key(log, call), event.parent.map(|parent| store.key(log, parent)));
        match event.kind {
            EventKind::Entry { .. } => {
                let inside = key == self.root || parent.is_some_and(|parent| self.open.contains(&parent));
                if inside {
                    self.open.insert(key);
                }
                inside
            }
            EventKind::Exit { .. } => {
                let inside = self.open.remove(&key) || key == self.root;
                // What a call of its thread's began there is over with it; futures may be still there.
                self.is_over =
                    inside && self.open.is_empty() || key == self.root && event.thread == self.root.call.thread();
                inside
            }
            _ => self.open.contains(&key),
        }
    }
}

impl Iterator for CallTree<'_> {
    type Item = Result<Located, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.is_over {
            match self.events.next()? {
                Ok(located) if !self.has(&located) => {}
                other => return Some(other),
            }
        }
        None
    }
}
