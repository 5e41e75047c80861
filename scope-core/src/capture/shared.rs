//! What is shared: looked at without waiting.

use std::cell::{Cell, OnceCell, Ref, RefCell, RefMut};
use std::fmt::Arguments;
use std::rc::{self, Rc};
use std::sync::atomic::{
    AtomicBool, AtomicI8, AtomicI16, AtomicI32, AtomicI64, AtomicIsize, AtomicU8, AtomicU16, AtomicU32, AtomicU64,
    AtomicUsize, Ordering,
};
use std::sync::{self, Arc, Mutex, MutexGuard, OnceLock, RwLock, RwLockReadGuard, RwLockWriteGuard, TryLockError};

use super::Capture;
use super::captured::{Captured, Inside};
use crate::tries;
use crate::value::ValueWriter;

/// What stands for a value that was not looked at, see [`tries`].
const UNTAKEN: Arguments<'_> = format_args!("<not taken, the program tries locks>");

/// A cell whose value may be out of reach.
pub(super) trait Peek<T: ?Sized> {
    /// Writes the cell: its value by `f`, or a mark where somebody else has it.
    fn peek(&self, w: &mut ValueWriter<'_>, f: &mut dyn FnMut(&T, &mut ValueWriter<'_>));
}

impl<T: ?Sized> Peek<T> for RefCell<T> {
    fn peek(&self, w: &mut ValueWriter<'_>, f: &mut dyn FnMut(&T, &mut ValueWriter<'_>)) {
        let value = self.try_borrow().ok();
        cell(w, "RefCell", value.as_deref(), format_args!("<borrowed>"), f);
    }
}

impl<T: ?Sized> Peek<T> for Mutex<T> {
    fn peek(&self, w: &mut ValueWriter<'_>, f: &mut dyn FnMut(&T, &mut ValueWriter<'_>)) {
        let Some(_look) = tries::look() else { return cell(w, "Mutex", None, UNTAKEN, f) };
        let value = match self.try_lock() {
            Ok(value) => Some(value),
            Err(TryLockError::Poisoned(value)) => Some(value.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        cell(w, "Mutex", value.as_deref(), format_args!("<locked>"), f);
    }
}

impl<T: ?Sized> Peek<T> for RwLock<T> {
    fn peek(&self, w: &mut ValueWriter<'_>, f: &mut dyn FnMut(&T, &mut ValueWriter<'_>)) {
        let Some(_look) = tries::look() else { return cell(w, "RwLock", None, UNTAKEN, f) };
        let value = match self.try_read() {
            Ok(value) => Some(value),
            Err(TryLockError::Poisoned(value)) => Some(value.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        };
        cell(w, "RwLock", value.as_deref(), format_args!("<locked>"), f);
    }
}

fn cell<T: ?Sized>(
    w: &mut ValueWriter<'_>,
    name: &str,
    value: Option<&T>,
    mark: Arguments<'_>,
    f: &mut dyn FnMut(&T, &mut ValueWriter<'_>),
) {
    let mut items = w.tuple_struct(name);
    items.item_with(|w| match value {
        Some(value) => f(value, w),
        None => w.debug(&mark),
    });
    items.finish();
}

macro_rules! cells {
    ($($cell:ident)*) => {$(
        impl<T: Captured + ?Sized> Capture for $cell<T> {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                // A lock is held meanwhile: a panic must not poison it.
                self.peek(w, &mut |value, w| value.write(w));
            }
        }
    )*};
}
cells!(RefCell Mutex RwLock);

macro_rules! atomics {
    ($($atomic:ident)*) => {$(
        impl Capture for $atomic {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                self.load(Ordering::Relaxed).capture(w);
            }

            fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
                self.capture(w);
            }
        }
    )*};
}
atomics!(AtomicBool AtomicI8 AtomicI16 AtomicI32 AtomicI64 AtomicIsize AtomicU8 AtomicU16 AtomicU32 AtomicU64 AtomicUsize);

macro_rules! pointers {
    ($($pointer:ty)*) => {$(
        impl<T: Captured + ?Sized> Capture for $pointer {
            #[inline]
            fn capture(&self, w: &mut ValueWriter<'_>) {
                (**self).write_inside(w);
            }

            #[inline]
            fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
                (**self).write(w);
            }
        }
    )*};
}
pointers! {
    &T &mut T Box<T> Rc<T> Arc<T> Ref<'_, T> RefMut<'_, T> MutexGuard<'_, T> RwLockReadGuard<'_, T>
    RwLockWriteGuard<'_, T> std::pin::Pin<&T> std::pin::Pin<&mut T> std::pin::Pin<Box<T>>
}

macro_rules! once {
    ($($once:ident)*) => {$(
        impl<T: Captured> Capture for $once<T> {
            fn capture(&self, w: &mut ValueWriter<'_>) {
                self.get().capture(w);
            }
        }
    )*};
}
once!(OnceCell OnceLock);

impl<T: Captured + Copy> Capture for Cell<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.tuple_struct("Cell").item(&Inside(&self.get())).finish();
    }
}

impl<T: ?Sized> Capture for rc::Weak<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.debug(&format_args!("(Weak)"));
    }
}

impl<T: ?Sized> Capture for sync::Weak<T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.debug(&format_args!("(Weak)"));
    }
}
