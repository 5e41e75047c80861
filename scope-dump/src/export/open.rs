//! What is open while logs are played: calls, on the stacks of their threads and wherever they wait.

use super::timeline::ThreadKey;
use crate::log::{CallId, Located, SiteId, Value};

/// A call that has begun and not ended.
#[derive(Clone, Debug)]
pub(crate) struct Open {
    pub call: Option<CallId>,
    /// The log that tells of it.
    pub log: usize,
    pub site: Option<SiteId>,
    pub correlation: Option<String>,
    /// Until they were told.
    pub args: Vec<Value>,
    pub is_async: bool,
    pub waits: u32,
    pub is_clipped: bool,
    /// It, or a call around it, is asked for.
    pub inside: bool,
    /// The timeline knows it.
    pub told: bool,
}

impl Open {
    /// The call that an event is of.
    pub fn of(located: &Located, is_async: bool, inside: bool) -> Self {
        let Located { log, event } = located;
        Self {
            call: event.call,
            log: *log,
            site: event.site,
            correlation: event.correlation.map(|id| id.to_string()),
            args: Vec::new(),
            is_async,
            waits: 0,
            is_clipped: false,
            inside,
            told: false,
        }
    }
}

/// An async call, wherever it is.
#[derive(Debug)]
pub(crate) struct Task {
    pub open: Open,
    /// Where it was last, and whether it still is.
    pub at: ThreadKey,
    pub running: bool,
}

/// What is open on a thread.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    pub stack: Vec<Open>,
    /// The time of what was told last.
    pub time: u64,
}

impl Lane {
    pub fn pop_above(&mut self, keep: usize) -> Option<Open> {
        if self.stack.len() > keep { self.stack.pop() } else { None }
    }
}
