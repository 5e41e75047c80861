//! Values, as a batch tells them: plain ones as differences to the last ones of their site, all others in the tagged form.

use super::Undecodable;
use super::columns::{Columns, Cursors};
use super::encode::Encoder;
use super::slots::{Line, VALUES};
use super::tag;
use super::values::{Values, trimmed};
use scope_core::bytes_of;
use scope_core::plains::{PlainType, Plains};

/// Bytes of a text's length: where it begins is kept above.
const LENGTH_BITS: u32 = 8;

impl Encoder {
    /// Tells the values that are recorded at `site`. How: to be put into the tag.
    #[inline(always)]
    pub(super) fn told(&mut self, site: u32, values: Values<'_>) -> u8 {
        match values {
            Values::Tagged([]) => tag::NONE,
            Values::Tagged(bytes) => self.tagged(bytes),
            Values::Plain(plains) => self.plain(site, plains),
        }
    }

    fn tagged(&mut self, bytes: &[u8]) -> u8 {
        let bytes = trimmed(bytes);
        self.columns.rest.number(bytes.len() as u64);
        self.columns.bytes.append(bytes);
        tag::TAGGED
    }

    #[inline]
    fn plain(&mut self, site: u32, plains: Plains<'_>) -> u8 {
        if !are_sound(plains) {
            let mut bytes = Vec::new();
            plains.tagged(&mut bytes);
            return if bytes.is_empty() { tag::NONE } else { self.tagged(&bytes) };
        }
        let (known, line) = self.slots.of(site, plains.types());
        if !known {
            self.columns.rest.number(plains.types());
        }
        each(plains, line, &mut self.columns);
        if known { tag::SAME } else { tag::PLAIN }
    }
}

/// Whether each value is of a type and has all of its words, and each text is one.
#[inline]
fn are_sound(plains: Plains<'_>) -> bool {
    let (mut types, mut words, mut count) = (plains.types(), plains.words(), 0);
    while let Some((&word, rest)) = words.split_first() {
        words = rest;
        match PlainType::of(types) {
            Some(PlainType::Text) => {
                let Some((text, rest)) = words.split_at_checked((word as usize).div_ceil(size_of::<u64>())) else {
                    return false;
                };
                words = rest;
                if word >> LENGTH_BITS != 0 || !is_text(&bytes_of(text)[..word as usize]) {
                    return false;
                }
            }
            Some(_) => {}
            None => return false,
        }
        types >>= 8;
        count += 1;
    }
    types == 0 && 0 < count && count <= VALUES
}

#[inline]
fn is_text(bytes: &[u8]) -> bool {
    bytes.is_ascii() || std::str::from_utf8(bytes).is_ok()
}

#[inline(always)]
fn each(plains: Plains<'_>, line: &mut Line, columns: &mut Columns) {
    let (mut types, mut words) = (plains.types(), plains.words());
    for last in &mut line.last {
        let (Some((&word, rest)), Some(plain)) = (words.split_first(), PlainType::of(types)) else { return };
        (words, types) = (rest, types >> 8);
        match plain {
            PlainType::Uint | PlainType::Int | PlainType::Bool => {
                columns.numbers.signed(word.wrapping_sub(std::mem::replace(last, word)));
            }
            // What changes least is at the front: so that the number is small.
            PlainType::F32 => {
                columns.numbers.number(((word ^ std::mem::replace(last, word)) as u32).swap_bytes().into());
            }
            PlainType::F64 => columns.numbers.number((word ^ std::mem::replace(last, word)).swap_bytes()),
            PlainType::Text => {
                let (text, rest) = words.split_at((word as usize).div_ceil(size_of::<u64>()));
                words = rest;
                self::text(&bytes_of(text)[..word as usize], last, columns);
            }
        }
    }
}

/// A text: 0 for the one before again, else its length and one more.
#[inline]
fn text(text: &[u8], last: &mut u64, columns: &mut Columns) {
    let (at, length) = ((*last >> LENGTH_BITS) as usize, (*last as usize) & ((1 << LENGTH_BITS) - 1));
    if columns.bytes.bytes().get(at..at + length) == Some(text) {
        return columns.numbers.number(0);
    }
    *last = (columns.bytes.len() as u64) << LENGTH_BITS | text.len() as u64;
    columns.numbers.number(text.len() as u64 + 1);
    columns.bytes.append(text);
}

/// Reads plain values of these types into `words`.
#[inline(always)]
pub(super) fn read_plain(
    mut types: u64,
    line: &mut Line,
    columns: &mut Cursors,
    buffer: &[u8],
    words: &mut Vec<u64>,
) -> Result<(), Undecodable> {
    for last in &mut line.last {
        if types == 0 {
            return Ok(());
        }
        let plain = PlainType::of(types).ok_or(Undecodable)?;
        types >>= 8;
        let word = match plain {
            PlainType::Uint | PlainType::Int => last.wrapping_add(columns.numbers.signed(buffer)?),
            PlainType::Bool => last.wrapping_add(columns.numbers.signed(buffer)?),
            PlainType::F32 => *last ^ u64::from(columns.numbers.u32(buffer)?.swap_bytes()),
            PlainType::F64 => *last ^ columns.numbers.number(buffer)?.swap_bytes(),
            PlainType::Text => {
                read_text(last, columns, buffer, words)?;
                continue;
            }
        };
        *last = word;
        words.push(word);
    }
    if types == 0 { Ok(()) } else { Err(Undecodable) }
}

fn read_text(last: &mut u64, columns: &mut Cursors, buffer: &[u8], words: &mut Vec<u64>) -> Result<(), Undecodable> {
    let length = columns.numbers.number(buffer)?;
    let text = match length.checked_sub(1) {
        None => {
            let (at, length) = ((*last >> LENGTH_BITS) as usize, (*last as usize) & ((1 << LENGTH_BITS) - 1));
            columns.first_bytes.bytes_at(buffer, at, length)?
        }
        Some(length) if length >> LENGTH_BITS != 0 => return Err(Undecodable),
        Some(length) => {
            let at = columns.bytes.position() - columns.first_bytes.position();
            *last = (at as u64) << LENGTH_BITS | length;
            columns.bytes.bytes(buffer, length as usize)?
        }
    };
    words.push(text.len() as u64);
    words.extend(text.chunks(size_of::<u64>()).map(|chunk| {
        let mut bytes = [0; size_of::<u64>()];
        bytes[..chunk.len()].copy_from_slice(chunk);
        // The word that has these bytes in memory.
        u64::from_le(u64::from_le_bytes(bytes))
    }));
    Ok(())
}
