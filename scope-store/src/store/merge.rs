//! The events of several logs by time.

use super::{Located, Store};
use crate::error::ReadError;
use crate::event::Event;
use crate::reader::{Events, LogReader};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

type Next = Option<Result<Event, ReadError>>;

/// The events of all logs by time: see [`Store::all_events`].
#[derive(Debug)]
pub struct StoreEvents<'a> {
    store: &'a Store,
    /// Events that who watches was not told of.
    read: u64,
    /// Each with its place in the store, and its next event.
    logs: Vec<(usize, Events<'a>, Next)>,
    /// The times of these events, and the log's place in `logs`.
    next: BinaryHeap<Reverse<(u64, usize)>>,
}

impl<'a> StoreEvents<'a> {
    /// Of all logs, or of those of one process.
    pub(super) fn new(store: &'a Store, process: Option<usize>) -> Self {
        Self::of(store, process, LogReader::events)
    }

    /// Those from `time` on, and a few before.
    pub(super) fn from_time(store: &'a Store, process: Option<usize>, time: u64) -> Self {
        Self::of(store, process, |log| log.events_from(time))
    }

    fn of(store: &'a Store, process: Option<usize>, events: impl Fn(&'a LogReader) -> Events<'a>) -> Self {
        let mut this = Self { store, read: 0, logs: Vec::new(), next: BinaryHeap::new() };
        for (log, reader) in store.logs.iter().enumerate() {
            if process.is_some_and(|process| process != store.process(log)) {
                continue;
            }
            let mut events = events(reader);
            if let Some(first) = events.next() {
                // What can't be read has no time: it comes at once.
                let time = first.as_ref().map_or(0, |event| event.time);
                this.next.push(Reverse((time, this.logs.len())));
                this.logs.push((log, events, Some(first)));
            }
        }
        this
    }
}

impl Iterator for StoreEvents<'_> {
    type Item = Result<Located, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut top = self.next.peek_mut()?;
        let (log, events, slot) = self.logs.get_mut(top.0.1)?;
        let event = match events.next() {
            Some(event) => {
                top.0.0 = event.as_ref().map_or(top.0.0, |event| event.time);
                slot.replace(event)
            }
            None => {
                PeekMut::pop(top);
                slot.take()
            }
        };
        let log = *log;
        self.store.told(&mut self.read);
        event.map(|event| event.map(|event| Located { log, event }))
    }
}
