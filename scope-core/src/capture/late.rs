//! The choice of a strategy for a [`Pick`] whose type may be open even behind all of the function's code.
//!
//! `(&&&(pick, sure())).__scope_settle_late().__scope_parts()` is as [`choose`](super::choose) has it, with other levels: the first ones are for types
//! that are open, see [`open`](super::open), and for those with parts that are.

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::choose::Done;
use super::kinds::Kinds;
use super::open::{Itself, Known, Late, Marks, Opened, Part, PartOfPart, Sure};
use super::residual::Leaving;
use super::{ByCapture, ByDebug, ByNumber, ByParts, ByResidual, BySerialize, Parts, Pick, Stays};

/// Makes the choice of a [`Pick`]. `M`: how sure it is of the type.
pub trait SettleLate<M> {
    /// [`Done`], [`Opened`], or what [`Split`](super::kinds::Split) settles the strategies of the parts with.
    type Rest;

    /// Makes it.
    fn __scope_settle_late(self) -> Self::Rest;
}

macro_rules! open {
    ($([$($level:tt)*] $depth:ty;)*) => {$(
        impl<T, S, O, M> SettleLate<M> for $($level)* (Pick<T, S>, O)
        where
            T: ?Sized + Known<O, $depth, Obj: Marks<M, Is = Late>, By = S>,
        {
            type Rest = Opened<M>;

            #[inline]
            fn __scope_settle_late(self) -> Opened<M> {
                Opened(PhantomData)
            }
        }
    )*};
}
open! {
    [&&&] Itself;
    [&&&&] Part;
    [&mut &&&] PartOfPart;
}

macro_rules! choices {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ty;)*) => {$(
        impl<T: ?Sized + $($bound)*, O> SettleLate<Sure> for $($level)* (Pick<T, $strategy>, O) {
            type Rest = Done<()>;

            #[inline]
            fn __scope_settle_late(self) -> Done<()> {
                Done(())
            }
        }
    )*};
}
choices! {
    [&&] [Captured] => ByCapture;
    [&] [Serialize] => BySerialize;
    [&mut &] [Debug] => ByDebug;
    [] [] => ByNumber;
}

impl<'a, T: ?Sized + Parts, A, B, O> SettleLate<Sure> for &'a mut &&(Pick<T, ByParts<A, B>>, O) {
    type Rest = <T::Kinds as Kinds>::Top<'a, ByParts<A, B>>;

    #[inline]
    fn __scope_settle_late(self) -> Self::Rest {
        T::Kinds::top()
    }
}

/// As [`SettleLate`], for the operand of a `?`.
pub trait SettleResidualLate<M> {
    /// [`Done`] or [`Opened`].
    type Rest;

    /// Makes it.
    fn __scope_settle_residual_late(self) -> Self::Rest;
}

impl<T, O, M> SettleResidualLate<M> for &&&(Pick<T, Stays>, O)
where
    T: Known<O, Itself, Obj: Marks<M, Is = Late>>,
{
    type Rest = Opened<M>;

    #[inline]
    fn __scope_settle_residual_late(self) -> Opened<M> {
        Opened(PhantomData)
    }
}

macro_rules! open_residuals {
    ($([$($level:tt)*] $depth:ty;)*) => {$(
        impl<T, S, O, M> SettleResidualLate<M> for $($level)* (Pick<T, ByResidual<S>>, O)
        where
            T: Leaving<Error: Known<O, $depth, Obj: Marks<M, Is = Late>, By = S>>,
        {
            type Rest = Opened<M>;

            #[inline]
            fn __scope_settle_residual_late(self) -> Opened<M> {
                Opened(PhantomData)
            }
        }
    )*};
}
open_residuals! {
    [&&&&] Itself;
    [&mut &&&] Part;
}

macro_rules! residuals {
    ($([$($level:tt)*] [$($bound:tt)*] => $strategy:ident;)*) => {$(
        impl<T, O> SettleResidualLate<Sure> for $($level)* (Pick<T, ByResidual<$strategy>>, O)
        where
            T: Leaving<Error: $($bound)*>,
        {
            type Rest = Done<()>;

            #[inline]
            fn __scope_settle_residual_late(self) -> Done<()> {
                Done(())
            }
        }
    )*};
}
residuals! {
    [&&] [Captured] => ByCapture;
    [&mut &&] [Serialize] => BySerialize;
    [&] [Debug] => ByDebug;
    [&mut &] [] => ByNumber;
}

impl<T: ?Sized, O> SettleResidualLate<Sure> for (Pick<T, Stays>, O) {
    type Rest = Done<()>;

    #[inline]
    fn __scope_settle_residual_late(self) -> Done<()> {
        Done(())
    }
}
