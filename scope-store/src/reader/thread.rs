//! The events of one thread.

use super::LogReader;
use super::batch::BatchReader;
use super::clock::Span;
use super::fill::{Spare, call, fill};
use super::frames::{Found, Frames};
use super::index::{BatchUnit, Index, Unit};
use super::lineage::Lineage;
use super::source::Source;
use crate::error::{Damage, DamageKind, ReadError};
use crate::event::{Event, EventId, EventKind, Mark, SiteId, StopReason, ThreadId};
use crate::format::{self, RawEvent, See, StoredDates, Undecodable, Unpackable};
use crate::frame::{FrameKind, HEAD};
use crate::writer::MAX_SIZE;

/// The events of one thread, in their order: see [`LogReader::thread_events`].
#[derive(Debug)]
pub struct ThreadEvents<'a> {
    reader: &'a LogReader,
    units: std::slice::Iter<'a, Unit>,
    frames: Frames<'a>,
    batch: BatchReader,
    /// Where the current batch is.
    offset: u64,
    /// Events of it that can't be read: they are told as lost.
    damaged: u64,
    /// Marks of losses and stops that have no number so far.
    unnumbered: u64,
    /// What [`Step::Failed`] tells of.
    error: Option<ReadError>,
    last: Last<'a>,
}

/// What reading came to. The error is elsewhere: it is large, and each event would pay for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// An event, in its place.
    Event,
    /// An error.
    Failed,
    /// No more.
    End,
}

/// The event that was read last, and what is known of its thread by then.
#[derive(Debug)]
struct Last<'a> {
    index: &'a Index,
    thread: ThreadId,
    event: Event,
    /// The last time.
    ticks: u64,
    /// What is linear around it.
    span: Span,
    /// The number of the next event.
    number: u64,
    lineage: Lineage,
    spare: Spare,
}

/// What goes over from the units of a thread that were read to those that come later.
#[derive(Debug)]
pub(super) struct Cursor {
    ticks: u64,
    unnumbered: u64,
    lineage: Lineage,
}

impl<'a> ThreadEvents<'a> {
    pub(super) fn new(reader: &'a LogReader, thread: ThreadId) -> Self {
        Self::from_unit(reader, thread, |_| true)
    }

    /// Where reading went on up to `cursor`, and the units are those behind it.
    pub(super) fn resumed(reader: &'a LogReader, thread: ThreadId, cursor: Option<Cursor>) -> Self {
        let new = Self::new(reader, thread);
        match cursor {
            None => new,
            Some(Cursor { ticks, unnumbered, lineage }) => {
                Self { unnumbered, last: Last { ticks, lineage, ..new.last }, ..new }
            }
        }
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
            carried.into_iter().for_each(|(carried, going)| lineage.carry(&carried.open, going));
        }
        Self {
            reader,
            units: units[skip..].iter(),
            frames: Frames::new(&reader.source),
            batch: BatchReader::default(),
            offset: 0,
            damaged: 0,
            unnumbered: 0,
            error: None,
            last: Last {
                index: &reader.index,
                thread,
                event: bare(EventId::new(0, thread, 0), 0, EventKind::Line),
                ticks: 0,
                span: Span::default(),
                number: 0,
                lineage,
                spare: Spare::default(),
            },
        }
    }

    /// Reads the next event, and lends it: cheaper than the iterator, which gives it away. An error does not end it.
    #[inline]
    pub fn read(&mut self) -> Option<Result<&Event, ReadError>> {
        match self.advance() {
            Step::Event => Some(Ok(&self.last.event)),
            Step::Failed => self.error.take().map(Err),
            Step::End => None,
        }
    }

    /// How far it was read.
    pub(super) fn into_cursor(self) -> Cursor {
        Cursor { ticks: self.last.ticks, unnumbered: self.unnumbered, lineage: self.last.lineage }
    }

    pub(super) fn id(&self) -> ThreadId {
        self.last.thread
    }

    /// The ticks of the event that was read last; an error has those of the event before.
    pub(super) fn ticks(&self) -> u64 {
        self.last.ticks
    }

    /// What was read, given away.
    #[inline]
    pub(super) fn given(&mut self, step: Step) -> Option<Result<Event, ReadError>> {
        match step {
            Step::Event => {
                let Event { id, time, ticks, thread, depth, call, parent, correlation, site, .. } = self.last.event;
                let kind = std::mem::replace(&mut self.last.event.kind, EventKind::Line);
                Some(Ok(Event { id, time, ticks, thread, depth, call, parent, correlation, site, kind }))
            }
            Step::Failed => self.error.take().map(Err),
            Step::End => None,
        }
    }

    /// Reads the next event into its place.
    #[inline]
    pub(super) fn advance(&mut self) -> Step {
        if self.batch.left() > 0 { self.of_batch() } else { self.of_units() }
    }

    fn failed(&mut self, error: ReadError) -> Step {
        self.error = Some(error);
        Step::Failed
    }

    fn of_units(&mut self) -> Step {
        loop {
            if self.damaged > 0 {
                let count = std::mem::take(&mut self.damaged);
                self.mark(0, EventKind::Lost { count });
                return Step::Event;
            }
            let Some(unit) = self.units.next() else { return Step::End };
            let (ticks, kind) = match *unit {
                Unit::Batch(unit) => match self.load(&unit) {
                    Ok(()) if self.batch.left() > 0 => return self.of_batch(),
                    Ok(()) => continue,
                    Err(error) => {
                        self.damaged = unit.events.into();
                        return self.failed(error);
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
            self.mark(ticks, kind);
            return Step::Event;
        }
    }

    /// What is no event of a batch.
    fn mark(&mut self, ticks: u64, kind: EventKind) {
        let time = self.last.date(ticks);
        self.unnumbered += 1;
        let id = EventId::new(time, self.last.thread, UNNUMBERED + self.unnumbered - 1);
        self.last.event = bare(id, self.last.ticks, kind);
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
                self.batch.begin_rows(&self.frames.payload, told).map_err(Unpackable::from)
            }
            _ => Err(Unpackable::Undecodable),
        };
        // What the index says is what is there.
        match begun {
            Ok(head)
                if head.before == unit.before && head.events == unit.events && head.thread == self.last.thread.0 =>
            {
                self.last.number = head.before;
                Ok(())
            }
            begun => {
                self.batch = BatchReader::default();
                match begun {
                    Err(Unpackable::Codec(codec)) => Err(self.reader.source.compression(codec)),
                    _ => Err(self.damage(DamageKind::Undecodable)),
                }
            }
        }
    }

    /// When events of the batch happened whose kind has no time, as version 1 tells it.
    fn told(&self, unit: &BatchUnit) -> Result<Option<StoredDates>, ReadError> {
        let thread = self.reader.index.threads.get(&self.last.thread.0);
        let Some(at) = thread.and_then(|thread| thread.dates.get(&unit.before)) else { return Ok(None) };
        let mut frames = Frames::new(&self.reader.source);
        let Found::Frame(_) = frames.at(*at)? else { return Ok(None) };
        Ok(format::read::<StoredDates>(&frames.payload).ok())
    }

    #[inline]
    fn of_batch(&mut self) -> Step {
        let left = self.batch.left();
        match self.batch.next(&self.frames.payload, &mut self.last) {
            Ok(Ok(())) => return Step::Event,
            // One event whose values make no sense; what follows may.
            Ok(Err(Undecodable)) => {}
            Err(Undecodable) => self.damaged = left.into(),
        }
        let error = self.damage(DamageKind::Undecodable);
        self.failed(error)
    }
}

impl Last<'_> {
    /// Takes the time of an event, and makes nanoseconds of it. What has none has that of the event before, or that of the log's start.
    #[inline(always)]
    fn date(&mut self, ticks: u64) -> u64 {
        if ticks != 0 {
            self.ticks = ticks;
        } else if self.ticks == 0 {
            self.ticks = self.index.clock.start();
        }
        if !self.span.holds(self.ticks) {
            self.span = self.index.clock.span(self.ticks);
        }
        self.span.time(self.ticks)
    }
}

impl See for &mut Last<'_> {
    type Seen = Result<(), Undecodable>;

    #[inline(always)]
    fn see(self, raw: RawEvent<'_>) -> Self::Seen {
        let before = (self.event.ticks, self.event.time);
        let time = self.date(raw.ticks);
        let event = &mut self.event;
        (event.id, event.time, event.ticks) = (EventId::new(time, self.thread, self.number), time, self.ticks);
        (event.depth, event.call, event.site) = (raw.depth, call(raw.call), site(raw.site));
        event.parent = None;
        if event.correlation.is_some() {
            event.correlation = None;
        }
        self.number += 1;
        fill(self.index, event, &raw, (before, &self.span), &mut self.spare)?;
        self.lineage.tell(event);
        Ok(())
    }
}

impl Iterator for ThreadEvents<'_> {
    type Item = Result<Event, ReadError>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        let step = self.advance();
        self.given(step)
    }
}

/// Marks that are no event of their thread's own have numbers from here on.
const UNNUMBERED: u64 = 1 << 39;

/// What belongs to no call.
fn bare(id: EventId, ticks: u64, kind: EventKind) -> Event {
    let (time, thread) = (id.time(), id.thread());
    Event { id, time, ticks, thread, depth: 0, call: None, parent: None, correlation: None, site: None, kind }
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
        _ => batch.begin_rows(&frames.payload, None).map_err(Unpackable::from),
    };
    let head = match begun {
        Ok(head) => head,
        Err(Unpackable::Codec(codec)) => return Err(source.compression(codec)),
        Err(Unpackable::Undecodable) => return Ok(()),
    };
    for number in head.before..head.before.saturating_add(head.events.into()) {
        if batch.next(&frames.payload, |event: RawEvent<'_>| see(number, &event)).is_err() {
            break;
        }
    }
    Ok(())
}

#[inline]
fn site(id: u32) -> Option<SiteId> {
    if id == 0 { None } else { Some(SiteId(id)) }
}
