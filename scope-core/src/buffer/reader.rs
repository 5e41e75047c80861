//! The reading side of a buffer: from the numbers of records to their places in the ring.

use super::{Batch, Stats};
use crate::record::{Header, Kind};
use crate::ring::Ring;

/// Where a record begins, or the next one will, and its number.
#[derive(Clone, Copy, Debug, Default)]
struct Mark {
    position: u64,
    number: u64,
}

/// Used under the buffer's lock alone.
#[derive(Debug, Default)]
pub(super) struct Reader {
    /// Where the oldest record is that is not given back, unless it is overwritten since.
    oldest: Mark,
    /// Where the last batch ended.
    cursor: Mark,
    /// Up to where records are counted.
    counted: Mark,
    /// Records that were given back, whether or not they were read.
    given_back: u64,
    /// Those that were read for the first time; all with lower numbers than `unread` were read, or are gone.
    read: u64,
    unread: u64,
    /// The most bytes that were seen in use.
    peak: usize,
    words: Vec<u64>,
}

/// What to do at a record.
enum Go {
    On,
    /// This one is not wanted any more.
    Stop,
}

impl Reader {
    pub(super) fn batch(&mut self, ring: &Ring, start: u64, count: usize) -> Batch {
        let from = if start >= self.cursor.number { self.cursor } else { self.oldest };
        let mut batch = Batch::default();
        let mut first = None;
        let (mut read, mut unread) = (0, self.unread);
        let end = self.walk(ring, from, |mark, record| {
            if mark.number < start {
                return Go::On;
            }
            first.get_or_insert(mark);
            if batch.len() == count {
                return Go::Stop;
            }
            batch.records.push((mark.number, batch.words.len()));
            batch.words.extend_from_slice(record);
            if mark.number >= unread {
                read += 1;
                unread = mark.number + 1;
            }
            Go::On
        });
        (self.read, self.unread, self.cursor) = (self.read + read, unread, end);
        batch.next = end.number;
        batch.missing = end.number.saturating_sub(start).saturating_sub(batch.len() as u64);
        self.give_back(ring, first.unwrap_or(end));
        batch
    }

    /// Gives the room before this back.
    fn give_back(&mut self, ring: &Ring, mark: Mark) {
        self.peak = self.peak.max(ring.size());
        if mark.position > self.oldest.position
            && let Some(overwritten) = ring.give_back_to(mark.position)
        {
            self.oldest = mark;
            self.given_back = mark.number - overwritten;
        }
    }

    pub(super) fn stats(&mut self, ring: &Ring) -> Stats {
        let from = if self.counted.number > self.cursor.number { self.counted } else { self.cursor };
        // Before it is counted: the producer may go on, and tell of more than has been counted then.
        let told = ring.told();
        self.counted = self.walk(ring, from, |_, _| Go::On);
        self.peak = self.peak.max(ring.size()).max(ring.peak());
        Stats {
            // All that have a number, but for those that never were in the ring.
            written: self.counted.number.saturating_sub(told),
            read: self.read,
            lost: ring.lost(),
            high_water: self.peak,
            capacity: ring.capacity(),
        }
    }

    /// Shows the records from `mark` on, as far as they are published now, and says where that ended.
    fn walk(&mut self, ring: &Ring, mut mark: Mark, mut see: impl FnMut(Mark, &[u64]) -> Go) -> Mark {
        let until = ring.published();
        while mark.position < until {
            self.words.clear();
            let piece = ring.copy_chunk(&mut self.words, mark.position, Some(mark.number - self.given_back));
            mark = Mark { position: piece.from, number: mark.number + piece.overwritten };
            let mut rest = &self.words[..];
            while let Some((record, more)) = split(rest) {
                match Header(record[0]).kind() {
                    Some(Kind::Lost) => mark.number += record.get(2).copied().unwrap_or(0),
                    Some(Kind::Pad) => {}
                    _ => {
                        if let Go::Stop = see(mark, record) {
                            return mark;
                        }
                        mark.number += 1;
                    }
                }
                mark.position += record.len() as u64;
                rest = more;
            }
            // The same, unless somebody else wrote nonsense into the ring's memory: then on behind it.
            mark.position = piece.to;
        }
        mark
    }
}

/// The first record, and what comes behind it.
fn split(words: &[u64]) -> Option<(&[u64], &[u64])> {
    let len = Header(*words.first()?).words();
    if len == 0 { None } else { words.split_at_checked(len) }
}
