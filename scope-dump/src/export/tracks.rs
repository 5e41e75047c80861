//! The tracks of a process in a Perfetto trace, by number: itself, its recorder, and from further numbers on its threads, lanes of async
//! calls, and metrics.

use std::collections::{BTreeSet, HashMap};

use crate::log::{CallId, RECORDER, ThreadId};

/// Numbers that a process has for itself.
const EACH: u32 = 44;
const PROCESS: u64 = 1;
const RECORDER_TRACK: u64 = 2;
const THREADS: u64 = 1 << 40;
const LANES: u64 = 2 << 40;
const METRICS: u64 = 3 << 40;

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Tracks {
    /// Before the first number.
    base: u64,
    metrics: HashMap<String, u64>,
    /// The lane of each async call that is open; which of the lanes that there are are free.
    lanes: HashMap<CallId, u64>,
    free: BTreeSet<u64>,
    all_lanes: u64,
}

impl Tracks {
    /// Those of the process with this number.
    pub fn new(process: usize) -> Self {
        let base = (process as u64) << EACH;
        Self { base, metrics: HashMap::new(), lanes: HashMap::new(), free: BTreeSet::new(), all_lanes: 0 }
    }

    pub const fn process(&self) -> u64 {
        self.base + PROCESS
    }

    pub fn thread(&self, thread: ThreadId) -> u64 {
        self.base + if thread == RECORDER { RECORDER_TRACK } else { THREADS + u64::from(thread.0) }
    }

    /// The lane that an async call is given: the first that no other one is in, and whether there was none before.
    pub fn take_lane(&mut self, call: CallId) -> (u64, bool) {
        let free = self.free.pop_first();
        let lane = free.unwrap_or(self.base + LANES + self.all_lanes);
        self.all_lanes += u64::from(free.is_none());
        self.lanes.insert(call, lane);
        (lane, free.is_none())
    }

    /// The lane of an async call that ends.
    pub fn leave_lane(&mut self, call: CallId) -> Option<u64> {
        let lane = self.lanes.remove(&call)?;
        self.free.insert(lane);
        Some(lane)
    }

    /// The track of a metric, and whether there was none before.
    pub fn metric(&mut self, name: &str) -> (u64, bool) {
        if let Some(track) = self.metrics.get(name) {
            return (*track, false);
        }
        let track = self.base + METRICS + self.metrics.len() as u64;
        self.metrics.insert(name.to_owned(), track);
        (track, true)
    }
}
