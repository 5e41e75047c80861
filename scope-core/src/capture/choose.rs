//! The choice of a strategy by method lookup.
//!
//! `(&&&of(&value)).__scope_strategy().__scope_parts()`, with [`Choice`] and [`Split`] in scope, gives the
//! [`Strategy`](super::Strategy) that fits the value best, as a value of its marker type; `(&&&of(&value)).__scope_residual()`, with
//! [`Leaves`] in scope, does so for the operand of a `?`. No bound is asked of anybody: lookup only takes an implementation
//! whose bounds hold, also in a generic function.
//!
//! How: on a receiver `&&&Choose<T>` lookup tries the implementations of a trait for `&&&Choose`, `&&&&Choose` (it adds a reference
//! by itself), `&mut &&&Choose` (or a mutable one), `&&Choose`, `&Choose` and `Choose` (it takes them off), in this order, and takes
//! the first that holds: six levels, the best first. Each level costs the compiler a question for each captured value, and
//! each reference a lifetime, so both are kept few. A type of parts is therefore asked twice: the first answer says that it
//! has parts, the second, on a receiver with levels of its own, how each part is written. All others are done
//! with the first, and their `__scope_parts` is a method that needs no looking.
//!
//! What lookup can't see is lifetimes: an implementation for some lifetimes only, as in `impl Debug for dyn Shape` (that is
//! `dyn Shape + 'static`), is taken for a `&'a dyn Shape` too, and then the borrow checker complains. Nothing on stable tells
//! the two apart; the weave has to leave such a value alone, or name [`Opaque`] as its strategy.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::parts::Lock;
use super::residual::Leaving;
use super::{ByCapture, ByDebug, ByParts, ByResidual, BySerialize, Opaque, Parts, Stays};

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

/// Says what fits best: [`Done`], or that it depends on the parts, which [`Split`] looks at.
pub trait Choice {
    /// It.
    type Answer;

    /// It.
    fn __scope_strategy(self) -> Self::Answer;
}

/// A strategy that was found.
#[derive(Clone, Copy, Debug)]
pub struct Done<S>(S);

impl<S> Done<S> {
    /// It.
    #[inline]
    pub fn __scope_parts(self) -> S {
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
    )*};
}
choices! {
    [&&&] [Captured] => ByCapture, ByCapture;
    [&&&&] [Lock<A: Serialize + Sized>] => ByParts<BySerialize, BySerialize>, ByParts::NEW;
    [&mut &&&] [Serialize] => BySerialize, BySerialize;
    [&] [Debug] => ByDebug, ByDebug;
    [] [] => Opaque, Opaque;
}

impl<'a, T: ?Sized + Parts> Choice for &'a &Choose<T> {
    type Answer = <T::Kinds as Kinds>::Top<'a>;

    #[inline]
    fn __scope_strategy(self) -> Self::Answer {
        T::Kinds::top()
    }
}

/// The kinds of parts of a value: [`One`] or [`Two`].
pub trait Kinds {
    /// What [`Split`] is looked up on.
    type Top<'a>
    where
        Self: 'a;

    /// It.
    fn top<'a>() -> Self::Top<'a>
    where
        Self: 'a;
}

/// Parts of one kind. What can be captured in them can be captured as a whole, so there is less to choose from.
#[derive(Debug)]
pub struct One<A: ?Sized>(PhantomData<fn(&A)>);

impl<A: ?Sized> Kinds for One<A> {
    type Top<'a>
        = &'a &'a Self
    where
        A: 'a;

    #[inline]
    fn top<'a>() -> &'a &'a Self
    where
        A: 'a,
    {
        &&One(PhantomData)
    }
}

impl<A: ?Sized + Serialize> Split for &&One<A> {
    type Strategy = ByParts<BySerialize, BySerialize>;

    #[inline]
    fn __scope_parts(self) -> Self::Strategy {
        ByParts::NEW
    }
}

impl<A: ?Sized + Debug> Split for &One<A> {
    type Strategy = ByParts<ByDebug, ByDebug>;

    #[inline]
    fn __scope_parts(self) -> Self::Strategy {
        ByParts::NEW
    }
}

impl<A: ?Sized> Split for One<A> {
    type Strategy = ByParts<Opaque, Opaque>;

    #[inline]
    fn __scope_parts(self) -> Self::Strategy {
        ByParts::NEW
    }
}

impl<A: ?Sized> Clone for One<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A: ?Sized> Copy for One<A> {}

/// Parts of two kinds.
#[derive(Debug)]
pub struct Two<A: ?Sized, B: ?Sized>(PhantomData<(fn(&A), fn(&B))>);

impl<A: ?Sized, B: ?Sized> Kinds for Two<A, B> {
    type Top<'a>
        = Top<'a, A, B>
    where
        Self: 'a;

    #[inline]
    fn top<'a>() -> Top<'a, A, B>
    where
        Self: 'a,
    {
        Self::behind()
    }
}

/// Says what fits the parts of a value best.
pub trait Split {
    /// It.
    type Strategy;

    /// It.
    fn __scope_parts(self) -> Self::Strategy;
}

/// Makes the types of the levels, from the lowest up, and `behind`.
macro_rules! levels {
    ($below:ident, $low:ident $($rest:ident)*; $($refs:tt)*) => {
        type $low<'a, A, B> = &'a $below<'a, A, B>;
        levels!($low, $($rest)*; $($refs)* &);
    };
    ($top:ident, ; $($refs:tt)*) => {
        /// [`Two`] behind all its references.
        pub type Top<'a, A, B> = $top<'a, A, B>;

        impl<A: ?Sized, B: ?Sized> Two<A, B> {
            const fn behind<'a>() -> Top<'a, A, B>
            where
                Self: 'a,
            {
                $($refs)* Two(PhantomData)
            }
        }
    };
}
type L1<'a, A, B> = &'a Two<A, B>;
levels!(L1, L2 L3 L4 L5 L6 L7 L8 L9 L10 L11 L12 L13 L14; &);

macro_rules! halves {
    ($($level:ident, [$($a:tt)*] $by_a:ident, [$($b:tt)*] $by_b:ident;)*) => {$(
        impl<A: ?Sized + $($a)*, B: ?Sized + $($b)*> Split for $level<'_, A, B> {
            type Strategy = ByParts<$by_a, $by_b>;

            #[inline]
            fn __scope_parts(self) -> Self::Strategy {
                ByParts::NEW
            }
        }
    )*};
}
halves! {
    L14, [Captured] ByCapture, [Serialize] BySerialize;
    L13, [Serialize] BySerialize, [Captured] ByCapture;
    L12, [Captured] ByCapture, [Debug] ByDebug;
    L11, [Serialize] BySerialize, [Debug] ByDebug;
    L10, [Debug] ByDebug, [Captured] ByCapture;
    L9, [Debug] ByDebug, [Serialize] BySerialize;
    L8, [Debug] ByDebug, [Debug] ByDebug;
    L7, [Captured] ByCapture, [] Opaque;
    L6, [Serialize] BySerialize, [] Opaque;
    L5, [] Opaque, [Captured] ByCapture;
    L4, [] Opaque, [Serialize] BySerialize;
    L3, [Debug] ByDebug, [] Opaque;
    L2, [] Opaque, [Debug] ByDebug;
    L1, [] Opaque, [] Opaque;
}

/// Gives the strategy that fits the operand of a `?` best.
pub trait Leaves {
    /// It.
    type Residual;

    /// It.
    fn __scope_residual(self) -> Self::Residual;
}

macro_rules! residuals {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<T: Leaving<Error: $($bound)*>> Leaves for $($level)* Choose<T> {
            type Residual = ByResidual<$strategy>;

            #[inline]
            fn __scope_residual(self) -> ByResidual<$strategy> {
                ByResidual::NEW
            }
        }
    )*};
}
residuals! {
    [&&&] [Captured] => ByCapture;
    [&&&&] [Serialize] => BySerialize;
    [&mut &&&] [Debug] => ByDebug;
    [&&] [] => Opaque;
}

impl<T: ?Sized> Leaves for &Choose<T> {
    type Residual = Stays;

    #[inline]
    fn __scope_residual(self) -> Stays {
        Stays
    }
}
