//! Kinds of events by name.

/// The kinds of events by the names that people ask for them with. An event has one: see [`Event::named`](super::Event::named).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Kind {
    /// A call began.
    Entry,
    /// A call ended, and gave back its value.
    Exit,
    /// A call ended early, by a `?`.
    Error,
    /// A call ended because a panic unwound it.
    Panic,
    /// A call ended because its future was dropped.
    Dropped,
    /// A line is about to be executed.
    Line,
    /// A branch was taken.
    Branch,
    /// A round of a loop begins.
    Iteration,
    /// Values of variables.
    Variables,
    /// The value of an expression.
    Expression,
    /// A state changed.
    State,
    /// Something was measured.
    Metric,
    /// A message was sent.
    Sent,
    /// A message was received.
    Received,
    /// The program's own event.
    Custom,
    /// An operation begins or ends.
    Correlated,
    /// An async call waits.
    Suspended,
    /// An async call goes on.
    Resumed,
    /// A thread was met.
    ThreadStarted,
    /// A thread has ended.
    ThreadEnded,
    /// Records were lost.
    Lost,
    /// The recorder's own.
    Mark,
    /// What only a newer version knows.
    Unknown,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 23] = [
        Self::Entry,
        Self::Exit,
        Self::Error,
        Self::Panic,
        Self::Dropped,
        Self::Line,
        Self::Branch,
        Self::Iteration,
        Self::Variables,
        Self::Expression,
        Self::State,
        Self::Metric,
        Self::Sent,
        Self::Received,
        Self::Custom,
        Self::Correlated,
        Self::Suspended,
        Self::Resumed,
        Self::ThreadStarted,
        Self::ThreadEnded,
        Self::Lost,
        Self::Mark,
        Self::Unknown,
    ];

    /// The kind's name, the same on the command line, in text and in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Entry => "entry",
            Self::Exit => "exit",
            Self::Error => "error",
            Self::Panic => "panic",
            Self::Dropped => "dropped",
            Self::Line => "line",
            Self::Branch => "branch",
            Self::Iteration => "iteration",
            Self::Variables => "variables",
            Self::Expression => "expression",
            Self::State => "state",
            Self::Metric => "metric",
            Self::Sent => "sent",
            Self::Received => "received",
            Self::Custom => "custom",
            Self::Correlated => "correlated",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
            Self::ThreadStarted => "thread_started",
            Self::ThreadEnded => "thread_ended",
            Self::Lost => "lost",
            Self::Mark => "mark",
            Self::Unknown => "unknown",
        }
    }

    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}
