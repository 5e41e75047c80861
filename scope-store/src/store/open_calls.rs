//! Calls that have begun and not ended.

use super::CallKey;
use crate::event::{CallId, Event, ThreadId};
use std::collections::BTreeMap;

/// What is kept of each open call.
///
/// Where parts of a log are damaged ends of calls are missing. When a call ends that its thread began and ended, all that the
/// thread has begun later is over, so that what is kept does not grow.
#[derive(Debug)]
pub(super) struct OpenCalls<T> {
    calls: BTreeMap<CallKey, (bool, T)>,
    /// Calls that are over, though their ends are not in the log.
    over: Vec<T>,
}

impl<T> Default for OpenCalls<T> {
    fn default() -> Self {
        Self { calls: BTreeMap::new(), over: Vec::new() }
    }
}

impl<T> OpenCalls<T> {
    /// A call begins.
    pub fn begin(&mut self, key: CallKey, is_async: bool, value: T) {
        self.calls.insert(key, (is_async, value));
    }

    /// The call whose exit this is ends.
    pub fn end(&mut self, key: CallKey, exit: &Event) -> Option<T> {
        let (is_async, value) = self.calls.remove(&key)?;
        if !is_async && exit.thread == key.call.thread() {
            self.end_younger(key);
        }
        Some(value)
    }

    fn end_younger(&mut self, key: CallKey) {
        let next = ThreadId(key.call.thread().0.saturating_add(1));
        let until = CallKey { call: CallId::new(next, 0), ..key };
        if key >= until {
            return;
        }
        let younger = self.calls.range(key..until).filter(|(_, (is_async, _))| !is_async);
        let younger: Vec<CallKey> = younger.map(|(key, _)| *key).collect();
        for key in younger {
            self.over.extend(self.calls.remove(&key).map(|(_, value)| value));
        }
    }

    pub fn get(&self, key: CallKey) -> Option<&T> {
        self.calls.get(&key).map(|(_, value)| value)
    }

    pub fn get_mut(&mut self, key: CallKey) -> Option<&mut T> {
        self.calls.get_mut(&key).map(|(_, value)| value)
    }

    /// Calls that are over, though their ends are not in the log.
    pub fn take_over(&mut self) -> Vec<T> {
        std::mem::take(&mut self.over)
    }

    /// All that are open, by process, thread and number.
    pub fn into_values(self) -> impl Iterator<Item = T> {
        self.over.into_iter().chain(self.calls.into_values().map(|(_, value)| value))
    }
}
