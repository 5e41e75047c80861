//! A value and the way to write it, in one.

use super::{Residual, Strategy};
use crate::value::{Shown, ValueWriter};
use std::marker::PhantomData;

/// A value that is written as `S` does. It never panics.
pub(crate) struct By<'v, T: ?Sized, S>(pub(crate) &'v T, pub(crate) PhantomData<S>);

impl<T: ?Sized, S: Strategy<T>> Shown for By<'_, T, S> {
    #[inline]
    fn write(&self, w: &mut ValueWriter<'_>) {
        S::write(self.0, w);
    }
}

/// The operand of a `?` that leaves: shown is what it leaves with. It never panics.
pub(crate) struct Leaves<'v, T: ?Sized, S>(pub(crate) &'v T, pub(crate) PhantomData<S>);

impl<T: ?Sized, S: Residual<T>> Shown for Leaves<'_, T, S> {
    #[inline]
    fn write(&self, w: &mut ValueWriter<'_>) {
        S::write(self.0, w);
    }
}
