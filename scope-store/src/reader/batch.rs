//! One batch that is read, of whichever version.

use super::dates::{self, Dated};
use crate::format::{
    self, BatchHead, BatchReach, Cursors, Decoder, DecoderV1, RawEvent, See, StoredDates, Undecodable, Unpackable,
};

/// Reads the events of batches, one batch after the other.
#[derive(Debug, Default)]
pub(super) struct BatchReader {
    head: BatchHead,
    form: Form,
    /// How many of the batch's events are to come.
    left: u32,
    decoder: Decoder,
    /// The columns, unpacked.
    columns: Vec<u8>,
    old: DecoderV1,
    /// How much of the events' bytes was read.
    read: usize,
    /// The ticks of the batch's events, where those that are told are not enough.
    dates: Dates,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Form {
    #[default]
    Columns,
    Rows,
}

#[derive(Debug, Default)]
enum Dates {
    /// As the events tell.
    #[default]
    Told,
    Spread(std::vec::IntoIter<u64>),
}

/// A batch's head in any version.
pub(super) fn head(payload: &[u8], in_columns: bool) -> Result<(BatchHead, BatchReach), Undecodable> {
    let mut bytes = payload;
    let head: BatchHead = format::take(&mut bytes)?;
    let reach = match in_columns {
        true => format::take(&mut bytes)?,
        // Calls that began in it are not told: as many as there are events at most.
        false => {
            BatchReach { first_ticks: head.base_ticks, last_call: head.base_call.wrapping_add(u64::from(head.events)) }
        }
    };
    Ok((head, reach))
}

impl BatchReader {
    /// Begins the batch in the payload of a columns frame.
    pub fn begin(&mut self, payload: &[u8]) -> Result<BatchHead, Unpackable> {
        self.left = 0;
        let mut bytes = payload;
        let head: BatchHead = format::take(&mut bytes)?;
        format::take::<BatchReach>(&mut bytes)?;
        let lengths = format::unpack(bytes, &mut self.columns)?;
        let cursors = Cursors::new(&lengths, self.columns.len())?;
        (self.head, self.form, self.left) = (head, Form::Columns, head.events);
        self.rewind_columns(cursors);
        self.dates = Dates::Told;
        if cursors.has_undated(&self.columns) {
            let told = cursors.told_dates(&self.columns, head.base_ticks)?;
            let dates = dates::dates(head.events, &told, || {
                self.decoder.next(&self.columns, |event: RawEvent<'_>| Dated::from(event)).ok()
            });
            self.dates = Dates::Spread(dates.into_iter());
            self.rewind_columns(cursors);
        }
        Ok(head)
    }

    /// The same of a batch frame, as version 1 has them. `told`: when events happened whose kind has no time.
    pub fn begin_rows(&mut self, payload: &[u8], told: Option<StoredDates>) -> Result<BatchHead, Undecodable> {
        self.left = 0;
        let mut bytes = payload;
        let head: BatchHead = format::take(&mut bytes)?;
        self.read = payload.len() - bytes.len();
        (self.head, self.form, self.left) = (head, Form::Rows, head.events);
        let told: Vec<_> = told.map_or_else(Vec::new, |told| told.absolute(head.base_ticks).collect());
        self.old.context.reset(head.base_ticks, head.base_call, head.base_depth);
        let dates = dates::dates(head.events, &told, || self.old.next(&mut bytes).ok().map(Dated::from));
        self.dates = Dates::Spread(dates.into_iter());
        self.old.context.reset(head.base_ticks, head.base_call, head.base_depth);
        Ok(head)
    }

    fn rewind_columns(&mut self, cursors: Cursors) {
        let BatchHead { base_ticks, base_call, base_depth, .. } = self.head;
        self.decoder.reset(base_ticks, base_call, base_depth, cursors);
    }

    pub fn left(&self) -> u32 {
        self.left
    }

    /// Gives `see` the batch's next event, and its ticks. An error ends the batch.
    #[inline(always)]
    pub fn next<S: See>(&mut self, payload: &[u8], see: S) -> Result<S::Seen, Undecodable> {
        let Self { left, decoder, old, dates, read, columns, form, .. } = self;
        let remaining = std::mem::take(left);
        let seen = match (&*form, dates) {
            (Form::Columns, Dates::Told) => decoder.next(columns, see)?,
            (Form::Columns, Dates::Spread(dates)) => decoder.next(columns, At(dates.next(), see))?,
            (Form::Rows, dates) => {
                let mut bytes = payload.get(*read..).ok_or(Undecodable)?;
                let before = bytes.len();
                let event = old.next(&mut bytes)?;
                *read += before - bytes.len();
                let ticks = if let Dates::Spread(dates) = dates { dates.next() } else { None };
                At(ticks, see).see(event)
            }
        };
        *left = remaining.saturating_sub(1);
        Ok(seen)
    }
}

/// An event that has this time.
struct At<S>(Option<u64>, S);

impl<S: See> See for At<S> {
    type Seen = S::Seen;

    fn see(self, mut event: RawEvent<'_>) -> S::Seen {
        event.ticks = self.0.unwrap_or(event.ticks);
        self.1.see(event)
    }
}
