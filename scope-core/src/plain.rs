//! Values whose type alone says how they are written: numbers, booleans and short texts. They go into the ring as they are, with no call;
//! the processor turns them into the tagged form ([`Plains::tagged`]).
//!
//! In unoptimised builds nothing is plain: there each step costs, and the other way is compiled already.

use crate::capture::id_of_type;
use crate::record::{Kind, WORD};
use crate::value::{Limits, Shown, ValueWriter};
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
const BOOL: u8 = 3;
const F32: u8 = 4;
const F64: u8 = 5;
const TEXT: u8 = 6;

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

/// Copies up to [`LONGEST`] bytes: the last of them together with some that went before.
#[cfg_attr(not(debug_assertions), inline(always))]
unsafe fn copy(from: *const u8, to: *mut u8, bytes: usize) {
    type Sixteen = [u64; 2];
    // SAFETY: each of these reads and writes lies inside of the first `bytes` bytes of both.
    unsafe {
        if bytes >= 16 {
            let mut at = 0;
            while at + 16 <= bytes {
                to.add(at).cast::<Sixteen>().write_unaligned(from.add(at).cast::<Sixteen>().read_unaligned());
                at += 16;
            }
            let last = bytes - 16;
            to.add(last).cast::<Sixteen>().write_unaligned(from.add(last).cast::<Sixteen>().read_unaligned());
        } else if bytes >= 8 {
            to.cast::<u64>().write_unaligned(from.cast::<u64>().read_unaligned());
            to.add(bytes - 8).cast::<u64>().write_unaligned(from.add(bytes - 8).cast::<u64>().read_unaligned());
        } else if bytes >= 4 {
            to.cast::<u32>().write_unaligned(from.cast::<u32>().read_unaligned());
            to.add(bytes - 4).cast::<u32>().write_unaligned(from.add(bytes - 4).cast::<u32>().read_unaligned());
        } else {
            let mut at = 0;
            while at < bytes {
                *to.add(at) = *from.add(at);
                at += 1;
            }
        }
    }
}

/// The most plain values of one record.
pub(crate) const MOST: usize = 4;
/// The most bytes that they take in the tagged form.
pub(crate) const MOST_BYTES: usize = MOST * (2 + LONGEST);

/// The plain values of a record.
#[derive(Clone, Copy, Debug)]
pub struct Plains<'a> {
    /// Their types.
    pub(crate) types: u64,
    /// Their words, one value's behind the other's.
    pub(crate) words: &'a [u64],
}

impl Kind {
    /// The plain values in the words behind the header, or behind the ticks.
    pub fn plains(self, words: &[u64]) -> Plains<'_> {
        let (types, words) = match self {
            Kind::ValueUint | Kind::ReturnUint | Kind::ExitUint => (u64::from(UINT), words),
            Kind::ValueInt | Kind::ReturnInt | Kind::ExitInt => (u64::from(INT), words),
            _ => words.split_first().map_or((0, words), |(types, rest)| (*types, rest)),
        };
        Plains { types, words }
    }
}

impl Plains<'_> {
    /// Appends the values in the tagged form to `out`, as far as there are any, in whole words as a record has them.
    pub fn tagged(self, out: &mut Vec<u8>) {
        let Self { mut types, mut words } = self;
        let before = out.len();
        // A number takes up to eleven bytes, a text two more than its words, and the writer keeps one.
        out.resize(before + (words.len() * 11 + 1).next_multiple_of(WORD), 0);
        let mut writer = ValueWriter::new(&mut out[before..], const { &Limits::DEFAULT });
        while let Some((&word, rest)) = words.split_first() {
            words = rest;
            match Plain::number(types as u8, word) {
                Some(value) => value.write(&mut writer),
                None if types as u8 == TEXT => {
                    let bytes = crate::bytes_of(words);
                    let Some(text) = bytes.get(..word as usize).and_then(|text| std::str::from_utf8(text).ok()) else {
                        break;
                    };
                    writer.str(text);
                    words = &words[(word as usize).div_ceil(WORD)..];
                }
                None => break,
            }
            types >>= 8;
        }
        let used = writer.finish();
        out.truncate(before + used.next_multiple_of(WORD));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::decode_all;

    #[test]
    fn what_is_plain_is_read_back() {
        let texts = [
            "",
            "a",
            "abc",
            "abcd",
            "abcdefg",
            "abcdefgh",
            "fifteen bytes..",
            "sixteen bytes...",
            "a text of 24 bytes, here",
        ];
        let long = "x".repeat(LONGEST);
        for text in texts.into_iter().chain([&*long]) {
            let values = [Plain::Text(text), Plain::Int(-700), Plain::Uint(u64::MAX), Plain::F64(0.5)];
            let mut words = vec![0x5555_5555_5555_5555; values.iter().map(|value| value.words()).sum()];
            let mut to = words.as_mut_ptr();
            for value in values {
                // SAFETY: there are as many words as the values take.
                to = unsafe { value.put(to) };
            }
            let types = values.iter().rev().fold(0, |types, value| types << 8 | u64::from(value.code()));
            let mut bytes = Vec::new();
            Plains { types, words: &words }.tagged(&mut bytes);
            let shown: Vec<_> = decode_all(&bytes).expect("values").iter().map(ToString::to_string).collect();
            assert_eq!(shown, [format!("{text:?}"), "-700".to_owned(), u64::MAX.to_string(), "0.5".to_owned()]);
        }
        let mut bytes = Vec::new();
        Plains { types: u64::from(BOOL) | u64::from(F32) << 8, words: &[1, 0x3fc0_0000] }.tagged(&mut bytes);
        let shown: Vec<_> = decode_all(&bytes).expect("values").iter().map(ToString::to_string).collect();
        assert_eq!(shown, ["true", "1.5"]);
    }

    #[test]
    fn nonsense_is_no_panic() {
        for types in [0, 7, u64::from(TEXT), u64::MAX] {
            for words in [&[][..], &[u64::MAX], &[9, 0xff], &[3, 0xff]] {
                let mut bytes = Vec::new();
                Plains { types, words }.tagged(&mut bytes);
                decode_all(&bytes).expect("values");
                assert!(bytes.len().is_multiple_of(WORD));
            }
        }
    }
}
