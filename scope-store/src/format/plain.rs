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
    bytes: [u8; 32],
    len: usize,
}

impl Plain {
    #[inline]
    fn new(variant: u8) -> Self {
        let mut plain = Self { bytes: [0; 32], len: 1 };
        plain.bytes[0] = variant;
        plain
    }

    /// Up to three numbers fit.
    fn number(&mut self, value: u64) {
        let (tag, width) = match value {
            0..251 => (value as u8, 0),
            251..0x1_0000 => (251, 2),
            0x1_0000..0x1_0000_0000 => (252, 4),
            _ => (253, 8),
        };
        self.bytes[self.len] = tag;
        self.len += 1;
        let (mut rest, end) = (value, self.len + width);
        while self.len < end {
            self.bytes[self.len] = (rest & 0xff) as u8;
            rest >>= 8;
            self.len += 1;
        }
    }

    fn put(mut self, values: Option<&[u8]>, out: &mut Vec<u8>) {
        if let Some(values) = values {
            self.number(values.len() as u64);
        }
        out.extend_from_slice(&self.bytes[..self.len]);
        if let Some(values) = values {
            out.extend_from_slice(values);
        }
    }
}
