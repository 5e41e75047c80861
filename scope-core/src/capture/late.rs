//! The choice of a strategy for a [`Pick`] whose type may be open even behind all of the function's code.
//!
//! `let t = s << 1;` where `s` is a number of somebody's own making: which `Shl` is meant, and so what `t` is, hangs on the type of the
//! literal, and rustc gives a literal the type that it has for want of others only behind all of the code. Method lookup, as in
//! [`choose`](super::choose), is done by then, and it takes every bound of an open type to hold, which then has to.
//!
//! Casts come later still, and one may be a coercion, which fixes types. So woven code says
//! `pick.__scope_settle_late(answer() as &_, answer() as &_, answer() as &_)`, and this is how a cast makes a choice: each trait of the ladder
//! below is there for all types in two ways. One is [`Here`], which wants a bound to hold; the other is [`Further`] along the ladder, and
//! wants what its next step wants. Where the bound does not hold, rustc knows that it is [`Further`]. Where it does hold, both are possible, and rustc
//! waits for somebody to say which: the cast. Its [`Answer`] is [`Here`], which derefs to one a step [`Further`], and so on, and of
//! these rustc takes the first that fits what it knows: the first step whose bound holds. A bound
//! that is not chosen is asked of nobody, and it is asked of whatever is in a type, however deep inside.
//!
//! All of it is type-checked, and never run. What every type has is hidden from rustdoc, which would list it with each type of the user's.

use std::fmt::{self, Debug};
use std::marker::PhantomData;
use std::ops::Deref;

use serde::Serialize;

use super::captured::Captured;
use super::{ByCapture, ByDebug, ByNumber, ByParts, ByResidual, BySerialize, Leaving, Parts, Pick, Stays};

/// This step of a ladder.
#[derive(Debug)]
pub struct Here;

/// A later step: `K` counted from the next one.
pub struct Further<K: ?Sized>(PhantomData<K>);

/// A place on a ladder.
pub trait Step {
    /// The next one.
    type Next: Step + 'static;
}

impl Step for Here {
    type Next = Further<Here>;
}

impl<K: Step + 'static> Step for Further<K> {
    type Next = Further<K::Next>;
}

/// The choice of a step, for a cast.
pub struct Answer<K: ?Sized>(PhantomData<K>);

/// What a cast makes the choice of.
#[inline]
pub const fn answer() -> &'static Answer<Here> {
    &Answer(PhantomData)
}

impl<K: Step> Deref for Answer<K> {
    type Target = Answer<K::Next>;

    fn deref(&self) -> &Self::Target {
        &Answer(PhantomData)
    }
}

impl<K: ?Sized> Debug for Further<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Further")
    }
}

impl<K: ?Sized> Debug for Answer<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Answer")
    }
}

impl<T: ?Sized, S> Pick<T, S> {
    /// Makes the choice for a value: of a step, and of one for each kind of parts.
    #[doc(hidden)]
    #[inline]
    pub fn __scope_settle_late<K, A, B>(self, _: &Answer<K>, _: &Answer<A>, _: &Answer<B>)
    where
        K: ?Sized,
        A: ?Sized,
        B: ?Sized,
        T: AnyWay<S, K, A, B>,
    {
    }

    /// Makes the choice for the operand of a `?`: of a step, and of one for the error.
    #[doc(hidden)]
    #[inline]
    pub fn __scope_settle_residual_late<K: ?Sized, E: ?Sized>(self, _: &Answer<K>, _: &Answer<E>)
    where
        T: AnyResidual<S, K, E>,
    {
    }
}

/// A type is shown by `S`: the ladder's first trait. `K`: at which step. `A`, `B`: at which step of [`AnyPart`] its parts are.
///
/// All that need not be [`Sized`] is said to be so: what is not asked need not wait.
#[doc(hidden)]
pub trait AnyWay<S: ?Sized, K: ?Sized, A: ?Sized, B: ?Sized> {}

impl<T: ?Sized + Captured> AnyWay<ByCapture, Here, Here, Here> for T {}
impl<T: ?Sized, S: ?Sized, K: ?Sized, A: ?Sized, B: ?Sized> AnyWay<S, Further<K>, A, B> for T where
    T: ByPartsOrWhole<S, K, A, B>
{
}

/// The second one.
#[doc(hidden)]
pub trait ByPartsOrWhole<S: ?Sized, K: ?Sized, A: ?Sized, B: ?Sized> {}

impl<T: ?Sized, SA, SB, A: ?Sized, B: ?Sized> ByPartsOrWhole<ByParts<SA, SB>, Here, A, B> for T where
    T: Parts<A: AnyPart<SA, A>, B: AnyPart<SB, B>>
{
}
impl<T: ?Sized, S: ?Sized, K: ?Sized> ByPartsOrWhole<S, Further<K>, Here, Here> for T where T: Whole<S, K> {}

/// The third one.
#[doc(hidden)]
pub trait Whole<S: ?Sized, K: ?Sized> {}

impl<T: ?Sized + Serialize> Whole<BySerialize, Here> for T {}
impl<T: ?Sized + Last<S, K>, S: ?Sized, K: ?Sized> Whole<S, Further<K>> for T {}

/// The last one.
#[doc(hidden)]
pub trait Last<S: ?Sized, K: ?Sized> {}

impl<T: ?Sized + Debug> Last<ByDebug, Here> for T {}
impl<T: ?Sized> Last<ByNumber, Further<Here>> for T {}

/// The first one for the parts of a type, which are not looked into.
#[doc(hidden)]
pub trait AnyPart<S: ?Sized, K: ?Sized> {}

impl<T: ?Sized + Captured> AnyPart<ByCapture, Here> for T {}
impl<T: ?Sized + Whole<S, K>, S: ?Sized, K: ?Sized> AnyPart<S, Further<K>> for T {}

/// A type is one whose `?` is seen as `S` does: a ladder of its own. `E`: at which step of [`AnyPart`] its error is.
#[doc(hidden)]
pub trait AnyResidual<S: ?Sized, K: ?Sized, E: ?Sized> {}

impl<T: Leaving<Error: AnyPart<S, E>>, S, E: ?Sized> AnyResidual<ByResidual<S>, Here, E> for T {}
impl<T: ?Sized> AnyResidual<Stays, Further<Here>, Here> for T {}
