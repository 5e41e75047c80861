//! Appends frames to a log.

use crate::backend::{Backend, FileBackend};
use crate::batch::Batch;
use crate::error::{Appended, Refusal, WriteError};
use crate::event::{SiteId, StopReason, ThreadId};
use crate::format::{
    self, StoredCalibration, StoredClocks, StoredDrained, StoredEnd, StoredFunction, StoredLost, StoredProcess,
    StoredStop, StoredThread,
};
use crate::frame::{self, FrameKind};
use crate::header;
use crate::info::{Calibration, Process, ThreadDef, Totals};
use scope_core::clock::Clock;
use scope_core::site::FunctionDef;
use std::path::Path;

/// Room kept below `max_size` for the stop mark, a last calibration and the end frame.
const RESERVE: u64 = 512;
/// Functions in one frame of definitions.
const FUNCTIONS: usize = 1024;
/// The code of [`StopReason::MaxSize`].
pub(crate) const MAX_SIZE: u8 = 0;

/// A clock in a [`StoredClocks`].
fn clock_byte(clock: Clock) -> u8 {
    match clock {
        Clock::Exact => 0,
        Clock::Coarse => 1,
        Clock::None => 2,
    }
}

/// The writer of one log. Each frame is one write.
///
/// It takes nothing more once the log has reached its `max_size`, or a write has failed: what it is given then is counted.
/// Dropping it leaves a log that is not sealed, and just as readable.
#[derive(Debug)]
pub struct LogWriter<B = FileBackend> {
    backend: B,
    size: u64,
    max_size: u64,
    refusal: Option<Refusal>,
    totals: Totals,
    buffer: Vec<u8>,
}

impl LogWriter {
    /// Creates a log, readable by its owner alone and never over another file, that grows to at most `max_size` bytes (its
    /// header and `process` are written in any case).
    ///
    /// # Errors
    ///
    /// The file exists or can't be created; or the first write failed.
    pub fn create(path: &Path, max_size: u64, process: &Process) -> Result<Self, WriteError> {
        let backend =
            FileBackend::create(path).map_err(|source| WriteError::Create { path: path.to_owned(), source })?;
        Self::with_backend(backend, max_size, process)
    }
}

impl<B: Backend> LogWriter<B> {
    /// Begins a log on `backend`, which holds nothing.
    ///
    /// # Errors
    ///
    /// The first write failed.
    pub fn with_backend(backend: B, max_size: u64, process: &Process) -> Result<Self, WriteError> {
        let totals = Totals::default();
        let mut writer = Self { backend, size: 0, max_size, refusal: None, totals, buffer: Vec::new() };
        writer.buffer.extend_from_slice(&header::bytes());
        let start = frame::begin(&mut writer.buffer);
        format::put(StoredProcess::from(process), &mut writer.buffer);
        writer.complete(start, FrameKind::Process)?;
        writer.append()?;
        Ok(writer)
    }

    /// What the log was appended to.
    pub fn backend(&self) -> &B {
        &self.backend
    }

    /// The same, to be asked.
    pub(crate) fn backend_mut(&mut self) -> &mut B {
        &mut self.backend
    }

    /// The log grows to at most so many bytes from now on.
    pub(crate) fn set_limit(&mut self, max_size: u64) {
        self.max_size = max_size;
    }

    /// Nobody gets to read it: it takes nothing more.
    pub(crate) fn give_up(&mut self) {
        self.refusal = Some(Refusal::Failed);
    }

    /// The log's size in bytes.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// What the log holds so far, and what it could not take.
    pub fn totals(&self) -> &Totals {
        &self.totals
    }

    /// Why the log takes nothing more; `None` while it does.
    pub fn refusal(&self) -> Option<Refusal> {
        self.refusal
    }

    /// Appends a calibration of the clock.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn calibration(&mut self, calibration: &Calibration) -> Result<Appended, WriteError> {
        self.frame(FrameKind::Calibration, calibration.ticks, |out| {
            format::put(StoredCalibration::from(calibration), out)
        })
    }

    /// Appends the sites of functions, each with its first id. They come before the batches that use them.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn sites<'a>(
        &mut self,
        functions: impl IntoIterator<Item = (SiteId, FunctionDef<'a>)>,
    ) -> Result<Appended, WriteError> {
        let mut functions = functions.into_iter().map(|(first, def)| StoredFunction::new(first.0, def));
        loop {
            let some: Vec<_> = functions.by_ref().take(FUNCTIONS).collect();
            if some.is_empty() {
                return Ok(self.refusal.map_or(Appended::Written, Appended::Refused));
            }
            if let refused @ Appended::Refused(_) = self.frame(FrameKind::Sites, 0, |out| format::put(some, out))? {
                return Ok(refused);
            }
        }
    }

    /// Appends the definition of a thread, before its first batch.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn thread(&mut self, thread: &ThreadDef) -> Result<Appended, WriteError> {
        self.frame(FrameKind::Thread, 0, |out| format::put(StoredThread::from(thread), out))
    }

    /// Appends a batch; an empty one is nothing. What is refused or fails is counted.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn batch(&mut self, batch: &Batch) -> Result<Appended, WriteError> {
        if batch.is_empty() {
            return Ok(Appended::Written);
        }
        if let Some(dates) = batch.dates() {
            // Where there is no room for it there is none for the batch, which is counted below.
            _ = self.frame(FrameKind::Dates, batch.ticks().1, |out| format::put(dates, out))?;
        }
        let appended = self.frame(FrameKind::Batch, batch.ticks().1, |out| {
            let (head, events) = batch.parts();
            format::put(head, out);
            out.extend_from_slice(events);
        });
        if let Ok(Appended::Written) = appended {
            self.totals.counts.add(batch.counts());
            self.totals.events += batch.counts().recorded();
            self.totals.lost = self.totals.lost.saturating_add(batch.lost());
        } else {
            self.refused(batch.counts().recorded().saturating_add(batch.lost()));
        }
        appended
    }

    /// Appends how functions are dated that are not dated exactly, each by its first site, and the longest time between two readings of the
    /// coarse clock so far, in ticks.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn clocks(
        &mut self,
        functions: impl IntoIterator<Item = (SiteId, Clock)>,
        resolution: u64,
    ) -> Result<Appended, WriteError> {
        let functions = functions.into_iter().map(|(site, clock)| (site.0, clock_byte(clock))).collect();
        self.frame(FrameKind::Clocks, 0, |out| format::put(StoredClocks { functions, resolution }, out))
    }

    /// Appends how far a thread's ring is in the log once the batch that comes next is: before that batch.
    pub(crate) fn drained(&mut self, drained: StoredDrained) -> Result<Appended, WriteError> {
        self.frame(FrameKind::Drained, 0, |out| format::put(drained, out))
    }

    /// Appends that `count` records were lost that no batch tells of. `thread`: 0 where it is not known; so `ticks`.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn lost(&mut self, thread: ThreadId, ticks: u64, count: u64) -> Result<Appended, WriteError> {
        if count == 0 {
            return Ok(Appended::Written);
        }
        let stored = StoredLost { thread: thread.0, ticks, count };
        let appended = self.frame(FrameKind::Lost, ticks, |out| format::put(stored, out));
        if let Ok(Appended::Written) = appended {
            self.totals.lost = self.totals.lost.saturating_add(count);
        } else {
            self.refused(count);
        }
        appended
    }

    /// Hands all to the operating system: it survives the death of the process.
    ///
    /// # Errors
    ///
    /// The system failed; or an earlier write has.
    pub fn flush(&mut self) -> Result<(), WriteError> {
        self.hand_over("flush", B::flush)
    }

    /// Hands all to the disk: it survives the death of the machine.
    ///
    /// # Errors
    ///
    /// The system failed; or an earlier write has.
    pub fn sync(&mut self) -> Result<(), WriteError> {
        self.hand_over("sync", B::sync)
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
            self.build(FrameKind::Calibration, |out| format::put(StoredCalibration::from(calibration), out))?;
            self.append()?;
        }
        let end = StoredEnd::from(&self.totals);
        self.build(FrameKind::End, |out| format::put(end, out))?;
        self.append()?;
        self.flush()?;
        self.refusal = Some(Refusal::Sealed);
        Ok(self.totals)
    }

    fn refused(&mut self, count: u64) {
        self.totals.refused = self.totals.refused.saturating_add(count);
    }

    /// Appends a frame if it fits; else the stop mark, dated `ticks`.
    fn frame(
        &mut self,
        kind: FrameKind,
        ticks: u64,
        payload: impl FnOnce(&mut Vec<u8>),
    ) -> Result<Appended, WriteError> {
        if let Some(refusal) = self.refusal {
            return Ok(Appended::Refused(refusal));
        }
        self.build(kind, payload)?;
        if self.size.saturating_add(self.buffer.len() as u64).saturating_add(RESERVE) <= self.max_size {
            self.append()?;
            return Ok(Appended::Written);
        }
        self.build(FrameKind::Stop, |out| format::put(StoredStop { reason: MAX_SIZE, ticks }, out))?;
        self.append()?;
        let refusal = Refusal::Stopped(StopReason::MaxSize);
        self.refusal = Some(refusal);
        Ok(Appended::Refused(refusal))
    }

    fn build(&mut self, kind: FrameKind, payload: impl FnOnce(&mut Vec<u8>)) -> Result<(), WriteError> {
        self.buffer.clear();
        let start = frame::begin(&mut self.buffer);
        payload(&mut self.buffer);
        self.complete(start, kind)
    }

    fn complete(&mut self, start: usize, kind: FrameKind) -> Result<(), WriteError> {
        frame::end(&mut self.buffer, start, kind).map_err(|length| WriteError::TooLong { length })
    }

    fn append(&mut self) -> Result<(), WriteError> {
        self.backend.append(&self.buffer).map_err(|source| self.failed("write", source))?;
        self.size += self.buffer.len() as u64;
        Ok(())
    }

    fn hand_over(&mut self, action: &'static str, how: fn(&mut B) -> std::io::Result<()>) -> Result<(), WriteError> {
        if self.refusal == Some(Refusal::Failed) {
            return Err(WriteError::Closed);
        }
        how(&mut self.backend).map_err(|source| self.failed(action, source))
    }

    fn failed(&mut self, action: &'static str, source: std::io::Error) -> WriteError {
        self.refusal = Some(Refusal::Failed);
        WriteError::Io { offset: self.size, action, source }
    }
}
