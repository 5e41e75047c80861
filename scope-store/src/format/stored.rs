//! The payloads of all frames but the events of batches, as they are stored.

use crate::event::ThreadId;
use crate::info::{Calibration, Counts, Process, ThreadDef, Totals};
use scope_core::site::{FunctionDef, PlaceKind};

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredProcess {
    program: String,
    command: Vec<String>,
    pid: u32,
    start: u64,
    version: String,
    os: String,
    arch: String,
    cwd: String,
    config: String,
}
fields!(StoredProcess { program, command, pid, start, version, os, arch, cwd, config });

/// What a process frame has more since version 2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredHome {
    pub host: String,
    pub executable: String,
    pub build: String,
}
fields!(StoredHome { host, executable, build });

impl From<&Process> for StoredProcess {
    fn from(p: &Process) -> Self {
        let p = p.clone();
        let Process { program, command, pid, start, version, os, arch, cwd, config, .. } = p;
        Self { program, command, pid, start, version, os, arch, cwd, config }
    }
}

impl StoredProcess {
    /// All of it.
    pub fn at(self, home: StoredHome) -> Process {
        let Self { program, command, pid, start, version, os, arch, cwd, config } = self;
        let StoredHome { host, executable, build } = home;
        Process { program, command, pid, start, version, os, arch, cwd, config, host, executable, build }
    }
}

impl From<&Process> for StoredHome {
    fn from(p: &Process) -> Self {
        Self { host: p.host.clone(), executable: p.executable.clone(), build: p.build.clone() }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredCalibration {
    ticks: u64,
    mono_ns: u64,
    wall_ns: u64,
    ticks_per_second: u64,
}
fields!(StoredCalibration { ticks, mono_ns, wall_ns, ticks_per_second });

impl From<&Calibration> for StoredCalibration {
    fn from(c: &Calibration) -> Self {
        Self { ticks: c.ticks, mono_ns: c.mono_ns, wall_ns: c.wall_ns, ticks_per_second: c.ticks_per_second }
    }
}

impl From<StoredCalibration> for Calibration {
    fn from(c: StoredCalibration) -> Self {
        Self { ticks: c.ticks, mono_ns: c.mono_ns, wall_ns: c.wall_ns, ticks_per_second: c.ticks_per_second }
    }
}

/// A sites frame is a list of these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredFunction<'a> {
    pub first: u32,
    pub module: &'a str,
    pub name: &'a str,
    pub file: &'a str,
    pub line: u32,
    pub args: Vec<&'a str>,
    pub places: Vec<StoredPlace<'a>>,
}
fields!(StoredFunction<'a> { first, module, name, file, line, args, places });

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredPlace<'a> {
    pub kind: u8,
    pub line: u32,
    pub names: Vec<&'a str>,
}
fields!(StoredPlace<'a> { kind, line, names });

impl<'a> StoredFunction<'a> {
    /// The function `def`, whose own site has the id `first`.
    pub fn new(first: u32, def: FunctionDef<'a>) -> Self {
        let FunctionDef { module, name, file, line, args, places } = def;
        let places = places.into_iter().map(|p| StoredPlace { kind: kind_byte(p.kind), line: p.line, names: p.names });
        Self { first, module, name, file, line, args, places: places.collect() }
    }
}

/// A kind that this version of the format has no byte for is stored as one that no reader knows.
fn kind_byte(kind: PlaceKind) -> u8 {
    match kind {
        PlaceKind::Line => 0,
        PlaceKind::Variables => 1,
        PlaceKind::Expression => 2,
        PlaceKind::Return => 3,
        PlaceKind::Question => 4,
        PlaceKind::Branch => 5,
        PlaceKind::Iteration => 6,
        PlaceKind::Custom => 7,
        PlaceKind::Metric => 8,
        PlaceKind::State => 9,
        PlaceKind::Sent => 10,
        PlaceKind::Received => 11,
        PlaceKind::Correlation => 12,
        _ => u8::MAX,
    }
}

impl StoredPlace<'_> {
    /// What is looked at; `None`: a kind that this version doesn't know.
    pub fn place_kind(&self) -> Option<PlaceKind> {
        use PlaceKind::*;
        const ALL: [PlaceKind; 13] = [
            Line,
            Variables,
            Expression,
            Return,
            Question,
            Branch,
            Iteration,
            Custom,
            Metric,
            State,
            Sent,
            Received,
            Correlation,
        ];
        ALL.get(usize::from(self.kind)).copied()
    }
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredThread {
    pub id: u32,
    pub name: Option<String>,
    pub os_id: u64,
}
fields!(StoredThread { id, name, os_id });

/// What a thread frame has more since version 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredStart {
    /// When the recorder met it; 0: that is told by an earlier segment.
    pub ticks: u64,
    /// Events of it in earlier segments.
    pub before: u64,
}
fields!(StoredStart { ticks, before });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredThreadEnd {
    pub id: u32,
    pub ticks: u64,
}
fields!(StoredThreadEnd { id, ticks });

/// What the recorder tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredMark {
    pub mark: u8,
    pub ticks: u64,
    pub text: String,
}
fields!(StoredMark { mark, ticks, text });

/// A plan; its text follows, packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredPlan<'a> {
    pub path: &'a str,
    pub profile: &'a str,
    pub id: &'a str,
    pub checksum: u32,
    pub state: u8,
}
fields!(StoredPlan<'a> { path, profile, id, checksum, state });

impl From<&ThreadDef> for StoredThread {
    fn from(t: &ThreadDef) -> Self {
        Self { id: t.id.0, name: t.name.clone(), os_id: t.os_id }
    }
}

impl From<StoredThread> for ThreadDef {
    fn from(t: StoredThread) -> Self {
        Self { id: ThreadId(t.id), name: t.name, os_id: t.os_id }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredLost {
    pub thread: u32,
    pub ticks: u64,
    pub count: u64,
}
fields!(StoredLost { thread, ticks, count });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredStop {
    pub reason: u8,
    pub ticks: u64,
}
fields!(StoredStop { reason, ticks });

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredEnd {
    events: u64,
    lost: u64,
    refused: u64,
    counts: [u64; 8],
}
fields!(StoredEnd { events, lost, refused, counts });

impl From<&Totals> for StoredEnd {
    fn from(t: &Totals) -> Self {
        let c = &t.counts;
        let counts = [c.entries, c.exits, c.lines, c.values, c.suspended, c.resumed, c.loss_marks, c.inferred];
        Self { events: t.events, lost: t.lost, refused: t.refused, counts }
    }
}

impl From<StoredEnd> for Totals {
    fn from(end: StoredEnd) -> Self {
        let [entries, exits, lines, values, suspended, resumed, loss_marks, inferred] = end.counts;
        let counts = Counts { entries, exits, lines, values, suspended, resumed, loss_marks, inferred };
        Self { events: end.events, lost: end.lost, refused: end.refused, counts }
    }
}

/// What a log's end has more since version 2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredSeal {
    /// The first and the last time of an event.
    pub first: u64,
    pub last: u64,
    /// Runs of sites that there are events of: where each begins, and how many it has. `None`: not all are known.
    pub sites: Option<Vec<(u32, u32)>>,
    /// Where the last index is; 0: there is none.
    pub index: u64,
}
fields!(StoredSeal { first, last, sites, index });

/// A batch, as an index tells of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredUnit {
    /// Where its frame is.
    pub offset: u64,
    pub thread: u32,
    pub before: u64,
    pub events: u32,
    pub lost: u64,
    /// Its first and its last time.
    pub first: u64,
    pub last: u64,
    /// The numbers of calls that began before it, and in it too.
    pub base_call: u64,
    pub last_call: u64,
}
fields!(StoredUnit { offset, thread, before, events, lost, first, last, base_call, last_call });

/// Where things are in the log.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredIndex {
    /// Where the index before this one is; 0: this is the first.
    pub previous: u64,
    /// Frames of other kinds since then: kind and offset.
    pub frames: Vec<(u8, u64)>,
    /// Batches since then.
    pub units: Vec<StoredUnit>,
}
fields!(StoredIndex { previous, frames, units });

/// What a batch begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BatchHead {
    pub thread: u32,
    pub cycle: u64,
    /// Events of the thread in the batches before this one.
    pub before: u64,
    pub events: u32,
    /// What the loss marks inside add up to.
    pub lost: u64,
    pub base_ticks: u64,
    pub last_ticks: u64,
    pub base_call: u64,
    pub base_depth: u32,
}
fields!(BatchHead { thread, cycle, before, events, lost, base_ticks, last_ticks, base_call, base_depth });

/// What the head of a batch has more since version 2.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct BatchReach {
    /// The ticks of the first event.
    pub first_ticks: u64,
    /// The call of the last entry.
    pub last_call: u64,
}
fields!(BatchReach { first_ticks, last_call });

/// How a batch's columns are packed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredColumns {
    /// How they are compressed.
    pub codec: u8,
    /// How many bytes they are.
    pub length: u32,
    /// How long each of them is.
    pub columns: Vec<u32>,
}
fields!(StoredColumns { codec, length, columns });

/// What a call is about to leave with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredLeaving {
    /// Its id; or the key of one that is not open.
    pub call: u64,
    pub is_open: bool,
    pub early: bool,
    pub place: u32,
    pub value: Vec<u8>,
}
fields!(StoredLeaving { call, is_open, early, place, value });

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredDrained {
    pub thread: u32,
    /// Words of its ring that are in the log then.
    pub position: u64,
    /// Events of the thread that are in the log then.
    pub events: u64,
    pub leaving: Vec<StoredLeaving>,
}
fields!(StoredDrained { thread, position, events, leaving });

/// When events happened whose kind has no time: in logs of version 1.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredDates {
    pub thread: u32,
    /// As the head of the batch has it.
    pub before: u64,
    /// The number of the event in the batch, and its ticks: each as the difference to the one before, the first ticks to the batch's base.
    pub dates: Vec<(u32, u64)>,
}
fields!(StoredDates { thread, before, dates });

#[cfg(feature = "reader")]
impl StoredDates {
    /// The number of each event in the batch, and its ticks. `base_ticks`: those of the batch.
    pub fn absolute(&self, base_ticks: u64) -> impl Iterator<Item = (u32, u64)> {
        self.dates.iter().scan((0_u32, base_ticks), |(index, ticks), (at, when)| {
            (*index, *ticks) = (index.wrapping_add(*at), ticks.wrapping_add(*when));
            Some((*index, *ticks))
        })
    }
}

/// How the calls of functions are dated that are not dated exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredClocks {
    /// First sites of functions, each with 1 for the coarse clock, 2 for none.
    pub functions: Vec<(u32, u8)>,
    /// The longest time between two readings of the coarse clock so far, in ticks.
    pub resolution: u64,
}
fields!(StoredClocks { functions, resolution });
