//! The events of all threads by time.

use super::LogReader;
use super::thread::ThreadEvents;
use crate::error::ReadError;
use crate::event::{Event, ThreadId};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// All events of a log by time: see [`LogReader::events`].
#[derive(Debug)]
pub struct Events<'a> {
    /// By thread id, each with its next event.
    threads: Vec<(ThreadEvents<'a>, Option<Result<Event, ReadError>>)>,
    /// The ticks of these events, and the thread's place in `threads`.
    next: BinaryHeap<Reverse<(u64, usize)>>,
}

impl<'a> Events<'a> {
    pub(super) fn new(reader: &'a LogReader) -> Self {
        Self::of(reader, |id| ThreadEvents::new(reader, id))
    }

    /// Those that `events` gives for each thread.
    pub(super) fn of(reader: &'a LogReader, events: impl Fn(ThreadId) -> ThreadEvents<'a>) -> Self {
        let (mut threads, mut next) = (Vec::new(), BinaryHeap::new());
        for &id in reader.index.threads.keys() {
            let mut events = events(ThreadId(id));
            if let Some((ticks, first)) = events.step() {
                next.push(Reverse((ticks, threads.len())));
                threads.push((events, Some(first)));
            }
        }
        Self { threads, next }
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut top = self.next.peek_mut()?;
        let (events, slot) = self.threads.get_mut(top.0.1)?;
        match events.step() {
            Some((ticks, event)) => {
                top.0.0 = ticks;
                slot.replace(event)
            }
            None => {
                PeekMut::pop(top);
                slot.take()
            }
        }
    }
}
