//! Bytes to values. Bytes may come from a damaged log: whatever they are, this neither panics nor recurses without bound, and
//! allocates in proportion to them.

use std::fmt;

use super::tags::{self, MAX_READ};
use super::tree::{Items, Omitted, Text, Value};

/// Why bytes are no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ValueError {
    /// They end inside a value.
    Truncated {
        /// Where, in bytes from the start.
        offset: usize,
    },
    /// A tag that no version wrote, or that can't be here.
    Tag {
        /// Where, in bytes from the start.
        offset: usize,
        /// The tag.
        tag: u8,
    },
    /// A number that is too large for its place.
    Number {
        /// Where, in bytes from the start.
        offset: usize,
    },
    /// Text that is no UTF-8, or a number that is no character.
    Text {
        /// Where, in bytes from the start.
        offset: usize,
    },
    /// Values nest deeper than any writer nests them.
    Depth {
        /// Where, in bytes from the start.
        offset: usize,
    },
}

impl fmt::Display for ValueError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Truncated { offset } => write!(f, "value cut off at byte {offset}"),
            Self::Tag { offset, tag } => write!(f, "unexpected tag {tag} of a value at byte {offset}"),
            Self::Number { offset } => write!(f, "number too large in a value at byte {offset}"),
            Self::Text { offset } => write!(f, "broken text in a value at byte {offset}"),
            Self::Depth { offset } => write!(f, "values nest too deeply at byte {offset}"),
        }
    }
}

impl std::error::Error for ValueError {}

type Result<T> = std::result::Result<T, ValueError>;

/// Reads the value at the start of `bytes`, and tells how many bytes it takes.
///
/// # Errors
/// Where the bytes do not begin with a whole value.
pub fn decode(bytes: &[u8]) -> Result<(Value, usize)> {
    let mut reader = Reader { bytes, pos: 0, depth: 0 };
    let value = reader.value()?;
    Ok((value, reader.pos))
}

/// Reads values up to the end of `bytes`, or to the zeros that fill them up.
///
/// A record with fewer values than names had no room for the last ones.
///
/// # Errors
/// Where something else than values stands.
pub fn decode_all(bytes: &[u8]) -> Result<Vec<Value>> {
    let mut reader = Reader { bytes, pos: 0, depth: 0 };
    let mut values = Vec::new();
    while bytes.get(reader.pos).is_some_and(|tag| *tag != tags::END) {
        values.push(reader.value()?);
    }
    Ok(values)
}

struct Reader<'a> {
    bytes: &'a [u8],
    pos: usize,
    depth: u16,
}

impl Reader<'_> {
    fn value(&mut self) -> Result<Value> {
        let offset = self.pos;
        if self.depth >= MAX_READ {
            return Err(ValueError::Depth { offset });
        }
        self.depth += 1;
        let tag = self.byte()?;
        let value = self.body(tag, offset)?;
        self.depth -= 1;
        Ok(value)
    }

    fn body(&mut self, tag: u8, offset: usize) -> Result<Value> {
        Ok(match tag {
            tags::UNIT => Value::Unit,
            tags::FALSE => Value::Bool(false),
            tags::TRUE => Value::Bool(true),
            tags::INT => Value::Int(unzigzag(self.varint()?)),
            tags::UINT => Value::Uint(self.varint()?),
            tags::F32 => Value::F32(f32::from_le_bytes(self.array()?)),
            tags::F64 => Value::F64(f64::from_le_bytes(self.array()?)),
            tags::CHAR => {
                let char = u32::try_from(self.varint()?).ok().and_then(char::from_u32);
                Value::Char(char.ok_or(ValueError::Text { offset })?)
            }
            tags::STR => Value::Str(Text { text: self.text()?, cut: false }),
            tags::STR_CUT => Value::Str(self.cut_text()?),
            tags::BYTES => {
                let bytes = self.run()?.to_vec();
                let total = bytes.len() as u64;
                Value::Bytes { bytes, total }
            }
            tags::BYTES_CUT => {
                let (len, total) = (self.number()?, self.number()?);
                Value::Bytes { bytes: self.take(len)?.to_vec(), total }
            }
            tags::DEBUG => Value::Printed(Text { text: self.text()?, cut: false }),
            tags::DEBUG_CUT => Value::Printed(Text { text: self.text()?, cut: true }),
            tags::NONE => Value::None,
            tags::SOME => Value::Some(Box::new(self.value()?)),
            tags::OK => self.part("Ok")?,
            tags::ERR => self.part("Err")?,
            tags::VARIANT => {
                let name = self.text()?;
                Value::Variant { name, value: Box::new(self.value()?) }
            }
            tags::SEQ => Value::Seq(self.items()?),
            tags::SET => Value::Set(self.items()?),
            tags::TUPLE => Value::Tuple(self.items()?),
            tags::MAP => self.map()?,
            tags::STRUCT => self.structure()?,
            tags::TUPLE_STRUCT => {
                let name = self.text()?;
                Value::TupleStruct { name, items: self.items()? }
            }
            tags::OPAQUE => {
                let type_name = self.text()?;
                Value::Opaque { type_name, size: self.number()? }
            }
            tags::REDACTED => Value::Redacted,
            tags::PANICKED => Value::Panicked(self.text()?),
            tags::FAILED => Value::Failed(self.text()?),
            tags::CUT => Value::Cut,
            tags::SMALL_INT..tags::SMALL_UINT => Value::Int(unzigzag(u128::from(tag - tags::SMALL_INT))),
            tags::SMALL_UINT.. => Value::Uint(u128::from(tag - tags::SMALL_UINT)),
            _ => return Err(ValueError::Tag { offset, tag }),
        })
    }

    fn part(&mut self, name: &str) -> Result<Value> {
        let items = vec![self.value()?];
        let value = Box::new(Value::Tuple(Items { items, omitted: Omitted::None }));
        Ok(Value::Variant { name: name.to_owned(), value })
    }

    fn items(&mut self) -> Result<Items> {
        let mut items = Vec::new();
        loop {
            if let Some(omitted) = self.end()? {
                return Ok(Items { items, omitted });
            }
            items.push(self.value()?);
        }
    }

    fn map(&mut self) -> Result<Value> {
        let mut entries = Vec::new();
        loop {
            if let Some(omitted) = self.end()? {
                return Ok(Value::Map { entries, omitted });
            }
            let key = self.value()?;
            // Where the map ends behind a key, there was no room for the value.
            let ends = matches!(self.peek()?, tags::END | tags::OMITTED | tags::MORE);
            let value = if ends { Value::Cut } else { self.value()? };
            entries.push((key, value));
        }
    }

    fn structure(&mut self) -> Result<Value> {
        let name = self.text()?;
        let mut fields = Vec::new();
        loop {
            if let Some(omitted) = self.end()? {
                return Ok(Value::Struct { name, fields, omitted });
            }
            let offset = self.pos;
            match self.peek()? {
                tags::FIELD => {
                    self.pos += 1;
                    let field = self.text()?;
                    fields.push((field, self.value()?));
                }
                tags::PANICKED | tags::FAILED => fields.push((String::new(), self.value()?)),
                tag => return Err(ValueError::Tag { offset, tag }),
            }
        }
    }

    /// The end of a container, if it is here.
    fn end(&mut self) -> Result<Option<Omitted>> {
        let omitted = match self.peek()? {
            tags::END => Omitted::None,
            tags::MORE => {
                self.pos += 1;
                Omitted::Unknown
            }
            tags::OMITTED => {
                self.pos += 1;
                Omitted::Some(self.number()?)
            }
            _ => return Ok(None),
        };
        let offset = self.pos;
        match self.byte()? {
            tags::END => Ok(Some(omitted)),
            tag => Err(ValueError::Tag { offset, tag }),
        }
    }

    fn cut_text(&mut self) -> Result<Text> {
        let len = self.number()?;
        let _total = self.number()?;
        let offset = self.pos;
        let text = utf8(self.take(len)?, offset)?;
        Ok(Text { text, cut: true })
    }

    fn text(&mut self) -> Result<String> {
        let offset = self.pos;
        utf8(self.run()?, offset)
    }

    fn run(&mut self) -> Result<&[u8]> {
        let len = self.number()?;
        self.take(len)
    }

    fn take(&mut self, len: u64) -> Result<&[u8]> {
        let truncated = ValueError::Truncated { offset: self.pos };
        let len = usize::try_from(len).map_err(|_| truncated)?;
        let end = self.pos.checked_add(len).ok_or(truncated)?;
        let bytes = self.bytes.get(self.pos..end).ok_or(truncated)?;
        self.pos = end;
        Ok(bytes)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N]> {
        let offset = self.pos;
        <[u8; N]>::try_from(self.take(N as u64)?).map_err(|_| ValueError::Truncated { offset })
    }

    fn peek(&self) -> Result<u8> {
        self.bytes.get(self.pos).copied().ok_or(ValueError::Truncated { offset: self.pos })
    }

    fn byte(&mut self) -> Result<u8> {
        let byte = self.peek()?;
        self.pos += 1;
        Ok(byte)
    }

    fn number(&mut self) -> Result<u64> {
        let offset = self.pos;
        u64::try_from(self.varint()?).map_err(|_| ValueError::Number { offset })
    }

    fn varint(&mut self) -> Result<u128> {
        let offset = self.pos;
        let mut value = 0u128;
        for group in 0..tags::MAX_VARINT as u32 {
            let byte = self.byte()?;
            let bits = u128::from(byte & 0x7f);
            // The last group of 128 bits has two.
            if group == 18 && bits > 3 {
                break;
            }
            value |= bits << (7 * group);
            if byte < 0x80 {
                return Ok(value);
            }
        }
        Err(ValueError::Number { offset })
    }
}

fn utf8(bytes: &[u8], offset: usize) -> Result<String> {
    std::str::from_utf8(bytes).map(str::to_owned).map_err(|_| ValueError::Text { offset })
}

fn unzigzag(value: u128) -> i128 {
    (value >> 1) as i128 ^ -((value & 1) as i128)
}
