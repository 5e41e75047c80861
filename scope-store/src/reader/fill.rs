//! From an event as a batch has it to one that is given.

use super::clock::Span;
use super::index::Index;
use super::told::{told, value_into, values, values_into};
use crate::event::{CallId, Event, EventKind, Outcome, PlaceKind};
use crate::format::{RawEvent, RawExit, RawKind, Undecodable};
use crate::info::{Clocked, SiteDef, SiteKind};
use scope_core::value::Value;

/// Memory for what an event is made of, kept from one event to the next.
#[derive(Debug, Default)]
pub(super) struct Spare {
    /// Of arguments.
    args: Vec<Value>,
    /// Values, with the zeros at their end.
    padded: Vec<u8>,
}

/// Fills in what happened, and an entry's parent.
#[inline(always)]
pub(super) fn fill(
    index: &Index,
    event: &mut Event,
    raw: &RawEvent<'_>,
    (before, span): ((u64, u64), &Span),
    spare: &mut Spare,
) -> Result<(), Undecodable> {
    // Each into its place, part by part: an event is large, and is not to be moved.
    match &raw.kind {
        &RawKind::Entry { parent, is_async, values } => {
            event.parent = call(parent);
            spare.take_from(&mut event.kind);
            set(&mut event.kind, EventKind::Entry { args: Vec::new(), is_async });
            if let (EventKind::Entry { args, .. }, false) = (&mut event.kind, values.are_none()) {
                std::mem::swap(args, &mut spare.args);
                values_into(args, values, &mut spare.padded)?;
            }
        }
        RawKind::Exit(exit) => {
            let place = index.sites.get(exit.place);
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
            let outcome = match exit.outcome {
                RawExit::RETURNED => Outcome::Returned,
                RawExit::EARLY => Outcome::Early,
                RawExit::PANICKED => Outcome::Panicked,
                RawExit::CANCELLED => Outcome::Cancelled,
                _ => Outcome::Unknown,
            };
            spare.take_from(&mut event.kind);
            set(&mut event.kind, EventKind::Exit { outcome, value: None, duration, line: place.map(|site| site.line) });
            if let EventKind::Exit { outcome, value, .. } = &mut event.kind {
                value_into(value, exit.values, &mut spare.padded)?;
                if value.is_none() && *outcome == Outcome::Returned && is_silent(index, raw.site, exit, place) {
                    *outcome = Outcome::Left;
                }
            }
        }
        RawKind::Line => event.kind = EventKind::Line,
        &RawKind::Values { values: all } => {
            let place = index.sites.get(raw.site).and_then(SiteDef::place);
            event.kind = told(place, values(all, &mut spare.padded)?);
        }
        RawKind::Suspended => event.kind = EventKind::Suspended,
        RawKind::Resumed => event.kind = EventKind::Resumed,
        &RawKind::Lost { count } => event.kind = EventKind::Lost { count },
        &RawKind::Unknown { code, bytes } => event.kind = EventKind::Unknown { code, bytes: bytes.to_vec() },
    }
    Ok(())
}

impl Spare {
    /// Takes what can be used again from an event that was read. It owns nothing then.
    #[inline(always)]
    fn take_from(&mut self, kind: &mut EventKind) {
        match kind {
            EventKind::Line => {}
            EventKind::Entry { args, .. } if args.capacity() == 0 => {}
            EventKind::Exit { value: None, .. } => {}
            EventKind::Entry { args, .. } => {
                args.clear();
                self.args = std::mem::take(args);
            }
            EventKind::Exit { value, .. } => *value = None,
            other => *other = EventKind::Line,
        }
    }
}

/// Sets what owns nothing, so that there is nothing to drop.
#[inline(always)]
fn set(place: &mut EventKind, kind: EventKind) {
    std::mem::forget(std::mem::replace(place, kind));
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
