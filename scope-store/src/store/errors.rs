//! Errors and panics: from where they were born, through the calls that left with them, to where that ended.
//!
//! A call that fails gives what it failed with to the call that made it. That call goes on with it (`?`, an `Err` given back, unwinding) or
//! handles it. Which of its calls' failures one goes on with is told by their values: the same value, or one that holds it (`From`); else
//! it is that of the call that ended last.

mod chain;

use super::open_calls::OpenCalls;
use super::{CallKey, Located, Store, StoreEvents};
use crate::error::ReadError;
use crate::event::{CallId, Event, EventId, EventKind, SiteId, ThreadId};
use crate::query::Filter;
use chain::{Pending, failure};
use scope_core::value::Value;
use std::collections::VecDeque;

/// The way of an error, or of a panic: see [`Store::errors`].
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorPath {
    /// The calls that failed with it, the one that it was born in first.
    pub steps: Vec<ErrorStep>,
    /// How that ended.
    pub end: ErrorEnd,
}

/// A call that failed.
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorStep {
    /// The log's place in [`Store::logs`].
    pub log: usize,
    /// The event of its end.
    pub event: EventId,
    /// When that was, in nanoseconds since the Unix epoch.
    pub time: u64,
    /// Where that was.
    pub thread: ThreadId,
    /// The call.
    pub call: Option<CallId>,
    /// The function.
    pub site: Option<SiteId>,
    /// The line of the `?` or the `return`, of a panic the line that was seen last.
    pub line: Option<u32>,
    /// How it failed.
    pub left: Left,
    /// What with: for an `Err` what is in it. `None`: a panic, or it was not captured.
    pub value: Option<Value>,
}

/// How a call failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Left {
    /// By a `?`.
    Question,
    /// It gave back an `Err`.
    Returned,
    /// A panic unwound it.
    Unwound,
}

/// How the way of an error ended.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ErrorEnd {
    /// A call went on, and did not fail with it.
    Handled {
        /// The log's place in [`Store::logs`].
        log: usize,
        /// The call.
        call: CallId,
        /// Its function.
        site: Option<SiteId>,
        /// The next that is known of it: the line, and the event.
        next: Option<(u32, EventId)>,
    },
    /// A call was ended by a panic behind it: it was unwrapped, or the panic came of something else.
    Panicked {
        /// The log's place in [`Store::logs`].
        log: usize,
        /// The call.
        call: CallId,
        /// Its function.
        site: Option<SiteId>,
    },
    /// The future that it was given to was dropped.
    Cancelled {
        /// The log's place in [`Store::logs`].
        log: usize,
        /// The call.
        call: CallId,
        /// Its function.
        site: Option<SiteId>,
    },
    /// It left the outermost call that is recorded.
    Left,
    /// What became of it is not in the log: that ends before, or records were lost.
    Unknown,
}

/// Errors in the order in which they ended: see [`Store::errors`].
#[derive(Debug)]
pub struct Errors<'a> {
    store: &'a Store,
    filter: &'a Filter,
    events: StoreEvents<'a>,
    open: OpenCalls<Open>,
    /// How many calls have something pending.
    pending: usize,
    ready: VecDeque<ErrorPath>,
    at_end: bool,
}

/// An open call.
#[derive(Debug)]
struct Open {
    entry: Located,
    /// What calls that it made failed with, and that it has not ended with so far.
    pending: Vec<Pending>,
}

impl<'a> Errors<'a> {
    pub(super) fn new(store: &'a Store, filter: &'a Filter) -> Self {
        let (events, open) = (store.all_events(), OpenCalls::default());
        Self { store, filter, events, open, pending: 0, ready: VecDeque::new(), at_end: false }
    }

    fn event(&mut self, located: Located) {
        let Some(call) = located.event.call else {
            return self.lone_exit(&located);
        };
        let key = self.store.key(located.log, call);
        match located.event.kind {
            EventKind::Entry { is_async, .. } => {
                self.open.begin(key, is_async, Open { entry: located, pending: Vec::new() });
            }
            EventKind::Exit { .. } => self.exit(key, &located),
            EventKind::Line | EventKind::Values { .. } if self.pending > 0 => {
                if let (Some(open), Some(site)) = (self.open.get_mut(key), self.store.site(&located)) {
                    open.pending.iter_mut().for_each(|pending| pending.goes_on(site.line, located.event.id));
                }
            }
            _ => {}
        }
    }

    /// An exit of which not even the call is known.
    fn lone_exit(&mut self, located: &Located) {
        if let Some(step) = failure(located) {
            let mut path = Pending::new();
            path.push(step, self.passes(located, None));
            self.end(path, ErrorEnd::Unknown);
        }
    }

    fn exit(&mut self, key: CallKey, located: &Located) {
        let open = self.open.end(key, &located.event);
        for over in self.open.take_over() {
            self.pending -= usize::from(!over.pending.is_empty());
            over.pending.into_iter().for_each(|path| self.end(path, ErrorEnd::Unknown));
        }
        let (entry, mut pending) = match open {
            Some(open) => (Some(open.entry), open.pending),
            None => (None, Vec::new()),
        };
        self.pending -= usize::from(!pending.is_empty());
        let failed = failure(located);
        let of_this = failed.as_ref().and_then(|step| chain::choose(&pending, step)).map(|at| pending.remove(at));
        for path in pending {
            let next = path.next;
            let end = chain::end(located, key.call, failed.is_some() && of_this.is_none(), next);
            self.end(path, end);
        }
        let parent = entry.as_ref().map_or(located.event.parent, |entry| entry.event.parent);
        let is_outermost = entry.as_ref().map_or(&located.event, |entry| &entry.event).depth == 0;
        let parent = parent.map(|parent| self.store.key(located.log, parent));
        let around = parent.and_then(|parent| self.open.get_mut(parent));
        let Some(step) = failed else {
            // Conversions by `From` run between a failure and what is made of it.
            let converts = self.store.site(located).is_some_and(|site| site.name.ends_with("::from"));
            if let Some(around) = around.filter(|_| !converts) {
                around.pending.iter_mut().for_each(|pending| pending.is_last = false);
            }
            return;
        };
        let passes = self.passes(located, entry.as_ref());
        let mut path = of_this.unwrap_or_else(Pending::new);
        path.push(step, passes);
        match parent.and_then(|parent| self.open.get_mut(parent)) {
            Some(around) => {
                self.pending += usize::from(around.pending.is_empty());
                around.pending.iter_mut().for_each(|pending| pending.is_last = false);
                around.pending.push(path);
                if around.pending.len() > chain::KEPT {
                    let (log, site) = (around.entry.log, around.entry.event.site);
                    let path = around.pending.remove(0);
                    if let Some(call) = around.entry.event.call {
                        let end = ErrorEnd::Handled { log, call, site, next: path.next };
                        self.end(path, end);
                    }
                }
            }
            None => self.end(path, if is_outermost && parent.is_none() { ErrorEnd::Left } else { ErrorEnd::Unknown }),
        }
    }

    fn passes(&self, exit: &Located, entry: Option<&Located>) -> bool {
        if self.filter.is_everything() {
            return true;
        }
        let subject = self.store.subject(exit);
        let subject = match entry {
            Some(entry) => subject.call(&entry.event, self.store.site(entry)),
            None => subject,
        };
        let began = entry.map(|entry| entry.event.time);
        self.filter.call(&subject, began, Some(exit.event.time))
    }

    fn end(&mut self, path: Pending, end: ErrorEnd) {
        if path.passes {
            self.ready.push_back(ErrorPath { steps: path.steps, end });
        }
    }
}

impl Iterator for Errors<'_> {
    type Item = Result<ErrorPath, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(path) = self.ready.pop_front() {
                return Some(Ok(path));
            }
            match self.events.next() {
                Some(Ok(located)) => self.event(located),
                Some(Err(error)) => return Some(Err(error)),
                None if self.at_end => return None,
                None => {
                    self.at_end = true;
                    let left = std::mem::take(&mut self.open).into_values().flat_map(|open| open.pending);
                    left.collect::<Vec<_>>().into_iter().for_each(|path| self.end(path, ErrorEnd::Unknown));
                }
            }
        }
    }
}

impl ErrorStep {
    fn new(exit: &Located, left: Left, line: Option<u32>, value: Option<Value>) -> Self {
        let Event { id, time, thread, call, site, .. } = exit.event;
        Self { log: exit.log, event: id, time, thread, call, site, line, left, value }
    }
}
