//! Values whose type alone says how they are written: numbers, booleans and short texts. They go into the ring as they are, with no call;
//! the processor turns them into the tagged form ([`Plains`](crate::plains::Plains)).
//!
//! In unoptimised builds nothing is plain: there each step costs, and the other way is compiled already.

use crate::capture::id_of_type;
use crate::record::WORD;
use crate::value::{Shown, ValueWriter};
use std::any::TypeId;

/// Such a value.
#[derive(Clone, Copy)]
pub(crate) enum Plain<'v> {
    Uint(u64),
    Int(i64),
    Bool(bool),
    F32(f32),
    F64(f64),
    Text(&'v str),
}

/// The longest text that is plain, in bytes: its copy takes no call.
pub(crate) const LONGEST: usize = 64;

/// `value`, if it is plain. Where it is not known at compile time that it is, nothing of this is left.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn plain<T: ?Sized>(value: &T) -> Option<Plain<'_>> {
    if cfg!(debug_assertions) {
        return None;
    }
    let id = id_of_type::<T>();
    let at = std::ptr::from_ref(value).cast::<()>();
    macro_rules! read {
        ($type:ty) => {
            if id == TypeId::of::<$type>() {
                // SAFETY: it is a value of this type, but for lifetimes, which an id leaves out: what is borrowed from it here lives as
                // long as the borrow of the value.
                Some(unsafe { *at.cast::<$type>() })
            } else {
                None
            }
        };
    }
    macro_rules! numbers {
        ($($type:ident $kind:ident $wide:ident;)*) => {
            $(if let Some(number) = read!($type) { return Some(Plain::$kind(number as $wide)); })*
        };
    }
    numbers! {
        u8 Uint u64; u16 Uint u64; u32 Uint u64; u64 Uint u64; usize Uint u64;
        i8 Int i64; i16 Int i64; i32 Int i64; i64 Int i64; isize Int i64;
        bool Bool bool; f32 F32 f32; f64 F64 f64;
    }
    match read!(&'static str) {
        Some(text) if text.len() <= LONGEST => Some(Plain::Text(text)),
        _ => None,
    }
}

/// The types of the values of a record, a byte each, the first one lowest; 0 ends them.
pub(crate) const UINT: u8 = 1;
pub(crate) const INT: u8 = 2;
pub(crate) const BOOL: u8 = 3;
pub(crate) const F32: u8 = 4;
pub(crate) const F64: u8 = 5;
pub(crate) const TEXT: u8 = 6;

impl Plain<'_> {
    /// The value of a word, of this type. `None`: it has more words, or there is no such type.
    pub(crate) fn number(code: u8, word: u64) -> Option<Self> {
        Some(match code {
            UINT => Self::Uint(word),
            INT => Self::Int(word as i64),
            BOOL => Self::Bool(word != 0),
            F32 => Self::F32(f32::from_bits(word as u32)),
            F64 => Self::F64(f64::from_bits(word)),
            _ => return None,
        })
    }

    /// Its type.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn code(self) -> u8 {
        match self {
            Self::Uint(_) => UINT,
            Self::Int(_) => INT,
            Self::Bool(_) => BOOL,
            Self::F32(_) => F32,
            Self::F64(_) => F64,
            Self::Text(_) => TEXT,
        }
    }

    /// The first of its words: of a text the length in bytes, of anything else the value.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn word(self) -> u64 {
        match self {
            Self::Uint(value) => value,
            Self::Int(value) => value as u64,
            Self::Bool(value) => value.into(),
            Self::F32(value) => value.to_bits().into(),
            Self::F64(value) => value.to_bits(),
            Self::Text(text) => text.len() as u64,
        }
    }

    /// How many words it takes.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) fn words(self) -> usize {
        match self {
            Self::Text(text) => 1 + text.len().div_ceil(WORD),
            _ => 1,
        }
    }

    /// Writes it to `to` as it is. Gives back where its words end.
    ///
    /// # Safety
    /// So many words as it takes may be written there.
    #[cfg_attr(not(debug_assertions), inline(always))]
    pub(crate) unsafe fn put(self, to: *mut u64) -> *mut u64 {
        // SAFETY: the caller's promise.
        unsafe {
            *to = self.word();
            if let Self::Text(text) = self {
                copy(text.as_ptr(), to.wrapping_add(1).cast(), text.len());
            }
        }
        to.wrapping_add(self.words())
    }
}

impl Shown for Plain<'_> {
    fn write(&self, w: &mut ValueWriter<'_>) {
        match *self {
            Self::Uint(value) => w.uint(value),
            Self::Int(value) => w.int(value),
            Self::Bool(value) => w.bool(value),
            Self::F32(value) => w.f32(value),
            Self::F64(value) => w.f64(value),
            Self::Text(text) => w.str(text),
        }
    }
}

/// Copies up to [`LONGEST`] bytes: the last of them together with some that went before. No loop: rustc would make it a call.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn copy(from: *const u8, to: *mut u8, bytes: usize) {
    const { assert!(LONGEST <= 64) }
    macro_rules! copy {
        ($type:ty, $at:expr) => {
            to.add($at).cast::<$type>().write_unaligned(from.add($at).cast::<$type>().read_unaligned())
        };
    }
    type Sixteen = [u64; 2];
    // SAFETY: each of these reads and writes lies inside of the first `bytes` bytes of both.
    unsafe {
        if bytes >= 16 {
            copy!(Sixteen, 0);
            if bytes > 32 {
                copy!(Sixteen, 16);
                copy!(Sixteen, bytes - 32);
            }
            copy!(Sixteen, bytes - 16);
        } else if bytes >= 8 {
            copy!(u64, 0);
            copy!(u64, bytes - 8);
        } else if bytes >= 4 {
            copy!(u32, 0);
            copy!(u32, bytes - 4);
        } else if bytes > 0 {
            copy!(u8, 0);
            copy!(u8, bytes / 2);
            copy!(u8, bytes - 1);
        }
    }
}

/// The most plain values of one record.
pub(crate) const MOST: usize = 4;
/// The most bytes that they take in the tagged form.
pub(crate) const MOST_BYTES: usize = MOST * (2 + LONGEST);
