//! What a recorder has done so far, in numbers.

use std::time::Duration;

/// What a recorder has done so far: see [`Recorder::figures`](crate::recorder::Recorder::figures).
///
/// They are those of the last drain; once the log is complete they are its totals.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Figures {
    /// Events that were recorded and are in the log.
    pub events: u64,
    /// Bytes of the log, all its segments together.
    pub bytes: u64,
    /// The number of the segment that is written, from 1.
    pub segment: u64,
    /// Records that are known to be lost, for want of room in a ring.
    pub lost: u64,
    /// Events that the log could not take: it was full, or could not be written.
    pub refused: u64,
    /// Events that a stage left out.
    pub left_out: u64,
    /// Batches that subscriptions have missed, all together.
    pub lag: u64,
    /// Threads whose rings are drained.
    pub threads: u64,
    /// Drains of all rings so far.
    pub cycles: u64,
    /// What events pass: first `correlate`, then the program's own stages.
    pub stages: Vec<StageFigures>,
    /// What takes events: first `log`, then the program's own sinks.
    pub sinks: Vec<SinkFigures>,
    /// The subscriptions that there are.
    pub subscriptions: Vec<SubscriptionFigures>,
}

/// What a stage has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct StageFigures {
    /// Its name.
    pub name: String,
    /// Events that came out of it.
    pub events: u64,
    /// Events that it left out.
    pub left_out: u64,
    /// How long it worked, on all threads together.
    pub time: Duration,
    /// It has panicked, and is not asked any more.
    pub has_failed: bool,
}

/// What a sink has done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SinkFigures {
    /// Its name.
    pub name: String,
    /// Events that it took.
    pub events: u64,
    /// Events that it could not take.
    pub refused: u64,
    /// How long it worked: the recorder waits for it.
    pub time: Duration,
    /// It has failed, and gets nothing any more.
    pub has_failed: bool,
}

/// What a subscription has got.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct SubscriptionFigures {
    /// Batches that were handed to it.
    pub batches: u64,
    /// Batches that it had no room for, and so missed.
    pub missed_batches: u64,
    /// Events in those.
    pub missed_events: u64,
}

impl Figures {
    /// With the stages and sinks that every recorder has.
    pub(crate) fn new() -> Self {
        let stages = vec![StageFigures { name: "correlate".to_owned(), ..StageFigures::default() }];
        let sinks = vec![SinkFigures { name: "log".to_owned(), ..SinkFigures::default() }];
        Self { stages, sinks, ..Self::default() }
    }
}
