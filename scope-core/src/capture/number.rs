//! Numbers and texts, where no implementation is asked for: because the type is open until the compiler has no more to go by, or
//! because it is written plainly in the code, and to ask would cost the compiler more than all else about the value, or because nothing
//! else fits it.

use std::any::TypeId;
use std::marker::PhantomData;
use std::time::Duration;

use super::foreign::{Type, type_of};
use super::{Capture, Strategy};
use crate::value::ValueWriter;

/// A number or a text by its value, anything else by nothing but the name and the size of its type.
#[derive(Clone, Copy, Debug)]
pub struct ByNumber;

impl<T: ?Sized> Strategy<T> for ByNumber {
    #[inline]
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        let typed: &dyn Typed = &PhantomData::<T>;
        let (at, of) = (&raw const *value as *const (), type_of!(value, T));
        // SAFETY: `typed` is of the type of what is at `at`, and `of` has its size.
        unsafe { write(typed, at, of, w) }
    }
}

/// Writes what is at `at`, if it is a number or a text. Compiled once in a crate, whatever types it is for.
///
/// # Safety
/// `at` points to a value of the type of `typed`, of `of.size` bytes.
#[inline]
unsafe fn write(typed: &dyn Typed, at: *const (), of: Type, w: &mut ValueWriter<'_>) {
    let id = id_of(typed);
    macro_rules! plain {
        ($($number:ty)*) => {$(
            // The size first: an unoptimised build compares that sooner.
            if of.size == const { size_of::<$number>() } && id == TypeId::of::<$number>() {
                // SAFETY: both are the same type, but for lifetimes, which an id leaves out: the one of a `&'static str` is in truth as
                // long as that of the value, and it is borrowed for no longer here.
                return unsafe { &*at.cast::<$number>() }.capture_guarded(w);
            }
        )*};
    }
    plain! { usize i32 u32 u64 u8 i64 f64 isize u16 f32 i16 i8 u128 i128 bool char &'static str String Duration }
    if id == TypeId::of::<str>() {
        // SAFETY: a `str` is so many bytes of UTF-8.
        let bytes = unsafe { std::slice::from_raw_parts(at.cast::<u8>(), of.size) };
        // SAFETY: as above.
        return w.str(unsafe { std::str::from_utf8_unchecked(bytes) });
    }
    w.opaque_named(of.name, of.size as u64);
}

/// The id of a type, whatever lifetimes it has.
#[inline(always)]
pub(crate) fn id_of_type<T: ?Sized>() -> TypeId {
    id_of(&PhantomData::<T>)
}

#[inline(always)]
fn id_of(typed: &dyn Typed) -> TypeId {
    // SAFETY: only the lifetime in the bound of the trait object changes, and what is called looks at no value.
    unsafe { std::mem::transmute::<&dyn Typed, &(dyn Typed + 'static)>(typed) }.id()
}

/// A type, whatever lifetimes it has.
trait Typed {
    /// Its id, which leaves lifetimes out.
    fn id(&self) -> TypeId
    where
        Self: 'static;
}

impl<T: ?Sized> Typed for PhantomData<T> {
    #[inline]
    fn id(&self) -> TypeId
    where
        Self: 'static,
    {
        TypeId::of::<T>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::{Limits, decode};

    fn shown<T: ?Sized>(value: &T) -> String {
        let mut bytes = [0; 256];
        let mut writer = ValueWriter::new(&mut bytes, const { &Limits::DEFAULT });
        ByNumber::write(value, &mut writer);
        let used = writer.finish();
        decode(&bytes[..used]).expect("a value").0.to_string()
    }

    #[test]
    fn numbers_and_texts_have_values() {
        assert_eq!(shown(&7), "7");
        assert_eq!(shown(&-7i128), "-7");
        assert_eq!(shown(&1.5f32), "1.5");
        assert_eq!(shown(&'x'), "'x'");
        let borrowed = String::from("x");
        assert_eq!(shown(&borrowed.as_str()), r#""x""#);
        assert_eq!(shown(&borrowed), r#""x""#);
        assert!(shown(&&borrowed).contains("&alloc::string::String"));
        assert_eq!(shown(borrowed.as_str()), r#""x""#);
        assert!(shown(&[1, 2][..]).contains("[i32]"));
    }
}
