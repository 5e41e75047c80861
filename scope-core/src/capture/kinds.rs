//! The second question of [`choose`](super::choose): how the parts of a value are written.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::{ByCapture, ByDebug, ByNumber, ByParts, BySerialize};

/// Says what fits the parts of a value best.
pub trait Split {
    /// It; nothing where it was settled.
    type Strategy;

    /// It.
    fn __scope_parts(self) -> Self::Strategy;
}

/// The kinds of parts of a value: [`One`] or [`Two`]. `S`: the strategy that is to be settled, or [`Any`].
pub trait Kinds {
    /// What [`Split`] is looked up on: a reference for each level.
    type Top<'a, S: 'a>
    where
        Self: 'a;

    /// It.
    fn top<'a, S: 'a>() -> Self::Top<'a, S>
    where
        Self: 'a;
}

/// No strategy yet: it is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Any;

/// Parts of one kind. What can be captured in them can be captured as a whole, so there is less to choose from.
pub struct One<A: ?Sized, S = Any>(PhantomData<fn(&A) -> S>);

/// Parts of two kinds.
pub struct Two<A: ?Sized, B: ?Sized, S = Any>(PhantomData<fn(&A, &B) -> S>);

impl<A: ?Sized, S> Debug for One<A, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("One")
    }
}

impl<A: ?Sized, B: ?Sized, S> Debug for Two<A, B, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Two")
    }
}

/// Makes the types of the levels, from the lowest up, and what makes a value of the highest.
macro_rules! levels {
    ($below:ident, $low:ident $($rest:ident)*; $($refs:tt)*) => {
        type $low<'a, K> = &'a $below<'a, K>;
        levels!($low, $($rest)*; $($refs)* &);
    };
    ($top:ident, ; $($refs:tt)*) => {
        /// [`Two`] behind all its references.
        pub type Top<'a, K> = $top<'a, K>;

        impl<A: ?Sized, B: ?Sized, S> Two<A, B, S> {
            const fn behind<'a>() -> Top<'a, Self>
            where
                Self: 'a,
            {
                $($refs)* Two(PhantomData)
            }
        }
    };
}
type L1<'a, K> = &'a K;
levels!(L1, L2 L3 L4 L5 L6 L7 L8 L9 L10 L11 L12 L13 L14 L15; &);

impl<A: ?Sized> Kinds for One<A> {
    type Top<'a, S: 'a>
        = L3<'a, One<A, S>>
    where
        A: 'a;

    #[inline]
    fn top<'a, S: 'a>() -> Self::Top<'a, S>
    where
        A: 'a,
    {
        &&&One(PhantomData)
    }
}

impl<A: ?Sized, B: ?Sized> Kinds for Two<A, B> {
    type Top<'a, S: 'a>
        = Top<'a, Two<A, B, S>>
    where
        Self: 'a;

    #[inline]
    fn top<'a, S: 'a>() -> Self::Top<'a, S>
    where
        Self: 'a,
    {
        Two::behind()
    }
}

macro_rules! splits {
    ([$($params:tt)*] $level:ident, $kinds:ident<$($part:ident),*>, $strategy:ty) => {
        impl<$($params)*> Split for $level<'_, $kinds<$($part),*>> {
            type Strategy = $strategy;

            #[inline]
            fn __scope_parts(self) -> $strategy {
                ByParts::NEW
            }
        }

        impl<$($params)*> Split for $level<'_, $kinds<$($part,)* $strategy>> {
            type Strategy = ();

            #[inline]
            fn __scope_parts(self) {}
        }
    };
}
macro_rules! ones {
    ($($level:ident, [$($a:tt)*] $by:ident;)*) => {$(
        splits!([A: ?Sized + $($a)*] $level, One<A>, ByParts<$by, $by>);
    )*};
}
ones! {
    L3, [Serialize] BySerialize;
    L2, [Debug] ByDebug;
    L1, [] ByNumber;
}
macro_rules! twos {
    ($($level:ident, [$($a:tt)*] $by_a:ident, [$($b:tt)*] $by_b:ident;)*) => {$(
        splits!([A: ?Sized + $($a)*, B: ?Sized + $($b)*] $level, Two<A, B>, ByParts<$by_a, $by_b>);
    )*};
}
twos! {
    L15, [Serialize] BySerialize, [Serialize] BySerialize;
    L14, [Captured] ByCapture, [Serialize] BySerialize;
    L13, [Serialize] BySerialize, [Captured] ByCapture;
    L12, [Captured] ByCapture, [Debug] ByDebug;
    L11, [Serialize] BySerialize, [Debug] ByDebug;
    L10, [Debug] ByDebug, [Captured] ByCapture;
    L9, [Debug] ByDebug, [Serialize] BySerialize;
    L8, [Debug] ByDebug, [Debug] ByDebug;
    L7, [Captured] ByCapture, [] ByNumber;
    L6, [Serialize] BySerialize, [] ByNumber;
    L5, [] ByNumber, [Captured] ByCapture;
    L4, [] ByNumber, [Serialize] BySerialize;
    L3, [Debug] ByDebug, [] ByNumber;
    L2, [] ByNumber, [Debug] ByDebug;
    L1, [] ByNumber, [] ByNumber;
}
