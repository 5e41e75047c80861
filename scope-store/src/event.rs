//! Events: what a reader gives.

use scope_core::value::Value;
use std::fmt;

pub use scope_core::site::{PlaceKind, SiteId};

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

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Nanoseconds since the Unix epoch. Lines and values, whose order alone is recorded, are spread evenly between the dated
    /// events around them on their thread.
    pub time: u64,
    /// Where it happened; 0 for what the recorder itself says.
    pub thread: ThreadId,
    /// How many calls were open around it: a call's entry and exit have the same, what is inside has one more. After a loss
    /// an estimate.
    pub depth: u32,
    /// The call that it belongs to. `None`: there is none, or records were lost and it is not known.
    pub call: Option<CallId>,
    /// The place in the code.
    pub site: Option<SiteId>,
    /// What happened.
    pub kind: EventKind,
}

/// What happened.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum EventKind {
    /// A call began.
    Entry {
        /// The call that it was made in. `None`: there is none, or records were lost and it is not known.
        parent: Option<CallId>,
        /// The captured arguments, in the order of the site's names.
        args: Vec<Value>,
        /// Whether it is a call of an async function.
        is_async: bool,
    },
    /// A call ended.
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
    /// A line is about to be executed.
    Line,
    /// Variables or an expression, as the kind of the site says.
    Values {
        /// In the order of the site's names.
        values: Vec<Value>,
    },
    /// An async call waits.
    Suspended,
    /// An async call goes on.
    Resumed,
    /// Records were lost here.
    Lost {
        /// How many.
        count: u64,
    },
    /// Recording stopped, though the program went on.
    Stopped {
        /// Why.
        reason: StopReason,
    },
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
