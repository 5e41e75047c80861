//! From an event as the correlator makes it to one that people look at, and its values back.

use super::collect::values_of;
use super::places::Known;
use crate::event::{CallId, CorrelationId, Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId};
use crate::format::{RawEvent, RawExit, RawKind, Values};
use crate::info::SiteKind;
use crate::reader::clock::Clock;
use scope_core::value::{Value, decode_all};

/// The most bytes that one event's values may have once a stage has changed them.
const MOST: usize = 1 << 20;

/// The event of `thread` that has the number `number`, at `ticks`.
pub(super) fn event(
    raw: &RawEvent<'_>,
    (thread, number): (ThreadId, u64),
    (ticks, time): (u64, u64),
    known: &Known,
    clock: &Clock,
) -> Event {
    let mut values = match values_of(&raw.kind) {
        // They are ours, and whole.
        Values::Tagged(bytes) => decode_all(bytes).unwrap_or_default(),
        Values::Plain(plains) => plains.values(),
    };
    let site = known.get(&raw.site);
    let mut parent = None;
    let kind = match raw.kind {
        RawKind::Entry { parent: of, is_async, .. } => {
            parent = call(of);
            EventKind::Entry { args: values, is_async }
        }
        RawKind::Exit(exit) => {
            let place = known.get(&exit.place).map(|place| &place.def);
            let shown = place.is_some_and(|place| place.kind == SiteKind::Place(PlaceKind::Return));
            let silent = values.is_empty() && !shown && !exit.lossy && site.is_some_and(|site| site.shows_return);
            let is_dated = site.is_none_or(|site| site.is_dated);
            EventKind::Exit {
                outcome: outcome(exit.outcome, silent),
                value: if values.is_empty() { None } else { Some(values.swap_remove(0)) },
                duration: exit
                    .duration
                    .filter(|_| is_dated)
                    .map(|ran| time.saturating_sub(clock.time(ticks.saturating_sub(ran)))),
                line: place.map(|place| place.line),
            }
        }
        RawKind::Line => EventKind::Line,
        RawKind::Values { .. } => told(site.and_then(|site| site.def.place()), values),
        RawKind::Suspended => EventKind::Suspended,
        RawKind::Resumed => EventKind::Resumed,
        RawKind::Lost { count } => EventKind::Lost { count },
        RawKind::Unknown { code, bytes } => EventKind::Unknown { code, bytes: bytes.to_vec() },
    };
    Event {
        id: EventId::new(time, thread, number),
        time,
        ticks,
        thread,
        depth: raw.depth,
        call: call(raw.call),
        parent,
        correlation: None,
        site: if raw.site == 0 { None } else { Some(SiteId(raw.site)) },
        kind,
    }
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
    let mut next = || rest.next().unwrap_or(Value::Unit);
    match place {
        Some(PlaceKind::Custom) => EventKind::Custom { fields: rest.collect() },
        Some(PlaceKind::Metric) => EventKind::Metric { value: next() },
        Some(PlaceKind::State) => EventKind::State { old: next(), new: next() },
        Some(PlaceKind::Sent) => EventKind::Sent { message: next(), fields: rest.collect() },
        Some(PlaceKind::Received) => EventKind::Received { message: next(), fields: rest.collect() },
        Some(PlaceKind::Correlation) => EventKind::Correlated { id: correlation(&next()) },
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

/// The values that an event has, in the order in which they are stored.
pub(super) fn values_mut(kind: &mut EventKind) -> Vec<&mut Value> {
    match kind {
        EventKind::Entry { args: values, .. } | EventKind::Values { values } | EventKind::Custom { fields: values } => {
            values.iter_mut().collect()
        }
        EventKind::Exit { value, .. } => value.iter_mut().collect(),
        EventKind::State { old, new } => vec![old, new],
        EventKind::Metric { value } => vec![value],
        EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
            std::iter::once(message).chain(fields).collect()
        }
        _ => Vec::new(),
    }
}

/// Where an event takes further values.
pub(super) fn list_mut(kind: &mut EventKind) -> Option<&mut Vec<Value>> {
    match kind {
        EventKind::Entry { args: values, .. }
        | EventKind::Values { values }
        | EventKind::Custom { fields: values }
        | EventKind::Sent { fields: values, .. }
        | EventKind::Received { fields: values, .. } => Some(values),
        _ => None,
    }
}

/// The bytes of an event's values, in whole words.
pub(super) fn bytes(event: &mut Event, out: &mut Vec<u8>) {
    out.clear();
    for value in values_mut(&mut event.kind) {
        let start = out.len();
        value.encode(out);
        if out.len() > MOST {
            out.truncate(start);
            Value::Cut.encode(out);
            *value = Value::Cut;
        }
    }
    out.resize(out.len().next_multiple_of(8), 0);
}
