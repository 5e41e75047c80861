//! The probes: what woven code calls, and `scope::report` offers to code that no macro wove.

use crate::capture::{Residual, Strategy};
use crate::clock;
use crate::fast::Room;
use crate::local::{self, Local};
use crate::plain::{Plain, plain};
use crate::quiet;
use crate::record::{Header, Kind};
use crate::registry;
use crate::session;
use crate::site::{SiteId, Sites};
use crate::variable;
use std::cell::Cell;
use std::marker::PhantomData;

/// One execution of a function: records its exit when it is dropped.
#[derive(Debug)]
#[must_use = "the exit is recorded when this is dropped"]
pub struct Call {
    sites: &'static Sites,
    /// The call's number as headers have it, and [`LIVE`] and [`UNWINDING`]. 0: the call is not recorded.
    bits: u64,
    /// The place that gave a number back, plus 1, and [`SIGNED`]; 0: none has.
    given: Cell<u32>,
    /// That number.
    number: Cell<u64>,
    /// A call ends on the thread that it began on.
    _here: PhantomData<*const ()>,
}

/// The call is recorded.
pub(crate) const LIVE: u64 = 1;
/// The thread was unwinding when it began.
const UNWINDING: u64 = 2;
const FLAGS: u64 = LIVE | UNWINDING;
/// The number that was given back has a sign.
const SIGNED: u32 = 1 << 31;

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

/// Writes a record of `N` words into `room`, the header first. `offset` is that of the site behind the function's own.
#[inline(always)]
pub(crate) fn complete<const N: usize>(
    local: &Local,
    room: Room<N>,
    sites: &'static Sites,
    header: (Kind, u32, u64),
    words: impl FnOnce() -> [u64; N],
) {
    let (kind, offset, call) = header;
    match id_of(sites) {
        Some(first) => {
            let mut words = words();
            words[0] = Header::new(kind, N, first.0 + offset, call).0;
            local.complete(room, words);
        }
        None => local.abandon(room),
    }
}

/// The same where room is yet to be found.
#[inline(always)]
pub(crate) fn write<const N: usize>(sites: &'static Sites, header: (Kind, u32, u64), words: impl FnOnce() -> [u64; N]) {
    local::with(|local| {
        if let Some(room) = local.room::<N>(sites) {
            complete(local, room, sites, header, words);
        }
    });
}

/// Records that a call begins, without arguments.
#[inline]
pub fn function_entry(sites: &'static Sites) -> Call {
    sites.__scope_entry()
}

impl Call {
    /// `bits`: those of the field.
    #[inline(always)]
    pub(crate) fn begun(sites: &'static Sites, bits: u64) -> Self {
        Self { sites, bits, given: Cell::new(0), number: Cell::new(0), _here: PhantomData }
    }

    #[inline(always)]
    pub(crate) fn unrecorded(sites: &'static Sites) -> Self {
        Self::begun(sites, 0)
    }

    #[inline(always)]
    fn is_live(&self) -> bool {
        self.bits != 0
    }
}

/// The bits of a [`Call`] whose entry found no room: it is lost, and has an exit to tell of; or nothing is recorded now.
#[cold]
#[inline(never)]
pub(crate) extern "C" fn lost() -> u64 {
    local::with(Local::lost_call).map_or(0, bits)
}

/// The bits of the [`Call`] with this number.
#[inline]
pub(crate) fn bits(number: u64) -> u64 {
    Header::of_call(number) | LIVE | if std::thread::panicking() { UNWINDING } else { 0 }
}

impl Leave for Call {
    #[inline(always)]
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) {
        // A number is told with the exit.
        match plain(value) {
            _ if !self.is_live() => {}
            Some(Plain::Uint(number)) => self.keep(place as u32 + 1, number),
            Some(Plain::Int(number)) => self.keep((place as u32 + 1) | SIGNED, number as u64),
            _ => variable::value::<T, S>(self.sites, (Kind::Return, place, self.bits & !FLAGS), value),
        }
    }

    #[inline]
    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) {
        if self.is_live() {
            variable::residual::<T, S>(self.sites, (Kind::Early, place, self.bits & !FLAGS), value);
        }
    }
}

impl Call {
    #[inline(always)]
    fn keep(&self, given: u32, number: u64) {
        self.given.set(given);
        self.number.set(number);
    }
}

/// A call that its code may leave: [`Call`], [`Task`](crate::task::Task) or [`TaskCall`](crate::task::TaskCall).
pub trait Leave {
    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T);

    /// Records what a `?` leaves with. `place`: its index in the places of the function; `value`: the operand, which does leave.
    fn leave<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T);
}

impl Drop for Call {
    #[inline]
    fn drop(&mut self) {
        if self.is_live() && !self.quick_exit() {
            exit(self.sites, self.bits, self.given.get(), self.number.get());
        }
    }
}

impl Call {
    /// Records the exit where nothing has to be thought of. False: it was not recorded.
    #[inline(always)]
    fn quick_exit(&self) -> bool {
        // First: less is to be kept over the call that it may be.
        if std::thread::panicking() {
            return false;
        }
        let Some(header) = self.sites.exact() else { return false };
        quick_exit(header, self.bits, self.given.get(), self.number.get(), clock::counter)
    }
}

/// The same for a call whose fields these are.
#[inline(always)]
fn quick_exit(header: Header, bits: u64, given: u32, number: u64, ticks: impl FnOnce() -> u64) -> bool {
    let call = bits & !FLAGS;
    let given_number = match given {
        0 => None,
        given => Some([u64::from(given & !SIGNED), number]),
    };
    let kind = match given {
        0 => Kind::Exit,
        given if given & SIGNED == 0 => Kind::ExitUint,
        _ => Kind::ExitInt,
    };
    // One piece of code for both lengths: more would not be put into the function that ends.
    let words = if given == 0 { 2 } else { 4 };
    local::here().quick_exit(header.with(kind, words, None, call), given_number, ticks)
}

/// Records the exit of a call, whose fields these are.
#[cold]
#[inline(never)]
extern "C" fn exit(sites: &'static Sites, bits: u64, given: u32, number: u64) {
    let unwinds = std::thread::panicking() && bits & UNWINDING == 0;
    let clock = sites.clock();
    if !unwinds
        && let Some(header) = sites.usual()
        && quick_exit(header, bits, given, number, || clock.ticks())
    {
        return;
    }
    let call = bits & !FLAGS;
    if given != 0 && !unwinds {
        let value = if given & SIGNED == 0 { Plain::Uint(number) } else { Plain::Int(number as i64) };
        variable::show(sites, (Kind::Return, (given & !SIGNED) as usize - 1, call), &value);
    }
    let kind = if unwinds { Kind::Panic } else { Kind::Exit };
    write(sites, (kind, 0, Header(call).call()), || [0, clock.ticks()]);
}

/// Records that a line is about to be executed. `place`: its index in the places of the function.
#[inline]
pub fn line(sites: &'static Sites, place: usize) {
    sites.__scope_line(place);
}
