//! `Capture`, and what never is.

use super::Capture;
use crate::value::{Shown, ValueWriter};

/// What [`ByCapture`](super::ByCapture) writes: each type with [`Capture`], and `!`.
///
/// From the edition of 2024 on `!` is what rustc falls back to for `let x = return;` and its like, whose probe was promised
/// a type that can be captured. It can't have `Capture` itself: the only way to write it down on stable, as what a function
/// pointer gives back, is one that rustc does not see through in other crates, and then it takes every `impl Capture`
/// there for a second one. What `?` takes it out of asks for no more than this of it: `let x = Err(e); x?;`.
#[doc(hidden)]
pub trait Captured {
    /// Writes this value: exactly one. Never panics.
    fn write(&self, w: &mut ValueWriter<'_>);

    /// The same, where a panic is caught further out.
    fn write_inside(&self, w: &mut ValueWriter<'_>);

    /// Writes a slice of such values, where a panic is caught further out.
    fn write_slice(items: &[Self], w: &mut ValueWriter<'_>)
    where
        Self: Sized;
}

/// A value, where a panic is caught further out.
pub(super) struct Inside<'v, T: ?Sized>(pub(super) &'v T);

impl<T: Captured + ?Sized> Shown for Inside<'_, T> {
    fn write(&self, w: &mut ValueWriter<'_>) {
        self.0.write_inside(w);
    }
}

/// For what takes values that have [`Capture`].
impl<T: Captured + ?Sized> Capture for Inside<'_, T> {
    #[inline]
    fn capture(&self, w: &mut ValueWriter<'_>) {
        self.0.write_inside(w);
    }
}

impl<T: Capture + ?Sized> Captured for T {
    #[inline]
    fn write(&self, w: &mut ValueWriter<'_>) {
        self.capture_guarded(w);
    }

    #[inline]
    fn write_inside(&self, w: &mut ValueWriter<'_>) {
        self.capture(w);
    }

    #[inline]
    fn write_slice(items: &[Self], w: &mut ValueWriter<'_>)
    where
        T: Sized,
    {
        T::capture_slice(items, w);
    }
}

impl Captured for <fn() -> ! as Gives>::Output {
    fn write(&self, _: &mut ValueWriter<'_>) {
        match *self {}
    }

    fn write_inside(&self, _: &mut ValueWriter<'_>) {
        match *self {}
    }

    fn write_slice(_: &[Self], w: &mut ValueWriter<'_>) {
        w.seq(Some(0)).finish();
    }
}

/// What a function pointer gives back.
pub trait Gives {
    /// It.
    type Output;
}

impl<T> Gives for fn() -> T {
    type Output = T;
}
