//! A value and the way to write it, in one: what takes it is compiled once, and not in each user's crate for each type.

use crate::capture::{Residual, Strategy};
use crate::value::ValueWriter;
use std::marker::PhantomData;

/// A value that can be written, whatever its type.
pub trait Shown {
    /// Writes it: exactly one value. Never panics.
    fn write(&self, w: &mut ValueWriter<'_>);
}

/// A value that is written as `S` does.
pub(crate) struct By<'v, T: ?Sized, S>(&'v T, PhantomData<S>);

impl<'v, T: ?Sized, S: Strategy<T>> By<'v, T, S> {
    #[inline]
    pub(crate) const fn new(value: &'v T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T: ?Sized, S: Strategy<T>> Shown for By<'_, T, S> {
    #[inline]
    fn write(&self, w: &mut ValueWriter<'_>) {
        S::write(self.0, w);
    }
}

/// The operand of a `?` that leaves: shown is what it leaves with.
pub(crate) struct Leaves<'v, T: ?Sized, S>(&'v T, PhantomData<S>);

impl<'v, T: ?Sized, S: Residual<T>> Leaves<'v, T, S> {
    #[inline]
    pub(crate) const fn new(value: &'v T) -> Self {
        Self(value, PhantomData)
    }
}

impl<T: ?Sized, S: Residual<T>> Shown for Leaves<'_, T, S> {
    #[inline]
    fn write(&self, w: &mut ValueWriter<'_>) {
        S::write(self.0, w);
    }
}
