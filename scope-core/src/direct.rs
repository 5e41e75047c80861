//! Values that are recorded by one method call: `(&&Of(&value)).__scope_as_arg(&mut entry)`, with [`Direct`] in scope.
//!
//! Method lookup takes the first implementation that fits, as it does in [`choose`](crate::capture::choose), but the method that was found
//! also writes the value: half of the work for the compiler. There is no second question, so of a type of parts each is shown as a
//! number or not at all, unless the type can be shown as a whole: woven code asks in this way only for types that don't look like one.

#![expect(
    improper_ctypes_definitions,
    reason = "nothing unwinds out of these, which spares each call of them a way to clean up; both sides are Rust of one compiler"
)]

use crate::call::Leave;
use crate::capture::captured::Captured;
use crate::capture::{ByCapture, ByDebug, ByNumber, ByParts, BySerialize, Opaque, Parts};
use crate::entry::Entry;
use crate::shown::By;
use crate::site::Sites;
use crate::variable;
use serde::Serialize;
use std::fmt::{self, Debug};

/// A value that is looked at.
pub struct Of<'v, T: ?Sized>(#[doc(hidden)] pub &'v T);

impl<T: ?Sized> Clone for Of<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Of<'_, T> {}

impl<T: ?Sized> Debug for Of<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Of")
    }
}

/// Records a value in the way that fits it best.
pub trait Direct {
    /// As the next argument of a call that begins.
    extern "C" fn __scope_as_arg(self, entry: &mut Entry);

    /// As that of a variable.
    extern "C" fn __scope_as_variable(self, sites: &'static Sites, place: usize);

    /// As what a call is about to give back.
    extern "C" fn __scope_as_ret<C: Leave>(self, call: &C, place: usize);
}

macro_rules! ways {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ty;)*) => {$(
        impl<'v, T: ?Sized + $($bound)*> Direct for $($level)* Of<'v, T> {
            #[inline]
            extern "C" fn __scope_as_arg(self, entry: &mut Entry) {
                entry.show(&By::<T, $strategy>::new(self.0));
            }

            #[inline]
            extern "C" fn __scope_as_variable(self, sites: &'static Sites, place: usize) {
                variable::show(sites, place, &By::<T, $strategy>::new(self.0));
            }

            #[inline]
            extern "C" fn __scope_as_ret<C: Leave>(self, call: &C, place: usize) {
                call.give(place, &By::<T, $strategy>::new(self.0));
            }
        }
    )*};
}
ways! {
    [&&] [Captured] => ByCapture;
    [&&&] [Serialize] => BySerialize;
    [&mut &&] [Debug] => ByDebug;
    [&] [Parts] => ByParts<ByNumber, ByNumber>;
    [] [] => Opaque;
}
