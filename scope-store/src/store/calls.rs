//! Calls as wholes: entry and exit together.

use super::open_calls::OpenCalls;
use super::{Located, Store, StoreEvents};
use crate::error::ReadError;
use crate::event::{CallId, EventKind, Outcome, ThreadId};
use crate::query::{Filter, Subject};
use scope_core::value::Value;

/// A call: its entry, its exit, or both.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// Its entry, where that is known, else its exit.
    told: Located,
    is_entry: bool,
    /// Its exit, where its entry is known, too.
    exit: Option<Located>,
}

impl Call {
    pub(super) fn of_entry(entry: Located) -> Self {
        Self { told: entry, is_entry: true, exit: None }
    }

    pub(super) fn new(entry: Option<Located>, exit: Located) -> Self {
        match entry {
            Some(entry) => Self { told: entry, is_entry: true, exit: Some(exit) },
            None => Self { told: exit, is_entry: false, exit: None },
        }
    }

    /// Its entry. `None`: it was lost.
    pub fn entry(&self) -> Option<&Located> {
        self.is_entry.then_some(&self.told)
    }

    /// Its exit. `None`: it has not ended, or that is not in the log.
    pub fn exit(&self) -> Option<&Located> {
        if self.is_entry { self.exit.as_ref() } else { Some(&self.told) }
    }

    /// Its entry, else its exit: one of them is there.
    pub fn told(&self) -> &Located {
        &self.told
    }

    /// Its number. `None`: records were lost, and it is not known.
    pub fn id(&self) -> Option<CallId> {
        self.told().event.call
    }

    /// The thread that it began on, else the one that it ended on.
    pub fn thread(&self) -> ThreadId {
        self.told().event.thread
    }

    /// The arguments that were captured.
    pub fn args(&self) -> &[Value] {
        match self.entry().map(|entry| &entry.event.kind) {
            Some(EventKind::Entry { args, .. }) => args,
            _ => &[],
        }
    }

    /// When it began, in nanoseconds since the Unix epoch.
    pub fn began(&self) -> Option<u64> {
        self.entry().map(|entry| entry.event.time).or_else(|| {
            let exit = self.exit()?;
            Some(exit.event.time.saturating_sub(self.duration()?))
        })
    }

    /// When it ended.
    pub fn ended(&self) -> Option<u64> {
        self.exit().map(|exit| exit.event.time)
    }

    /// Nanoseconds from its entry to its exit, waits included. `None`: not known.
    pub fn duration(&self) -> Option<u64> {
        match self.exit()?.event.kind {
            EventKind::Exit { duration, .. } => duration,
            _ => None,
        }
    }

    /// How it ended.
    pub fn outcome(&self) -> Option<Outcome> {
        match self.exit()?.event.kind {
            EventKind::Exit { outcome, .. } => Some(outcome),
            _ => None,
        }
    }

    /// What it gave back, or what a `?` left with.
    pub fn value(&self) -> Option<&Value> {
        match &self.exit()?.event.kind {
            EventKind::Exit { value, .. } => value.as_ref(),
            _ => None,
        }
    }

    /// The call as something to ask a condition of.
    pub(super) fn subject<'a>(&'a self, store: &'a Store) -> Subject<'a> {
        match &self.exit {
            Some(exit) => store.subject(exit).call(&self.told.event, store.site(&self.told)),
            None => store.subject(&self.told),
        }
    }

    /// Does the filter let it through?
    pub(super) fn passes(&self, store: &Store, filter: &Filter) -> bool {
        filter.is_everything() || filter.call(&self.subject(store), self.began(), self.ended())
    }
}

/// Calls in the order of their ends: see [`Store::calls`].
#[derive(Debug)]
pub struct Calls<'a> {
    store: &'a Store,
    filter: &'a Filter,
    events: StoreEvents<'a>,
    open: OpenCalls<Located>,
    /// Those without an end, in the reverse of their order.
    endless: Vec<Call>,
    at_end: bool,
}

impl<'a> Calls<'a> {
    pub(super) fn new(store: &'a Store, filter: &'a Filter) -> Self {
        let events = store.all_events();
        Self { store, filter, events, open: OpenCalls::default(), endless: Vec::new(), at_end: false }
    }

    fn next_call(&mut self) -> Option<Result<Call, ReadError>> {
        loop {
            if let Some(call) = self.endless.pop() {
                return Some(Ok(call));
            }
            let located = match self.events.next() {
                Some(Ok(located)) => located,
                Some(Err(error)) => return Some(Err(error)),
                None if self.at_end => return None,
                None => {
                    self.at_end = true;
                    let left = std::mem::take(&mut self.open).into_values().collect();
                    self.add_endless(left);
                    continue;
                }
            };
            let key = located.event.call.map(|call| self.store.key(located.log, call));
            match (&located.event.kind, key) {
                (EventKind::Entry { is_async, .. }, Some(key)) => self.open.begin(key, *is_async, located),
                (EventKind::Entry { .. }, None) => return Some(Ok(Call::of_entry(located))),
                (EventKind::Exit { .. }, key) => {
                    let entry = key.and_then(|key| self.open.end(key, &located.event));
                    let over = self.open.take_over();
                    self.add_endless(over);
                    return Some(Ok(Call::new(entry, located)));
                }
                _ => {}
            }
        }
    }

    fn add_endless(&mut self, mut entries: Vec<Located>) {
        entries.sort_by_key(|entry| std::cmp::Reverse((entry.event.time, entry.event.id)));
        self.endless.extend(entries.into_iter().map(Call::of_entry));
    }
}

impl Iterator for Calls<'_> {
    type Item = Result<Call, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            match self.next_call()? {
                Ok(call) if !call.passes(self.store, self.filter) => {}
                other => return Some(other),
            }
        }
    }
}
