//! Values of few bytes.

use super::Shown;
use super::tags;
use super::writer::ValueWriter;

impl ValueWriter<'_> {
    /// `()`.
    #[inline]
    pub fn unit(&mut self) {
        self.tag(tags::UNIT);
    }

    /// A boolean.
    #[inline]
    pub fn bool(&mut self, value: bool) {
        self.tag(if value { tags::TRUE } else { tags::FALSE });
    }

    /// An unsigned integer.
    #[inline]
    pub fn uint(&mut self, value: u64) {
        if value < 0x80 {
            self.tag(tags::SMALL_UINT | value as u8);
        } else {
            self.varint(tags::UINT, value);
        }
    }

    /// A signed integer.
    #[inline]
    pub fn int(&mut self, value: i64) {
        let zigzag = (value << 1 ^ value >> 63) as u64;
        if zigzag < 0x40 {
            self.tag(tags::SMALL_INT | zigzag as u8);
        } else {
            self.varint(tags::INT, zigzag);
        }
    }

    /// An unsigned integer of up to 128 bits.
    pub fn uint128(&mut self, value: u128) {
        match u64::try_from(value) {
            Ok(value) => self.uint(value),
            Err(_) => self.varint128(tags::UINT, value),
        }
    }

    /// A signed integer of up to 128 bits.
    pub fn int128(&mut self, value: i128) {
        match i64::try_from(value) {
            Ok(value) => self.int(value),
            Err(_) => self.varint128(tags::INT, (value << 1 ^ value >> 127) as u128),
        }
    }

    /// A floating point number.
    #[inline]
    pub fn f32(&mut self, value: f32) {
        self.emit(&[tags::F32], &value.to_le_bytes());
    }

    /// A floating point number.
    #[inline]
    pub fn f64(&mut self, value: f64) {
        self.emit(&[tags::F64], &value.to_le_bytes());
    }

    /// A character.
    #[inline]
    pub fn char(&mut self, value: char) {
        self.varint(tags::CHAR, u64::from(u32::from(value)));
    }

    /// `None`.
    #[inline]
    pub fn none(&mut self) {
        self.tag(tags::NONE);
    }

    /// `Some`, with the value that `f` writes.
    #[inline]
    pub fn some_with(&mut self, f: impl FnOnce(&mut Self)) {
        self.wrap(tags::SOME, f);
    }

    /// `Ok`, with the value that `f` writes.
    #[inline]
    pub fn ok_with(&mut self, f: impl FnOnce(&mut Self)) {
        self.wrap(tags::OK, f);
    }

    /// `Err`, with the value that `f` writes.
    #[inline]
    pub fn err_with(&mut self, f: impl FnOnce(&mut Self)) {
        self.wrap(tags::ERR, f);
    }

    pub(crate) fn some(&mut self, value: &dyn Shown) {
        self.wrap(tags::SOME, |w| value.write(w));
    }

    pub(crate) fn ok(&mut self, value: &dyn Shown) {
        self.wrap(tags::OK, |w| value.write(w));
    }

    pub(crate) fn err(&mut self, value: &dyn Shown) {
        self.wrap(tags::ERR, |w| value.write(w));
    }

    /// The mark of a value that is never captured.
    pub fn redacted(&mut self) {
        self.tag(tags::REDACTED);
    }

    /// The mark of a value that was cut as a whole.
    pub fn cut(&mut self) {
        self.tag(tags::CUT);
    }

    #[inline]
    fn tag(&mut self, tag: u8) {
        if self.open && self.pos < self.limit && self.pos < self.buf.len() {
            self.buf[self.pos] = tag;
            self.pos += 1;
            self.open = self.outer;
        } else {
            self.refuse();
        }
    }

    #[inline]
    fn wrap(&mut self, tag: u8, f: impl FnOnce(&mut Self)) {
        if self.emit(&[tag], &[]) {
            self.item(f);
        }
    }

    #[inline]
    fn varint(&mut self, tag: u8, value: u64) {
        const LONGEST: usize = 11;
        let room = self.limit.saturating_sub(self.pos);
        match self.buf.get_mut(self.pos..) {
            Some([first, rest @ ..]) if self.open && room >= LONGEST => {
                *first = tag;
                self.pos += 1 + tags::put_varint(rest, value);
                self.open = self.outer;
            }
            _ => self.varint128(tag, value.into()),
        }
    }

    #[cold]
    fn varint128(&mut self, tag: u8, value: u128) {
        let mut bytes = [0; tags::MAX_VARINT];
        let used = tags::put_varint128(&mut bytes, value);
        self.emit(&[tag], &bytes[..used]);
    }
}
