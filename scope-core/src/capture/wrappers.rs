//! Types around one value or two: `Option`, `Result`, ranges and their like.

use std::cmp::Reverse;
use std::marker::PhantomData;
use std::mem::ManuallyDrop;
use std::num::{Saturating, Wrapping};
use std::ops::{Bound, ControlFlow, Range, RangeFrom, RangeFull, RangeInclusive, RangeTo, RangeToInclusive};
use std::task::Poll;

use super::captured::{Captured, Inside};
use super::scalars::plain;
use super::{By, ByCapture, Capture};
use crate::value::ValueWriter;

impl<T: Captured> Capture for Option<T> {
    #[inline]
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            Some(value) => w.some(&Inside(value)),
            None => w.none(),
        }
    }

    #[inline]
    fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
        match self {
            Some(value) => w.some(&By::<_, ByCapture>(value, PhantomData)),
            None => w.none(),
        }
    }
}

impl<T: Captured, E: Captured> Capture for Result<T, E> {
    #[inline]
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            Ok(value) => w.ok(&Inside(value)),
            Err(error) => w.err(&Inside(error)),
        }
    }

    #[inline]
    fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
        match self {
            Ok(value) => w.ok(&By::<_, ByCapture>(value, PhantomData)),
            Err(error) => w.err(&By::<_, ByCapture>(error, PhantomData)),
        }
    }
}

impl<T: Captured> Capture for Poll<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            Poll::Ready(value) => variant(w, "Ready", value),
            Poll::Pending => w.unit_variant("Pending"),
        }
    }
}

impl<B: Captured, C: Captured> Capture for ControlFlow<B, C> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            ControlFlow::Break(value) => variant(w, "Break", value),
            ControlFlow::Continue(value) => w.variant_of("Continue", &Inside(value)),
        }
    }
}

impl<T: Captured> Capture for Bound<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            Bound::Included(value) => variant(w, "Included", value),
            Bound::Excluded(value) => variant(w, "Excluded", value),
            Bound::Unbounded => w.unit_variant("Unbounded"),
        }
    }
}

fn variant<T: Captured>(w: &mut ValueWriter<'_>, name: &str, value: &T) {
    w.variant_of(name, &Inside(value));
}

impl<T: Captured> Capture for Range<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.structure("Range").field("start", &Inside(&self.start)).field("end", &Inside(&self.end)).finish();
    }
}

impl<T: Captured> Capture for RangeInclusive<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.structure("RangeInclusive").field("start", &Inside(self.start())).field("end", &Inside(self.end())).finish();
    }
}

impl<T: Captured> Capture for RangeFrom<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.structure("RangeFrom").field("start", &Inside(&self.start)).finish();
    }
}

impl<T: Captured> Capture for RangeTo<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.structure("RangeTo").field("end", &Inside(&self.end)).finish();
    }
}

impl<T: Captured> Capture for RangeToInclusive<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.structure("RangeToInclusive").field("end", &Inside(&self.end)).finish();
    }
}

macro_rules! transparent {
    ($($wrapper:ident, $inner:tt;)*) => {$(
        impl<T: Captured> Capture for $wrapper<T> {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                self.$inner.write_inside(w);
            }
        }
    )*};
}
transparent! { Wrapping, 0; Saturating, 0; }

impl<T: Captured> Capture for Reverse<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.tuple_struct("Reverse").item(&Inside(&self.0)).finish();
    }
}

plain! {
    [] RangeFull, |_v, w| w.structure("RangeFull").finish();
    [T: ?Sized] PhantomData<T>, |_v, w| w.structure("PhantomData").finish();
    // Its value may be gone.
    [T] ManuallyDrop<T>, |v, w| w.opaque(v);
}
