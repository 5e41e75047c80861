//! Values inside a call: of variables, and those that it gives back, for woven code.
//!
//! Where the type of a value may still be open the strategy is, too. Then the probe gives a [`Pick`] of both, which woven code assigns to
//! a variable of its own and settles behind all else; where it can't assign, as in a closure, it hands one over.

use crate::call::{Call, Leave, id_of, place_id};
use crate::capture::{By, Leaves};
use crate::capture::{ByCapture, ByNumber, Pick, Residual, Strategy};
use crate::open::Open;
use crate::record::Kind;
use crate::site::Sites;
use crate::task::{Task, TaskCall};
use crate::value::Shown;
use std::marker::PhantomData;

/// Records `count` values of a place.
#[inline]
pub(crate) fn record(sites: &'static Sites, place: usize, count: usize, write: &mut dyn FnMut(&mut Open)) {
    if let Some(mut open) = Open::begin(sites, Some(place), 0, count) {
        write(&mut open);
        if let Some(first) = id_of(sites) {
            open.publish(Kind::Values, place_id(first, place), 0, &[]);
        }
    }
}

/// Records the value of a variable.
#[inline]
pub(crate) fn show(sites: &'static Sites, place: usize, value: &dyn Shown) {
    record(sites, place, 1, &mut |open| value.write(open.writer()));
}

#[doc(hidden)]
impl Sites {
    /// Records the value of a variable, in the way that is yet to be chosen.
    #[inline]
    pub extern "C" fn __scope_variable<T: ?Sized, S: Strategy<T>>(
        &'static self,
        place: usize,
        value: &T,
    ) -> Pick<T, S> {
        show(self, place, &By::<T, S>(value, PhantomData));
        Pick(PhantomData)
    }

    /// Records the value of a variable.
    #[inline]
    pub extern "C" fn __scope_variable_by<T: ?Sized, S: Strategy<T>>(
        &'static self,
        place: usize,
        value: &T,
        _strategy: S,
    ) {
        show(self, place, &By::<T, S>(value, PhantomData));
    }

    /// Records the value of a variable whose type can't be asked for anything: see [`ByNumber`].
    #[inline]
    pub extern "C" fn __scope_number<T: ?Sized>(&'static self, place: usize, value: &T) {
        show(self, place, &By::<T, ByNumber>(value, PhantomData));
    }

    /// Puts the mark for a value that the plan hides in the place of a variable's.
    pub extern "C" fn __scope_redacted(&'static self, place: usize) {
        record(self, place, 1, &mut |open| open.writer().redacted());
    }
}

macro_rules! calls {
    ($($call:ty)*) => {$(
        #[doc(hidden)]
        impl $call {
            /// Records the value that the call is about to give back. `place`: its index in the places of the function.
            #[inline]
            pub extern "C" fn __scope_ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, _strategy: S) {
                self.give(place, &By::<T, S>(value, PhantomData));
            }

            /// The same for a number.
            #[inline]
            pub extern "C" fn __scope_ret_number<T: ?Sized>(&self, place: usize, value: &T) {
                self.give(place, &By::<T, ByNumber>(value, PhantomData));
            }

            /// The same for a `()`.
            pub extern "C" fn __scope_unit(&self, place: usize) {
                self.give(place, &By::<(), ByCapture>(&(), PhantomData));
            }

            /// The same in the way that is yet to be chosen.
            #[inline]
            pub extern "C" fn __scope_given<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) -> Pick<T, S> {
                self.give(place, &By::<T, S>(value, PhantomData));
                Pick(PhantomData)
            }

            /// Records what a `?` leaves with, if it leaves, in the way that is yet to be chosen.
            #[inline]
            pub extern "C" fn __scope_early<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) -> Pick<T, S> {
                if S::leaves(value) {
                    self.leave(place, &Leaves::<T, S>(value, PhantomData));
                }
                Pick(PhantomData)
            }
        }
    )*};
}
calls!(Call Task TaskCall);

/// Records the value of a variable, in the way that is yet to be chosen: that of `_pick`.
#[inline]
pub fn variable<T: ?Sized, S: Strategy<T>>(_pick: &Pick<T, S>, sites: &'static Sites, place: usize, value: &T) {
    show(sites, place, &By::<T, S>(value, PhantomData));
}

/// The same for a value that a call is about to give back.
#[inline]
pub fn given<T: ?Sized, S: Strategy<T>>(_pick: &Pick<T, S>, call: &impl Leave, place: usize, value: &T) {
    call.give(place, &By::<T, S>(value, PhantomData));
}

/// The same for a value on its way: what is expected of the result is expected of the value.
#[inline]
pub fn passed<T, S: Strategy<T>>(value: T, call: &impl Leave, place: usize, _pick: &Pick<T, S>) -> T {
    call.give(place, &By::<T, S>(&value, PhantomData));
    value
}

/// The same as a number.
#[inline]
pub fn passed_number<T>(value: T, call: &impl Leave, place: usize) -> T {
    call.give(place, &By::<T, ByNumber>(&value, PhantomData));
    value
}

/// Records what a `?` leaves with, if it leaves, in the way that is yet to be chosen: that of `_pick`.
#[inline]
pub fn early<T: ?Sized, S: Residual<T>>(_pick: &Pick<T, S>, call: &impl Leave, place: usize, value: &T) {
    if S::leaves(value) {
        call.leave(place, &Leaves::<T, S>(value, PhantomData));
    }
}
