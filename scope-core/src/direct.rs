//! Values that are recorded by one method call: `(&&Of(&value)).__scope_as_arg(&mut entry)`, with [`Direct`] in scope.
//!
//! Method lookup takes the first implementation that fits, as it does in [`choose`](crate::capture::choose), but the method that was found
//! also writes the value: half of the work for the compiler. There is no second question, so the parts of a value are all shown in one
//! way. Woven code asks like this for types that look as if they had no parts, with [`Direct`], and for those that look as if they had
//! parts of one kind, with [`DirectParts`], which is one level more.

use crate::call::Leave;
use crate::capture::{By, ByCapture, ByDebug, ByNumber, ByParts, BySerialize, Capture, Parts};
use crate::entry::Entry;
use crate::site::Sites;
use crate::variable::{give, value};
use serde::Serialize;
use std::fmt::{self, Debug};
use std::marker::PhantomData;

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

macro_rules! ways {
    ($(#[$doc:meta])* $trait:ident: $arg:ident, $variable:ident, $ret:ident; $([$($level:tt)*] [$($bound:tt)*] => $strategy:ty;)*) => {
        $(#[$doc])*
        pub trait $trait {
            /// As the next argument of a call that begins.
            extern "C" fn $arg(self, entry: &mut Entry);

            /// As that of a variable.
            extern "C" fn $variable(self, sites: &'static Sites, place: usize);

            /// As what a call is about to give back.
            extern "C" fn $ret<C: Leave>(self, call: &C, place: usize);
        }

        $(
            impl<'v, T: ?Sized> $trait for $($level)* Of<'v, T>
            where
                $($bound)*
            {
                #[cfg_attr(not(debug_assertions), inline)]
                extern "C" fn $arg(self, entry: &mut Entry) {
                    entry.show(&By::<T, $strategy>(self.0, PhantomData));
                }

                #[cfg_attr(not(debug_assertions), inline)]
                extern "C" fn $variable(self, sites: &'static Sites, place: usize) {
                    value!(sites, place, self.0, $strategy);
                }

                #[cfg_attr(not(debug_assertions), inline)]
                extern "C" fn $ret<C: Leave>(self, call: &C, place: usize) {
                    give!(call, place, self.0, $strategy);
                }
            }
        )*
    };
}
ways! {
    /// Records a value in the way that fits it best, on a receiver `&&Of<T>`.
    Direct: __scope_as_arg, __scope_as_variable, __scope_as_ret;
    [&&] [T: Capture] => ByCapture;
    [&&&] [T: Serialize] => BySerialize;
    [&mut &&] [T: Debug] => ByDebug;
    [&] [T: Parts] => ByParts<ByNumber, ByNumber>;
    [] [] => ByNumber;
}
ways! {
    /// The same where the code says that the value has parts, all of one kind, on a receiver `&&&Of<T>`.
    DirectParts: __scope_parts_as_arg, __scope_parts_as_variable, __scope_parts_as_ret;
    [&&&] [T: Capture] => ByCapture;
    [&&&&] [T: Parts, T::A: Serialize, T::B: Serialize] => ByParts<BySerialize, BySerialize>;
    [&mut &&&] [T: Parts, T::A: Debug, T::B: Debug] => ByParts<ByDebug, ByDebug>;
    [&&] [T: Debug] => ByDebug;
    [&] [T: Parts] => ByParts<ByNumber, ByNumber>;
    [] [] => ByNumber;
}
