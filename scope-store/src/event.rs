//! Events: what a reader gives. `docs/events.md` is the contract.

#[cfg(feature = "reader")]
mod error;
mod kind;

use scope_core::value::Value;
use std::fmt;

#[cfg(feature = "reader")]
pub use crate::format::{deserialize, serialize};
#[cfg(feature = "reader")]
pub use error::EventError;
pub use kind::Kind;
pub use scope_core::site::{PlaceKind, SiteId};
pub use scope_core::utils::CorrelationId;

/// The number of a thread in one process; 0 is no thread: the recorder itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ThreadId(pub u32);

/// The number of a call in one process: the thread that it began on times 2^40, plus its number there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CallId(pub u64);

impl CallId {
    const BITS: u32 = 40;

    /// The call with the number `number` of `thread`.
    pub fn new(thread: ThreadId, number: u64) -> Self {
        Self(u64::from(thread.0) << Self::BITS | (number & ((1 << Self::BITS) - 1)))
    }

    /// The thread that the call began on.
    pub fn thread(self) -> ThreadId {
        ThreadId((self.0 >> Self::BITS) as u32)
    }

    /// The number of the call on its thread, from 1.
    pub fn number(self) -> u64 {
        self.0 & ((1 << Self::BITS) - 1)
    }
}

/// The number of an event in one log: unique, and sortable. Those of one log sort by time, those of one time by thread, and those of one
/// thread as they happened. What is no event of the thread's own, such as its start, sorts behind those of the same time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EventId(pub u128);

impl EventId {
    const THREAD_BITS: u32 = 24;
    const NUMBER_BITS: u32 = 40;

    /// The event that has the number `number`, from 0, on its thread, at `time` (nanoseconds since the Unix epoch).
    pub fn new(time: u64, thread: ThreadId, number: u64) -> Self {
        let thread = u128::from(thread.0 & ((1 << Self::THREAD_BITS) - 1)) << Self::NUMBER_BITS;
        let number = u128::from(number & ((1 << Self::NUMBER_BITS) - 1));
        Self(u128::from(time) << (Self::THREAD_BITS + Self::NUMBER_BITS) | thread | number)
    }

    /// When it happened, in nanoseconds since the Unix epoch.
    pub fn time(self) -> u64 {
        (self.0 >> (Self::THREAD_BITS + Self::NUMBER_BITS)) as u64
    }

    /// Where it happened.
    pub fn thread(self) -> ThreadId {
        ThreadId((self.0 >> Self::NUMBER_BITS) as u32 & ((1 << Self::THREAD_BITS) - 1))
    }

    /// Its number on its thread, from 0; what is lost has none.
    pub fn number(self) -> u64 {
        self.0 as u64 & ((1 << Self::NUMBER_BITS) - 1)
    }
}

/// As people name it: the thread's number, and the event's on that thread. `3:1024`.
impl fmt::Display for EventId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.thread().0, self.number())
    }
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its number in this log.
    pub id: EventId,
    /// Nanoseconds since the Unix epoch. Lines and values, whose order alone is recorded, are spread evenly between the dated
    /// events around them on their thread.
    pub time: u64,
    /// The same by the raw counter of the records: what was recorded, before calibrations made a time of it.
    pub ticks: u64,
    /// Where it happened; 0 for what the recorder itself says.
    pub thread: ThreadId,
    /// How many calls were open around it: a call's entry and exit have the same, what is inside has one more. After a loss
    /// an estimate.
    pub depth: u32,
    /// The call that it belongs to. `None`: there is none, or records were lost and it is not known.
    pub call: Option<CallId>,
    /// The call that `call` was made in. `None`: there is none, or it is not known.
    pub parent: Option<CallId>,
    /// The operation that it is a part of, where the program said so.
    pub correlation: Option<CorrelationId>,
    /// The place in the code.
    pub site: Option<SiteId>,
    /// What happened.
    pub kind: EventKind,
}

/// What happened. More kinds will come: what a reader does not know it shows as such, and goes on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// A call began.
    Entry {
        /// The captured arguments, in the order of the site's names.
        args: Vec<Value>,
        /// Whether it is a call of an async function.
        is_async: bool,
    },
    /// A call ended: [`Kind::Error`], [`Kind::Panic`] and [`Kind::Dropped`] are ends, too.
    Exit {
        /// How.
        outcome: Outcome,
        /// What it gave back, or what a `?` left with.
        value: Option<Value>,
        /// Nanoseconds from its entry to its exit, waits included. `None`: not known.
        duration: Option<u64>,
        /// The line of the `return` or the `?`, else the last line that was seen.
        line: Option<u32>,
    },
    /// A line is about to be executed; a branch was taken, a round of a loop begins, as the kind of the site says.
    Line,
    /// Variables or an expression, as the kind of the site says.
    Values {
        /// In the order of the site's names.
        values: Vec<Value>,
    },
    /// A state changed. The site's name says which.
    State {
        /// What it was.
        old: Value,
        /// What it is now.
        new: Value,
    },
    /// Something was measured. The site's name says what.
    Metric {
        /// What was found.
        value: Value,
    },
    /// A message was sent. The site's first name is that of the channel.
    Sent {
        /// What the message is known by on both sides.
        message: Value,
        /// What else is told of it: the site's further names.
        fields: Vec<Value>,
    },
    /// A message was received: see [`EventKind::Sent`].
    Received {
        /// What the message is known by on both sides.
        message: Value,
        /// What else is told of it: the site's further names.
        fields: Vec<Value>,
    },
    /// The program's own event. The site's first name is its name.
    Custom {
        /// Its fields: the site's further names.
        fields: Vec<Value>,
    },
    /// What follows in this call, and in what it calls, is a part of this operation; `None`: of the one before again.
    Correlated {
        /// The operation.
        id: Option<CorrelationId>,
    },
    /// An async call waits.
    Suspended,
    /// An async call goes on.
    Resumed,
    /// The recorder met the thread, which recorded something for the first time.
    ThreadStarted,
    /// The thread has ended, and all that it recorded is told.
    ThreadEnded,
    /// Records were lost here.
    Lost {
        /// How many.
        count: u64,
    },
    /// The recorder began, ended, made a snapshot.
    Mark {
        /// What it did.
        mark: Mark,
    },
    /// Something that only a newer version knows.
    Unknown {
        /// The number of its kind.
        code: u32,
        /// What is told of it.
        bytes: Vec<u8>,
    },
}

/// What the recorder itself tells.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Mark {
    /// Recording begins.
    Start,
    /// Recording ends, because the program wants it.
    Stop,
    /// A snapshot was made, for this reason.
    Snapshot(String),
    /// Recording ends here, though the program goes on.
    Limit(StopReason),
    /// A mark that this version doesn't know.
    Other(u8),
}

impl Event {
    /// Whether the recorder tells it of its own work, and nothing of the program is missing without it: threads that begin and end,
    /// recording that begins and ends as it should.
    pub fn is_bookkeeping(&self) -> bool {
        match &self.kind {
            EventKind::ThreadStarted | EventKind::ThreadEnded => true,
            EventKind::Mark { mark } => !matches!(mark, Mark::Limit(_) | Mark::Other(_)),
            _ => false,
        }
    }

    /// The event's kind by name. `place`: what its site looks at, where that is known.
    pub fn named(&self, place: Option<PlaceKind>) -> Kind {
        match (&self.kind, place) {
            (EventKind::Entry { .. }, _) => Kind::Entry,
            (EventKind::Exit { outcome: Outcome::Early, .. }, _) => Kind::Error,
            (EventKind::Exit { outcome: Outcome::Panicked, .. }, _) => Kind::Panic,
            (EventKind::Exit { outcome: Outcome::Cancelled, .. }, _) => Kind::Dropped,
            (EventKind::Exit { .. }, _) => Kind::Exit,
            (EventKind::Line, Some(PlaceKind::Branch)) => Kind::Branch,
            (EventKind::Line, Some(PlaceKind::Iteration)) => Kind::Iteration,
            (EventKind::Line, _) => Kind::Line,
            (EventKind::Values { .. }, Some(PlaceKind::Expression)) => Kind::Expression,
            (EventKind::Values { .. }, _) => Kind::Variables,
            (EventKind::State { .. }, _) => Kind::State,
            (EventKind::Metric { .. }, _) => Kind::Metric,
            (EventKind::Sent { .. }, _) => Kind::Sent,
            (EventKind::Received { .. }, _) => Kind::Received,
            (EventKind::Custom { .. }, _) => Kind::Custom,
            (EventKind::Correlated { .. }, _) => Kind::Correlated,
            (EventKind::Suspended, _) => Kind::Suspended,
            (EventKind::Resumed, _) => Kind::Resumed,
            (EventKind::ThreadStarted, _) => Kind::ThreadStarted,
            (EventKind::ThreadEnded, _) => Kind::ThreadEnded,
            (EventKind::Lost { .. }, _) => Kind::Lost,
            (EventKind::Mark { .. }, _) => Kind::Mark,
            (EventKind::Unknown { .. }, _) => Kind::Unknown,
        }
    }
}

/// How a call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Outcome {
    /// It returned.
    Returned,
    /// It left by `?`; the value is what it left with.
    Early,
    /// It returned past the probes that show its value: by a `return` inside a macro.
    Left,
    /// It unwound.
    Panicked,
    /// Its future was dropped before its end.
    Cancelled,
    /// Its exit was lost: this one is inferred from what followed, and stands there.
    Unknown,
}

/// Why recording stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum StopReason {
    /// The log has reached the size that it may have.
    MaxSize,
    /// A reason that this version doesn't know.
    Other(u8),
}

impl fmt::Display for StopReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MaxSize => f.write_str("the log has reached `max_size`"),
            Self::Other(code) => write!(f, "reason {code}, which this version doesn't know"),
        }
    }
}
