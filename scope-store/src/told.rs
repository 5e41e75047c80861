//! From an event as it is stored to one that people look at: of a log that is read, and of a program that runs.

use crate::event::{CallId, CorrelationId, Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId};
use crate::format::{RawEvent, RawExit, RawKind, Undecodable, Values};
use crate::info::{SiteDef, SiteKind};
use crate::reader::clock::Clock;
use scope_core::value::{Value, decode_all};

/// What is known of the sites that events are of.
pub(crate) trait Known {
    /// A site. `None`: its definition is damaged, or there is none.
    fn def(&self, site: u32) -> Option<&SiteDef>;

    /// Whether it is a function that shows the values it gives back.
    fn shows_return(&self, site: u32) -> bool;

    /// Whether it is a function whose calls are dated.
    fn is_dated(&self, site: u32) -> bool;
}

/// The event that `raw` tells of, with the number `number` among those of `thread`, at `ticks`, which are `time`. Without what only the events
/// before it tell. `padded`: room for values, used again.
pub(crate) fn event(
    raw: &RawEvent<'_>,
    (thread, number): (ThreadId, u64),
    (ticks, time): (u64, u64),
    (known, clock): (&impl Known, &Clock),
    padded: &mut Vec<u8>,
) -> Result<Event, Undecodable> {
    let mut parent = None;
    let kind = match raw.kind {
        RawKind::Entry { parent: of, is_async, values: args } => {
            parent = call(of);
            EventKind::Entry { args: values(args, padded)?, is_async }
        }
        RawKind::Exit(exit) => {
            let value = values(exit.values, padded)?.into_iter().next();
            let place = known.def(exit.place);
            let shown = place.is_some_and(|site| site.kind == SiteKind::Place(PlaceKind::Return));
            let silent = value.is_none() && !shown && !exit.lossy && known.shows_return(raw.site);
            EventKind::Exit {
                outcome: outcome(exit.outcome, silent),
                value,
                // The difference of two times, so that the three agree.
                duration: exit
                    .duration
                    .filter(|_| known.is_dated(raw.site))
                    .map(|ran| time.saturating_sub(clock.time(ticks.saturating_sub(ran)))),
                line: place.map(|site| site.line),
            }
        }
        RawKind::Line => EventKind::Line,
        RawKind::Values { values: all } => {
            let place = known.def(raw.site).and_then(SiteDef::place);
            told(place, values(all, padded)?)
        }
        RawKind::Suspended => EventKind::Suspended,
        RawKind::Resumed => EventKind::Resumed,
        RawKind::Lost { count } => EventKind::Lost { count },
        RawKind::Unknown { code, bytes } => EventKind::Unknown { code, bytes: bytes.to_vec() },
    };
    let site = if raw.site == 0 { None } else { Some(SiteId(raw.site)) };
    let mut event = bare(EventId::new(time, thread, number), ticks, kind);
    (event.depth, event.call, event.parent, event.site) = (raw.depth, call(raw.call), parent, site);
    Ok(event)
}

/// Marks that are no event of their thread's own have numbers from here on.
pub(crate) const UNNUMBERED: u64 = 1 << 39;

/// What belongs to no call.
pub(crate) fn bare(id: EventId, ticks: u64, kind: EventKind) -> Event {
    let (time, thread) = (id.time(), id.thread());
    Event { id, time, ticks, thread, depth: 0, call: None, parent: None, correlation: None, site: None, kind }
}

fn outcome(code: u8, silent: bool) -> Outcome {
    match code {
        RawExit::RETURNED if silent => Outcome::Left,
        RawExit::RETURNED => Outcome::Returned,
        RawExit::EARLY => Outcome::Early,
        RawExit::PANICKED => Outcome::Panicked,
        RawExit::CANCELLED => Outcome::Cancelled,
        _ => Outcome::Unknown,
    }
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

/// The values: tagged ones in whole words, whose zeros at the end were not stored.
#[inline]
fn values(values: Values<'_>, padded: &mut Vec<u8>) -> Result<Vec<Value>, Undecodable> {
    let bytes = match values {
        Values::Tagged([]) => return Ok(Vec::new()),
        Values::Tagged(bytes) => bytes,
        Values::Plain(plains) => return Ok(plains.values()),
    };
    padded.clear();
    padded.extend_from_slice(bytes);
    padded.resize(bytes.len().next_multiple_of(8), 0);
    decode_all(padded).map_err(|_| Undecodable)
}
