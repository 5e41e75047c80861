//! From an event as the correlator makes it to one that people look at: what a reader makes of a log, while the program runs.

use super::places::Sites;
use crate::event::{CallId, Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId};
use crate::format::{RawEvent, RawExit, RawKind, Undecodable};
use crate::info::SiteKind;
use crate::reader::clock::Clock;
use crate::reader::told::{told, values};

/// The event that `raw` tells of, with the number `number` among those of `thread`, at `ticks`, which are `time`. Without what only the events
/// before it tell. `padded`: room for values, used again.
pub(super) fn event(
    raw: &RawEvent<'_>,
    (thread, number): (ThreadId, u64),
    (ticks, time): (u64, u64),
    (known, clock): (&Sites, &Clock),
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
            let place = known.get(&exit.place).map(|place| &*place.def);
            let shown = place.is_some_and(|site| site.kind == SiteKind::Place(PlaceKind::Return));
            let silent =
                value.is_none() && !shown && !exit.lossy && known.get(&raw.site).is_some_and(|site| site.shows_return);
            EventKind::Exit {
                outcome: outcome(exit.outcome, silent),
                value,
                // The difference of two times, so that the three agree.
                duration: exit
                    .duration
                    .filter(|_| known.get(&raw.site).is_none_or(|site| site.is_dated))
                    .map(|ran| time.saturating_sub(clock.time(ticks.saturating_sub(ran)))),
                line: place.map(|site| site.line),
            }
        }
        RawKind::Line => EventKind::Line,
        RawKind::Values { values: all } => {
            let place = known.get(&raw.site).and_then(|site| site.def.place());
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
pub(super) const UNNUMBERED: u64 = 1 << 39;

/// What belongs to no call.
pub(super) fn bare(id: EventId, ticks: u64, kind: EventKind) -> Event {
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

fn call(id: u64) -> Option<CallId> {
    if id == 0 { None } else { Some(CallId(id)) }
}
