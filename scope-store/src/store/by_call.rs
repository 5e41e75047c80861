//! Where a call is, by what logs tell of their batches: asking for one call takes no look at all events.

use super::{CallKey, Located, OnError, Store};
use crate::event::{CallId, EventKind};
use crate::reader::LogReader;

/// Finds calls of one process.
#[derive(Clone, Copy, Debug)]
pub(super) struct ByCall<'a> {
    store: &'a Store,
    process: usize,
}

impl<'a> ByCall<'a> {
    pub fn new(store: &'a Store, process: usize) -> Self {
        Self { store, process }
    }

    fn logs(self) -> impl Iterator<Item = (usize, &'a LogReader)> {
        self.store.logs.iter().enumerate().filter(move |(log, _)| self.store.process(*log) == self.process)
    }

    /// The entry of `call`, without its operation. `None`: no log has it.
    pub fn entry(self, call: CallId, on_error: OnError<'_>) -> Option<Located> {
        self.logs().find_map(|(log, reader)| {
            let mut events = reader.thread_events_from_call(call);
            while let Some(read) = events.read() {
                match read {
                    Ok(event) if matches!(event.kind, EventKind::Entry { .. }) => match event.call {
                        Some(this) if this == call => return Some(Located { log, event: event.clone() }),
                        // Their numbers rise.
                        Some(this) if this > call => return None,
                        _ => {}
                    },
                    Ok(_) => {}
                    Err(error) => on_error(&error),
                }
            }
            None
        })
    }

    /// Tells these entries which operation they are a part of: that takes all events of their threads before them, where operations are told.
    pub fn tell_operations(self, entries: &mut [Located]) {
        if !self.has_operations() {
            return;
        }
        let mut left: Vec<&mut Located> = entries.iter_mut().collect();
        while let Some(Located { log, event }) = left.first() {
            let (at, thread) = (*log, event.thread);
            let (mut here, others): (Vec<_>, Vec<_>) =
                left.into_iter().partition(|entry| (entry.log, entry.event.thread) == (at, thread));
            left = others;
            let Some(reader) = self.store.logs.get(at) else { continue };
            let mut events = reader.thread_events(thread);
            while let (Some(read), false) = (events.read(), here.is_empty()) {
                let Ok(event) = read else { continue };
                if let Some(found) = here.iter().position(|entry| entry.event.id == event.id) {
                    here.swap_remove(found).event.correlation = event.correlation;
                }
            }
        }
    }

    /// When `key` began, where nothing before it has to be read to know what happened in it.
    pub fn began(store: &'a Store, key: CallKey) -> Option<u64> {
        let this = Self::new(store, key.process);
        if this.has_operations() {
            return None;
        }
        // What can't be read is told by who reads on from there.
        Some(this.entry(key.call, &mut |_| {})?.event.time)
    }

    fn has_operations(self) -> bool {
        self.logs().any(|(_, log)| log.has_operations())
    }
}
