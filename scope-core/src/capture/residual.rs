//! What a `?` leaves with.

use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::task::Poll;

use super::{Residual, Strategy};
use crate::value::ValueWriter;

/// A type that `?` takes apart.
pub trait Leaving {
    /// What it leaves with.
    type Error;

    /// What `?` leaves with now, if it leaves.
    fn leaving(&self) -> Option<Left<'_, Self::Error>>;
}

/// What `?` leaves with.
#[derive(Debug)]
pub enum Left<'a, E> {
    /// With this error.
    Error(&'a E),
    /// With `None`.
    Nothing,
}

impl<T, E> Leaving for Result<T, E> {
    type Error = E;

    #[inline]
    fn leaving(&self) -> Option<Left<'_, E>> {
        match self {
            Ok(_) => None,
            Err(error) => Some(Left::Error(error)),
        }
    }
}

impl<T> Leaving for Option<T> {
    type Error = ();

    #[inline]
    fn leaving(&self) -> Option<Left<'_, ()>> {
        if self.is_none() { Some(Left::Nothing) } else { None }
    }
}

impl<B, C> Leaving for ControlFlow<B, C> {
    type Error = B;

    #[inline]
    fn leaving(&self) -> Option<Left<'_, B>> {
        match self {
            ControlFlow::Break(value) => Some(Left::Error(value)),
            ControlFlow::Continue(_) => None,
        }
    }
}

impl<T, E> Leaving for Poll<Result<T, E>> {
    type Error = E;

    #[inline]
    fn leaving(&self) -> Option<Left<'_, E>> {
        match self {
            Poll::Ready(Err(error)) => Some(Left::Error(error)),
            _ => None,
        }
    }
}

impl<T, E> Leaving for Poll<Option<Result<T, E>>> {
    type Error = E;

    #[inline]
    fn leaving(&self) -> Option<Left<'_, E>> {
        match self {
            Poll::Ready(Some(Err(error))) => Some(Left::Error(error)),
            _ => None,
        }
    }
}

/// Of a type that `?` takes apart, with an error that `S` writes.
#[derive(Debug)]
pub struct ByResidual<S>(PhantomData<fn() -> S>);

/// Of a type that nothing is known of: whether it leaves is not seen.
#[derive(Clone, Copy, Debug)]
pub struct Stays;

impl<T: Leaving, S: Strategy<T::Error>> Residual<T> for ByResidual<S> {
    #[inline]
    fn leaves(value: &T) -> bool {
        value.leaving().is_some()
    }

    fn write(value: &T, w: &mut ValueWriter<'_>) {
        match value.leaving() {
            Some(Left::Error(error)) => S::write(error, w),
            Some(Left::Nothing) => w.none(),
            None => w.cut(),
        }
    }
}

impl<T: ?Sized> Residual<T> for Stays {
    #[inline]
    fn leaves(_: &T) -> bool {
        false
    }

    fn write(_: &T, w: &mut ValueWriter<'_>) {
        w.cut();
    }
}
