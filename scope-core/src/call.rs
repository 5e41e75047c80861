//! The probes: what woven code calls, and `scope::report` offers to code that no macro wove.

use crate::capture::{By, Strategy};
use crate::clock;
use crate::dated::{Dated, Exactly};
use crate::filter;
use crate::ingest::write;
use crate::local::{self, Local};
use crate::plain::{Plain, plain};
use crate::quiet;
use crate::record::{Header, Kind};
use crate::session;
use crate::site::Sites;
use crate::value::Shown;
use crate::variable;
use std::cell::Cell;
use std::marker::PhantomData;

/// One execution of a function: records its exit when it is dropped.
#[derive(Debug)]
#[must_use = "the exit is recorded when this is dropped"]
pub struct Call<C: Dated = Exactly> {
    sites: &'static Sites,
    /// The call's number as headers have it, and [`LIVE`] and [`UNWINDING`]; with [`QUICK`], the function's site, too. 0: the call is not
    /// recorded.
    bits: u64,
    /// What the header of the exit's record says, but for site and call: [`PLAIN`], or that a number is given back.
    end: Cell<u64>,
    /// How far behind the function's site that of the place is which gives it back.
    offset: Cell<u64>,
    /// That number.
    number: Cell<u64>,
    /// A call ends on the thread that it began on.
    _here: PhantomData<(*const (), C)>,
}

/// The call is recorded.
pub(crate) const LIVE: u64 = 1;
/// The thread was unwinding when it began.
const UNWINDING: u64 = 2;
/// The exit may be recorded in place.
pub(crate) const QUICK: u64 = 4;
const FLAGS: u64 = LIVE | UNWINDING | QUICK;
/// An exit without a number.
const PLAIN: u64 = Header::new(Kind::Exit, 2, 0, 0).0;
const UINT: u64 = Header::new(Kind::ExitUint, 4, 0, 0).0;
const INT: u64 = Header::new(Kind::ExitInt, 4, 0, 0).0;

/// How far behind the function's own site that of place `place` is.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn place_offset(place: usize) -> u32 {
    1 + place as u32
}

/// Whether nothing is recorded here now, where that is to be asked first. An optimised probe finds no room in its ring, or the thread
/// busy; in an unoptimised one the way there is long, and programs have many probes behind the log's limit, or in a `Debug`.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn is_idle() -> bool {
    cfg!(debug_assertions) && (session::is_off() || quiet::is_here())
}

/// Records that a call begins, without arguments.
#[inline]
pub fn function_entry(sites: &'static Sites) -> Call {
    sites.__scope_entry()
}

impl<C: Dated> Call<C> {
    /// `bits`: those of the field.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn begun(sites: &'static Sites, bits: u64) -> Self {
        let (offset, number) = (Cell::new(0), Cell::new(0));
        Self { sites, bits, end: Cell::new(PLAIN), offset, number, _here: PhantomData }
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn unrecorded(sites: &'static Sites) -> Self {
        Self::begun(sites, 0)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn is_live(&self) -> bool {
        self.bits != 0
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn keep(&self, end: u64, place: usize, number: u64) {
        self.end.set(end);
        self.offset.set(place as u64 + 1);
        self.number.set(number);
    }
}

/// The bits of a [`Call`] whose entry found no room: it is lost, and has an exit to tell of; or nothing is recorded now.
#[cold]
#[inline(never)]
pub(crate) extern "C" fn lost(sites: &'static Sites) -> u64 {
    let number = if filter::refuses(sites) { None } else { local::with(Local::lost_call) };
    number.map_or(0, |number| bits(sites, number))
}

/// The bits of the [`Call`] with this number.
pub(crate) fn bits(sites: &'static Sites, number: u64) -> u64 {
    let quick = sites.usual().filter(|_| clock::is_counter()).map_or(0, |header| header.0 | QUICK);
    Header::of_call(number) | LIVE | quick | if std::thread::panicking() { UNWINDING } else { 0 }
}

/// The call, of the bits.
#[cfg_attr(not(debug_assertions), inline(always))]
fn call_of(bits: u64) -> u64 {
    Header::of_call(Header(bits).call())
}

impl<C: Dated> Leave for Call<C> {
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) {
        if !self.is_live() {
            return;
        }
        // A number is told with the exit.
        match plain(value) {
            Some(Plain::Uint(number)) => self.keep(UINT, place, number),
            Some(Plain::Int(number)) => self.keep(INT, place, number as u64),
            _ => variable::plain_or_shown::<T, S>(self.sites, (Kind::Return, place, call_of(self.bits)), value),
        }
    }

    fn give_shown(&self, place: usize, value: &dyn Shown) {
        if self.is_live() {
            variable::show(self.sites, (Kind::Return, place, call_of(self.bits)), value);
        }
    }

    #[cfg_attr(not(debug_assertions), inline)]
    fn leave(&self, place: usize, value: &dyn Shown) {
        if self.is_live() {
            variable::show(self.sites, (Kind::Early, place, call_of(self.bits)), value);
        }
    }
}

/// A call that its code may leave: [`Call`], [`Task`](crate::task::Task) or [`TaskCall`](crate::task::TaskCall).
pub trait Leave {
    /// Records the value that the call is about to give back. `place`: its index in the places of the function.
    #[cfg_attr(not(debug_assertions), inline)]
    fn give<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) {
        self.give_shown(place, &By::<T, S>(value, PhantomData));
    }

    /// The same by a writer.
    fn give_shown(&self, place: usize, value: &dyn Shown);

    /// Records what a `?` leaves with. `place`: its index in the places of the function; `value`: the operand, which does leave.
    fn leave(&self, place: usize, value: &dyn Shown);
}

impl<C: Dated> Drop for Call<C> {
    #[inline]
    fn drop(&mut self) {
        // In an unoptimised build nothing is put into users' functions.
        if !cfg!(debug_assertions) && self.bits & QUICK != 0 && self.quick_exit() {
            return;
        }
        if self.is_live() {
            exit(self.sites, self.bits, self.end.get(), self.offset.get(), self.number.get());
        }
    }
}

impl<C: Dated> Call<C> {
    /// Records the exit where nothing has to be thought of. False: it was not recorded.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn quick_exit(&self) -> bool {
        let (header, end) = (Header((self.bits & !FLAGS) + self.end.get()), Header(self.end.get()));
        !std::thread::panicking()
            && local::here().quick_exit(header, end.words(), C::ticks, [self.offset.get(), self.number.get()])
    }
}

/// Records the exit of a call, whose fields these are.
#[cold]
#[inline(never)]
extern "C" fn exit(sites: &'static Sites, bits: u64, end: u64, offset: u64, number: u64) {
    let unwinds = std::thread::panicking() && bits & UNWINDING == 0;
    let (call, clock) = (call_of(bits), sites.clock());
    if !unwinds
        && let Some(header) = sites.usual()
        && local::here().quick_exit(
            Header(header.0 + end + call),
            Header(end).words(),
            || clock.ticks(),
            [offset, number],
        )
    {
        return;
    }
    if end != PLAIN && !unwinds {
        let value = if end == UINT { Plain::Uint(number) } else { Plain::Int(number as i64) };
        variable::show(sites, (Kind::Return, offset as usize - 1, call), &value);
    }
    let kind = if unwinds { Kind::Panic } else { Kind::Exit };
    write(sites, (kind, 0, Header(call).call()), || [0, clock.ticks()]);
}

/// Records that a line is about to be executed. `place`: its index in the places of the function.
#[inline]
pub fn line(sites: &'static Sites, place: usize) {
    sites.__scope_line(place);
}
