//! The choice of a strategy for a value whose type is not known yet.

use std::fmt;
use std::marker::PhantomData;

/// Captures values of one type `T`, in a way `S` that is chosen later: by code that is never reached.
///
/// Just after `let mut v = Vec::new();` the type of `v` is open, and to look for what fits it then would take the first
/// that *may* fit. Here both `T` and `S` are left to type inference: the use says `T`, and
/// [`Settle`](super::choose::Settle), at the end of the block, says `S`.
///
/// ```
/// # #![deny(unused, unreachable_code)]
/// use scope_core::capture::{Pick, Strategy, choose::Settle as _, kinds::Split as _};
/// # use scope_core::value::{Limits, ValueWriter};
/// # let mut buf = [0; 64];
/// # let mut w = ValueWriter::new(&mut buf, &Limits::DEFAULT);
/// struct Plain;
///
/// fn show<T, S: Strategy<T>>(_: &Pick<T, S>, value: &T, w: &mut ValueWriter<'_>) {
///     S::write(value, w);
/// }
///
/// let pick = Pick::new();
/// let mut v = Vec::new();
/// show(&pick, &v, &mut w); // the type of `v` is open
/// v.push(Plain); // and here it is known, and has neither `Capture` nor `Debug`
/// 'never: {
///     if true {
///         break 'never;
///     }
///     (&&pick).__scope_settle().__scope_parts();
/// }
/// ```
///
/// It is as wide as nothing, and `Send` and `Sync` whatever `T` is, so that a future that holds it stays what it was.
///
/// The field is for woven code, which makes a token of the same type without reading the first one, so that closures don't capture
/// it and loops don't keep what it borrows: `Pick { 0: PhantomData, ..pick }`.
pub struct Pick<T: ?Sized, S>(#[doc(hidden)] pub PhantomData<fn(&T) -> S>);

/// A choice to be made: [`Pick::new`], in fewer words.
#[inline]
pub const fn pick<T: ?Sized, S>() -> Pick<T, S> {
    Pick(PhantomData)
}

impl<T: ?Sized, S> Pick<T, S> {
    /// A choice to be made.
    #[expect(clippy::new_without_default, reason = "woven code has no use for `Default`")]
    #[inline]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<T: ?Sized, S> Clone for Pick<T, S> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: ?Sized, S> Copy for Pick<T, S> {}

impl<T: ?Sized, S> fmt::Debug for Pick<T, S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pick")
    }
}
