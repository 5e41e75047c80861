//! The events of all threads by time.

use super::LogReader;
use super::thread::{Step, ThreadEvents};
use crate::error::ReadError;
use crate::event::{Event, ThreadId};
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// All events of a log by time: see [`LogReader::events`].
#[derive(Debug)]
pub struct Events<'a> {
    /// By thread id, each read up to its next event, which stays where it was read to until it is given.
    threads: Vec<(ThreadEvents<'a>, Step)>,
    /// The ticks of these events, and the thread's place in `threads`.
    next: BinaryHeap<Reverse<(u64, usize)>>,
}

impl<'a> Events<'a> {
    pub(super) fn new(reader: &'a LogReader) -> Self {
        Self::of(reader.index.threads.keys().map(|id| ThreadEvents::new(reader, ThreadId(*id))))
    }

    /// Those of these threads.
    pub(super) fn of(all: impl Iterator<Item = ThreadEvents<'a>>) -> Self {
        let (mut threads, mut next) = (Vec::new(), BinaryHeap::new());
        for mut events in all {
            let first = events.advance();
            if first != Step::End {
                next.push(Reverse((events.ticks(), threads.len())));
            }
            threads.push((events, first));
        }
        Self { threads, next }
    }

    /// The threads again, as far as they were read.
    pub(super) fn into_threads(self) -> impl Iterator<Item = ThreadEvents<'a>> {
        self.threads.into_iter().map(|(events, _)| events)
    }
}

impl Iterator for Events<'_> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut top = self.next.peek_mut()?;
        let (events, step) = self.threads.get_mut(top.0.1)?;
        let given = events.given(*step);
        *step = events.advance();
        match step {
            Step::End => _ = PeekMut::pop(top),
            Step::Event | Step::Failed => top.0.0 = events.ticks(),
        }
        given
    }
}
