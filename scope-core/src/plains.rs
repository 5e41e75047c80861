//! Plain values on their way out of a record: into the tagged form of [`crate::value`], byte for byte what a [`ValueWriter`](crate::value::ValueWriter)
//! writes. The processor does this for most records, so nothing here is asked that need not be.

use crate::plain::{BOOL, F32, F64, INT, LONGEST, TEXT, UINT};
use crate::record::{Kind, WORD};
use crate::value::{Text, Value, tags};
use crate::words::bytes_of;

/// The plain values of a record.
#[derive(Clone, Copy, Debug)]
pub struct Plains<'a> {
    /// Their types.
    types: u64,
    /// Their words, one value's behind the other's.
    words: &'a [u64],
}

impl Kind {
    /// The plain values in the words behind the header, or behind the ticks.
    #[inline]
    pub fn plains(self, words: &[u64]) -> Plains<'_> {
        let (types, words) = match self {
            Kind::ValueUint | Kind::ReturnUint | Kind::ExitUint => (u64::from(UINT), words),
            Kind::ValueInt | Kind::ReturnInt | Kind::ExitInt => (u64::from(INT), words),
            _ => words.split_first().map_or((0, words), |(types, rest)| (*types, rest)),
        };
        Plains { types, words }
    }
}

/// So many plain values a record can have.
pub const TYPES: usize = 8;

/// What a plain value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainType {
    /// An unsigned integer.
    Uint,
    /// A signed integer.
    Int,
    /// A boolean: not 0 is true.
    Bool,
    /// The bits of a floating point number of 32 bits.
    F32,
    /// The bits of a floating point number of 64 bits.
    F64,
    /// A text: its length in bytes, and then its words.
    Text,
}

impl PlainType {
    /// The type that the lowest byte of `types` means.
    #[inline(always)]
    pub const fn of(types: u64) -> Option<Self> {
        Some(match types as u8 {
            UINT => Self::Uint,
            INT => Self::Int,
            BOOL => Self::Bool,
            F32 => Self::F32,
            F64 => Self::F64,
            TEXT => Self::Text,
            _ => return None,
        })
    }
}

const ONE_UINT: u64 = UINT as u64;
/// The longest integer: a tag and ten groups of seven bits.
const NUMBER: usize = 11;

/// A function of its own, so that the value is made in its place: it is large, and what all kinds push in one place is copied there.
#[inline(never)]
fn push_uint(values: &mut Vec<Value>, word: u64) {
    values.push(Value::Uint(word.into()));
}

/// See [`push_uint`].
#[inline(never)]
fn push_int(values: &mut Vec<Value>, word: i64) {
    values.push(Value::Int(word.into()));
}

impl<'a> Plains<'a> {
    /// Values of these types, a byte each, the first one lowest, in these words.
    pub fn new(types: u64, words: &'a [u64]) -> Self {
        Self { types, words }
    }

    /// The types, a byte each, the first one lowest.
    #[inline(always)]
    pub fn types(self) -> u64 {
        self.types
    }

    /// The words, one value's behind the other's.
    #[inline(always)]
    pub fn words(self) -> &'a [u64] {
        self.words
    }

    /// The values, as far as they make sense.
    pub fn values(self) -> Vec<Value> {
        let mut values = Vec::new();
        self.push_to(&mut values);
        values
    }

    /// Pushes the values, as far as they make sense.
    pub fn push_to(mut self, values: &mut Vec<Value>) {
        values.reserve((self.types.checked_ilog2().unwrap_or(0) / 8 + 1) as usize);
        while let (Some(plain), Some((&word, rest))) = (PlainType::of(self.types), self.words.split_first()) {
            (self.words, self.types) = (rest, self.types >> 8);
            match plain {
                PlainType::Uint => push_uint(values, word),
                PlainType::Int => push_int(values, word as i64),
                PlainType::Bool => values.push(Value::Bool(word != 0)),
                PlainType::F32 => values.push(Value::F32(f32::from_bits(word as u32))),
                PlainType::F64 => values.push(Value::F64(f64::from_bits(word))),
                PlainType::Text => match self.take_text(word as usize) {
                    Some(text) => values.push(Value::Str(text)),
                    None => return,
                },
            }
        }
    }

    /// The first value, which is taken away. `None`: there is none, or it makes no sense.
    #[inline(always)]
    pub fn take_first(&mut self) -> Option<Value> {
        let (&word, rest) = self.words.split_first()?;
        let plain = PlainType::of(self.types)?;
        (self.words, self.types) = (rest, self.types >> 8);
        Some(match plain {
            PlainType::Uint => Value::Uint(word.into()),
            PlainType::Int => Value::Int((word as i64).into()),
            PlainType::Bool => Value::Bool(word != 0),
            PlainType::F32 => Value::F32(f32::from_bits(word as u32)),
            PlainType::F64 => Value::F64(f64::from_bits(word)),
            PlainType::Text => Value::Str(self.take_text(word as usize)?),
        })
    }

    fn take_text(&mut self, length: usize) -> Option<Text> {
        let (text, rest) = self.words.split_at_checked(length.div_ceil(WORD))?;
        self.words = rest;
        let text = std::str::from_utf8(bytes_of(text).get(..length)?).ok()?;
        Some(Text { text: text.to_owned(), cut: false })
    }

    /// So many bytes [`put`](Self::put) may touch: an integer takes three more than its word, a text ends two behind its words.
    #[inline]
    pub fn most(self) -> usize {
        self.words.len() * NUMBER
    }

    /// Writes the values in the tagged form to the front of `out`, as far as there are any and they make sense. Gives how many bytes they
    /// take; [`most`](Self::most) bytes may be touched.
    #[inline(always)]
    pub fn put(self, out: &mut [u8]) -> usize {
        match (self.types, self.words) {
            (ONE_UINT, &[value]) => put_uint(out, value),
            _ => self.put_all(out),
        }
    }

    fn put_all(self, out: &mut [u8]) -> usize {
        let (mut types, mut words, mut at) = (self.types, self.words, 0);
        while let Some((&word, rest)) = words.split_first() {
            words = rest;
            let code = types as u8;
            types >>= 8;
            let room = &mut out[at..];
            at += match code {
                UINT => put_uint(room, word),
                INT => put_int(room, word as i64),
                TEXT => {
                    let Some((text, rest)) = words.split_at_checked((word as usize).div_ceil(WORD)) else { break };
                    words = rest;
                    match put_text(room, word as usize, text) {
                        Some(used) => used,
                        None => break,
                    }
                }
                _ => match put_other(room, code, word) {
                    Some(used) => used,
                    None => break,
                },
            };
        }
        at
    }

    /// Appends the values in the tagged form to `out`, in whole words as a record has them.
    pub fn tagged(self, out: &mut Vec<u8>) {
        let before = out.len();
        out.resize(before + self.most(), 0);
        let used = self.put(&mut out[before..]);
        out.truncate(before + used);
        out.resize(before + used.next_multiple_of(WORD), 0);
    }
}

#[inline]
fn put_uint(out: &mut [u8], value: u64) -> usize {
    if value < 0x80 {
        out[0] = tags::SMALL_UINT | value as u8;
        return 1;
    }
    put_varint(out, tags::UINT, value)
}

#[inline]
fn put_int(out: &mut [u8], value: i64) -> usize {
    let zigzag = (value << 1 ^ value >> 63) as u64;
    if zigzag < 0x40 {
        out[0] = tags::SMALL_INT | zigzag as u8;
        return 1;
    }
    put_varint(out, tags::INT, zigzag)
}

/// A tag and a number as LEB128, all groups at once.
#[inline]
fn put_varint(out: &mut [u8], tag: u8, value: u64) -> usize {
    let out = &mut out[..NUMBER];
    out[0] = tag;
    // The lowest 56 bits, seven to a byte: halves, then their halves, then theirs are moved apart.
    let mut groups = value & ((1 << 56) - 1);
    groups = (groups & 0x0000_0000_0fff_ffff) | (groups & 0x00ff_ffff_f000_0000) << 4;
    groups = (groups & 0x0000_3fff_0000_3fff) | (groups & 0x0fff_c000_0fff_c000) << 2;
    groups = (groups & 0x007f_007f_007f_007f) | (groups & 0x3f80_3f80_3f80_3f80) << 1;
    const MORE: u64 = 0x8080_8080_8080_8080;
    if value >> 56 == 0 {
        let bytes = (70 - (value | 1).leading_zeros() as usize) / 7;
        // A top bit on all but the last.
        let more = MORE & ((1 << (8 * (bytes - 1))) - 1);
        out[1..9].copy_from_slice(&(groups | more).to_le_bytes());
        return 1 + bytes;
    }
    out[1..9].copy_from_slice(&(groups | MORE).to_le_bytes());
    let rest = (value >> 56) as u8;
    (out[9], out[10]) = (rest, 1);
    if rest < 0x80 { 10 } else { 11 }
}

/// `None`: it is no text, or longer than any that is plain.
#[inline]
fn put_text(out: &mut [u8], bytes: usize, words: &[u64]) -> Option<usize> {
    if bytes > LONGEST {
        return None;
    }
    // Whole words: what is behind the text's end is overwritten by what follows, or not told.
    let all = bytes_of(words);
    let room = &mut out[..2 + all.len()];
    (room[0], room[1]) = (tags::STR, bytes as u8);
    let (mut seen, mut last) = (0, 0);
    for (to, from) in room[2..].chunks_exact_mut(WORD).zip(words) {
        to.copy_from_slice(bytes_of(std::slice::from_ref(from)));
        seen |= last;
        last = u64::from_le(*from);
    }
    // Mostly it is ASCII, which needs no further look.
    let behind = (8 * (words.len() * WORD - bytes)) as u32;
    if (seen | last.checked_shl(behind).unwrap_or(0)) & 0x8080_8080_8080_8080 != 0 {
        std::str::from_utf8(all.get(..bytes)?).ok()?;
    }
    Some(2 + bytes)
}

fn put_other(out: &mut [u8], code: u8, word: u64) -> Option<usize> {
    match code {
        BOOL => {
            out[0] = if word != 0 { tags::TRUE } else { tags::FALSE };
            Some(1)
        }
        F32 => {
            out[0] = tags::F32;
            out[1..5].copy_from_slice(&(word as u32).to_le_bytes());
            Some(5)
        }
        F64 => {
            out[0] = tags::F64;
            out[1..9].copy_from_slice(&word.to_le_bytes());
            Some(9)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plain::Plain;
    use crate::value::{Limits, Shown, ValueWriter, decode_all};
    use proptest::prelude::*;

    /// Of any width.
    fn number() -> impl Strategy<Value = u64> {
        (any::<u64>(), 0..64u32).prop_map(|(number, shift)| number >> shift)
    }

    proptest! {
        #[test]
        fn the_bytes_are_those_of_a_writer(kinds: [u8; 4], numbers in prop::array::uniform4(number()), text in ".{0,16}", signed: bool) {
            let values = [0, 1, 2, 3].map(|index| match kinds[index] % 8 {
                0 => Plain::Bool(numbers[index] & 1 != 0),
                1 => Plain::F32(f32::from_bits(numbers[index] as u32)),
                2 => Plain::F64(f64::from_bits(numbers[index])),
                3 | 4 => Plain::Text(&text),
                5 => Plain::Int(if signed { !numbers[index] } else { numbers[index] } as i64),
                _ => Plain::Uint(numbers[index]),
            });
            // What is behind a text's end is anything.
            let mut words = vec![u64::MAX; values.iter().map(|value| value.words()).sum()];
            let mut to = words.as_mut_ptr();
            for value in values {
                // SAFETY: there are as many words as the values take.
                to = unsafe { value.put(to) };
            }
            let types = values.iter().rev().fold(0, |types, value| types << 8 | u64::from(value.code()));
            let mut written = [0; 1024];
            let mut writer = ValueWriter::new(&mut written, const { &Limits::DEFAULT });
            values.iter().for_each(|value| value.write(&mut writer));
            let used = writer.finish();
            let plains = Plains { types, words: &words };
            let mut bytes = vec![0xaa; plains.most()];
            let put = plains.put(&mut bytes);
            prop_assert_eq!(&bytes[..put], &written[..used]);
            let mut bytes = Vec::new();
            plains.tagged(&mut bytes);
            prop_assert_eq!(&bytes[..], &written[..used.next_multiple_of(WORD)]);
            prop_assert_eq!(format!("{:?}", plains.values()), format!("{:?}", decode_all(&bytes).expect("values")));
        }
    }

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
                Plains { types, words }.values();
                decode_all(&bytes).expect("values");
                assert!(bytes.len().is_multiple_of(WORD));
            }
        }
    }
}
