//! Values inside a call: of variables, and those that it gives back, for woven code.
//!
//! Where the type of a value may still be open the strategy is, too. Then the probe gives a [`Pick`] of both, which woven code assigns to
//! a variable of its own and settles behind all else; where it can't assign, as in a closure, it hands one over.

use crate::call::{Call, Leave, place_offset};
use crate::capture::{By, Leaves};
use crate::capture::{ByCapture, ByNumber, Pick, Residual, Strategy};
use crate::dated::Dated;
use crate::filter;
use crate::ingest;
use crate::local;
use crate::open::Open;
use crate::plain::{Plain, plain};
use crate::record::{Header, Kind};
use crate::session;
use crate::site::Sites;
use crate::task::{Task, TaskCall};
use crate::value::Shown;
use std::marker::PhantomData;

/// Records the values of a place that `write` writes.
#[inline]
pub(crate) fn record(sites: &'static Sites, place: usize, count: usize, write: &mut dyn FnMut(&mut Open)) {
    if filter::refuses(sites) {
        return;
    }
    if let Some(mut open) = Open::begin(sites, Some(place), 0, count) {
        write(&mut open);
        complete(open, sites, (Kind::Values, place, 0));
    }
}

/// What the header of a record with one value says: its kind, its place, and its call (see [`Header::of_call`]).
pub(crate) type About = (Kind, usize, u64);

fn complete(open: Open, sites: &'static Sites, (kind, place, call): About) {
    ingest::publish(open, sites, (kind, place_offset(place), Header(call).call()), []);
}

/// Records a value of a variable. A macro, and so is [`give!`]: in an unoptimised build each function that is generic in the value's type is
/// one more for the user's crate to compile.
macro_rules! value {
    ($sites:expr, $place:expr, $value:expr, $strategy:ty) => {{
        let about = ($crate::record::Kind::Values, $place, 0);
        if cfg!(debug_assertions) {
            $crate::variable::show($sites, about, &$crate::capture::By::<_, $strategy>($value, PhantomData));
        } else {
            $crate::variable::plain_or_shown::<_, $strategy>($sites, about, $value);
        }
    }};
}
pub(crate) use value;

/// Records the value that a call is about to give back.
macro_rules! give {
    ($call:expr, $place:expr, $value:expr, $strategy:ty) => {
        if cfg!(debug_assertions) {
            $call.give_shown($place, &$crate::capture::By::<_, $strategy>($value, PhantomData));
        } else {
            $call.give::<_, $strategy>($place, $value);
        }
    };
}
pub(crate) use give;

/// Records a value, as it is where it is plain.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn plain_or_shown<T: ?Sized, S: Strategy<T>>(sites: &'static Sites, about: About, value: &T) {
    match plain(value) {
        Some(plain) if put(sites, about, plain) => {}
        Some(Plain::Text(text)) => show_text(sites, about.0, about.1, about.2, text),
        Some(plain) => show_number(sites, about.0, about.1, about.2, plain.code(), plain.word()),
        None => show(sites, about, &By::<T, S>(value, PhantomData)),
    }
}

/// Records a plain value, where something has to be thought of. All is handed over in registers: else the variable that the value comes from
/// would have to be in memory, whether or not this is called.
#[cold]
#[inline(never)]
extern "C" fn show_number(sites: &'static Sites, kind: Kind, place: usize, call: u64, code: u8, word: u64) {
    if let Some(value) = Plain::number(code, word) {
        show(sites, (kind, place, call), &value);
    }
}

/// The same for a text.
#[cold]
#[inline(never)]
extern "C" fn show_text(sites: &'static Sites, kind: Kind, place: usize, call: u64, text: &str) {
    show(sites, (kind, place, call), &Plain::Text(text));
}

/// Records a plain value, where nothing has to be thought of. True, too, where nothing is recorded now.
#[cfg_attr(not(debug_assertions), inline(always))]
fn put(sites: &'static Sites, (kind, place, call): About, value: Plain<'_>) -> bool {
    let Some(header) = sites.usual() else { return kind == Kind::Values && sites.is_filtered() };
    let kinds = match kind {
        Kind::Return => [Kind::ReturnUint, Kind::ReturnInt, Kind::ReturnPlain],
        _ => [Kind::ValueUint, Kind::ValueInt, Kind::ValuePlain],
    };
    let header = |kind| header.with(kind, 0, Some(place), call).0;
    let local = local::here();
    let written = match value {
        Plain::Uint(_) => local.quick_values(|_| [header(kinds[0])], [value]),
        Plain::Int(_) => local.quick_values(|_| [header(kinds[1])], [value]),
        _ => local.quick_values(|_| [header(kinds[2]), value.code().into()], [value]),
    };
    written || session::is_off()
}

/// Records a value by a writer.
#[inline(never)]
pub(crate) fn show(sites: &'static Sites, about: About, value: &dyn Shown) {
    // What a call gives back is shown if its entry was.
    if about.0 == Kind::Values && filter::refuses(sites) {
        return;
    }
    if let Some(mut open) = Open::begin(sites, Some(about.1), 0, 1) {
        open.show(value);
        complete(open, sites, about);
    }
}

#[doc(hidden)]
impl Sites {
    /// Records the value of a variable, in the way that is yet to be chosen.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_variable<T: ?Sized, S: Strategy<T>>(
        &'static self,
        place: usize,
        value: &T,
    ) -> Pick<T, S> {
        value!(self, place, value, S);
        Pick(PhantomData)
    }

    /// Records the value of a variable.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_variable_by<T: ?Sized, S: Strategy<T>>(
        &'static self,
        place: usize,
        value: &T,
        _strategy: S,
    ) {
        value!(self, place, value, S);
    }

    /// Records the value of a variable whose type can't be asked for anything: see [`ByNumber`].
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_number<T: ?Sized>(&'static self, place: usize, value: &T) {
        value!(self, place, value, ByNumber);
    }

    /// The same of a copy.
    #[cfg_attr(not(debug_assertions), inline)]
    pub extern "C" fn __scope_literal<T: Copy>(&'static self, place: usize, value: T) {
        self.__scope_number(place, &value);
    }

    /// Puts the mark for a value that the plan hides in the place of a variable's.
    pub extern "C" fn __scope_redacted(&'static self, place: usize) {
        record(self, place, 1, &mut |open| open.write(&mut |writer| writer.redacted()));
    }
}

macro_rules! calls {
    ($([$($param:tt)*] $call:ty;)*) => {$(
        #[doc(hidden)]
        impl<$($param)*> $call {
            /// Records the value that the call is about to give back. `place`: its index in the places of the function.
            #[cfg_attr(not(debug_assertions), inline)]
            pub extern "C" fn __scope_ret<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T, _strategy: S) {
                give!(self, place, value, S);
            }

            /// The same for a number.
            #[cfg_attr(not(debug_assertions), inline)]
            pub extern "C" fn __scope_ret_number<T: ?Sized>(&self, place: usize, value: &T) {
                give!(self, place, value, ByNumber);
            }

            /// The same for a `()`.
            pub extern "C" fn __scope_unit(&self, place: usize) {
                give!(self, place, &(), ByCapture);
            }

            /// The same in the way that is yet to be chosen.
            #[cfg_attr(not(debug_assertions), inline)]
            pub extern "C" fn __scope_given<T: ?Sized, S: Strategy<T>>(&self, place: usize, value: &T) -> Pick<T, S> {
                give!(self, place, value, S);
                Pick(PhantomData)
            }

            /// Records what a `?` leaves with, if it leaves, in the way that is yet to be chosen.
            #[cfg_attr(not(debug_assertions), inline)]
            pub extern "C" fn __scope_early<T: ?Sized, S: Residual<T>>(&self, place: usize, value: &T) -> Pick<T, S> {
                if S::leaves(value) {
                    self.leave(place, &Leaves::<T, S>(value, PhantomData));
                }
                Pick(PhantomData)
            }
        }
    )*};
}
calls! {
    [C: Dated] Call<C>;
    [] Task;
    [] TaskCall;
}

/// Records the value of a variable, in the way that is yet to be chosen: that of `_pick`.
#[inline]
pub fn variable<T: ?Sized, S: Strategy<T>>(_pick: &Pick<T, S>, sites: &'static Sites, place: usize, value: &T) {
    value!(sites, place, value, S);
}

/// The same for a value that a call is about to give back.
#[inline]
pub fn given<T: ?Sized, S: Strategy<T>>(_pick: &Pick<T, S>, call: &impl Leave, place: usize, value: &T) {
    give!(call, place, value, S);
}

/// The same for a value on its way: what is expected of the result is expected of the value.
#[inline]
pub fn passed<T, S: Strategy<T>>(value: T, call: &impl Leave, place: usize, _pick: &Pick<T, S>) -> T {
    give!(call, place, &value, S);
    value
}

/// The same as a number.
#[inline]
pub fn passed_number<T>(value: T, call: &impl Leave, place: usize) -> T {
    give!(call, place, &value, ByNumber);
    value
}

/// Records what a `?` leaves with, if it leaves, in the way that is yet to be chosen: that of `_pick`.
#[inline]
pub fn early<T: ?Sized, S: Residual<T>>(_pick: &Pick<T, S>, call: &impl Leave, place: usize, value: &T) {
    if S::leaves(value) {
        call.leave(place, &Leaves::<T, S>(value, PhantomData));
    }
}
