//! All that may be asked for.

use super::pattern::{FunctionPattern, ThreadPattern};
use super::{Query, Subject};
use crate::event::{CallId, CorrelationId, EventKind, Kind, SiteId, ThreadId};
use crate::info::ThreadDef;

/// Which events, or calls, are asked for. All that is said has to hold; of what is a list, one.
///
/// What was lost may be of any call: marks of losses, and the recorder's own, are hidden by time, thread and kind only.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// Not before this time, in nanoseconds since the Unix epoch.
    pub since: Option<u64>,
    /// Not after this time.
    pub until: Option<u64>,
    /// On these threads. A call is on the thread that it ended on.
    pub threads: Vec<ThreadPattern>,
    /// In these functions.
    pub functions: Vec<FunctionPattern>,
    /// In these calls themselves, not in what they called.
    pub calls: Vec<CallId>,
    /// In these operations.
    pub correlations: Vec<CorrelationId>,
    /// Of these kinds. [`Kind::Exit`] stands for all ends of calls; a call is of the kind of its end.
    pub kinds: Vec<Kind>,
    /// At these sites, by their numbers in the log.
    pub sites: Vec<SiteId>,
    /// This holds.
    pub condition: Option<Query>,
}

impl Filter {
    /// Is all asked for?
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Is this event asked for?
    pub fn event(&self, subject: &Subject<'_>) -> bool {
        let event = subject.event;
        let is_mark = matches!(event.kind, EventKind::Lost { .. } | EventKind::Mark { .. });
        self.time(event.time, event.time)
            && self.kind(subject.kind())
            && self.thread(event.thread, subject.thread)
            && (is_mark && !event.is_bookkeeping() || self.rest(subject))
    }

    /// Is this call asked for? It is in a span of time where a part of it is; `None`: when it began, or ended, is not known.
    pub fn call(&self, subject: &Subject<'_>, began: Option<u64>, ended: Option<u64>) -> bool {
        // Of an entry without an exit the end is open, and an exit without an entry began any time before.
        self.time(began.unwrap_or(0), ended.unwrap_or(u64::MAX))
            && (self.kind(subject.kind()) || self.kinds.contains(&Kind::Entry))
            && self.thread(subject.event.thread, subject.thread)
            && self.rest(subject)
    }

    /// Is a part of this span of time asked for?
    pub fn time(&self, from: u64, to: u64) -> bool {
        self.since.is_none_or(|since| to >= since) && self.until.is_none_or(|until| from <= until)
    }

    /// Is this kind asked for?
    pub fn kind(&self, kind: Kind) -> bool {
        let is_exit = matches!(kind, Kind::Error | Kind::Panic | Kind::Dropped);
        self.kinds.is_empty() || self.kinds.contains(&kind) || is_exit && self.kinds.contains(&Kind::Exit)
    }

    /// Is this thread asked for?
    pub fn thread(&self, id: ThreadId, thread: Option<&ThreadDef>) -> bool {
        let name = thread.and_then(|thread| thread.name.as_deref());
        self.threads.is_empty() || self.threads.iter().any(|pattern| pattern.matches(id.0, name))
    }

    /// Is it asked for by what time, thread and kind do not tell: by its function, its call, its operation, its site and the condition?
    pub fn rest(&self, subject: &Subject<'_>) -> bool {
        let event = subject.event;
        one_of(&self.calls, event.call)
            && one_of(&self.correlations, event.correlation)
            && one_of(&self.sites, event.site)
            && (self.functions.is_empty()
                || subject.site.is_some_and(|site| self.functions.iter().any(|f| f.matches(&site.function))))
            && self.condition.as_ref().is_none_or(|condition| condition.matches(subject))
    }
}

fn one_of<T: PartialEq>(wanted: &[T], found: Option<T>) -> bool {
    wanted.is_empty() || found.is_some_and(|found| wanted.contains(&found))
}
