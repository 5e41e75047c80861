//! The bytes of a batch's events. The most frequent events are written by hand: the same bytes as bincode's, whose layers would in an
//! unoptimised build be most of the recorder's work, and in an optimised one a good part of it.

use super::put;
use super::values::Values;
use super::wire::{RawExit, Wire};

/// Bytes that grow event by event; its memory is kept when it is cleared.
#[derive(Debug, Default)]
pub(crate) struct Out {
    /// Longer than what was written: an event asks for room once, and then just writes.
    bytes: Vec<u8>,
    len: usize,
    /// An event that has no short way.
    long: Vec<u8>,
}

/// The numbers of an event: a variant, four of up to nine bytes, and what the last may write too many.
const NUMBERS: usize = 56;

impl Out {
    pub fn clear(&mut self) {
        self.len = 0;
    }

    pub fn len(&self) -> usize {
        self.len
    }

    pub fn bytes(&self) -> &[u8] {
        &self.bytes[..self.len]
    }

    /// Appends an event with up to four numbers and these values.
    #[inline(always)]
    fn event(&mut self, values: usize, write: impl FnOnce(&mut Pen<'_>)) {
        let end = self.len + NUMBERS + values;
        if end > self.bytes.len() {
            self.grow(end);
        }
        let mut pen = Pen { room: &mut self.bytes[self.len..end], at: 0 };
        write(&mut pen);
        self.len += pen.at;
    }

    #[cold]
    fn grow(&mut self, end: usize) {
        self.bytes.resize((2 * end).next_multiple_of(4096), 0);
    }

    #[inline]
    pub fn entry(&mut self, dt: u64, site: u32, values: Values<'_>) {
        self.event(values.most(), |pen| {
            pen.byte(0);
            pen.number(dt);
            pen.number(site.into());
            pen.values(values);
        });
    }

    /// An entry, and its exit: the time since the event before, and the time that the call took.
    #[inline(always)]
    pub fn leaf(&mut self, times: (u64, u64), site: u32, args: Values<'_>, result: Option<(u32, Values<'_>)>) {
        let (dt, duration) = times;
        let most = result.map_or(0, |(_, value)| value.most());
        self.event(NUMBERS + args.most() + most, |pen| {
            pen.byte(0);
            pen.number(dt);
            pen.number(site.into());
            pen.values(args);
            pen.byte(if result.is_some() { 3 } else { 2 });
            pen.number(duration);
            pen.number(duration);
            if let Some((place, value)) = result {
                pen.byte(RawExit::RETURNED);
                pen.byte(0);
                pen.number(place.into());
                pen.values(value);
            }
        });
    }

    #[inline]
    pub fn returned(&mut self, dt: u64, duration: u64) {
        self.event(0, |pen| {
            pen.byte(2);
            pen.number(dt);
            pen.number(duration);
        });
    }

    #[inline]
    pub fn exit(&mut self, dt: u64, duration: u64, how: (u8, u8), place: u32, values: Values<'_>) {
        self.event(values.most(), |pen| {
            pen.byte(3);
            pen.number(dt);
            pen.number(duration);
            pen.byte(how.0);
            pen.byte(how.1);
            pen.number(place.into());
            pen.values(values);
        });
    }

    #[inline]
    pub fn line(&mut self, site: u32) {
        self.event(0, |pen| {
            pen.byte(5);
            pen.number(site.into());
        });
    }

    #[inline]
    pub fn values(&mut self, site: u32, values: Values<'_>) {
        self.event(values.most(), |pen| {
            pen.byte(7);
            pen.number(site.into());
            pen.values(values);
        });
    }

    /// Any event.
    #[cold]
    pub(super) fn any(&mut self, wire: &Wire<'_>) {
        let mut long = std::mem::take(&mut self.long);
        long.clear();
        put(wire, &mut long);
        self.event(long.len(), |pen| pen.bytes(&long));
        self.long = long;
    }
}

/// Writes one event, into room that is enough.
struct Pen<'a> {
    room: &'a mut [u8],
    at: usize,
}

impl Pen<'_> {
    #[inline(always)]
    fn byte(&mut self, byte: u8) {
        self.room[self.at] = byte;
        self.at += 1;
    }

    /// As bincode writes it.
    #[inline(always)]
    fn number(&mut self, value: u64) {
        if value < 251 {
            return self.byte(value as u8);
        }
        let (tag, width) = match value {
            0..0x1_0000 => (251, 2),
            0x1_0000..0x1_0000_0000 => (252, 4),
            _ => (253, 8),
        };
        self.byte(tag);
        // All eight, of which what follows overwrites those that are too many: a copy of a known length is one instruction.
        self.room[self.at..self.at + 8].copy_from_slice(&value.to_le_bytes());
        self.at += width;
    }

    #[inline(always)]
    fn bytes(&mut self, bytes: &[u8]) {
        if !bytes.is_empty() {
            self.room[self.at..self.at + bytes.len()].copy_from_slice(bytes);
            self.at += bytes.len();
        }
    }

    /// A length, and the bytes.
    #[inline(always)]
    fn values(&mut self, values: Values<'_>) {
        match values {
            Values::Tagged(bytes) => {
                let bytes = trimmed(bytes);
                self.number(bytes.len() as u64);
                self.bytes(bytes);
            }
            Values::Plain(plains) => {
                let start = self.at + 1;
                let len = plains.put(&mut self.room[start..]);
                if len < 251 {
                    self.byte(len as u8);
                } else {
                    self.room.copy_within(start..start + len, start + 2);
                    self.room[self.at] = 251;
                    self.room[start..start + 2].copy_from_slice(&(len as u16).to_le_bytes());
                    self.at += 3;
                }
                self.at += len;
            }
        }
    }
}

/// Up to 7 zeros at the end of whole words go without saying.
#[inline]
pub(super) fn trimmed(values: &[u8]) -> &[u8] {
    let mut end = values.len();
    while end > 0 && values[end - 1] == 0 && values.len() - end < 7 {
        end -= 1;
    }
    &values[..end]
}
