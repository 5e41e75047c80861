//! The events of one thread.

use super::LogReader;
use super::batch::BatchReader;
use super::frames::{Found, Frames};
use super::index::{BatchUnit, Index, Unit};
use super::lineage::Lineage;
use super::source::Source;
use crate::error::{Damage, DamageKind, ReadError};
use crate::event::{Event, EventId, EventKind, Mark, StopReason, ThreadId};
use crate::format::{self, RawEvent, StoredDates, Undecodable};
use crate::frame::{FrameKind, HEAD};
use crate::told;
use crate::writer::MAX_SIZE;

/// The events of one thread, in their order: see [`LogReader::thread_events`].
#[derive(Debug)]
pub struct ThreadEvents<'a> {
    reader: &'a LogReader,
    thread: ThreadId,
    units: std::slice::Iter<'a, Unit>,
    frames: Frames<'a>,
    batch: BatchReader,
    /// Where the current batch is.
    offset: u64,
    /// Events of it that can't be read: they are told as lost.
    damaged: u64,
    /// Values, with the zeros at their end.
    padded: Vec<u8>,
    ticks: u64,
    /// The number of the next event.
    number: u64,
    /// Marks of losses and stops that have no number so far.
    unnumbered: u64,
    lineage: Lineage,
}

impl<'a> ThreadEvents<'a> {
    pub(super) fn new(reader: &'a LogReader, thread: ThreadId) -> Self {
        Self::from_unit(reader, thread, |_| true)
    }

    /// Those of the batches from the first one on that `begins` says is one.
    pub(super) fn from_unit(reader: &'a LogReader, thread: ThreadId, begins: impl Fn(&BatchUnit) -> bool) -> Self {
        let known = reader.index.threads.get(&thread.0);
        let units = known.map_or(&[][..], |thread| &thread.units);
        let is_first = |unit: &Unit| if let Unit::Batch(batch) = unit { begins(batch) } else { false };
        let skip = match units.iter().position(is_first) {
            // What is told before the first batch belongs to it.
            Some(first) if units[..first].iter().any(|unit| matches!(unit, Unit::Batch(_))) => first,
            Some(_) => 0,
            None => units.iter().rposition(|unit| matches!(unit, Unit::Batch(_))).map_or(0, |last| last + 1),
        };
        let mut lineage = Lineage::default();
        if skip == 0 {
            let carried = known.and_then(|thread| thread.carried.as_ref());
            carried.into_iter().flat_map(|carried| &carried.open).for_each(|open| lineage.carry(open));
        }
        Self {
            reader,
            thread,
            units: units[skip..].iter(),
            frames: Frames::new(&reader.source),
            batch: BatchReader::default(),
            offset: 0,
            damaged: 0,
            padded: Vec::new(),
            ticks: 0,
            number: 0,
            unnumbered: 0,
            lineage,
        }
    }

    /// The next event with its ticks; an error has those of the event before.
    pub(super) fn step(&mut self) -> Option<(u64, Result<Event, ReadError>)> {
        loop {
            if self.batch.left() > 0 {
                let event = self.event();
                return Some((self.ticks, event));
            }
            if self.damaged > 0 {
                let count = std::mem::take(&mut self.damaged);
                return Some(self.mark(0, EventKind::Lost { count }));
            }
            let (ticks, kind) = match *self.units.next()? {
                Unit::Batch(unit) => match self.load(&unit) {
                    Ok(()) => continue,
                    Err(error) => {
                        self.damaged = unit.events.into();
                        return Some((self.ticks, Err(error)));
                    }
                },
                Unit::Lost { ticks, count } => (ticks, EventKind::Lost { count }),
                Unit::Stopped { ticks, reason } => {
                    let reason = if reason == MAX_SIZE { StopReason::MaxSize } else { StopReason::Other(reason) };
                    (ticks, EventKind::Mark { mark: Mark::Limit(reason) })
                }
                Unit::Started { ticks } => (ticks, EventKind::ThreadStarted),
                Unit::Ended { ticks } => (ticks, EventKind::ThreadEnded),
                Unit::Mark { ticks, mark } => {
                    let Some(mark) = self.reader.index.marks.get(mark) else { continue };
                    (ticks, EventKind::Mark { mark: mark.clone() })
                }
            };
            return Some(self.mark(ticks, kind));
        }
    }

    /// What is no event of a batch.
    fn mark(&mut self, ticks: u64, kind: EventKind) -> (u64, Result<Event, ReadError>) {
        self.date(ticks);
        self.unnumbered += 1;
        let id =
            EventId::new(self.reader.index.clock.time(self.ticks), self.thread, told::UNNUMBERED + self.unnumbered - 1);
        (self.ticks, Ok(told::bare(id, self.ticks, kind)))
    }

    /// What has no time has that of the event before, or that of the log's start; and none is before the one that came before.
    fn date(&mut self, ticks: u64) {
        if ticks != 0 {
            self.ticks = ticks;
        } else if self.ticks == 0 {
            self.ticks = self.reader.index.clock.start();
        }
    }

    fn damage(&self, kind: DamageKind) -> ReadError {
        let length = (HEAD + self.frames.payload.len()) as u64;
        ReadError::Damaged { path: self.reader.path().to_owned(), damage: Damage { offset: self.offset, length, kind } }
    }

    fn load(&mut self, unit: &BatchUnit) -> Result<(), ReadError> {
        self.offset = unit.offset;
        let head = match self.frames.at(unit.offset)? {
            Found::Frame(head) => head,
            Found::Damage { kind, .. } => return Err(self.damage(kind)),
            Found::Cut => return Err(self.damage(DamageKind::Checksum)),
        };
        let begun = match head.kind {
            Some(FrameKind::Columns) => self.batch.begin(&self.frames.payload),
            Some(FrameKind::Batch) => {
                let told = self.told(unit)?;
                self.batch.begin_rows(&self.frames.payload, told)
            }
            _ => Err(Undecodable),
        };
        // What the index says is what is there.
        match begun {
            Ok(head) if head.before == unit.before && head.events == unit.events && head.thread == self.thread.0 => {
                self.number = head.before;
                Ok(())
            }
            _ => {
                self.batch = BatchReader::default();
                Err(self.damage(DamageKind::Undecodable))
            }
        }
    }

    /// When events of the batch happened whose kind has no time, as version 1 tells it.
    fn told(&self, unit: &BatchUnit) -> Result<Option<StoredDates>, ReadError> {
        let thread = self.reader.index.threads.get(&self.thread.0);
        let Some(at) = thread.and_then(|thread| thread.dates.get(&unit.before)) else { return Ok(None) };
        let mut frames = Frames::new(&self.reader.source);
        let Found::Frame(_) = frames.at(*at)? else { return Ok(None) };
        Ok(format::read::<StoredDates>(&frames.payload).ok())
    }

    fn event(&mut self) -> Result<Event, ReadError> {
        let left = self.batch.left();
        let Ok((ticks, raw)) = self.batch.next(&self.frames.payload) else {
            self.damaged = left.into();
            return Err(self.damage(DamageKind::Undecodable));
        };
        // In place of `date`, which would borrow all of us.
        if ticks != 0 {
            self.ticks = ticks;
        } else if self.ticks == 0 {
            self.ticks = self.reader.index.clock.start();
        }
        let number = self.number;
        self.number += 1;
        let Index { clock, .. } = &self.reader.index;
        let (at, known) = ((self.ticks, clock.time(self.ticks)), (&self.reader.index, clock));
        let Ok(mut event) = told::event(&raw, (self.thread, number), at, known, &mut self.padded) else {
            return Err(self.damage(DamageKind::Undecodable));
        };
        self.lineage.tell(&mut event);
        Ok(event)
    }
}

impl Iterator for ThreadEvents<'_> {
    type Item = Result<Event, ReadError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.step().map(|(_, event)| event)
    }
}

/// Gives `see` the events of the batch at `offset` as they are stored, each with its number among its thread's.
pub(super) fn raw_events(
    source: &Source,
    offset: u64,
    mut see: impl FnMut(u64, &RawEvent<'_>),
) -> Result<(), ReadError> {
    let mut frames = Frames::new(source);
    // It was whole when the log was opened.
    let Found::Frame(head) = frames.at(offset)? else { return Ok(()) };
    let mut batch = BatchReader::default();
    let begun = match head.kind {
        Some(FrameKind::Columns) => batch.begin(&frames.payload),
        _ => batch.begin_rows(&frames.payload, None),
    };
    let Ok(head) = begun else { return Ok(()) };
    for number in head.before..head.before.saturating_add(head.events.into()) {
        let Ok((_, event)) = batch.next(&frames.payload) else { break };
        see(number, &event);
    }
    Ok(())
}
