//! The ways to capture a value: one type without values for each.

use std::fmt::Debug;
use std::marker::PhantomData;

use serde::Serialize;

use super::captured::Captured;
use super::foreign::{self, type_of};
use super::serialize::Serialized;
use super::{Parts, Strategy};
use crate::value::ValueWriter;

/// By its own [`Capture`](super::Capture).
#[derive(Clone, Copy, Debug)]
pub struct ByCapture;

/// By its `Serialize`.
#[derive(Clone, Copy, Debug)]
pub struct BySerialize;

/// By its `Debug`, as text.
#[derive(Clone, Copy, Debug)]
pub struct ByDebug;

/// By nothing but the name and the size of its type.
#[derive(Clone, Copy, Debug)]
pub struct Opaque;

/// By its shape, and its parts each in its own way.
#[derive(Debug)]
pub struct ByParts<A, B>(PhantomData<fn() -> (A, B)>);

impl<A, B> ByParts<A, B> {
    pub(super) const NEW: Self = Self(PhantomData);
}

impl<T: Captured + ?Sized> Strategy<T> for ByCapture {
    #[inline]
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        value.write(w);
    }
}

impl<T: Serialize + ?Sized> Strategy<T> for BySerialize {
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        foreign::waiting(&Serialized(value), type_of!(value, T), w);
    }
}

impl<T: Debug + ?Sized> Strategy<T> for ByDebug {
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        foreign::debug(&value, type_of!(value, T), w);
    }
}

impl<T: ?Sized> Strategy<T> for Opaque {
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        w.opaque(value);
    }
}

impl<T: Parts + ?Sized, A: Strategy<T::A>, B: Strategy<T::B>> Strategy<T> for ByParts<A, B> {
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        value.write_parts::<A, B>(w);
    }
}
