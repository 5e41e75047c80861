//! The values that one variable had.

use super::open_calls::OpenCalls;
use super::{Located, Store, StoreEvents};
use crate::error::ReadError;
use crate::event::EventKind;
use crate::query::{Filter, Path, values_at};
use scope_core::value::Value;
use std::collections::HashMap;

/// A value that a variable had: see [`Store::history`].
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The event that tells it.
    pub at: Located,
    /// What it was before, in the same call; of a state what it says itself. `None`: nothing is known of it.
    pub old: Option<Value>,
    /// What it is now.
    pub new: Value,
}

impl Change {
    /// It is another value than before, or the first.
    pub fn is_change(&self) -> bool {
        self.old.as_ref() != Some(&self.new)
    }
}

/// The values of one variable, by time: see [`Store::history`].
#[derive(Debug)]
pub struct History<'a> {
    store: &'a Store,
    variable: &'a Path,
    filter: &'a Filter,
    events: StoreEvents<'a>,
    /// What it was last, in each open call.
    open: OpenCalls<Option<Value>>,
    /// What it was last where it is none of a call's: by process, and name of the event.
    own: HashMap<(usize, String), Value>,
}

impl<'a> History<'a> {
    pub(super) fn new(store: &'a Store, variable: &'a Path, filter: &'a Filter) -> Self {
        let events = store.all_events();
        Self { store, variable, filter, events, open: OpenCalls::default(), own: HashMap::new() }
    }

    fn change(&mut self, at: Located) -> Option<Change> {
        let subject = self.store.subject(&at);
        let new = values_at(self.variable, &subject);
        let passes = new.is_some() && self.filter.event(&subject);
        let key = at.event.call.map(|call| self.store.key(at.log, call));
        let old = match (&at.event.kind, key) {
            (EventKind::Entry { is_async, .. }, Some(key)) => {
                self.open.begin(key, *is_async, new.clone());
                None
            }
            (EventKind::Exit { .. }, Some(key)) => {
                self.open.end(key, &at.event);
                self.open.take_over();
                None
            }
            (EventKind::Values { .. }, Some(key)) => match (self.open.get_mut(key), &new) {
                (Some(last), Some(new)) => last.replace(new.clone()),
                _ => None,
            },
            (EventKind::State { old, .. }, _) if self.variable.steps.is_empty() => Some(old.clone()),
            (
                EventKind::State { .. }
                | EventKind::Metric { .. }
                | EventKind::Custom { .. }
                | EventKind::Sent { .. }
                | EventKind::Received { .. },
                _,
            ) => {
                let name = self.store.site(&at).and_then(|site| site.names.first()).cloned().unwrap_or_default();
                let key = (self.store.process(at.log), name);
                new.as_ref().and_then(|new| self.own.insert(key, new.clone()))
            }
            _ => None,
        };
        new.filter(|_| passes).map(|new| Change { old, new, at })
    }
}

impl Iterator for History<'_> {
    type Item = Result<Change, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.events.next()? {
                Ok(located) => {
                    if let Some(change) = self.change(located) {
                        return Some(Ok(change));
                    }
                }
                Err(error) => return Some(Err(error)),
            }
        }
    }
}
