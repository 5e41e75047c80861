//! The record of a call that begins, while its arguments are captured.

use crate::call::{Call, id_of, is_idle};
use crate::capture::By;
use crate::capture::{ByNumber, Strategy};
use crate::clock;
use crate::local::{self, Local};
use crate::open::Open;
use crate::record::Kind;
use crate::site::Sites;
use crate::task::Task;
use crate::value::Shown;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;

/// The record of a call that begins.
///
/// Nothing is done where it is dropped, which saves the compiler the paths on which it would be: between its beginning and its end woven code
/// does nothing but capture arguments, and that never panics. Until it ends this thread records nothing else.
#[must_use = "nothing is recorded before it ends, nor anything else on this thread"]
pub struct Entry {
    sites: &'static Sites,
    ticks: u64,
    open: ManuallyDrop<Option<Open>>,
    _here: PhantomData<*const ()>,
}

impl Entry {
    /// Begins the record of `count` arguments, with `fixed` words before them.
    pub(crate) fn begin(sites: &'static Sites, fixed: usize, count: usize) -> Self {
        let open = ManuallyDrop::new(Open::begin(sites, None, fixed, count));
        // After room was made: what that wrote is older.
        Self { sites, ticks: clock::ticks(), open, _here: PhantomData }
    }

    /// Captures the next argument.
    #[inline]
    pub(crate) fn show(&mut self, value: &dyn Shown) {
        if let Some(open) = &mut *self.open {
            value.write(open.writer());
        }
    }
}

/// For woven code.
#[doc(hidden)]
impl Entry {
    /// Captures the next argument.
    #[inline]
    pub extern "C" fn __scope_arg<T: ?Sized, S: Strategy<T>>(&mut self, value: &T, _strategy: S) {
        self.show(&By::<T, S>(value, PhantomData));
    }

    /// The same, as a number.
    #[inline]
    pub extern "C" fn __scope_number<T: ?Sized>(&mut self, value: &T) {
        self.show(&By::<T, ByNumber>(value, PhantomData));
    }

    /// Puts the mark for a value that the plan hides in the place of the next argument.
    pub extern "C" fn __scope_redacted(&mut self) {
        if let Some(open) = &mut *self.open {
            open.writer().redacted();
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

    #[inline]
    fn enter(&mut self, kind: Kind) -> Call {
        let sites = self.sites;
        let number = match &*self.open {
            Some(open) => {
                let number = local::with(Local::next_call);
                if let Some(site) = id_of(sites) {
                    open.publish(kind, site.0, number, &[self.ticks]);
                }
                *self.open = None;
                Some(number)
            }
            None if is_idle() => None,
            None => local::with(Local::lost_call),
        };
        number.map_or_else(|| Call::unrecorded(sites), |number| Call::begun(sites, number))
    }

    /// Records the entry of an async call.
    pub extern "C" fn __scope_enter_task(&mut self) -> Task {
        let (sites, began) = (self.sites, self.ticks);
        local::with(|local| {
            let Some(open) = &*self.open else {
                let id = local.lost_call().map_or(0, |number| local.call_id(number));
                return Task::begun(sites, id, began);
            };
            let number = local.next_call();
            let id = local.call_id(number);
            if let Some(site) = id_of(sites) {
                open.publish(Kind::TaskEntry, site.0, number, &[began, id]);
            }
            *self.open = None;
            Task::begun(sites, id, began)
        })
    }
}
