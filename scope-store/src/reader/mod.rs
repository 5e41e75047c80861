//! Reads a log: never writes, and never holds more than a batch of each thread in memory.

mod batch;
pub(crate) mod clock;
mod dates;
mod fill;
mod follow;
mod frames;
mod index;
pub(crate) mod lineage;
mod merge;
mod recovered;
mod repair;
mod ring_file;
mod seek;
pub(crate) mod sites;
mod source;
mod texts;
mod thread;
pub(crate) mod told;

pub use follow::{AtPath, Follower};
pub use merge::Events;
pub use repair::RepairError;
pub use thread::ThreadEvents;

use crate::error::{Damage, ReadError};
use crate::event::{CallId, PlaceKind, SiteId, ThreadId};
use crate::info::{Clocked, Process, SiteDef, ThreadDef, Totals};
use index::{Index, Unit};
use parking_lot::Mutex;
use source::Source;
use std::path::Path;
use texts::Lines;

/// How a log ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum LogEnd {
    /// With its end frame: it is complete.
    Sealed,
    /// Inside a frame: from `offset` on nothing can be read.
    Torn {
        /// In bytes from the start of the file.
        offset: u64,
    },
    /// With a whole frame: its program still runs, or died.
    Open,
}

/// A log that is read.
///
/// Opening one that was sealed reads its index alone; what is damaged is found when it is read, or by [`Self::scan`]. One that was not is
/// read once, to find all frames and all damage. A log that is still being written is read as it was when it was
/// opened. Where a process has died, what its rings still held is read as if it stood at the log's end.
#[derive(Debug)]
pub struct LogReader {
    source: Source,
    index: Index,
    /// Events that were found in the rings, and bytes at the log's end in whose place they are read.
    recovered: u64,
    cut_off: u64,
    /// Source files that lines were asked of.
    lines: Mutex<Lines>,
}

impl LogReader {
    /// Opens the log at `path`.
    ///
    /// # Errors
    ///
    /// It can't be opened or read, is empty, is no log, has a damaged header, or is of another major version. Damage behind the
    /// header is no error: see [`Self::damage`].
    pub fn open(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let reader = Self::new(Source::file(path.as_ref())?)?;
        if reader.index.end == LogEnd::Sealed {
            return Ok(reader);
        }
        let Self { source, index, .. } = reader;
        let Some(recovered) = recovered::recover(&source, &index)? else {
            return Ok(Self::of(source, index));
        };
        let end = index.end;
        let cut = if let LogEnd::Torn { offset } = end { offset } else { source.length() };
        let cut_off = source.length().saturating_sub(cut);
        let mut reader = Self::new(source.continued(cut, recovered.frames))?;
        (reader.index.end, reader.recovered, reader.cut_off) = (end, recovered.events, cut_off);
        Ok(reader)
    }

    /// Opens the log at `path`, and reads all of it to find what is damaged: also where it has an index, by which [`Self::open`] finds
    /// its way alone.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn scan(path: impl AsRef<Path>) -> Result<Self, ReadError> {
        let reader = Self::scanned(Source::file(path.as_ref())?)?;
        if reader.index.end == LogEnd::Sealed { Ok(reader) } else { Self::open(path) }
    }

    /// Reads a log that is in memory.
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn from_bytes(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::new(Source::memory(bytes))
    }

    /// Its header alone.
    fn unread(source: Source) -> Result<Self, ReadError> {
        let index = Index::unread(&source)?;
        Ok(Self::of(source, index))
    }

    /// The same, as [`Self::scan`].
    ///
    /// # Errors
    ///
    /// As [`Self::open`].
    pub fn scan_bytes(bytes: Vec<u8>) -> Result<Self, ReadError> {
        Self::scanned(Source::memory(bytes))
    }

    fn of(source: Source, index: Index) -> Self {
        Self { source, index, recovered: 0, cut_off: 0, lines: Mutex::default() }
    }

    fn scanned(source: Source) -> Result<Self, ReadError> {
        let index = Index::scanned(&source)?;
        Ok(Self::of(source, index))
    }

    fn new(source: Source) -> Result<Self, ReadError> {
        let index = Index::new(&source)?;
        Ok(Self::of(source, index))
    }

    /// Where the log is.
    pub fn path(&self) -> &Path {
        self.source.path()
    }

    /// Major and minor version of the log's format.
    pub fn version(&self) -> (u16, u16) {
        self.index.version
    }

    /// The process that wrote the log. All empty where that part is damaged.
    pub fn header(&self) -> &Process {
        &self.index.process
    }

    /// What is known of a site. `None`: its definition is damaged.
    pub fn site(&self, id: SiteId) -> Option<&SiteDef> {
        self.index.sites.get(id.0)
    }

    /// All sites, by id.
    pub fn sites(&self) -> impl Iterator<Item = &SiteDef> {
        self.index.sites.iter()
    }

    /// How the calls of the function are dated whose own site this is.
    pub fn clock(&self, function: SiteId) -> Clocked {
        self.index.clocks.get(&function.0).copied().unwrap_or(Clocked::Exactly)
    }

    /// The longest time that lay between two readings of the coarse clock, in nanoseconds. `None`: it was not used.
    pub fn resolution(&self) -> Option<u64> {
        let (clock, start) = (&self.index.clock, self.index.clock.start());
        let used = self.index.clocks.values().any(|clock| *clock == Clocked::Coarsely);
        used.then(|| clock.time(start.saturating_add(self.index.resolution)).saturating_sub(clock.time(start)))
    }

    /// What is known of a thread.
    pub fn thread(&self, id: ThreadId) -> Option<&ThreadDef> {
        self.index.threads.get(&id.0).map(|thread| &thread.def)
    }

    /// All threads, by id.
    pub fn threads(&self) -> impl Iterator<Item = &ThreadDef> {
        self.index.threads.range(1..).map(|(_, thread)| &thread.def)
    }

    /// All events by time; those of one time by thread, those of one thread in their order.
    ///
    /// An error does not end the iteration: what can be read behind it follows.
    pub fn events(&self) -> Events<'_> {
        Events::new(self)
    }

    /// The events of one thread, in their order. An error does not end the iteration.
    pub fn thread_events(&self, id: ThreadId) -> ThreadEvents<'_> {
        ThreadEvents::new(self, id)
    }

    /// The events of one thread from `time` on (nanoseconds since the Unix epoch), and a few that were before: a batch is read as a whole.
    /// Of calls that began before those no parent is known.
    pub fn thread_events_from(&self, id: ThreadId, time: u64) -> ThreadEvents<'_> {
        ThreadEvents::from_unit(self, id, |batch| self.index.clock.time(batch.last) >= time)
    }

    /// The same of all threads, by time.
    pub fn events_from(&self, time: u64) -> Events<'_> {
        Events::of(self.index.threads.keys().map(|id| self.thread_events_from(ThreadId(*id), time)))
    }

    /// The events of the thread that `call` began on, from the batch on that has its entry.
    pub fn thread_events_from_call(&self, call: CallId) -> ThreadEvents<'_> {
        ThreadEvents::from_unit(self, call.thread(), |batch| call.0 <= batch.last_call)
    }

    /// The events of a thread from the batch on that has its event `number`.
    pub fn thread_events_from_number(&self, id: ThreadId, number: u64) -> ThreadEvents<'_> {
        ThreadEvents::from_unit(self, id, |batch| number < batch.before.saturating_add(batch.events.into()))
    }

    /// Whether operations are told: to know which one an event is a part of then takes all events of its thread before it.
    pub(crate) fn has_operations(&self) -> bool {
        let mut carried = self.index.threads.values().filter_map(|thread| thread.carried.as_ref());
        carried.any(|(_, going)| going.has_operations())
            || self.sites().any(|site| site.place() == Some(PlaceKind::Correlation))
    }

    /// When the first and the last event of the log happened, in nanoseconds since the Unix epoch. `None`: it has none.
    pub fn span(&self) -> Option<(u64, u64)> {
        let batches = self.index.threads.values().flat_map(|thread| &thread.units);
        let spans = batches
            .filter_map(|unit| if let Unit::Batch(batch) = unit { Some((batch.first, batch.last)) } else { None });
        let (first, last) = spans.reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)))?;
        Some((self.index.clock.time(first), self.index.clock.time(last)))
    }

    /// Whether the log has events of the site. `None`: it does not say.
    pub fn has_events_of(&self, site: SiteId) -> Option<bool> {
        let runs = self.index.hit.as_ref()?;
        Some(runs.iter().any(|(first, count)| (*first..first.saturating_add(*count)).contains(&site.0)))
    }

    /// How the log ends.
    pub fn state(&self) -> LogEnd {
        self.index.end
    }

    /// The parts that can't be read, in their order, as far as they were looked for: see [`Self::scan`]. What [`LogEnd::Torn`] tells is not
    /// among them.
    pub fn damage(&self) -> &[Damage] {
        &self.index.damage
    }

    /// Records that are known to be lost: for want of room in a ring or in the log, or by damage.
    pub fn lost(&self) -> u64 {
        self.index.lost
    }

    /// How many of the events are not in the log but were found in the rings of a process that died.
    pub fn recovered(&self) -> u64 {
        self.recovered
    }

    /// What a sealed log says that it holds.
    pub fn totals(&self) -> Option<&Totals> {
        self.index.totals.as_ref()
    }
}

#[cfg(test)]
mod tests;
