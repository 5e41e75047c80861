//! The probes that woven code has most of, as methods: for the compiler that is less than the path of a function, each time. No trait
//! of a user's has methods of these names. (Woven code borrows the static itself: without that clippy would take it for a mutated one.)

use crate::call::{Call, LIVE, QUICK, bits, is_idle, lost};
use crate::capture::{By, ByNumber};
use crate::clock;
use crate::dated::{Coarsely, Dated, Undated};
use crate::entry::Entry;
use crate::filter;
use crate::ingest::{complete, write};
use crate::local::{self, Local};
use crate::plain::{Plain, plain};
use crate::record::{Header, Kind};
use crate::session;
use crate::site::Sites;
use crate::task::Task;
use crate::value::Shown;
use std::marker::PhantomData;

/// The probes of calls that begin, for functions that are dated by the clock `C`.
#[doc(hidden)]
#[derive(Debug)]
pub struct Entries<C>(&'static Sites, PhantomData<C>);

/// Those with arguments which are numbers or texts, and of those that begin with their first line, too.
macro_rules! entries {
    ($($entry:ident $line:ident($($arg:ident: $type:ident),*);)*) => {
        #[doc(hidden)]
        impl Sites {$(
            /// Records that a call begins with such arguments.
            #[inline]
            pub extern "C" fn $entry<$($type: ?Sized),*>(&'static self, $($arg: &$type),*) -> Call {
                if cfg!(debug_assertions) {
                    let values: &[&dyn Shown] = &[$(&By::<$type, ByNumber>($arg, PhantomData)),*];
                    return Call::begun(self, entry_with(self, Kind::Entry, values));
                }
                Entries(self, PhantomData).$entry($($arg),*)
            }

            /// The same, with the line that is the function's first place.
            #[inline]
            pub extern "C" fn $line<$($type: ?Sized),*>(&'static self, $($arg: &$type),*) -> Call {
                if cfg!(debug_assertions) {
                    let values: &[&dyn Shown] = &[$(&By::<$type, ByNumber>($arg, PhantomData)),*];
                    return Call::begun(self, entry_with(self, Kind::EntryLine, values));
                }
                Entries(self, PhantomData).$line($($arg),*)
            }
        )*}

        #[doc(hidden)]
        impl<Clock: Dated> Entries<Clock> {$(
            /// See the method of [`Sites`].
            #[inline]
            pub fn $entry<$($type: ?Sized),*>(self, $($arg: &$type),*) -> Call<Clock> {
                let sites = self.0;
                let shown = |kind| entry_with(sites, kind, &[$(&By::<$type, ByNumber>($arg, PhantomData)),*]);
                self.entry_of([Kind::Entry, Kind::EntryPlain], [$(plain($arg)),*], shown)
            }

            /// See the method of [`Sites`].
            #[inline]
            pub fn $line<$($type: ?Sized),*>(self, $($arg: &$type),*) -> Call<Clock> {
                let sites = self.0;
                let shown = |kind| entry_with(sites, kind, &[$(&By::<$type, ByNumber>($arg, PhantomData)),*]);
                self.entry_of([Kind::EntryLine, Kind::EntryPlainLine], [$(plain($arg)),*], shown)
            }
        )*}
    };
}
entries! {
    __scope_entry_1 __scope_entry_line_1(a: A);
    __scope_entry_2 __scope_entry_line_2(a: A, b: B);
    __scope_entry_3 __scope_entry_line_3(a: A, b: B, c: C);
    __scope_entry_4 __scope_entry_line_4(a: A, b: B, c: C, d: D);
}

#[doc(hidden)]
impl<C: Dated> Entries<C> {
    /// See the method of [`Sites`].
    #[inline]
    pub fn __scope_entry(self) -> Call<C> {
        self.entry(Kind::Entry)
    }

    /// See the method of [`Sites`].
    #[inline]
    pub fn __scope_entry_line(self) -> Call<C> {
        self.entry(Kind::EntryLine)
    }

    /// See the method of [`Sites`].
    pub fn __scope_begin_entry(self, count: usize) -> Entry {
        Entry::begin(self.0, 1, count)
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn entry(self, kind: Kind) -> Call<C> {
        let sites = self.0;
        if is_idle() {
            return Call::unrecorded(sites);
        }
        if !std::thread::panicking()
            && let Some(header) = C::header(sites)
        {
            let mut bits = 0;
            let written = local::here().quick(|local| {
                let call = Header::of_call(local.next_call());
                bits = (header.0 + call) | LIVE | QUICK;
                [header.with(kind, 2, None, call).0, C::ticks()]
            });
            if written || session::is_off() {
                return Call::begun(sites, bits);
            }
        } else if sites.is_filtered() {
            return Call::unrecorded(sites);
        }
        Call::begun(sites, entry(sites, kind))
    }

    /// `kinds`: that of a record of any values, which `otherwise` writes, and of plain ones.
    #[cfg_attr(not(debug_assertions), inline(always))]
    fn entry_of<const V: usize>(
        self,
        kinds: [Kind; 2],
        values: [Option<Plain<'_>>; V],
        otherwise: impl FnOnce(Kind) -> u64,
    ) -> Call<C> {
        let sites = self.0;
        let Some(values) = all(values) else { return Call::begun(sites, otherwise(kinds[0])) };
        if !std::thread::panicking()
            && let Some(header) = C::header(sites)
        {
            let types = values.iter().rev().fold(0, |types, value| types << 8 | u64::from(value.code()));
            let mut bits = 0;
            let begin = |local: &Local| {
                let call = Header::of_call(local.next_call());
                bits = (header.0 + call) | LIVE | QUICK;
                [header.with(kinds[1], 0, None, call).0, C::ticks(), types]
            };
            if local::here().quick_values(begin, values) || session::is_off() {
                return Call::begun(sites, bits);
            }
        } else if sites.is_filtered() {
            return Call::unrecorded(sites);
        }
        // A copy: else they would be in memory, whether or not this is called.
        Call::begun(sites, plain_entry(sites, kinds[0], &{ values }))
    }
}

/// The values, if all are.
#[cfg_attr(not(debug_assertions), inline(always))]
fn all<const V: usize>(values: [Option<Plain<'_>>; V]) -> Option<[Plain<'_>; V]> {
    let mut all = [Plain::Bool(false); V];
    let mut index = 0;
    while index < V {
        all[index] = values[index]?;
        index += 1;
    }
    Some(all)
}

/// The same for plain arguments, which are handed over themselves: the variables that they come from need not be in memory.
#[cold]
#[inline(never)]
extern "C" fn plain_entry(sites: &'static Sites, kind: Kind, values: &[Plain<'_>]) -> u64 {
    let mut entry = Entry::begin(sites, 1, values.len());
    values.iter().for_each(|value| entry.show(value));
    entry.bits(kind)
}

/// Records that a call begins with arguments, where something has to be thought of. Gives the bits of its [`Call`].
#[inline(never)]
extern "C" fn entry_with(sites: &'static Sites, kind: Kind, values: &[&dyn Shown]) -> u64 {
    let mut entry = Entry::begin(sites, 1, values.len());
    values.iter().for_each(|value| entry.show(*value));
    entry.bits(kind)
}

/// Records that a call begins, where something has to be thought of. Gives the bits of its [`Call`].
#[cold]
#[inline(never)]
extern "C" fn entry(sites: &'static Sites, kind: Kind) -> u64 {
    if filter::refuses(sites) {
        return 0;
    }
    local::with(|local| match local.room(sites) {
        Some(room) => {
            let number = local.next_call();
            complete::<2>(local, room, sites, (kind, 0, number), || [0, sites.clock().ticks()]);
            bits(sites, number)
        }
        None => lost(sites),
    })
}

#[doc(hidden)]
impl Sites {
    /// See [`function_entry`](crate::call::function_entry).
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_entry(&'static self) -> Call {
        Entries(self, PhantomData).entry(Kind::Entry)
    }

    /// The same, with the line that is the function's first place.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_entry_line(&'static self) -> Call {
        Entries(self, PhantomData).entry(Kind::EntryLine)
    }

    /// The same probes for a function that is dated coarsely.
    #[inline]
    pub fn __scope_coarse(&'static self) -> Entries<Coarsely> {
        Entries(self, PhantomData)
    }

    /// The same for one that is not dated.
    #[inline]
    pub fn __scope_undated(&'static self) -> Entries<Undated> {
        Entries(self, PhantomData)
    }

    /// Begins the record of a call with `count` arguments.
    pub extern "C" fn __scope_begin_entry(&'static self, count: usize) -> Entry {
        Entry::begin(self, 1, count)
    }

    /// See [`task_entry`](crate::task::task_entry).
    pub extern "C" fn __scope_task(&'static self) -> Task {
        let began = clock::ticks();
        if filter::refuses(self) {
            return Task::begun(self, 0, began);
        }
        local::with(|local| {
            let id = match local.room(self) {
                Some(room) => {
                    let number = local.next_call();
                    // The id is asked for after the record's room was found: the thread may get its number only then.
                    let id = local.call_id(number);
                    complete::<3>(local, room, self, (Kind::TaskEntry, 0, number), || [0, began, id]);
                    id
                }
                None => local.lost_call().map_or(0, |number| local.call_id(number)),
            };
            Task::begun(self, id, began)
        })
    }

    /// Begins the record of an async call with `count` arguments.
    pub extern "C" fn __scope_begin_task(&'static self, count: usize) -> Entry {
        Entry::begin(self, 2, count)
    }

    /// See [`line`](crate::call::line).
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_line(&'static self, place: usize) {
        self.line(Kind::Line, place);
    }

    /// Records a line, and that of the next place with it: nothing happens between them.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_lines(&'static self, place: usize) {
        self.line(Kind::Lines, place);
    }

    /// Records a line, and when it is.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_line_at(&'static self, place: usize) {
        if is_idle() {
            return;
        }
        if let Some(header) = self.exact() {
            let header = header.with(Kind::LineAt, 2, Some(place), 0);
            if local::with(|local| local.quick(|_| [header.0, clock::counter()])) || session::is_off() {
                return;
            }
        }
        line_at(self, place);
    }

    #[cfg_attr(not(debug_assertions), inline(always))]
    fn line(&'static self, kind: Kind, place: usize) {
        if is_idle() {
            return;
        }
        if let Some(header) = self.usual() {
            let header = header.with(kind, 1, Some(place), 0);
            if local::with(|local| local.quick(|_| [header.0])) || session::is_off() {
                return;
            }
        } else if self.is_filtered() {
            return;
        }
        line(self, kind, place);
    }
}

/// Records a line and the time, where something has to be thought of.
#[cold]
#[inline(never)]
extern "C" fn line_at(sites: &'static Sites, place: usize) {
    if !filter::refuses(sites) {
        write(sites, (Kind::LineAt, 1 + place as u32, 0), || [0, clock::ticks()]);
    }
}

/// Records a line, where something has to be thought of.
#[cold]
#[inline(never)]
extern "C" fn line(sites: &'static Sites, kind: Kind, place: usize) {
    if filter::refuses(sites) {
        return;
    }
    write(sites, (kind, 1 + place as u32, 0), || [0]);
}
