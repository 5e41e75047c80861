//! Records: what a probe writes into its thread's ring.
//!
//! A record is a whole number of 8-byte words in the machine's own order (a ring never leaves the
//! machine) and starts at a multiple of 8. The first word is the header:
//!
//! | bits  | what                                                                        |
//! |-------|-----------------------------------------------------------------------------|
//! | 0–5   | [`Kind`]                                                                    |
//! | 6–19  | length of the whole record in words, header included                        |
//! | 20–41 | site id                                                                     |
//! | 42–63 | low 22 bits of the call's number on its thread; 0 where the kind has no call |
//!
//! The words behind it, by kind (`ticks`: the clock's raw value; `values`: [`crate::value`] bytes, one
//! value after the other, the rest of the last word zero):
//!
//! | kind        | words                                                     |
//! |-------------|-----------------------------------------------------------|
//! | `Pad`       | anything: skip it                                         |
//! | `Entry`     | ticks, values of the arguments                            |
//! | `Exit`      | ticks                                                     |
//! | `Panic`     | ticks                                                     |
//! | `Return`    | values (one): what the call is about to give back         |
//! | `Early`     | values (one): what a `?` is about to leave with           |
//! | `Line`      | none                                                      |
//! | `LineAt`    | ticks                                                     |
//! | `Values`    | values, as many as the place has names                    |
//! | `ValuesAt`  | ticks, values, as many as the place has                   |
//! | `Lost`      | ticks, how many records, the thread's call counter        |
//! | `TaskEntry` | ticks, call id, values of the arguments                   |
//! | `Suspend`   | ticks, call id                                            |
//! | `Resume`    | ticks, call id                                            |
//! | `TaskExit`  | ticks, call id, ticks of the entry, outcome ([`TaskEnd`]) |
//! | `TaskReturn`| call id, values (one)                                     |
//! | `TaskEarly` | call id, values (one)                                     |
//! | `EntryLine` | as `Entry`: right behind it comes the line whose site is the next one |
//! | `Lines`     | none: the line, and behind it that of the next site        |
//! | `EntryPlain`| ticks, types, plain values of the arguments               |
//! | `EntryPlainLine` | the same: right behind it comes the line whose site is the next one |
//! | `ValueUint`, `ValueInt` | as `Values`, of one number: the number            |
//! | `ReturnUint`, `ReturnInt` | as `Return`, of a number: the number            |
//! | `ExitUint`, `ExitInt` | ticks, how far behind the site that of the place is, the number that the call gives back there |
//! | `ValuePlain`, `ReturnPlain` | as `Values` and `Return`: types, one plain value |
//!
//! Plain values are not in the tagged form. The types are a byte for each value, the first one lowest: 1 `u64`, 2 `i64`, 3 `bool`,
//! 4 `f32` and 5 `f64` by their bits, in a word each; 6 text: a word with its length in bytes, then its bytes and anything up to a word's end.

/// The size of a word, the unit of every length and position in a ring.
pub const WORD: usize = 8;
/// The longest record, in words.
pub const MAX_WORDS: usize = (1 << LEN_BITS) - 1;
/// The largest site id.
pub const MAX_SITE: u32 = (1 << SITE_BITS) - 1;
/// The bits of a call's number that a header holds.
pub const CALL_MASK: u64 = (1 << CALL_BITS) - 1;

const KIND_BITS: u32 = 6;
const LEN_BITS: u32 = 14;
const SITE_BITS: u32 = 22;
const CALL_BITS: u32 = 22;

/// What a record tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// Nothing: the rest of a chunk.
    Pad = 1,
    /// A call begins.
    Entry = 2,
    /// A call ends.
    Exit = 3,
    /// A call ends because its thread unwinds.
    Panic = 4,
    /// The value that a call is about to give back.
    Return = 5,
    /// The value that a `?` is about to leave with.
    Early = 6,
    /// A line is about to be executed.
    Line = 7,
    /// Values of variables or of an expression.
    Values = 8,
    /// Records were lost here.
    Lost = 9,
    /// A call of an async function begins.
    TaskEntry = 10,
    /// A poll of an async call ends without a result.
    Suspend = 11,
    /// A further poll of an async call begins.
    Resume = 12,
    /// An async call ends.
    TaskExit = 13,
    /// The value that an async call is about to give back.
    TaskReturn = 14,
    /// The value that a `?` in an async call is about to leave with.
    TaskEarly = 15,
    /// A call begins, with the first line of its function.
    EntryLine = 16,
    /// Two lines are about to be executed, one after the other.
    Lines = 17,
    /// A call begins, all of whose arguments are plain.
    EntryPlain = 18,
    /// The same, with the first line of its function.
    EntryPlainLine = 19,
    /// The value of a variable, a number.
    ValueUint = 20,
    /// The same, signed.
    ValueInt = 21,
    /// The value of a variable, which is plain.
    ValuePlain = 22,
    /// The value that a call is about to give back, a number.
    ReturnUint = 23,
    /// The same, signed.
    ReturnInt = 24,
    /// The value that a call is about to give back, which is plain.
    ReturnPlain = 25,
    /// A call ends, and gives back a number.
    ExitUint = 26,
    /// The same, signed.
    ExitInt = 27,
    /// A line is about to be executed, now.
    LineAt = 28,
    /// What the program tells by itself, now.
    ValuesAt = 29,
}

impl Kind {
    /// The kind with this number.
    #[inline]
    pub fn from_bits(bits: u8) -> Option<Self> {
        use Kind::*;
        Some(match bits {
            1 => Pad,
            2 => Entry,
            3 => Exit,
            4 => Panic,
            5 => Return,
            6 => Early,
            7 => Line,
            8 => Values,
            9 => Lost,
            10 => TaskEntry,
            11 => Suspend,
            12 => Resume,
            13 => TaskExit,
            14 => TaskReturn,
            15 => TaskEarly,
            16 => EntryLine,
            17 => Lines,
            18 => EntryPlain,
            19 => EntryPlainLine,
            20 => ValueUint,
            21 => ValueInt,
            22 => ValuePlain,
            23 => ReturnUint,
            24 => ReturnInt,
            25 => ReturnPlain,
            26 => ExitUint,
            27 => ExitInt,
            28 => LineAt,
            29 => ValuesAt,
            _ => return None,
        })
    }
}

impl Kind {
    /// Whether it tells of a call that begins.
    #[inline]
    pub fn begins_call(self) -> bool {
        use Kind::*;
        matches!(self, Entry | EntryLine | EntryPlain | EntryPlainLine | TaskEntry)
    }

    /// Whether it tells of something inside a call, and of nothing else.
    #[inline]
    pub fn is_inside(self) -> bool {
        use Kind::*;
        matches!(
            self,
            Return
                | ReturnUint
                | ReturnInt
                | ReturnPlain
                | Early
                | TaskReturn
                | TaskEarly
                | Line
                | Lines
                | LineAt
                | Values
                | ValuesAt
                | ValueUint
                | ValueInt
                | ValuePlain
        )
    }
}

/// How an async call ended: the last word of a `TaskExit` record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum TaskEnd {
    /// It ran to its end.
    Completed = 0,
    /// A poll unwound.
    Panicked = 1,
    /// Its future was dropped before its end.
    Cancelled = 2,
}

/// The first word of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header(pub u64);

impl Header {
    /// A header; `words` is cut to [`MAX_WORDS`] by the caller, `call` by this function.
    #[inline(always)]
    pub const fn new(kind: Kind, words: usize, site: u32, call: u64) -> Self {
        Self(
            kind as u64
                | (words as u64) << KIND_BITS
                | (site as u64) << (KIND_BITS + LEN_BITS)
                | (call & CALL_MASK) << (KIND_BITS + LEN_BITS + SITE_BITS),
        )
    }

    /// What the headers of a site have in common.
    pub(crate) const fn at(site: u32) -> Self {
        Self((site as u64) << (KIND_BITS + LEN_BITS))
    }

    /// The rest of a header, for the place with this index behind the site, if it is not that of the function. `call`: see
    /// [`of_call`](Self::of_call).
    #[inline(always)]
    pub(crate) const fn with(self, kind: Kind, words: usize, place: Option<usize>, call: u64) -> Self {
        let offset = match place {
            Some(place) => place as u32 + 1,
            None => 0,
        };
        Self(self.0 + Self::new(kind, words, offset, 0).0 + call)
    }

    /// The same, which was made with a length of 0, with this one.
    #[inline(always)]
    pub(crate) const fn with_words(self, words: usize) -> Self {
        Self(self.0 | (words as u64) << KIND_BITS)
    }

    /// What a header says of the call with this number, and nothing else: the lower bits are free.
    #[inline(always)]
    pub(crate) const fn of_call(call: u64) -> u64 {
        call << (KIND_BITS + LEN_BITS + SITE_BITS)
    }

    /// The kind, or `None` for bits that no version wrote.
    #[inline]
    pub fn kind(self) -> Option<Kind> {
        Kind::from_bits((self.0 & ((1 << KIND_BITS) - 1)) as u8)
    }

    /// The length of the whole record in words.
    #[inline]
    pub const fn words(self) -> usize {
        (self.0 >> KIND_BITS) as usize & MAX_WORDS
    }

    /// The site id, 0 for none.
    #[inline]
    pub const fn site(self) -> u32 {
        (self.0 >> (KIND_BITS + LEN_BITS)) as u32 & MAX_SITE
    }

    /// Whether both have the same site and the same call.
    #[inline]
    pub const fn is_of_same_call(self, other: Self) -> bool {
        (self.0 ^ other.0) >> (KIND_BITS + LEN_BITS) == 0
    }

    /// The low bits of the call's number.
    #[inline]
    pub const fn call(self) -> u64 {
        self.0 >> (KIND_BITS + LEN_BITS + SITE_BITS)
    }
}

/// The records in a run of drained words, in their order.
///
/// Ends at the first word that no header can be; that does not happen to words that a ring gave out.
#[derive(Clone, Debug)]
pub struct Records<'a> {
    words: &'a [u64],
    at: usize,
}

impl<'a> Records<'a> {
    /// The records in `words`.
    pub fn new(words: &'a [u64]) -> Self {
        Self { words, at: 0 }
    }

    /// The header that comes next, and the words behind it, if that is a record.
    #[inline]
    pub fn peek(&self) -> Option<(Header, &'a [u64])> {
        let (header, rest) = self.words.get(self.at..)?.split_first()?;
        let header = Header(*header);
        Some((header, rest.get(..header.words().checked_sub(1)?)?))
    }

    /// Goes on behind the record that was seen in advance, with so many words behind its header.
    #[inline]
    pub fn pass(&mut self, body: usize) {
        self.at += 1 + body;
    }
}

impl<'a> Iterator for Records<'a> {
    /// The header, its kind, and the words behind the header.
    type Item = (Header, Kind, &'a [u64]);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        // With indices: see `open`.
        let words = self.words;
        while self.at < words.len() {
            let header = Header(words[self.at]);
            let kind = header.kind()?;
            let (len, body) = (header.words(), self.at + 1);
            if len == 0 || len > words.len() - self.at {
                return None;
            }
            self.at += len;
            if !matches!(kind, Kind::Pad) {
                return Some((header, kind, &words[body..self.at]));
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_keeps_its_fields() {
        let h = Header::new(Kind::TaskEarly, MAX_WORDS, MAX_SITE, u64::MAX);
        assert_eq!((h.kind(), h.words(), h.site(), h.call()), (Some(Kind::TaskEarly), MAX_WORDS, MAX_SITE, CALL_MASK));
        let h = Header::new(Kind::Pad, 1, 0, 0);
        assert_eq!((h.kind(), h.words(), h.site(), h.call()), (Some(Kind::Pad), 1, 0, 0));
        assert_eq!(Header(0).kind(), None);
    }

    #[test]
    fn records_skip_pads_and_stop_at_nonsense() {
        let words = [
            Header::new(Kind::Line, 1, 7, 0).0,
            Header::new(Kind::Pad, 2, 0, 0).0,
            99,
            Header::new(Kind::Exit, 2, 8, 3).0,
            55,
            0,
        ];
        let seen: Vec<_> = Records::new(&words).map(|(h, k, body)| (h.site(), k, body.to_vec())).collect();
        assert_eq!(seen, [(7, Kind::Line, vec![]), (8, Kind::Exit, vec![55])]);
    }
}
