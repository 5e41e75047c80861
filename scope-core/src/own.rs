//! What the program tells by itself: events of its own, metrics, states, messages. The facade's macros call this.

use crate::call::place_offset;
use crate::capture::{By, Strategy};
use crate::clock;
use crate::filter;
use crate::ingest;
use crate::local;
use crate::open::Open;
use crate::record::Kind;
use crate::session;
use crate::site::{Place, PlaceKind, Sites};
use crate::value::{Limits, Shown};
use std::marker::PhantomData;

/// Whether something that is told here now is recorded: only then are its values made. Before a program's first probe it is, for that one
/// starts the recorder.
#[inline]
pub fn wanted(sites: &'static Sites) -> bool {
    !session::is_off() && !filter::refuses(sites) && !local::is_muted()
}

/// A value, to be shown in the way that was chosen for it.
#[inline]
pub fn shown<'v, T: ?Sized, S: Strategy<T> + 'v>(value: &'v T, _strategy: S) -> impl Shown + 'v {
    By::<T, S>(value, PhantomData)
}

/// Records what the first place of `sites` tells, with these values. Those whose names the limits redact are not looked at.
pub fn tell(sites: &'static Sites, values: &[&dyn Shown]) {
    let Some(place) = sites.info().and_then(|info| info.places.first()) else { return };
    if session::is_off() || filter::refuses(sites) {
        return;
    }
    let Some(mut open) = Open::begin(sites, Some(0), 1, values.len()) else { return };
    // After room was made: what that wrote is older.
    let ticks = clock::ticks();
    for (index, value) in values.iter().enumerate() {
        if is_redacted(place, index, sites.limits()) {
            open.write(&mut |writer| writer.redacted());
        } else {
            open.show(*value);
        }
    }
    ingest::publish(open, sites, (Kind::ValuesAt, place_offset(0), 0), [ticks]);
}

/// What is measured is a number, and what a message is known by links its two sides: their names are no reason to hide them.
fn is_redacted(place: &Place, value: usize, limits: &Limits) -> bool {
    let name = match place.kind {
        PlaceKind::State => place.names.first(),
        PlaceKind::Custom => place.names.get(value + 1),
        PlaceKind::Sent | PlaceKind::Received if value > 0 => place.names.get(value),
        _ => None,
    };
    name.is_some_and(|name| limits.redacts(name))
}
