//! The columns of a batch, and the tags that say which of them an event goes on in.

use super::column::{Column, Cursor};
use super::{Undecodable, tag};

/// How many columns this version has.
pub(crate) const COLUMNS: usize = 8;

/// What is written of a batch's events. See `docs/log-format.md`, "Columns".
#[derive(Debug, Default)]
pub(crate) struct Columns {
    pub tags: Column,
    pub sites: Column,
    pub ticks: Column,
    pub spans: Column,
    pub numbers: Column,
    pub bytes: Column,
    pub rest: Column,
    pub dates: Column,
}

impl Columns {
    pub fn all(&self) -> [&Column; COLUMNS] {
        [&self.tags, &self.sites, &self.ticks, &self.spans, &self.numbers, &self.bytes, &self.rest, &self.dates]
    }

    pub fn clear(&mut self) {
        let Self { tags, sites, ticks, spans, numbers, bytes, rest, dates } = self;
        [tags, sites, ticks, spans, numbers, bytes, rest, dates].into_iter().for_each(Column::clear);
    }

    #[inline(always)]
    pub fn len(&self) -> usize {
        self.all().iter().map(|column| column.len()).sum()
    }
}

/// The columns of a batch that is read.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Cursors {
    pub tags: Cursor,
    pub sites: Cursor,
    pub ticks: Cursor,
    pub spans: Cursor,
    pub numbers: Cursor,
    pub bytes: Cursor,
    pub rest: Cursor,
    pub dates: Cursor,
    /// `bytes` as it was at the beginning.
    pub first_bytes: Cursor,
}

impl Cursors {
    /// Of columns with these lengths, that fill `all` bytes. Those that a newer version has more are passed over.
    pub fn new(lengths: &[u32], all: usize) -> Result<Self, Undecodable> {
        let mut at = 0_usize;
        let mut columns = [Cursor::default(); COLUMNS];
        for (index, length) in lengths.iter().enumerate() {
            let end = at.checked_add(*length as usize).filter(|end| *end <= all).ok_or(Undecodable)?;
            if let Some(column) = columns.get_mut(index) {
                *column = Cursor::new(at, end);
            }
            at = end;
        }
        if lengths.len() < COLUMNS || at != all {
            return Err(Undecodable);
        }
        let [tags, sites, ticks, spans, numbers, bytes, rest, dates] = columns;
        Ok(Self { tags, sites, ticks, spans, numbers, bytes, rest, dates, first_bytes: bytes })
    }

    /// Whether no event is left.
    #[cfg(test)]
    pub fn are_at_end(&self) -> bool {
        let Self { tags, sites, ticks, spans, numbers, bytes, rest, .. } = self;
        [tags, sites, ticks, spans, numbers, bytes, rest].into_iter().all(|column| column.is_at_end())
    }

    /// The ticks of events whose kind has none, by the event's number in the batch.
    pub fn told_dates(&self, buffer: &[u8], base_ticks: u64) -> Result<Vec<(u32, u64)>, Undecodable> {
        let (mut dates, mut index, mut ticks) = (self.dates, 0_u32, base_ticks);
        let mut told = Vec::new();
        while !dates.is_at_end() {
            index = index.checked_add(dates.u32(buffer)?).ok_or(Undecodable)?;
            ticks = ticks.wrapping_add(dates.signed(buffer)?);
            told.push((index, ticks));
        }
        Ok(told)
    }

    /// Whether an event has no time of its own. A look at the tags alone.
    pub fn has_undated(&self, buffer: &[u8]) -> bool {
        let mut tags = self.tags;
        while let Ok(tag) = tags.byte(buffer) {
            if matches!(tag & tag::KIND, tag::LINE | tag::LINE_FULL | tag::VALUES | tag::VALUES_FULL | tag::OTHER) {
                return true;
            }
        }
        false
    }
}
