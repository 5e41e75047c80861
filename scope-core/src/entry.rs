//! The record of a call that begins, while its arguments are captured.

use crate::call::{Call, bits, is_idle, lost};
use crate::capture::{By, ByNumber, Strategy};
use crate::clock;
use crate::filter;
use crate::ingest;
use crate::local::{self, Local};
use crate::open::Open;
use crate::record::Kind;
use crate::site::Sites;
use crate::task::Task;
use crate::value::Shown;
use std::marker::PhantomData;

/// The record of a call that begins.
///
/// Nothing is done where it is dropped, which saves the compiler the paths on which it would be: between its beginning and its end woven code
/// does nothing but capture arguments, and that never panics. Until it ends this thread records nothing else.
#[must_use = "nothing is recorded before it ends, nor anything else on this thread"]
pub struct Entry {
    sites: &'static Sites,
    ticks: u64,
    open: Option<Open>,
    _here: PhantomData<*const ()>,
}

impl Entry {
    /// Begins the record of `count` arguments, with `fixed` words before them.
    pub(crate) fn begin(sites: &'static Sites, fixed: usize, count: usize) -> Self {
        let open = if filter::refuses(sites) { None } else { Open::begin(sites, None, fixed, count) };
        // After room was made: what that wrote is older.
        Self { sites, ticks: if open.is_some() { sites.clock().ticks() } else { 0 }, open, _here: PhantomData }
    }

    pub(crate) fn show(&mut self, value: &dyn Shown) {
        if let Some(open) = &mut self.open {
            open.show(value);
        }
    }
}

/// For woven code.
#[doc(hidden)]
impl Entry {
    /// Captures the next argument.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_arg<T: ?Sized, S: Strategy<T>>(&mut self, value: &T, _strategy: S) {
        self.show(&By::<T, S>(value, PhantomData));
    }

    /// The same, as a number.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_number<T: ?Sized>(&mut self, value: &T) {
        self.show(&By::<T, ByNumber>(value, PhantomData));
    }

    /// Puts the mark for a value that the plan hides in the place of the next argument.
    pub extern "C" fn __scope_redacted(&mut self) {
        if let Some(open) = &mut self.open {
            open.write(&mut |writer| writer.redacted());
        }
    }

    /// Records the entry.
    pub extern "C" fn __scope_enter(&mut self) -> Call {
        self.enter(Kind::Entry)
    }

    /// The same, with the line that is the function's first place.
    pub extern "C" fn __scope_enter_line(&mut self) -> Call {
        self.enter(Kind::EntryLine)
    }

    fn enter(&mut self, kind: Kind) -> Call {
        Call::begun(self.sites, self.bits(kind))
    }

    /// Records the entry. Gives the bits of its [`Call`].
    pub(crate) fn bits(&mut self, kind: Kind) -> u64 {
        match self.open.take() {
            Some(open) => {
                let number = local::with(Local::next_call);
                ingest::publish(open, self.sites, (kind, 0, number), [self.ticks]);
                bits(self.sites, number)
            }
            None if is_idle() => 0,
            None => lost(self.sites),
        }
    }

    /// Records the entry of an async call.
    pub extern "C" fn __scope_enter_task(&mut self) -> Task {
        let (sites, began) = (self.sites, self.ticks);
        local::with(|local| {
            let Some(open) = self.open.take() else {
                let lost = if filter::refuses(sites) { None } else { local.lost_call() };
                let id = lost.map_or(0, |number| local.call_id(number));
                return Task::begun(sites, id, clock::ticks());
            };
            let number = local.next_call();
            let id = local.call_id(number);
            ingest::publish(open, sites, (Kind::TaskEntry, 0, number), [began, id]);
            Task::begun(sites, id, began)
        })
    }
}
