//! Types of one value: numbers, text, times, addresses.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::convert::Infallible;
use std::ffi::{CStr, CString, OsStr, OsString};
use std::fmt::Arguments;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6};
use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::thread::ThreadId;
use std::time::{Duration, Instant, SystemTime};

use super::Capture;
use crate::value::ValueWriter;

/// Types whose capture can't panic.
macro_rules! plain {
    ($([$($param:tt)*] $type:ty, |$value:ident, $w:ident| $write:expr;)*) => {$(
        impl<$($param)*> Capture for $type {
            #[inline]
            fn capture(&self, $w: &mut ValueWriter<'_>) {
                let $value = self;
                $write
            }

            #[inline]
            fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
                self.capture(w);
            }
        }
    )*};
}
pub(super) use plain;

macro_rules! integers {
    ($($int:ident, $write:ident, $wide:ident;)*) => {$(
        plain! { [] $int, |v, w| w.$write(*v as $wide); [] NonZero<$int>, |v, w| w.$write(v.get() as $wide); }
    )*};
}
integers! {
    u16, uint, u64;
    u32, uint, u64;
    u64, uint, u64;
    usize, uint, u64;
    u128, uint128, u128;
    i8, int, i64;
    i16, int, i64;
    i32, int, i64;
    i64, int, i64;
    isize, int, i64;
    i128, int128, i128;
}

impl Capture for u8 {
    #[inline]
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.uint(u64::from(*self));
    }

    #[inline]
    fn capture_guarded(&self, w: &mut ValueWriter<'_>) {
        self.capture(w);
    }

    fn capture_slice(items: &[Self], w: &mut ValueWriter<'_>) {
        w.bytes(items);
    }
}

plain! {
    [] NonZero<u8>, |v, w| w.uint(u64::from(v.get()));
    [] bool, |v, w| w.bool(*v);
    [] char, |v, w| w.char(*v);
    [] f32, |v, w| w.f32(*v);
    [] f64, |v, w| w.f64(*v);
    [] (), |_v, w| w.unit();
    [] str, |v, w| w.str(v);
    [] String, |v, w| w.str(v);
    [] Path, |v, w| w.str(&v.to_string_lossy());
    [] PathBuf, |v, w| w.str(&v.to_string_lossy());
    [] OsStr, |v, w| w.str(&v.to_string_lossy());
    [] OsString, |v, w| w.str(&v.to_string_lossy());
    [] CStr, |v, w| w.str(&v.to_string_lossy());
    [] CString, |v, w| w.str(&v.to_string_lossy());
    [] Duration, |v, w| w.debug(v);
    [] Instant, |v, w| w.debug(v);
    [] SystemTime, |v, w| w.debug(v);
    [] ThreadId, |v, w| w.debug(v);
    [] IpAddr, |v, w| w.debug(v);
    [] Ipv4Addr, |v, w| w.debug(v);
    [] Ipv6Addr, |v, w| w.debug(v);
    [] SocketAddr, |v, w| w.debug(v);
    [] SocketAddrV4, |v, w| w.debug(v);
    [] SocketAddrV6, |v, w| w.debug(v);
    [] Ordering, |v, w| w.unit_variant(match v {
        Ordering::Less => "Less",
        Ordering::Equal => "Equal",
        Ordering::Greater => "Greater",
    });
    [] Infallible, |v, _w| match *v {};
    // The address alone: what it points to may be gone.
    [T: ?Sized] *const T, |v, w| w.debug(&v.cast::<()>());
    [T: ?Sized] *mut T, |v, w| w.debug(&v.cast::<()>());
}

impl Capture for Arguments<'_> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.display(self);
    }
}

impl<T: Capture + ToOwned + ?Sized> Capture for Cow<'_, T> {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self {
            Cow::Borrowed(value) => value.capture(w),
            // `Borrow` is the type's own code.
            Cow::Owned(value) => std::borrow::Borrow::<T>::borrow(value).capture(w),
        }
    }
}
