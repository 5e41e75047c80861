//! The choice of a strategy by method lookup.
//!
//! `(&&of(&value)).__scope_strategy().__scope_parts()`, with [`Choice`] and [`Split`](super::kinds::Split) in scope, gives the
//! [`Strategy`](super::Strategy) that fits the value best, as a value of its marker type. No bound is asked of anybody: lookup only
//! takes an implementation whose bounds hold, also in a generic function.
//!
//! How: on a receiver `&&Choose<T>` lookup tries the implementations of a trait for `&&Choose`, `&&&Choose` (it adds a reference
//! by itself), `&mut &&Choose` (or a mutable one), `&Choose` and `Choose` (it takes them off), in this order, and takes
//! the first that holds: five levels, the best first. Each level costs the compiler a question for each captured value, and
//! each reference a lifetime, so both are kept few. A type of parts is therefore asked twice: the first answer says that it
//! has parts, the second, on a receiver with levels of its own, how each part is written. All others are done
//! with the first, and their `__scope_parts` is a method that needs no looking.
//!
//! A [`Pick`] is settled in the same way, `(&&pick).__scope_settle().__scope_parts()`: there the implementation that is taken fixes
//! the strategy in the token's own type, which saves the compiler half of the questions.
//!
//! What lookup can't see is lifetimes: an implementation for some lifetimes only, as in `impl Debug for dyn Shape` (that is
//! `dyn Shape + 'static`), is taken for a `&'a dyn Shape` too, and then the borrow checker complains. Nothing on stable tells
//! the two apart; the weave has to leave such a value alone, or name [`Opaque`](super::Opaque) as its strategy.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::kinds::{Any, Kinds};
use super::residual::Leaving;
use super::{ByCapture, ByDebug, ByNumber, ByParts, ByResidual, BySerialize, Parts, Pick, Stays};

/// Stands for a value of type `T` when a strategy is looked for.
pub struct Choose<T: ?Sized>(pub(super) PhantomData<fn(&T)>);

/// What to look up the strategy of a value on.
#[inline]
pub const fn of<T: ?Sized>(_: &T) -> Choose<T> {
    Choose(PhantomData)
}

impl<T: ?Sized> Clone for Choose<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized> Copy for Choose<T> {}

impl<T: ?Sized> Debug for Choose<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choose")
    }
}

/// Says what fits best: [`Done`], or that it depends on the parts, which [`Split`](super::kinds::Split) looks at.
pub trait Choice {
    /// It.
    type Answer;

    /// It.
    fn __scope_strategy(self) -> Self::Answer;
}

/// As [`Choice`], but makes the choice of a [`Pick`], whose `S` is open until then.
pub trait Settle {
    /// [`Done`], or what [`Split`](super::kinds::Split) settles the strategies of the parts with.
    type Rest;

    /// Makes it.
    fn __scope_settle(self) -> Self::Rest;
}

/// A strategy that was found.
#[derive(Clone, Copy, Debug)]
pub struct Done<S>(pub(super) S);

impl<S> Done<S> {
    /// It.
    #[inline]
    pub fn __scope_parts(self) -> S {
        self.0
    }

    /// Itself: there are no halves to ask for.
    #[inline]
    pub fn __scope_first(self) -> Self {
        self
    }

    /// It.
    #[inline]
    pub fn __scope_second(self) -> S {
        self.0
    }
}

macro_rules! choices {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ty, $value:expr;)*) => {$(
        impl<T: ?Sized + $($bound)*> Choice for $($level)* Choose<T> {
            type Answer = Done<$strategy>;

            #[inline]
            fn __scope_strategy(self) -> Done<$strategy> {
                Done($value)
            }
        }

        impl<T: ?Sized + $($bound)*> Settle for $($level)* Pick<T, $strategy> {
            type Rest = Done<()>;

            #[inline]
            fn __scope_settle(self) -> Done<()> {
                Done(())
            }
        }
    )*};
}
choices! {
    [&&] [Captured] => ByCapture, ByCapture;
    [&mut &&] [Serialize] => BySerialize, BySerialize;
    [&] [Debug] => ByDebug, ByDebug;
    [] [] => ByNumber, ByNumber;
}

impl<'a, T: ?Sized + Parts> Choice for &'a &&Choose<T> {
    type Answer = <T::Kinds as Kinds>::Top<'a, Any>;

    #[inline]
    fn __scope_strategy(self) -> Self::Answer {
        T::Kinds::top()
    }
}

impl<'a, T: ?Sized + Parts, A, B> Settle for &'a &&Pick<T, ByParts<A, B>> {
    type Rest = <T::Kinds as Kinds>::Top<'a, ByParts<A, B>>;

    #[inline]
    fn __scope_settle(self) -> Self::Rest {
        T::Kinds::top()
    }
}

/// As [`Settle`], for the operand of a `?`.
pub trait SettleResidual {
    /// Makes it.
    fn __scope_settle_residual(self);
}

macro_rules! residuals {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<T: Leaving<Error: $($bound)*>> SettleResidual for $($level)* Pick<T, ByResidual<$strategy>> {
            #[inline]
            fn __scope_settle_residual(self) {}
        }
    )*};
}
residuals! {
    [&&] [Captured] => ByCapture;
    [&&&] [Serialize] => BySerialize;
    [&mut &&] [Debug] => ByDebug;
    [&] [] => ByNumber;
}

impl<T: ?Sized> SettleResidual for Pick<T, Stays> {
    #[inline]
    fn __scope_settle_residual(self) {}
}
