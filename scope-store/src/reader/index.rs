//! The first pass over a log: what is where, and what is damaged.

use super::clock::Clock;
use super::frames::{Found, Frames};
use super::sites::Sites;
use super::source::Source;
use super::{LogEnd, batch};
use crate::error::{Damage, DamageKind, ReadError};
use crate::event::{Mark, ThreadId};
use crate::format::{
    self, BatchHead, BatchReach, StoredCalibration, StoredCarried, StoredClocks, StoredDates, StoredDrained, StoredEnd,
    StoredFunction, StoredGoing, StoredHome, StoredLost, StoredMark, StoredProcess, StoredSeal, StoredStart,
    StoredStop, StoredThread, StoredThreadEnd, Undecodable,
};
use crate::frame::{FrameKind, HEAD};
use crate::header::{self, BadHeader, FileHeader};
use crate::info::{Calibration, Clocked, Process, ThreadDef, Totals};
use std::collections::BTreeMap;

/// A part of the events of one thread.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Batch(BatchUnit),
    /// Losses that no batch tells of.
    Lost {
        ticks: u64,
        count: u64,
    },
    /// Recording stopped.
    Stopped {
        ticks: u64,
        reason: u8,
    },
    /// The thread was met, has ended.
    Started {
        ticks: u64,
    },
    Ended {
        ticks: u64,
    },
    /// One of [`Index::marks`].
    Mark {
        ticks: u64,
        mark: usize,
    },
}

/// A batch: where it is, and what it holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct BatchUnit {
    /// Of its frame.
    pub offset: u64,
    /// The number of its first event, and how many there are.
    pub before: u64,
    pub events: u32,
    /// The first and the last time.
    pub first: u64,
    pub last: u64,
    /// The calls that begin in it have ids above the one and up to the other.
    pub base_call: u64,
    pub last_call: u64,
}

/// A thread, and its events in order.
#[derive(Debug)]
pub(super) struct Thread {
    pub def: ThreadDef,
    /// The log has its definition.
    pub is_defined: bool,
    pub units: Vec<Unit>,
    /// Where the times are of batches that have events with a time whose kind has none: by the number of events before. In version 1.
    pub dates: BTreeMap<u64, u64>,
    /// What was open where the log begins, if that is no first segment.
    pub carried: Option<(StoredCarried, StoredGoing)>,
    /// Events in the batches so far, those that are missing included.
    pub events: u64,
    /// How far its ring is in the log.
    pub drained: Option<StoredDrained>,
    /// The same once the batch that comes next is there.
    pending: Option<StoredDrained>,
}

impl Thread {
    fn settle(&mut self) {
        if let Some(drained) = self.pending.take_if(|pending| pending.events <= self.events) {
            self.drained = Some(drained);
        }
    }
}

/// What the first pass found.
#[derive(Debug)]
pub(super) struct Index {
    pub version: (u16, u16),
    /// The length of the header.
    pub header: u64,
    pub process: Process,
    pub clock: Clock,
    pub sites: Sites,
    /// By id; 0 is the recorder itself.
    pub threads: BTreeMap<u32, Thread>,
    pub damage: Vec<Damage>,
    pub end: LogEnd,
    pub totals: Option<Totals>,
    /// Functions that are not dated exactly, by their first site.
    pub clocks: BTreeMap<u32, Clocked>,
    /// The longest time between two readings of the coarse clock, in ticks.
    pub resolution: u64,
    /// Events that could be read, and records of which the log says, or its damage shows, that they are lost.
    pub events: u64,
    pub lost: u64,
    /// What the recorder did.
    pub marks: Vec<Mark>,
    /// Where the plans in force are, and the sources: frames whose texts are read when they are asked for.
    pub plans: Vec<u64>,
    pub sources: Vec<u64>,
    /// The sites that there are events of; `None`: not known.
    pub hit: Option<Vec<(u32, u32)>>,
    pub calibrations: Vec<Calibration>,
    /// How far the source was read.
    pub reached: u64,
}

impl Index {
    /// Reads the header of `source`, and what it has of an index; where it has none, every frame.
    pub fn new(source: &Source) -> Result<Self, ReadError> {
        let mut index = Self::empty(header(source)?);
        if index.version.0 < 2 || !index.load(source)? {
            return Self::scanned(source);
        }
        index.complete();
        // The end tells.
        if let Some(totals) = &index.totals {
            index.lost = totals.lost.saturating_add(totals.refused);
        }
        Ok(index)
    }

    /// Reads the header and every frame of `source`.
    pub fn scanned(source: &Source) -> Result<Self, ReadError> {
        let mut index = Self::unread(source)?;
        index.scan_more(source)?;
        if let Some(totals) = &index.totals {
            // Batches that are missing at a thread's end leave no gap, but they are missing in the sum.
            let told = totals.counts.all().saturating_add(totals.lost);
            let seen = index.events.saturating_add(index.lost);
            index.lost = index.lost.saturating_add(told.saturating_sub(seen)).saturating_add(totals.refused);
        }
        Ok(index)
    }

    /// Reads the header alone.
    pub fn unread(source: &Source) -> Result<Self, ReadError> {
        Ok(Self::empty(header(source)?))
    }

    fn empty(header: FileHeader) -> Self {
        Self {
            version: header.version,
            header: header.length as u64,
            process: Process::default(),
            clock: Clock::default(),
            sites: Sites::default(),
            threads: BTreeMap::new(),
            damage: Vec::new(),
            end: LogEnd::Open,
            totals: None,
            clocks: BTreeMap::new(),
            resolution: 0,
            events: 0,
            lost: 0,
            marks: Vec::new(),
            plans: Vec::new(),
            sources: Vec::new(),
            hit: None,
            calibrations: Vec::new(),
            reached: header.length as u64,
        }
    }

    /// Once all frames are known.
    fn complete(&mut self) {
        self.clock = Clock::new(self.calibrations.clone());
        for thread in self.threads.values_mut() {
            // A thread is met after it has recorded something.
            let first = thread
                .units
                .iter()
                .find_map(|unit| if let Unit::Batch(batch) = unit { Some(batch.first) } else { None });
            if let (Some(Unit::Started { ticks }), Some(first)) = (thread.units.first_mut(), first) {
                *ticks = (*ticks).min(first);
            }
        }
    }

    /// Reads the frames that came since.
    pub fn scan_more(&mut self, source: &Source) -> Result<(), ReadError> {
        if self.end == LogEnd::Sealed {
            return Ok(());
        }
        self.end = LogEnd::Open;
        self.reached = self.scan(source, self.reached)?;
        self.complete();
        Ok(())
    }

    /// Reads frames from `at` on. How far it came.
    fn scan(&mut self, source: &Source, mut at: u64) -> Result<u64, ReadError> {
        let mut frames = Frames::new(source);
        while at < source.length() {
            match frames.at(at)? {
                Found::Frame(head) => {
                    let length = (HEAD + head.length) as u64;
                    if self.frame(at, head.kind, &frames.payload).is_err() {
                        self.damage.push(Damage { offset: at, length, kind: DamageKind::Undecodable });
                    }
                    at += length;
                }
                Found::Damage { kind, resume } => {
                    let Some(next) = frames.next_whole(resume)? else {
                        self.end = LogEnd::Torn { offset: at };
                        return Ok(at);
                    };
                    self.damage.push(Damage { offset: at, length: next - at, kind });
                    at = next;
                }
                Found::Cut => {
                    self.end = LogEnd::Torn { offset: at };
                    return Ok(at);
                }
            }
            if self.end == LogEnd::Sealed {
                if at < source.length() {
                    let length = source.length() - at;
                    self.damage.push(Damage { offset: at, length, kind: DamageKind::Trailing });
                }
                return Ok(at);
            }
        }
        Ok(at)
    }

    /// Takes note of a frame.
    pub(super) fn frame(&mut self, at: u64, kind: Option<FrameKind>, payload: &[u8]) -> Result<(), Undecodable> {
        match kind {
            // Of a newer minor version: not for us.
            None => {}
            Some(FrameKind::Process) => {
                let mut payload = payload;
                let process: StoredProcess = format::take(&mut payload)?;
                // Version 1 tells no more.
                let home = if payload.is_empty() { StoredHome::default() } else { format::take(&mut payload)? };
                self.process = process.at(home);
            }
            Some(FrameKind::Calibration) => self.calibrations.push(format::read::<StoredCalibration>(payload)?.into()),
            Some(FrameKind::Sites) => self.sites.add(format::read::<Vec<StoredFunction<'_>>>(payload)?)?,
            Some(FrameKind::Thread) => {
                let mut payload = payload;
                let def = ThreadDef::from(format::take::<StoredThread>(&mut payload)?);
                // Version 1 tells no more.
                let start = if payload.is_empty() { StoredStart::default() } else { format::take(&mut payload)? };
                let id = def.id.0;
                let thread = self.thread(id);
                (thread.def, thread.is_defined) = (def, true);
                thread.events = thread.events.max(start.before);
                if start.ticks != 0 {
                    thread.units.push(Unit::Started { ticks: start.ticks });
                }
            }
            Some(FrameKind::ThreadEnd) => {
                let StoredThreadEnd { id, ticks } = format::read(payload)?;
                self.thread(id).units.push(Unit::Ended { ticks });
            }
            Some(FrameKind::Carried) => {
                let mut payload = payload;
                let carried: StoredCarried = format::take(&mut payload)?;
                // The first that wrote this frame told no more.
                let going = if payload.is_empty() { StoredGoing::default() } else { format::take(&mut payload)? };
                let thread = self.thread(carried.thread);
                thread.carried = Some((carried, going));
            }
            Some(FrameKind::Mark) => {
                let StoredMark { mark, ticks, text } = format::read(payload)?;
                let mark = match mark {
                    1 => Mark::Start,
                    2 => Mark::Stop,
                    3 => Mark::Snapshot(text),
                    code => Mark::Other(code),
                };
                self.marks.push(mark);
                let mark = self.marks.len() - 1;
                self.thread(0).units.push(Unit::Mark { ticks, mark });
            }
            Some(FrameKind::Plan) => self.plans.push(at),
            Some(FrameKind::Source) => self.sources.push(at),
            // Only who has no other way asks it.
            Some(FrameKind::Index) => {}
            Some(kind @ (FrameKind::Batch | FrameKind::Columns)) => {
                let (head, reach) = batch::head(payload, kind == FrameKind::Columns)?;
                self.batch(at, head, reach)?;
            }
            Some(FrameKind::Lost) => {
                let StoredLost { thread, ticks, count } = format::read(payload)?;
                self.lost = self.lost.saturating_add(count);
                self.thread(thread).units.push(Unit::Lost { ticks, count });
            }
            Some(FrameKind::Stop) => {
                let StoredStop { reason, ticks } = format::read(payload)?;
                self.thread(0).units.push(Unit::Stopped { ticks, reason });
            }
            Some(FrameKind::Drained) => {
                let drained: StoredDrained = format::read(payload)?;
                let thread = self.thread(drained.thread);
                thread.pending = Some(drained);
                thread.settle();
            }
            Some(FrameKind::Clocks) => {
                let StoredClocks { functions, resolution } = format::read(payload)?;
                let known = functions.into_iter().filter_map(|(site, clock)| Some((site, Clocked::from_byte(clock)?)));
                self.clocks.extend(known);
                self.resolution = self.resolution.max(resolution);
            }
            Some(FrameKind::Dates) => {
                let StoredDates { thread, before, .. } = format::read(payload)?;
                self.thread(thread).dates.insert(before, at);
            }
            Some(FrameKind::End) => {
                let mut payload = payload;
                self.totals = Some(format::take::<StoredEnd>(&mut payload)?.into());
                self.hit = format::read::<StoredSeal>(payload).ok().and_then(|seal| seal.sites);
                self.end = LogEnd::Sealed;
            }
        }
        Ok(())
    }

    pub(super) fn batch(&mut self, offset: u64, head: BatchHead, reach: BatchReach) -> Result<(), Undecodable> {
        let BatchHead { before, events, .. } = head;
        let thread = self.thread(head.thread);
        let missing = before.checked_sub(thread.events).ok_or(Undecodable)?;
        thread.events = before.checked_add(u64::from(events)).ok_or(Undecodable)?;
        if missing > 0 {
            thread.units.push(Unit::Lost { ticks: head.base_ticks, count: missing });
        }
        let (first, last) = (reach.first_ticks, head.last_ticks);
        let (base_call, last_call) = (head.base_call, reach.last_call);
        thread.units.push(Unit::Batch(BatchUnit { offset, before, events, first, last, base_call, last_call }));
        thread.settle();
        self.events = self.events.saturating_add(u64::from(events));
        self.lost = self.lost.saturating_add(missing).saturating_add(head.lost);
        Ok(())
    }

    /// The thread `id`, which may be unknown so far: its definition may be damaged.
    fn thread(&mut self, id: u32) -> &mut Thread {
        self.threads.entry(id).or_insert_with(|| Thread {
            def: ThreadDef { id: ThreadId(id), name: None, os_id: 0 },
            is_defined: false,
            units: Vec::new(),
            dates: BTreeMap::new(),
            carried: None,
            events: 0,
            drained: None,
            pending: None,
        })
    }
}

fn header(source: &Source) -> Result<header::FileHeader, ReadError> {
    let path = || source.path().to_owned();
    if source.length() == 0 {
        return Err(ReadError::Empty { path: path() });
    }
    let mut bytes = [0; header::MAX_LENGTH];
    let there = source.read(0, &mut bytes)?;
    let header = header::parse(&bytes[..there]).map_err(|bad| match bad {
        BadHeader::NotALog { text_mode } => ReadError::NotALog { path: path(), text_mode },
        BadHeader::Cut => ReadError::Header { path: path(), offset: source.length(), cut: true },
        BadHeader::Damaged => ReadError::Header { path: path(), offset: 0, cut: false },
    })?;
    if !(1..=header::VERSION.0).contains(&header.version.0) {
        return Err(ReadError::Version { path: path(), found: header.version, supported: header::VERSION });
    }
    Ok(header)
}
