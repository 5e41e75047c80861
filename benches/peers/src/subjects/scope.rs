//! `scope`, as it is timed and as it writes its log.

use crate::states;
use crate::subject::{Calls, Kind, Recording, Subject};
use scope::{Builder, Guard, Overflow, Recorder};
use scope_store::reader::LogReader;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Holds what one timed loop records.
pub const RING: u64 = 2 << 20;

const CALLS: Calls = Calls { nothing: states::nothing, ints: Some(states::ints), text: Some(states::text) };

pub const SCOPE: Subject = Subject {
    name: "scope",
    note: "a ring of 2 MiB, flushed between the loops",
    calls: CALLS,
    start: |folder, _| start(folder, true, quiet().ring_size(RING)),
    landed,
};

pub const DEFAULT_RING: Subject = Subject {
    name: "scope, ring of 1 MiB",
    note: "the default ring, flushed between the loops",
    calls: CALLS,
    start: |folder, _| start(folder, true, quiet()),
    landed,
};

pub const BLOCK: Subject = Subject {
    name: "scope, overflow = block",
    note: "all else by default: a ring of 1 MiB",
    calls: CALLS,
    start: |folder, _| start(folder, false, Recorder::builder().overflow(Overflow::Block)),
    landed,
};

/// Nothing is drained before it is asked for, or before a ring is half full.
fn quiet() -> Builder {
    Recorder::builder().flush_interval(Duration::from_secs(3600))
}

fn start(folder: &Path, check: bool, recorder: Builder) -> Box<dyn Recording> {
    let path = folder.join("log.scope");
    Box::new(Running { guard: recorder.log(&path).start().expect("the recorder starts"), path, check })
}

/// A full ring would lose records, and be cheap.
pub fn check(path: &Path) {
    let log = LogReader::open(path).expect("a log");
    let totals = log.totals().expect("a complete log");
    assert_eq!(totals.lost + totals.refused, 0, "records that were lost");
}

fn landed(path: &Path, _: Kind) -> u64 {
    let log = LogReader::open(path).expect("a log");
    let totals = log.totals().expect("a complete log");
    totals.counts.entries + totals.counts.exits
}

struct Running {
    guard: Guard,
    path: PathBuf,
    check: bool,
}

impl Recording for Running {
    fn settle(&mut self) {
        self.guard.flush().expect("the log is written");
    }

    fn finish(self: Box<Self>) -> Option<PathBuf> {
        self.guard.finish().expect("the log is whole");
        if self.check {
            check(&self.path);
        }
        Some(self.path)
    }
}
