//! The end of a log, and its index: what is where.

use super::LogWriter;
use crate::backend::Backend;
use crate::batch::Batch;
use crate::error::{Refusal, WriteError};
use crate::format::{self, StoredCalibration, StoredEnd, StoredSeal, StoredUnit};
use crate::frame::FrameKind;
use crate::info::{Calibration, Totals};

/// Room kept below `max_size` for the stop mark, a last calibration, the index and the end frame: all that, and so many bytes for each
/// batch, each other frame and each run of sites that they tell of.
const RESERVE: (u64, u64) = (512, 96);
/// Batches, and other frames, in one index.
const INDEXED: usize = 1024;
impl<B: Backend> LogWriter<B> {
    /// Takes note of a batch for the index and the end.
    pub(super) fn tell(&mut self, batch: &Batch, offset: u64) {
        let (head, reach) = (batch.head(), batch.reach());
        self.index.units.push(StoredUnit {
            offset,
            thread: head.thread,
            before: head.before,
            events: head.events,
            lost: head.lost,
            first: reach.first_ticks,
            last: head.last_ticks,
            base_call: head.base_call,
            last_call: reach.last_call,
        });
        let (first, last) = self.span.unwrap_or((u64::MAX, 0));
        self.span = Some((first.min(reach.first_ticks), last.max(head.last_ticks)));
        self.seen.join(batch.seen());
    }

    pub(super) fn write_index_when_full(&mut self) -> Result<(), WriteError> {
        if self.index.units.len() < INDEXED && self.index.frames.len() < INDEXED {
            return Ok(());
        }
        self.write_index()
    }

    /// Appends what is where since the last index.
    fn write_index(&mut self) -> Result<(), WriteError> {
        let (index, previous) = (std::mem::take(&mut self.index), self.size);
        self.build(FrameKind::Index, |out| format::put(index, out))?;
        self.append()?;
        self.index.previous = previous;
        Ok(())
    }

    /// Appends a last calibration, if there is one, and the end frame, also where the log is full; then flushes. Gives the totals.
    ///
    /// # Errors
    ///
    /// The log was sealed before; or an earlier write failed, or these.
    pub fn seal(&mut self, calibration: Option<&Calibration>) -> Result<Totals, WriteError> {
        if !matches!(self.refusal, None | Some(Refusal::Stopped(_))) {
            return Err(WriteError::Closed);
        }
        if let Some(calibration) = calibration {
            self.index.frames.push((FrameKind::Calibration as u8, self.size));
            self.build(FrameKind::Calibration, |out| format::put(StoredCalibration::from(calibration), out))?;
            self.append()?;
        }
        self.write_index()?;
        let (first, last) = self.span.unwrap_or_default();
        let seal = StoredSeal { first, last, sites: self.seen.runs(), index: self.index.previous };
        let (end, at) = (StoredEnd::from(&self.totals), self.size);
        self.build(FrameKind::End, |out| {
            format::put(end, out);
            format::put(seal, out);
            // Where the end begins: found from the back.
            out.extend_from_slice(&at.to_le_bytes());
        })?;
        self.append()?;
        self.flush()?;
        self.refusal = Some(Refusal::Sealed);
        Ok(self.totals)
    }

    /// The log is to have about so many bytes, though it refuses none that are more.
    pub(crate) fn set_room(&mut self, room: u64) {
        self.room = room;
    }

    /// How many bytes the log may still have.
    pub(crate) fn room(&self) -> u64 {
        self.max_size.min(self.room).saturating_sub(self.size).saturating_sub(self.reserve())
    }

    /// Bytes that its end will take.
    pub(super) fn reserve(&self) -> u64 {
        let told = self.index.units.len() + self.index.frames.len() + self.seen.words();
        RESERVE.0 + RESERVE.1 * told as u64
    }
}
