//! The probes: what woven code calls, and `scope::report` offers to code that no macro wove.

use crate::clock;
use crate::local::{self, Local};
use crate::open::Open;
use crate::quiet;
use crate::record::{Header, Kind};
use crate::registry;
use crate::session;
use crate::site::{SiteId, Sites};
use crate::value::Shown;
use std::marker::PhantomData;

/// One execution of a function: records its exit when it is dropped.
#[derive(Debug)]
#[must_use = "the exit is recorded when this is dropped"]
pub struct Call {
    sites: &'static Sites,
    /// The call's number on its thread, shifted by one; the lowest bit says that the thread was unwinding already. 0: not recorded.
    number: u64,
    /// A call ends on the thread that it began on.
    _here: PhantomData<*const ()>,
}

/// The id of the site of place `place`.
#[inline(always)]
pub(crate) fn place_id(first: SiteId, place: usize) -> u32 {
    first.0 + 1 + place as u32
}

/// Whether nothing is recorded here now, where that is to be asked first. An optimised probe finds no room in its ring, or the thread
/// busy; in an unoptimised one the way there is long, and programs have many probes behind the log's limit, or in a `Debug`.
#[inline(always)]
pub(crate) fn is_idle() -> bool {
    cfg!(debug_assertions) && (session::is_off() || quiet::is_here())
}

/// The first id of `sites`, registered now if need be. `None`: there are no more ids, and the record is lost.
#[inline(always)]
pub(crate) fn id_of(sites: &'static Sites) -> Option<SiteId> {
    match sites.first() {
        None => register(sites),
        known => known,
    }
}

#[cold]
fn register(sites: &'static Sites) -> Option<SiteId> {
    let _mute = local::mute();
    let id = registry::register(sites);
    if id.is_none() {
        local::with(|local| local.ring().lose());
    }
    id
}

/// Writes a record of a header and `N` words. `offset` is that of the site behind the function's own. False: nothing is recorded
/// now (which is not the same as lost).
#[inline(always)]
pub(crate) fn write<const N: usize>(
    local: &Local,
    sites: &'static Sites,
    kind: Kind,
    offset: u32,
    call: u64,
    words: impl FnOnce() -> [u64; N],
) -> bool {
    if local.is_busy() {
        return false;
    }
    local.begin();
    complete(local, sites, kind, offset, call, words)
}

/// The same as [`write()`] behind `Local::begin`.
#[inline(always)]
pub(crate) fn complete<const N: usize>(
    local: &Local,
    sites: &'static Sites,
    kind: Kind,
    offset: u32,
    call: u64,
    words: impl FnOnce() -> [u64; N],
) -> bool {
    let need = 1 + N;
    let position = match local.ring().room(need) {
        None => local.make_room(sites, need),
        found => found,
    };
    let ring = local.ring();
    if let Some(position) = position
        && let Some(first) = id_of(sites)
    {
        let words = words();
        let mut index = 0;
        // SAFETY: `position` is where `room` or `make_room` found room for `need` words, on this thread; other probes on it are off
        // since, so nothing was published.
        unsafe {
            ring.put(position, 0, Header::new(kind, need, first.0 + offset, call).0);
            // Not an iterator: in an unoptimised build that would be most of the probe.
            while index < N {
                ring.put(position, 1 + index, words[index]);
                index += 1;
            }
        }
        ring.publish(position, need);
    }
    local.end();
    position.is_some() || !ring.is_stopped()
}

/// Records that a call begins, without arguments.
#[inline]
pub fn function_entry(sites: &'static Sites) -> Call {
    sites.__scope_entry()
}

impl Call {
    pub(crate) fn begun(sites: &'static Sites, number: u64) -> Self {
        Self { sites, number: number << 1 | u64::from(std::thread::panicking()), _here: PhantomData }
    }

    pub(crate) fn unrecorded(sites: &'static Sites) -> Self {
        Self { sites, number: 0, _here: PhantomData }
    }
}

impl Leave for Call {
    #[inline]
    fn give(&self, place: usize, value: &dyn Shown) {
        self.show(Kind::Return, place, value);
    }

    #[inline]
    fn leave(&self, place: usize, value: &dyn Shown) {
        self.show(Kind::Early, place, value);
    }
}

impl Call {
    #[inline]
    fn show(&self, kind: Kind, place: usize, value: &dyn Shown) {
        if self.number != 0
            && let Some(mut open) = Open::begin(self.sites, Some(place), 0, 1)
        {
            value.write(open.writer());
            if let Some(first) = id_of(self.sites) {
                open.publish(kind, place_id(first, place), self.number >> 1, &[]);
            }
        }
    }
}

/// A call that its code may leave: [`Call`], [`Task`](crate::task::Task) or [`TaskCall`](crate::task::TaskCall).
pub trait Leave {
    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    fn give(&self, place: usize, value: &dyn Shown);

    /// Records the value that a `?` leaves with. `place`: its index in the places of the function.
    fn leave(&self, place: usize, value: &dyn Shown);
}

impl Drop for Call {
    #[inline]
    fn drop(&mut self) {
        if self.number == 0 {
            return;
        }
        let unwinds = std::thread::panicking() && self.number & 1 == 0;
        let kind = if unwinds { Kind::Panic } else { Kind::Exit };
        local::with(|local| write(local, self.sites, kind, 0, self.number >> 1, || [clock::ticks()]));
    }
}

/// Records that a line is about to be executed. `place`: its index in the places of the function.
#[inline]
pub fn line(sites: &'static Sites, place: usize) {
    sites.__scope_line(place);
}
