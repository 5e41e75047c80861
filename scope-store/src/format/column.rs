//! Columns of a batch: bytes, and numbers of one to nine bytes.
//!
//! A number's first byte tells its length: so many zeros as its lowest bits have, so many bytes follow. What is in them, and in the rest of
//! the first, is the number: seven bits a byte. A first byte of zero is followed by all eight bytes of the number.

use super::Undecodable;

/// The most bytes of a number that are written at once.
const AT_ONCE: usize = 8;

/// A column that grows; its memory is kept when it is cleared.
#[derive(Debug, Default)]
pub(crate) struct Column {
    /// Longer than what was written: room for the next number.
    bytes: Vec<u8>,
    len: usize,
}

impl Column {
    pub fn clear(&mut self) {
        self.len = 0;
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    #[inline(always)]
    pub fn byte(&mut self, byte: u8) {
        if self.len >= self.bytes.len() {
            self.grow(1);
        }
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    #[inline(always)]
    pub fn number(&mut self, value: u64) {
        if value >> 56 != 0 {
            return self.long(value);
        }
        let bits = 64 - (value | 1).leading_zeros();
        // A seventh, rounded up.
        let bytes = (bits * 37 + 222) >> 8;
        let word = value << bytes | 1 << (bytes - 1);
        if self.len + AT_ONCE > self.bytes.len() {
            self.grow(AT_ONCE);
        }
        self.bytes[self.len..self.len + AT_ONCE].copy_from_slice(&word.to_le_bytes());
        self.len += bytes as usize;
    }

    #[cold]
    fn long(&mut self, value: u64) {
        self.byte(0);
        self.append(&value.to_le_bytes());
    }

    /// A signed number, as a difference modulo 2^64.
    #[inline(always)]
    pub fn signed(&mut self, value: u64) {
        self.number(zigzag(value));
    }

    #[inline(always)]
    pub fn append(&mut self, bytes: &[u8]) {
        if self.len + bytes.len() > self.bytes.len() {
            self.grow(bytes.len());
        }
        self.bytes[self.len..self.len + bytes.len()].copy_from_slice(bytes);
        self.len += bytes.len();
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        self.bytes.resize((2 * (self.len + more)).next_multiple_of(1024), 0);
    }
}

#[inline(always)]
fn zigzag(value: u64) -> u64 {
    value << 1 ^ ((value as i64) >> 63) as u64
}

/// A column that is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursor {
    at: usize,
    end: usize,
}

impl Cursor {
    /// Over the bytes from `at` to `end` of a buffer.
    pub fn new(at: usize, end: usize) -> Self {
        Self { at, end }
    }

    pub fn is_at_end(self) -> bool {
        self.at >= self.end
    }

    pub fn position(self) -> usize {
        self.at
    }

    #[inline(always)]
    pub fn byte(&mut self, buffer: &[u8]) -> Result<u8, Undecodable> {
        if self.at >= self.end {
            return Err(Undecodable);
        }
        let byte = *buffer.get(self.at).ok_or(Undecodable)?;
        self.at += 1;
        Ok(byte)
    }

    #[inline(always)]
    pub fn number(&mut self, buffer: &[u8]) -> Result<u64, Undecodable> {
        // What is behind the column's end is not looked at, but may be there.
        let Some(&bytes) = buffer.get(self.at..).and_then(|rest| rest.first_chunk::<AT_ONCE>()) else {
            return self.last_number(buffer);
        };
        self.take(u64::from_le_bytes(bytes), buffer)
    }

    #[inline(always)]
    fn take(&mut self, word: u64, buffer: &[u8]) -> Result<u64, Undecodable> {
        if word as u8 == 0 {
            return self.long(buffer);
        }
        let bytes = word.trailing_zeros() + 1;
        let end = self.at + bytes as usize;
        if end > self.end {
            return Err(Undecodable);
        }
        self.at = end;
        // All but the bits of the length, up to the number's end.
        Ok((word << (64 - 8 * bytes)) >> (64 - 8 * bytes + bytes))
    }

    #[cold]
    fn last_number(&mut self, buffer: &[u8]) -> Result<u64, Undecodable> {
        let mut bytes = [0; AT_ONCE];
        let rest = buffer.get(self.at..).unwrap_or_default();
        if rest.is_empty() {
            return Err(Undecodable);
        }
        bytes[..rest.len()].copy_from_slice(rest);
        self.take(u64::from_le_bytes(bytes), buffer)
    }

    #[cold]
    fn long(&mut self, buffer: &[u8]) -> Result<u64, Undecodable> {
        let first = self.byte(buffer)?;
        let bytes = self.bytes(buffer, 8)?;
        let number = bytes.first_chunk::<8>().ok_or(Undecodable)?;
        if first == 0 { Ok(u64::from_le_bytes(*number)) } else { Err(Undecodable) }
    }

    #[inline(always)]
    pub fn signed(&mut self, buffer: &[u8]) -> Result<u64, Undecodable> {
        let value = self.number(buffer)?;
        Ok(value >> 1 ^ (value & 1).wrapping_neg())
    }

    #[inline(always)]
    pub fn u32(&mut self, buffer: &[u8]) -> Result<u32, Undecodable> {
        u32::try_from(self.number(buffer)?).map_err(|_| Undecodable)
    }

    #[inline(always)]
    pub fn bytes<'a>(&mut self, buffer: &'a [u8], length: usize) -> Result<&'a [u8], Undecodable> {
        let end = self.at.checked_add(length).filter(|end| *end <= self.end).ok_or(Undecodable)?;
        let bytes = buffer.get(self.at..end).ok_or(Undecodable)?;
        self.at = end;
        Ok(bytes)
    }

    /// Bytes from `at` on, counted from where the cursor is. It stays there.
    pub fn bytes_at(mut self, buffer: &[u8], at: usize, length: usize) -> Result<&[u8], Undecodable> {
        self.at = self.at.checked_add(at).ok_or(Undecodable)?;
        self.bytes(buffer, length)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_are_read_back(numbers in prop::collection::vec((any::<u64>(), 0..64u32, any::<bool>()), 0..40), padding in 0..9usize) {
            let mut column = Column::default();
            let numbers: Vec<_> = numbers.into_iter().map(|(number, shift, signed)| (number >> shift, signed)).collect();
            for &(number, signed) in &numbers {
                if signed { column.signed(number) } else { column.number(number) }
            }
            let mut bytes = column.bytes().to_vec();
            let mut cursor = Cursor::new(0, bytes.len());
            bytes.resize(bytes.len() + padding, 0xff);
            for &(number, signed) in &numbers {
                prop_assert_eq!(if signed { cursor.signed(&bytes) } else { cursor.number(&bytes) }, Ok(number));
            }
            prop_assert!(cursor.is_at_end());
            prop_assert_eq!(cursor.number(&bytes), Err(Undecodable));
        }

        #[test]
        fn any_bytes_are_no_panic(bytes: Vec<u8>, end: usize) {
            let mut cursor = Cursor::new(0, end % 40);
            while cursor.number(&bytes).is_ok() {}
            _ = (cursor.byte(&bytes), cursor.bytes(&bytes, end));
        }
    }

    #[test]
    fn small_numbers_are_short() {
        for (number, length) in [(0, 1), (127, 1), (128, 2), (16_383, 2), (16_384, 3), ((1 << 56) - 1, 8), (1 << 56, 9)]
        {
            let mut column = Column::default();
            column.number(number);
            assert_eq!(column.len(), length, "{number}");
        }
    }
}
