//! Numbers and texts, where no implementation is asked for: because the type is open until the compiler has no more to go by, or
//! because it is written plainly in the code, and to ask would cost the compiler more than all else about the value.

use std::any::TypeId;
use std::marker::PhantomData;
use std::time::Duration;

use super::{Capture, Strategy};
use crate::value::ValueWriter;

/// A number or a text by its value, anything else by nothing but the name and the size of its type.
#[derive(Clone, Copy, Debug)]
pub struct ByNumber;

impl<T: ?Sized> Strategy<T> for ByNumber {
    fn write(value: &T, w: &mut ValueWriter<'_>) {
        let id = id_of::<T>();
        macro_rules! plain {
            ($($number:ty)*) => {$(
                if let Some(number) = as_a::<T, $number>(value, id) {
                    return number.capture_guarded(w);
                }
            )*};
        }
        plain! { usize i32 u32 u64 u8 i64 f64 isize u16 f32 i16 i8 u128 i128 bool char Duration &'static str String }
        w.opaque(value);
    }
}

/// The value as a `U`, if it is one. `id`: that of `T`.
#[inline]
fn as_a<T: ?Sized, U: 'static>(value: &T, id: TypeId) -> Option<&U> {
    // SAFETY: `T` and `U` are the same type, but for lifetimes, which `id` leaves out: the one of a `&'static str` is in truth as long as
    // that of `value`, and what this function gives is borrowed for no longer.
    (id == TypeId::of::<U>()).then(|| unsafe { &*std::ptr::from_ref(value).cast::<U>() })
}

/// The id of a type, whatever lifetimes it has.
fn id_of<T: ?Sized>() -> TypeId {
    trait Typed {
        fn id(&self) -> TypeId
        where
            Self: 'static;
    }
    impl<T: ?Sized> Typed for PhantomData<T> {
        fn id(&self) -> TypeId
        where
            Self: 'static,
        {
            TypeId::of::<T>()
        }
    }
    let typed: &dyn Typed = &PhantomData::<T>;
    // SAFETY: only the lifetime in the bound of the trait object changes, and what is called looks at no value.
    unsafe { std::mem::transmute::<&dyn Typed, &(dyn Typed + 'static)>(typed) }.id()
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
        assert!(shown(borrowed.as_str()).contains("str"));
    }
}
