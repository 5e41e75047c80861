//! The choice of a strategy by method lookup.
//!
//! `Choose::new(&value).__scope_strategy()`, with [`Choice`] in scope, gives the [`Strategy`](super::Strategy) that fits
//! the value best, as a value of its marker type; `….__scope_residual()`, with [`Leaves`] in scope, does so for the operand of a
//! `?`. No bound is asked of anybody: lookup only takes an implementation whose bounds hold, also in a generic function.
//!
//! How: `new` gives a [`Choose`] behind [`LEVELS`] references, and lookup takes them off one by one until the trait is
//! implemented. So the implementations are tried from the one for the most references to the one for the fewest, and there
//! is but one for each number. (More `&` in front do no harm.) One trait with few implementations it is, because each
//! captured value costs the compiler that many questions.
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
pub struct Choose<T: ?Sized>(PhantomData<fn(&T)>);

impl<T: ?Sized> Choose<T> {
    /// What to look up the strategy of a value on.
    #[inline]
    pub const fn new<'a>(_: &T) -> Top<'a, T>
    where
        T: 'a,
    {
        Self::of()
    }
}

impl<T: ?Sized> Debug for Choose<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Choose")
    }
}

/// Gives the strategy that fits best.
pub trait Choice {
    /// It.
    type Strategy;

    /// It.
    fn __scope_strategy(self) -> Self::Strategy;
}

/// Gives the strategy that fits the operand of a `?` best.
pub trait Leaves {
    /// It.
    type Residual;

    /// It.
    fn __scope_residual(self) -> Self::Residual;
}

/// Makes the types of the levels, from the lowest up, and `of`.
macro_rules! levels {
    ($below:ident, $low:ident $($rest:ident)*; $($refs:tt)*) => {
        type $low<'a, T> = &'a $below<'a, T>;
        levels!($low, $($rest)*; $($refs)* &);
    };
    ($top:ident, ; $($refs:tt)*) => {
        /// [`Choose`] behind all its references.
        pub type Top<'a, T> = $top<'a, T>;

        /// How many references that are.
        pub const LEVELS: usize = [$(stringify!($refs)),*].len();

        impl<T: ?Sized> Choose<T> {
            pub(super) const fn of<'a>() -> Top<'a, T>
            where
                T: 'a,
            {
                $($refs)* Choose(PhantomData)
            }
        }
    };
}
type L0<'a, T> = &'a Choose<T>;
levels!(L0, L1 L2 L3 L4 L5 L6 L7 L8 L9 L10 L11 L12 L13 L14 L15 L16 L17 L18; &);

macro_rules! strategies {
    ($($level:ident, [$($bound:tt)*] => $strategy:ty, $value:expr;)*) => {$(
        impl<T: ?Sized + $($bound)*> Choice for $level<'_, T> {
            type Strategy = $strategy;

            #[inline]
            fn __scope_strategy(self) -> $strategy {
                $value
            }
        }
    )*};
}

/// As above, for the parts of a value.
macro_rules! parts {
    ($($level:ident, [$($a:tt)*] $by_a:ident, [$($b:tt)*] $by_b:ident;)*) => {
        strategies! {$(
            $level, [Parts<A: $($a)*, B: $($b)*>] => ByParts<$by_a, $by_b>, ByParts::NEW;
        )*}
    };
}

strategies! {
    L18, [Captured] => ByCapture, ByCapture;
    L17, [Lock<A: Serialize + Sized>] => ByParts<BySerialize, BySerialize>, ByParts::NEW;
    L16, [Serialize] => BySerialize, BySerialize;
    L8, [Debug] => ByDebug, ByDebug;
    L0, [] => Opaque, Opaque;
}
parts! {
    L15, [Captured] ByCapture, [Serialize] BySerialize;
    L14, [Serialize] BySerialize, [Captured] ByCapture;
    L13, [Captured] ByCapture, [Debug] ByDebug;
    L12, [Serialize] BySerialize, [Debug] ByDebug;
    L11, [Debug] ByDebug, [Captured] ByCapture;
    L10, [Debug] ByDebug, [Serialize] BySerialize;
    L9, [Debug] ByDebug, [Debug] ByDebug;
    L7, [Captured] ByCapture, [] Opaque;
    L6, [Serialize] BySerialize, [] Opaque;
    L5, [] Opaque, [Captured] ByCapture;
    L4, [] Opaque, [Serialize] BySerialize;
    L3, [Debug] ByDebug, [] Opaque;
    L2, [] Opaque, [Debug] ByDebug;
    L1, [] Opaque, [] Opaque;
}

macro_rules! residuals {
    ($($level:ident, [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<T: Leaving<Error: $($bound)*>> Leaves for $level<'_, T> {
            type Residual = ByResidual<$strategy>;

            #[inline]
            fn __scope_residual(self) -> ByResidual<$strategy> {
                ByResidual::NEW
            }
        }
    )*};
}
residuals! {
    L18, [Captured] => ByCapture;
    L17, [Serialize] => BySerialize;
    L16, [Debug] => ByDebug;
    L15, [] => Opaque;
}

impl<T: ?Sized> Leaves for L14<'_, T> {
    type Residual = Stays;

    #[inline]
    fn __scope_residual(self) -> Stays {
        Stays
    }
}
