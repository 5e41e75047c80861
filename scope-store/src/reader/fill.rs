//! From an event as a batch has it to one that is given.

use super::clock::Span;
use super::index::Index;
use super::told::{told, value, values};
use crate::event::{CallId, Event, EventKind, Outcome, PlaceKind};
use crate::format::{RawEvent, RawExit, RawKind, Undecodable};
use crate::info::{Clocked, SiteDef, SiteKind};

/// Fills in what happened, and an entry's parent.
#[inline(always)]
pub(super) fn fill(
    index: &Index,
    event: &mut Event,
    raw: RawEvent<'_>,
    (before, span): ((u64, u64), &Span),
    padded: &mut Vec<u8>,
) -> Result<(), Undecodable> {
    // Each into its place: an event is large, and is not to be moved.
    match raw.kind {
        RawKind::Entry { parent, is_async, values: args } => {
            event.parent = call(parent);
            let kind = EventKind::Entry { args: values(args, padded)?, is_async };
            set_kind(event, kind);
        }
        RawKind::Exit(exit) => {
            let value = value(exit.values, padded)?;
            let place = index.sites.get(exit.place);
            let outcome = match exit.outcome {
                RawExit::RETURNED if value.is_none() && is_silent(index, raw.site, &exit, place) => Outcome::Left,
                RawExit::RETURNED => Outcome::Returned,
                RawExit::EARLY => Outcome::Early,
                RawExit::PANICKED => Outcome::Panicked,
                RawExit::CANCELLED => Outcome::Cancelled,
                _ => Outcome::Unknown,
            };
            let began = |duration| {
                let ticks = event.ticks.saturating_sub(duration);
                if ticks == before.0 {
                    // With the event before, mostly its own entry.
                    before.1
                } else if span.holds(ticks) {
                    span.time(ticks)
                } else {
                    index.clock.time(ticks)
                }
            };
            let is_dated = index.clocks.is_empty() || index.clocks.get(&raw.site) != Some(&Clocked::Not);
            // The difference of two times, so that the three agree.
            let duration = exit.duration.filter(|_| is_dated).map(|d| event.time.saturating_sub(began(d)));
            set_kind(event, EventKind::Exit { outcome, value, duration, line: place.map(|site| site.line) });
        }
        RawKind::Line => event.kind = EventKind::Line,
        RawKind::Values { values: all } => {
            let place = index.sites.get(raw.site).and_then(SiteDef::place);
            event.kind = told(place, values(all, padded)?);
        }
        RawKind::Suspended => event.kind = EventKind::Suspended,
        RawKind::Resumed => event.kind = EventKind::Resumed,
        RawKind::Lost { count } => event.kind = EventKind::Lost { count },
        RawKind::Unknown { code, bytes } => event.kind = EventKind::Unknown { code, bytes: bytes.to_vec() },
    }
    Ok(())
}

/// What happened before owns mostly nothing: then there is nothing to drop.
#[inline(always)]
fn set_kind(event: &mut Event, kind: EventKind) {
    let owns_nothing = match &event.kind {
        EventKind::Entry { args, .. } => args.capacity() == 0,
        EventKind::Exit { value, .. } => value.is_none(),
        EventKind::Line => true,
        _ => false,
    };
    if owns_nothing {
        std::mem::forget(std::mem::replace(&mut event.kind, kind));
    } else {
        event.kind = kind;
    }
}

/// Whether a function that shows what it gives back has not shown it.
fn is_silent(index: &Index, site: u32, exit: &RawExit<'_>, place: Option<&SiteDef>) -> bool {
    let shown = place.is_some_and(|site| site.kind == SiteKind::Place(PlaceKind::Return));
    !shown && !exit.lossy && index.sites.shows_return(site)
}

#[inline]
pub(super) fn call(id: u64) -> Option<CallId> {
    if id == 0 { None } else { Some(CallId(id)) }
}
