//! Types whose shape is shown even where their parts can't be.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::rc::Rc;
use std::sync::{Arc, Mutex, RwLock};
use std::task::Poll;

use super::halves::Halves;
use super::kinds::{Kinds, One, Two};
use super::{By, Strategy, shared};
use crate::value::ValueWriter;

/// A type with a shape and one or two kinds of parts; where there is one kind, both are that one.
pub trait Parts {
    /// [`One`] kind of part or [`Two`].
    type Kinds: Kinds + Halves;
    /// One kind: what an `Ok` holds, the keys of a map, the items of a sequence.
    type A: ?Sized;
    /// The other kind: what an `Err` holds, the values of a map, the items of a sequence.
    type B: ?Sized;

    /// Writes the shape, and the parts as `SA` and `SB` do.
    fn write_parts<SA: Strategy<Self::A>, SB: Strategy<Self::B>>(&self, w: &mut ValueWriter<'_>);
}

impl<A, B> Parts for Result<A, B> {
    type Kinds = Two<A, B>;
    type A = A;
    type B = B;

    fn write_parts<SA: Strategy<A>, SB: Strategy<B>>(&self, w: &mut ValueWriter<'_>) {
        match self {
            Ok(value) => w.ok(&By::<_, SA>(value, PhantomData)),
            Err(error) => w.err(&By::<_, SB>(error, PhantomData)),
        }
    }
}

impl<A, B> Parts for ControlFlow<A, B> {
    type Kinds = Two<A, B>;
    type A = A;
    type B = B;

    fn write_parts<SA: Strategy<A>, SB: Strategy<B>>(&self, w: &mut ValueWriter<'_>) {
        match self {
            ControlFlow::Break(value) => w.variant_of("Break", &By::<_, SA>(value, PhantomData)),
            ControlFlow::Continue(value) => w.variant_of("Continue", &By::<_, SB>(value, PhantomData)),
        }
    }
}

impl<A, B> Parts for (A, B) {
    type Kinds = Two<A, B>;
    type A = A;
    type B = B;

    fn write_parts<SA: Strategy<A>, SB: Strategy<B>>(&self, w: &mut ValueWriter<'_>) {
        let mut items = w.tuple(2);
        items.part(&By::<_, SA>(&self.0, PhantomData));
        items.part(&By::<_, SB>(&self.1, PhantomData));
        items.finish();
    }
}

macro_rules! maps {
    ($($map:ident<A, B $(, $more:ident)?>)*) => {$(
        impl<A, B $(, $more)?> Parts for $map<A, B $(, $more)?> {
            type Kinds = Two<A, B>;
            type A = A;
            type B = B;

            fn write_parts<SA: Strategy<A>, SB: Strategy<B>>(&self, w: &mut ValueWriter<'_>) {
                let mut entries = w.map(Some(self.len()));
                for (key, value) in self {
                    if !entries.parts(&By::<_, SA>(key, PhantomData), &By::<_, SB>(value, PhantomData)) {
                        break;
                    }
                }
                entries.finish();
            }
        }
    )*};
}
maps!(HashMap<A, B, H> BTreeMap<A, B>);

impl<T> Parts for Option<T> {
    type Kinds = One<T>;
    type A = T;
    type B = T;

    fn write_parts<SA: Strategy<T>, SB: Strategy<T>>(&self, w: &mut ValueWriter<'_>) {
        match self {
            Some(value) => w.some(&By::<_, SA>(value, PhantomData)),
            None => w.none(),
        }
    }
}

impl<T> Parts for Poll<T> {
    type Kinds = One<T>;
    type A = T;
    type B = T;

    fn write_parts<SA: Strategy<T>, SB: Strategy<T>>(&self, w: &mut ValueWriter<'_>) {
        match self {
            Poll::Ready(value) => w.variant_of("Ready", &By::<_, SA>(value, PhantomData)),
            Poll::Pending => w.unit_variant("Pending"),
        }
    }
}

macro_rules! sequences {
    ($([$($param:tt)*] $seq:ty, $open:ident;)*) => {$(
        impl<T, $($param)*> Parts for $seq {
            type Kinds = One<T>;
            type A = T;
            type B = T;

            fn write_parts<SA: Strategy<T>, SB: Strategy<T>>(&self, w: &mut ValueWriter<'_>) {
                let mut items = w.$open(Some(self.len()));
                for item in self.iter() {
                    if !items.part(&By::<_, SA>(item, PhantomData)) {
                        break;
                    }
                }
                items.finish();
            }
        }
    )*};
}
sequences! {
    [] [T], seq;
    [const N: usize] [T; N], seq;
    [] Vec<T>, seq;
    [] VecDeque<T>, seq;
    [] LinkedList<T>, seq;
    [] BinaryHeap<T>, seq;
    [] BTreeSet<T>, set;
    [H] HashSet<T, H>, set;
}

macro_rules! cells {
    ($($cell:ident)*) => {$(
        impl<T> Parts for $cell<T> {
            type Kinds = One<T>;
            type A = T;
            type B = T;

            fn write_parts<SA: Strategy<T>, SB: Strategy<T>>(&self, w: &mut ValueWriter<'_>) {
                shared::Peek::peek(self, w, &mut |value, w| SA::write(value, w));
            }
        }
    )*};
}
cells!(RefCell Mutex RwLock);

macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        impl<T: Parts + ?Sized> Parts for $pointer {
            type Kinds = T::Kinds;
            type A = T::A;
            type B = T::B;

            fn write_parts<SA: Strategy<T::A>, SB: Strategy<T::B>>(&self, w: &mut ValueWriter<'_>) {
                (**self).write_parts::<SA, SB>(w);
            }
        }
    )*};
}
pointers!(&T &mut T Box<T> Rc<T> Arc<T>);
