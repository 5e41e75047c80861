//! The probes: what woven code calls, and `scope::report` offers to code that no macro wove.

use crate::capture::{ByNumber, Pick, Residual, Strategy};
use crate::clock;
use crate::local::{self, Local};
use crate::open::Open;
use crate::quiet;
use crate::record::{Header, Kind};
use crate::registry;
use crate::session;
use crate::site::{SiteId, Sites};
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

/// Begins the record of a call with `count` arguments.
#[inline]
pub fn begin_entry(sites: &'static Sites, count: usize) -> Entry {
    sites.__scope_begin_entry(count)
}

/// The record of a call that begins, while its arguments are captured.
#[must_use = "nothing is recorded before `enter`"]
pub struct Entry {
    sites: &'static Sites,
    ticks: u64,
    open: Option<Open>,
    _here: PhantomData<*const ()>,
}

impl Entry {
    /// Of `count` arguments, with `fixed` words before them.
    pub(crate) fn begin(sites: &'static Sites, fixed: usize, count: usize) -> Self {
        let open = Open::begin(sites, None, fixed, count);
        // After room was made: what that wrote is older.
        Self { sites, ticks: clock::ticks(), open, _here: PhantomData }
    }

    /// Captures the next argument.
    #[inline]
    pub fn arg<T: ?Sized, S: Strategy<T>>(&mut self, value: &T, _strategy: S) {
        if let Some(open) = &mut self.open {
            open.value::<T, S>(value);
        }
    }

    /// Puts the mark for a value that the plan hides in the place of the next argument.
    pub fn redacted(&mut self) {
        if let Some(open) = &mut self.open {
            open.writer().redacted();
        }
    }

    /// Records the entry.
    pub fn enter(self) -> Call {
        let sites = self.sites;
        let number = match self.open {
            Some(open) => {
                let number = local::with(Local::next_call);
                if let Some(site) = id_of(sites) {
                    open.publish(Kind::Entry, site.0, number, &[self.ticks]);
                }
                Some(number)
            }
            None if is_idle() => None,
            None => local::with(Local::lost_call),
        };
        number.map_or_else(|| Call::unrecorded(sites), |number| Call::begun(sites, number))
    }

    pub(crate) fn parts(self) -> (&'static Sites, u64, Option<Open>) {
        (self.sites, self.ticks, self.open)
    }
}

impl Call {
    pub(crate) fn begun(sites: &'static Sites, number: u64) -> Self {
        Self { sites, number: number << 1 | u64::from(std::thread::panicking()), _here: PhantomData }
    }

    pub(crate) fn unrecorded(sites: &'static Sites) -> Self {
        Self { sites, number: 0, _here: PhantomData }
    }

    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    #[inline]
    pub fn ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, _strategy: S) {
        self.give::<T, S>(place, value);
    }

    /// Records the value that a `?` leaves with, if it leaves. `place`: its index in the places of the function.
    #[inline]
    pub fn early<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T, _strategy: S) {
        self.leave::<T, S>(place, value);
    }
}

impl Leave for Call {
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) {
        if self.number != 0
            && let Some(mut open) = Open::begin(self.sites, Some(place), 0, 1)
        {
            open.value::<T, S>(value);
            self.publish(open, Kind::Return, place);
        }
    }

    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) {
        if self.number != 0
            && S::leaves(value)
            && let Some(mut open) = Open::begin(self.sites, Some(place), 0, 1)
        {
            S::write(value, open.writer());
            self.publish(open, Kind::Early, place);
        }
    }
}

impl Call {
    fn publish(&self, open: Open, kind: Kind, place: usize) {
        if let Some(first) = id_of(self.sites) {
            open.publish(kind, place_id(first, place), self.number >> 1, &[]);
        }
    }
}

/// A call that its code may leave: [`Call`], [`Task`](crate::task::Task) or [`TaskCall`](crate::task::TaskCall).
pub trait Leave {
    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T);

    /// Records the value that a `?` leaves with, if it leaves. `place`: its index in the places of the function.
    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T);
}

impl<T: ?Sized, S> Pick<T, S> {
    /// Records the value of a variable, in the way that is yet to be chosen.
    #[inline]
    pub fn variable(&self, sites: &'static Sites, place: usize, value: &T)
    where
        S: Strategy<T>,
    {
        if let Some(mut open) = Open::begin(sites, Some(place), 0, 1) {
            open.value::<T, S>(value);
            publish_values(sites, place, open);
        }
    }

    /// Records the value that a call is about to give back, in the way that is yet to be chosen.
    #[inline]
    pub fn given(&self, call: &impl Leave, place: usize, value: &T)
    where
        S: Strategy<T>,
    {
        call.give::<T, S>(place, value);
    }

    /// The same for a value on its way: what is expected of the result is expected of the value.
    #[inline]
    pub fn passed(value: T, call: &impl Leave, place: usize, _pick: &Self) -> T
    where
        T: Sized,
        S: Strategy<T>,
    {
        call.give::<T, S>(place, &value);
        value
    }

    /// Records what a `?` leaves with, if it leaves, in the way that is yet to be chosen.
    #[inline]
    pub fn early(&self, call: &impl Leave, place: usize, value: &T)
    where
        S: Residual<T>,
    {
        call.leave::<T, S>(place, value);
    }
}

/// Records the value of a variable whose type can't be asked for anything: see [`ByNumber`].
pub fn number<T: ?Sized>(sites: &'static Sites, place: usize, value: &T) {
    Pick::<T, ByNumber>::new().variable(sites, place, value);
}

/// A value on its way out of its call, recorded as a number.
#[inline]
pub fn passed_number<T>(value: T, call: &impl Leave, place: usize) -> T {
    call.give::<T, ByNumber>(place, &value);
    value
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

/// Begins the record of a value inside a function: of a variable, or of an expression.
pub fn begin_value(sites: &'static Sites, place: usize) -> Values {
    begin_values(sites, place, 1)
}

/// Begins the record of `count` values inside a function: as many as the place has names.
pub fn begin_values(sites: &'static Sites, place: usize, count: usize) -> Values {
    Values { sites, place, open: Open::begin(sites, Some(place), 0, count), _here: PhantomData }
}

fn publish_values(sites: &'static Sites, place: usize, open: Open) {
    if let Some(first) = id_of(sites) {
        open.publish(Kind::Values, place_id(first, place), 0, &[]);
    }
}

/// The record of values, while they are captured: as many as the place has names.
#[must_use = "nothing is recorded before `done`"]
pub struct Values {
    sites: &'static Sites,
    place: usize,
    open: Option<Open>,
    _here: PhantomData<*const ()>,
}

impl Values {
    /// Captures the next value.
    #[inline]
    pub fn arg<T: ?Sized, S: Strategy<T>>(&mut self, value: &T, _strategy: S) {
        if let Some(open) = &mut self.open {
            open.value::<T, S>(value);
        }
    }

    /// Puts the mark for a value that the plan hides in the place of the next one.
    pub fn redacted(&mut self) {
        if let Some(open) = &mut self.open {
            open.writer().redacted();
        }
    }

    /// Records the values.
    pub fn done(self) {
        if let Some(open) = self.open {
            publish_values(self.sites, self.place, open);
        }
    }
}
