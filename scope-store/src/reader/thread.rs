//! The events of one thread.

use super::LogReader;
use super::dates::dates;
use super::frames::{Found, Frames};
use super::index::Unit;
use super::lineage::Lineage;
use super::source::Source;
use crate::error::{Damage, DamageKind, ReadError};
use crate::event::{
    CallId, CorrelationId, Event, EventId, EventKind, Mark, Outcome, PlaceKind, SiteId, StopReason, ThreadId,
};
use crate::format::{self, BatchHead, Decoder, RawEvent, RawExit, RawKind, StoredDates, Undecodable};
use crate::frame::HEAD;
use crate::info::{Clocked, SiteDef, SiteKind};
use crate::writer::MAX_SIZE;
use scope_core::value::{Value, decode_all};

/// The events of one thread, in their order: see [`LogReader::thread_events`].
#[derive(Debug)]
pub struct ThreadEvents<'a> {
    reader: &'a LogReader,
    thread: ThreadId,
    units: std::slice::Iter<'a, Unit>,
    frames: Frames<'a>,
    /// Where the current batch is, how much of its payload was read, and how many of its events are to come.
    offset: u64,
    read: usize,
    left: u32,
    decoder: Decoder,
    /// The ticks of the batch's events.
    dates: std::vec::IntoIter<u64>,
    /// Values, with the zeros at their end.
    padded: Vec<u8>,
    ticks: u64,
    /// The number of the next event.
    number: u64,
    /// Marks of losses and stops that have no number so far.
    unnumbered: u64,
    lineage: Lineage,
}

/// What goes over from the units of a thread that were read to those that come later.
#[derive(Debug, Default)]
pub(super) struct Cursor {
    ticks: u64,
    unnumbered: u64,
    lineage: Lineage,
}

impl<'a> ThreadEvents<'a> {
    pub(super) fn new(reader: &'a LogReader, thread: ThreadId) -> Self {
        Self::resumed(reader, thread, Cursor::default())
    }

    /// Where reading went on up to `cursor`, and the units are those behind it.
    pub(super) fn resumed(reader: &'a LogReader, thread: ThreadId, cursor: Cursor) -> Self {
        let Cursor { ticks, unnumbered, lineage } = cursor;
        let units = reader.index.threads.get(&thread.0).map_or(&[][..], |thread| &thread.units);
        Self {
            reader,
            thread,
            units: units.iter(),
            frames: Frames::new(&reader.source),
            offset: 0,
            read: 0,
            left: 0,
            decoder: Decoder::default(),
            dates: Vec::new().into_iter(),
            padded: Vec::new(),
            ticks,
            number: 0,
            unnumbered,
            lineage,
        }
    }

    /// How far it was read.
    pub(super) fn into_cursor(self) -> Cursor {
        Cursor { ticks: self.ticks, unnumbered: self.unnumbered, lineage: self.lineage }
    }

    pub(super) fn id(&self) -> ThreadId {
        self.thread
    }

    /// The next event with its ticks; an error has those of the event before.
    pub(super) fn step(&mut self) -> Option<(u64, Result<Event, ReadError>)> {
        loop {
            if self.left > 0 {
                let event = self.event();
                return Some((self.ticks, event));
            }
            let kind = match *self.units.next()? {
                Unit::Batch(offset) => match self.load(offset) {
                    Ok(()) => continue,
                    Err(error) => return Some((self.ticks, Err(error))),
                },
                Unit::Lost { ticks, count } => {
                    self.date(ticks);
                    EventKind::Lost { count }
                }
                Unit::Stopped { ticks, reason } => {
                    self.date(ticks);
                    let reason = if reason == MAX_SIZE { StopReason::MaxSize } else { StopReason::Other(reason) };
                    EventKind::Mark { mark: Mark::Limit(reason) }
                }
            };
            self.unnumbered += 1;
            let time = self.reader.index.clock.time(self.ticks);
            let id = EventId::new(time, self.thread, UNNUMBERED + self.unnumbered - 1);
            let event = bare(id, self.ticks, kind);
            return Some((self.ticks, Ok(event)));
        }
    }

    /// What has no time has that of the event before, or that of the log's start.
    fn date(&mut self, ticks: u64) {
        if ticks != 0 {
            self.ticks = ticks;
        } else if self.ticks == 0 {
            self.ticks = self.reader.index.clock.start();
        }
    }

    fn damaged(&self, kind: DamageKind) -> ReadError {
        let length = (HEAD + self.frames.payload.len()) as u64;
        ReadError::Damaged { path: self.reader.path().to_owned(), damage: Damage { offset: self.offset, length, kind } }
    }

    fn load(&mut self, offset: u64) -> Result<(), ReadError> {
        self.offset = offset;
        // It was whole when the log was opened.
        let Found::Frame(_) = self.frames.at(offset)? else { return Err(self.damaged(DamageKind::Checksum)) };
        let mut bytes = &self.frames.payload[..];
        let Ok(head) = format::take::<BatchHead>(&mut bytes) else {
            return Err(self.damaged(DamageKind::Undecodable));
        };
        self.read = self.frames.payload.len() - bytes.len();
        self.left = head.events;
        self.number = head.before;
        self.decoder.context.reset(head.base_ticks, head.base_call, head.base_depth);
        let told = self.told(&head)?;
        let bytes = &self.frames.payload[self.read..];
        self.dates = dates(&mut self.decoder, bytes, head.events, &told).into_iter();
        self.decoder.context.reset(head.base_ticks, head.base_call, head.base_depth);
        Ok(())
    }

    /// The ticks of events in the batch with this head whose kind has none, by their index.
    fn told(&self, head: &BatchHead) -> Result<Vec<(u32, u64)>, ReadError> {
        let thread = self.reader.index.threads.get(&head.thread);
        let Some(at) = thread.and_then(|thread| thread.dates.get(&head.before)) else { return Ok(Vec::new()) };
        let mut frames = Frames::new(&self.reader.source);
        let Found::Frame(_) = frames.at(*at)? else { return Ok(Vec::new()) };
        let stored = format::read::<StoredDates>(&frames.payload).ok();
        Ok(stored.map_or_else(Vec::new, |stored| stored.absolute(head.base_ticks).collect()))
    }

    fn event(&mut self) -> Result<Event, ReadError> {
        let mut bytes = &self.frames.payload[self.read..];
        let before = bytes.len();
        let decoded = self.decoder.next(&mut bytes);
        self.read += before - bytes.len();
        self.left -= 1;
        let Ok(raw) = decoded else {
            self.left = 0;
            return Err(self.damaged(DamageKind::Undecodable));
        };
        // In place of `date`, which would borrow all of us.
        let ticks = self.dates.next().unwrap_or(raw.ticks);
        if ticks != 0 {
            self.ticks = ticks;
        } else if self.ticks == 0 {
            self.ticks = self.reader.index.clock.start();
        }
        let number = self.number;
        self.number += 1;
        let event = build(self.reader, (self.thread, number), self.ticks, &raw, &mut self.padded);
        let mut event = event.map_err(|Undecodable| self.damaged(DamageKind::Undecodable))?;
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
    let Found::Frame(_) = frames.at(offset)? else { return Ok(()) };
    let mut bytes = &frames.payload[..];
    let Ok(head) = format::take::<BatchHead>(&mut bytes) else { return Ok(()) };
    let mut decoder = Decoder::default();
    decoder.context.reset(head.base_ticks, head.base_call, head.base_depth);
    for number in head.before..head.before.saturating_add(head.events.into()) {
        let Ok(event) = decoder.next(&mut bytes) else { break };
        see(number, &event);
    }
    Ok(())
}

fn build(
    reader: &LogReader,
    (thread, number): (ThreadId, u64),
    ticks: u64,
    raw: &RawEvent<'_>,
    padded: &mut Vec<u8>,
) -> Result<Event, Undecodable> {
    let index = &reader.index;
    let time = index.clock.time(ticks);
    let mut above = None;
    let kind = match raw.kind {
        RawKind::Entry { parent, is_async, values: args } => {
            above = call(parent);
            EventKind::Entry { args: values(args.tagged(), padded)?, is_async }
        }
        RawKind::Exit(exit) => {
            let value = values(exit.values.tagged(), padded)?.into_iter().next();
            let place = index.sites.get(exit.place);
            let shown = place.is_some_and(|site| site.kind == SiteKind::Place(PlaceKind::Return));
            let silent = value.is_none() && !shown && !exit.lossy && index.sites.shows_return(raw.site);
            EventKind::Exit {
                outcome: match exit.outcome {
                    RawExit::RETURNED if silent => Outcome::Left,
                    RawExit::RETURNED => Outcome::Returned,
                    RawExit::EARLY => Outcome::Early,
                    RawExit::PANICKED => Outcome::Panicked,
                    RawExit::CANCELLED => Outcome::Cancelled,
                    _ => Outcome::Unknown,
                },
                value,
                // The difference of two times, so that the three agree.
                duration: exit
                    .duration
                    .filter(|_| index.clocks.get(&raw.site) != Some(&Clocked::Not))
                    .map(|d| time.saturating_sub(index.clock.time(ticks.saturating_sub(d)))),
                line: place.map(|site| site.line),
            }
        }
        RawKind::Line => EventKind::Line,
        RawKind::Values { values: all } => {
            let place = index.sites.get(raw.site).and_then(SiteDef::place);
            told(place, values(all.tagged(), padded)?)
        }
        RawKind::Suspended => EventKind::Suspended,
        RawKind::Resumed => EventKind::Resumed,
        RawKind::Lost { count } => EventKind::Lost { count },
    };
    let site = if raw.site == 0 { None } else { Some(SiteId(raw.site)) };
    let mut event = bare(EventId::new(time, thread, number), ticks, kind);
    (event.depth, event.call, event.parent, event.site) = (raw.depth, call(raw.call), above, site);
    Ok(event)
}

/// What values tell, by the kind of the place that they are recorded at.
fn told(place: Option<PlaceKind>, values: Vec<Value>) -> EventKind {
    let mut rest = values.into_iter();
    match place {
        Some(PlaceKind::Custom) => EventKind::Custom { fields: rest.collect() },
        Some(PlaceKind::Metric) => EventKind::Metric { value: rest.next().unwrap_or(Value::Unit) },
        Some(PlaceKind::State) => {
            let mut next = || rest.next().unwrap_or(Value::Unit);
            EventKind::State { old: next(), new: next() }
        }
        Some(PlaceKind::Sent) => {
            EventKind::Sent { message: rest.next().unwrap_or(Value::Unit), fields: rest.collect() }
        }
        Some(PlaceKind::Received) => {
            EventKind::Received { message: rest.next().unwrap_or(Value::Unit), fields: rest.collect() }
        }
        Some(PlaceKind::Correlation) => EventKind::Correlated { id: rest.next().as_ref().and_then(correlation) },
        _ => EventKind::Values { values: rest.collect() },
    }
}

/// The operation that a value names: its 16 bytes as a number, 0 for none.
fn correlation(value: &Value) -> Option<CorrelationId> {
    match value {
        Value::Uint(id) if *id != 0 => Some(CorrelationId::from_bytes(id.to_be_bytes())),
        _ => None,
    }
}

fn call(id: u64) -> Option<CallId> {
    if id == 0 { None } else { Some(CallId(id)) }
}

/// The values in whole words, whose zeros at the end were not stored.
fn values(bytes: &[u8], padded: &mut Vec<u8>) -> Result<Vec<Value>, Undecodable> {
    if bytes.is_empty() {
        return Ok(Vec::new());
    }
    padded.clear();
    padded.extend_from_slice(bytes);
    padded.resize(bytes.len().next_multiple_of(8), 0);
    decode_all(padded).map_err(|_| Undecodable)
}
