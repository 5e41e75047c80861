//! Whether a type is open where a strategy is looked for, and to the very end: until rustc gives the literals that are left the types
//! that they have for want of others.
//!
//! `let t = s << 1;` where `s` is a number of somebody's own making: which `Shl` is meant, and so what `t` is, hangs on the type of the
//! literal. Of a type that is open rustc takes every bound to hold, and then it has to.
//!
//! How it is told: `<T as Known<O, _>>::Obj` is `O` whatever `T` is, but as long as `T` is open, so is that. `O` is the type that [`sure`] gives
//! back, of which outside of it no more is known than what is written there: `Marks<Sure>`. Every type has `Marks<Late>`, too, but that
//! comes second: asked for a `Marks<M>` of `O` rustc takes `M` to be `Sure`, and to one whose `Is` is `Late` it says no. Unless `O` is not
//! known to be meant: then it says maybe, which is yes to method lookup. What is called then fixes that `M` is `Late`, and
//! that holds for any type, also for the one that it is in the end.
//!
//! The parts of some types, and theirs, are looked at, too. What is open further in is not found: rustc then asks for the bound.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::num::Wrapping;
use std::ops::{Bound, ControlFlow, Range, RangeFrom, RangeInclusive};
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};
use std::task::Poll;

use super::{ByNumber, ByParts};

/// Says that a type is known.
#[derive(Debug)]
pub struct Sure;

/// Says that a type is open.
#[derive(Debug)]
pub struct Late;

/// What a type is marked with.
pub trait Marks<M> {
    /// The mark.
    type Is;
}

impl<T: ?Sized> Marks<Late> for T {
    type Is = Late;
}

impl Marks<Sure> for Sure {
    type Is = Sure;
}

/// A type that is `Sure` before it is `Late`.
pub const fn sure() -> impl Marks<Sure, Is = Sure> {
    Sure
}

/// The type of a method's value where it was found that a type is open.
#[derive(Debug)]
pub struct Opened<M>(pub(super) PhantomData<fn() -> M>);

impl Opened<Late> {
    /// Fixes it.
    #[inline]
    pub fn __scope_parts(self) {}
}

/// A type at a depth `D`, see [`Itself`] and what is below it.
pub trait Known<O, D> {
    /// `O` as soon as the type is known so deep.
    type Obj;
    /// How it is shown if it is not. That asks nothing of its parts.
    type By;
}

/// The type itself.
pub type Itself = ();
/// Its parts.
pub type Part = (Itself,);
/// The parts of its parts.
pub type PartOfPart = (Part,);

impl<T: ?Sized, O> Known<O, Itself> for T {
    type Obj = O;
    type By = ByNumber;
}

macro_rules! one {
    ($T:ident $by:ty: $([$($param:tt)*] $of:ty;)*) => {$(
        impl<$T: Known<O, D>, O, D, $($param)*> Known<O, (D,)> for $of {
            type Obj = $T::Obj;
            type By = $by;
        }
    )*};
}
one! {
    T ByParts<T::By, T::By>:
    [const N: usize] [T; N];
    [] [T];
    [] Option<T>;
    [] Poll<T>;
    [] Vec<T>;
    [] VecDeque<T>;
    [] LinkedList<T>;
    [] BinaryHeap<T>;
    [] BTreeSet<T>;
    [H] HashSet<T, H>;
    [] RefCell<T>;
    [] Mutex<T>;
    [] RwLock<T>;
}
one! {
    T ByNumber:
    [] Cell<T>;
    [] Bound<T>;
    [] Wrapping<T>;
    [] Range<T>;
    [] RangeFrom<T>;
    [] RangeInclusive<T>;
    [] (T,);
}

macro_rules! pointers {
    ($($of:ty)*) => {$(
        impl<T: ?Sized + Known<O, D>, O, D> Known<O, (D,)> for $of {
            type Obj = T::Obj;
            type By = ByNumber;
        }
    )*};
}
pointers!(&T &mut T Box<T> Rc<T> Arc<T>);

/// `O` if `A` is known and `B` is.
type Both<A, B, O> = <A as Known<<B as Known<O, Itself>>::Obj, Itself>>::Obj;

macro_rules! more {
    ($([$($param:tt)*] $of:ty => $by:ty, $obj:ty;)*) => {$(
        impl<A, B, O, $($param)*> Known<O, Part> for $of {
            type Obj = $obj;
            type By = $by;
        }
    )*};
}
more! {
    [] Result<A, B> => ByParts<ByNumber, ByNumber>, Both<A, B, O>;
    [] ControlFlow<A, B> => ByParts<ByNumber, ByNumber>, Both<A, B, O>;
    [H] HashMap<A, B, H> => ByParts<ByNumber, ByNumber>, Both<A, B, O>;
    [] BTreeMap<A, B> => ByParts<ByNumber, ByNumber>, Both<A, B, O>;
    [] (A, B) => ByParts<ByNumber, ByNumber>, Both<A, B, O>;
    [C] (A, B, C) => ByNumber, Both<A, B, <C as Known<O, Itself>>::Obj>;
    [C, D] (A, B, C, D) => ByNumber, Both<A, B, Both<C, D, O>>;
}
