//! The most frequent events, written by hand: the same bytes as bincode's, whose layers would in an unoptimised build be most of the
//! recorder's work.

use super::put;
use super::wire::Wire;

/// Appends an event; most have a short way.
pub(super) fn store(wire: &Wire<'_>, out: &mut Vec<u8>) {
    match *wire {
        Wire::Entry { dt, site, values } => {
            let mut plain = Plain::new(0);
            plain.number(dt);
            plain.number(site.into());
            plain.put(Some(values), out);
        }
        Wire::Returned { dt, duration } => {
            let mut plain = Plain::new(2);
            plain.number(dt);
            plain.number(duration);
            plain.put(None, out);
        }
        Wire::Exit { dt, duration, outcome, flags, place, values } => {
            let mut plain = Plain::new(3);
            plain.number(dt);
            plain.number(duration);
            plain.byte(outcome);
            plain.byte(flags);
            plain.number(place.into());
            plain.put(Some(values), out);
        }
        Wire::Line { site } => {
            let mut plain = Plain::new(5);
            plain.number(site.into());
            plain.put(None, out);
        }
        Wire::Values { site, values } => {
            let mut plain = Plain::new(7);
            plain.number(site.into());
            plain.put(Some(values), out);
        }
        _ => put(wire, out),
    }
}

/// The numbers of an event, as bincode writes them, and then its values.
struct Plain {
    bytes: [u8; Self::SIZE],
    len: usize,
}

impl Plain {
    /// A variant, two numbers of up to nine bytes, two bytes, two numbers of up to nine, and eight that the last may write too many.
    const SIZE: usize = 48;

    #[inline]
    fn new(variant: u8) -> Self {
        let mut plain = Self { bytes: [0; Self::SIZE], len: 1 };
        plain.bytes[0] = variant;
        plain
    }

    /// Up to three numbers fit, and the length of the values.
    #[inline]
    fn number(&mut self, value: u64) {
        let (tag, width) = match value {
            0..251 => (value as u8, 0),
            251..0x1_0000 => (251, 2),
            0x1_0000..0x1_0000_0000 => (252, 4),
            _ => (253, 8),
        };
        self.bytes[self.len] = tag;
        let from = self.len + 1;
        // All eight, of which what follows overwrites those that are too many: a copy of a known length is one instruction.
        self.bytes[from..from + 8].copy_from_slice(&value.to_le_bytes());
        self.len = from + width;
    }

    #[inline]
    fn byte(&mut self, byte: u8) {
        self.bytes[self.len] = byte;
        self.len += 1;
    }

    #[inline]
    fn put(mut self, values: Option<&[u8]>, out: &mut Vec<u8>) {
        if let Some(values) = values {
            self.number(values.len() as u64);
        }
        let end = out.len() + self.len;
        // For the same reason.
        out.extend_from_slice(&self.bytes);
        out.truncate(end);
        if let Some(values) = values
            && !values.is_empty()
        {
            out.extend_from_slice(values);
        }
    }
}
