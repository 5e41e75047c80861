//! The choice of a strategy for a value of two kinds of parts, one kind after the other.
//!
//! [`kinds`](super::kinds) asks for both at once, in as many levels as there are pairs: one word of woven code less, which is what values
//! of any type want. For a `Result` it costs the compiler four times as much as two questions of four levels. So where the
//! code itself says `Result`, or the name of a map, woven code asks
//! `(&&of(&value)).__scope_halves().__scope_first().__scope_second()`.

use std::fmt::{self, Debug};
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::choose::{Choose, Done};
use super::kinds::{One, Two};
use super::{ByCapture, ByDebug, ByNumber, ByParts, BySerialize, Parts};

/// As [`Choice`](super::choose::Choice), where parts are to be asked for one after the other.
pub trait ByHalves {
    /// [`Done`], or what [`First`] is looked up on.
    type Answer;

    /// It.
    fn __scope_halves(self) -> Self::Answer;
}

/// Says what fits the parts of the first kind.
pub trait First {
    /// [`Done`] where there is one kind only, or what [`Second`] is looked up on.
    type Answer;

    /// It.
    fn __scope_first(self) -> Self::Answer;
}

/// Says what fits the parts of the second kind.
pub trait Second {
    /// The strategy for the whole value.
    type Strategy;

    /// It.
    fn __scope_second(self) -> Self::Strategy;
}

/// Kinds of parts that are asked for one after the other.
pub trait Halves {
    /// What stands for them when [`First`] is looked up.
    type Asked;

    /// It, behind a reference for each level.
    fn asked<'a>() -> &'a &'a Self::Asked
    where
        Self::Asked: 'a;
}

/// Parts of one kind.
pub struct Only<A: ?Sized>(PhantomData<fn(&A)>);

/// Parts of two kinds, of which `A` is asked for.
pub struct Left<A: ?Sized, B: ?Sized>(PhantomData<fn(&A, &B)>);

/// Parts of two kinds, of which those of the first are written by `SA`, and `B` is asked for.
pub struct Right<SA, B: ?Sized>(PhantomData<fn(&B) -> SA>);

macro_rules! named {
    ($($name:ident [$($params:tt)*] [$($args:tt)*];)*) => {$(
        impl<$($params)*> Debug for $name<$($args)*> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(stringify!($name))
            }
        }
    )*};
}
named! {
    Only [A: ?Sized] [A];
    Left [A: ?Sized, B: ?Sized] [A, B];
    Right [SA, B: ?Sized] [SA, B];
}

impl<A: ?Sized> Halves for One<A> {
    type Asked = Only<A>;

    #[inline]
    fn asked<'a>() -> &'a &'a Only<A>
    where
        Only<A>: 'a,
    {
        &&Only(PhantomData)
    }
}

impl<A: ?Sized, B: ?Sized> Halves for Two<A, B> {
    type Asked = Left<A, B>;

    #[inline]
    fn asked<'a>() -> &'a &'a Left<A, B>
    where
        Left<A, B>: 'a,
    {
        &&Left(PhantomData)
    }
}

macro_rules! choices {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<T: ?Sized + $($bound)*> ByHalves for $($level)* Choose<T> {
            type Answer = Done<$strategy>;

            #[inline]
            fn __scope_halves(self) -> Done<$strategy> {
                Done($strategy)
            }
        }
    )*};
}
choices! {
    [&&] [Captured] => ByCapture;
    [&mut &&] [Serialize] => BySerialize;
    [&] [Debug] => ByDebug;
    [] [] => ByNumber;
}

impl<'a, T: ?Sized + Parts> ByHalves for &'a &&Choose<T>
where
    <T::Kinds as Halves>::Asked: 'a,
{
    type Answer = &'a &'a <T::Kinds as Halves>::Asked;

    #[inline]
    fn __scope_halves(self) -> Self::Answer {
        T::Kinds::asked()
    }
}

macro_rules! firsts {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<'a, A: ?Sized + $($bound)*, B: ?Sized + 'a> First for $($level)* Left<A, B> {
            type Answer = &'a &'a Right<$strategy, B>;

            #[inline]
            fn __scope_first(self) -> Self::Answer {
                &&Right(PhantomData)
            }
        }

        impl<'a, SA, B: ?Sized + $($bound)*> Second for $($level)* Right<SA, B> {
            type Strategy = ByParts<SA, $strategy>;

            #[inline]
            fn __scope_second(self) -> Self::Strategy {
                ByParts::NEW
            }
        }
    )*};
}
firsts! {
    [&'a &] [Captured] => ByCapture;
    [&'a &&] [Serialize] => BySerialize;
    [&'a mut &&] [Debug] => ByDebug;
    [&'a] [] => ByNumber;
}

macro_rules! only {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<A: ?Sized + $($bound)*> First for $($level)* Only<A> {
            type Answer = Done<ByParts<$strategy, $strategy>>;

            #[inline]
            fn __scope_first(self) -> Self::Answer {
                Done(ByParts::NEW)
            }
        }
    )*};
}
only! {
    [&&] [Serialize] => BySerialize;
    [&&&] [Debug] => ByDebug;
    [&] [] => ByNumber;
}
