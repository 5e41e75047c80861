//! What each function's calls came to.
//!
//! A thread's events are enough to know which call is in which, and the order of threads does not matter: each is read by itself, with
//! the stack of its open calls as all that is remembered. Async calls go on elsewhere. Where a process has some, its events are read
//! by time, and what an async call's calls took is remembered while it waits.

use super::table::{FunctionStatistics, Functions, Table};
use super::{Call, Located, OnError, Store, StoreEvents};
use crate::error::ReadError;
use crate::event::{CallId, Event, EventKind, ThreadId};
use crate::query::Filter;
use std::collections::HashMap;

/// Statistics of each function.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Statistics {
    /// By the functions' paths.
    pub functions: Vec<FunctionStatistics>,
    /// Records that are known to be lost, in all the logs: as many events are not counted.
    pub lost: u64,
}

pub(super) fn statistics(store: &Store, filter: &Filter, on_error: OnError<'_>) -> Statistics {
    let mut table = Table::default();
    for process in store.processes() {
        table.merge(&of_process(store, process, filter, on_error));
    }
    let mut functions = table.rows;
    functions.retain(|row| row.calls > 0 || row.unfinished > 0);
    functions.sort_by(|a, b| a.function.cmp(&b.function));
    Statistics { functions, lost: store.logs.iter().fold(0, |lost, log| lost.saturating_add(log.lost())) }
}

fn of_process(store: &Store, process: usize, filter: &Filter, on_error: OnError<'_>) -> Table {
    let mut errors = Vec::new();
    let mut count = Count::new(store, filter);
    if count.by_thread(process, &mut errors).is_ok() {
        errors.iter().for_each(on_error);
        return count.finish();
    }
    let mut count = Count::new(store, filter);
    count.by_time(process, on_error);
    count.finish()
}

/// There are async calls: threads can't be read one by one.
struct Async;

struct Count<'a> {
    store: &'a Store,
    filter: &'a Filter,
    everything: bool,
    table: Table,
    /// Of each log.
    functions: Vec<Functions>,
    /// Async calls that wait.
    waiting: HashMap<CallId, Open>,
    threads: HashMap<ThreadId, Thread>,
}

/// The open calls of a thread.
#[derive(Debug, Default)]
struct Thread {
    open: Vec<Open>,
    /// How many of them are of each function.
    active: Vec<u32>,
}

#[derive(Debug)]
struct Open {
    call: Option<CallId>,
    parent: Option<CallId>,
    function: u32,
    /// Nanoseconds in the calls that it made.
    inner: u64,
    /// Only where calls are chosen.
    entry: Option<Box<Located>>,
}

impl Thread {
    #[inline]
    fn push(&mut self, open: Open) {
        let function = open.function as usize;
        if function >= self.active.len() {
            self.active.resize(function + 1, 0);
        }
        self.active[function] += 1;
        self.open.push(open);
    }

    #[inline]
    fn pop(&mut self) -> Option<Open> {
        let open = self.open.pop()?;
        self.active[open.function as usize] -= 1;
        Some(open)
    }

    #[inline]
    fn find(&self, call: Option<CallId>) -> Option<usize> {
        let call = call?;
        self.open.iter().rposition(|open| open.call == Some(call))
    }
}

impl<'a> Count<'a> {
    fn new(store: &'a Store, filter: &'a Filter) -> Self {
        let mut table = Table::default();
        let functions = store.logs.iter().map(|log| Functions::new(log, &mut table)).collect();
        let everything = filter.is_everything();
        Self { store, filter, everything, table, functions, waiting: HashMap::new(), threads: HashMap::new() }
    }

    fn by_thread(&mut self, process: usize, errors: &mut Vec<ReadError>) -> Result<(), Async> {
        let store = self.store;
        for id in store.threads_of(process) {
            let mut thread = Thread::default();
            for event in store.thread_events(process, id) {
                match event {
                    Ok(Located { log, event }) => self.event(&mut thread, log, event, false)?,
                    Err(error) => errors.push(error),
                }
            }
            self.unfinished(&mut thread, 0);
        }
        Ok(())
    }

    fn by_time(&mut self, process: usize, on_error: OnError<'_>) {
        let mut threads = std::mem::take(&mut self.threads);
        for located in StoreEvents::new(self.store, Some(process)) {
            match located {
                Ok(Located { log, event }) => {
                    let thread = threads.entry(event.thread).or_default();
                    _ = self.event(thread, log, event, true);
                }
                Err(error) => on_error(&error),
            }
        }
        threads.values_mut().for_each(|thread| self.unfinished(thread, 0));
        let waiting: Vec<Open> = self.waiting.drain().map(|(_, open)| open).collect();
        waiting.into_iter().for_each(|open| self.no_end(open));
    }

    #[inline]
    fn event(&mut self, thread: &mut Thread, log: usize, event: Event, by_time: bool) -> Result<(), Async> {
        match event.kind {
            EventKind::Entry { is_async, .. } => {
                if is_async {
                    if !by_time {
                        return Err(Async);
                    }
                    if let Some(row) = self.function(log, &event).and_then(|number| self.table.row(number)) {
                        row.is_async = true;
                    }
                }
                let open = self.begin(log, event);
                thread.push(open);
            }
            EventKind::Exit { .. } => self.exit(thread, log, event),
            EventKind::Suspended | EventKind::Resumed if !by_time => return Err(Async),
            EventKind::Suspended => {
                if let Some(at) = thread.find(event.call) {
                    self.unfinished(thread, at + 1);
                    if let (Some(open), Some(call)) = (thread.pop(), event.call) {
                        self.waiting.insert(call, open);
                    }
                }
            }
            EventKind::Resumed => {
                let known = event.call.and_then(|call| self.waiting.remove(&call));
                let function = self.functions.get(log).map_or(0, |functions| functions.of(event.site));
                thread.push(known.unwrap_or(Open {
                    call: event.call,
                    parent: event.parent,
                    function,
                    inner: 0,
                    entry: None,
                }));
            }
            _ => {}
        }
        Ok(())
    }

    fn function(&self, log: usize, event: &Event) -> Option<u32> {
        self.functions.get(log).map(|functions| functions.of(event.site))
    }

    #[inline]
    fn begin(&self, log: usize, event: Event) -> Open {
        let function = self.function(log, &event).unwrap_or(0);
        let (call, parent) = (event.call, event.parent);
        let entry = (!self.everything).then(|| Box::new(Located { log, event }));
        Open { call, parent, function, inner: 0, entry }
    }

    #[inline]
    fn exit(&mut self, thread: &mut Thread, log: usize, event: Event) {
        let open = match thread.find(event.call) {
            Some(at) => {
                self.unfinished(thread, at + 1);
                thread.pop()
            }
            None => event.call.and_then(|call| self.waiting.remove(&call)),
        };
        let (function, inner, parent, entry) = match open {
            Some(open) => (open.function, open.inner, open.parent, open.entry),
            None => (self.function(log, &event).unwrap_or(0), 0, event.parent, None),
        };
        if let (Some(parent), EventKind::Exit { duration: Some(duration), .. }) = (parent, &event.kind) {
            self.add_inner(thread, parent, *duration);
        }
        let outermost = thread.active.get(function as usize).is_none_or(|active| *active == 0);
        if self.everything {
            if let Some(row) = self.table.row(function) {
                row.ended(&event.kind, inner, outermost);
            }
            return;
        }
        let call = Call::new(entry.map(|entry| *entry), Located { log, event });
        if call.passes(self.store, self.filter)
            && let (Some(row), Some(exit)) = (self.table.row(function), call.exit())
        {
            row.ended(&exit.event.kind, inner, outermost);
        }
    }

    /// The call `parent` made one that took so long.
    #[inline]
    fn add_inner(&mut self, thread: &mut Thread, parent: CallId, duration: u64) {
        let open = match thread.open.last_mut() {
            Some(top) if top.call == Some(parent) => Some(top),
            _ => match thread.find(Some(parent)) {
                Some(at) => thread.open.get_mut(at),
                None => self.waiting.get_mut(&parent),
            },
        };
        if let Some(open) = open {
            open.inner = open.inner.saturating_add(duration);
        }
    }

    /// The calls of the thread from `from` on are over, though their ends are not in the log.
    #[inline]
    fn unfinished(&mut self, thread: &mut Thread, from: usize) {
        while thread.open.len() > from {
            if let Some(open) = thread.pop() {
                self.no_end(open);
            }
        }
    }

    fn no_end(&mut self, open: Open) {
        let passes = open.entry.is_none_or(|entry| Call::of_entry(*entry).passes(self.store, self.filter));
        if let Some(row) = self.table.row(open.function).filter(|_| passes) {
            row.unfinished += 1;
        }
    }

    fn finish(self) -> Table {
        self.table
    }
}
