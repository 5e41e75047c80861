//! Appends frames to a log.

use crate::backend::{Backend, FileBackend};
use crate::batch::Batch;
use crate::error::{Appended, Refusal, WriteError};
use crate::event::{Mark, SiteId, StopReason, ThreadId};
use crate::format::{
    self, Packed, Seen, StoredCalibration, StoredCarried, StoredClocks, StoredDrained, StoredFunction, StoredGoing,
    StoredHome, StoredIndex, StoredLost, StoredMark, StoredPlan, StoredProcess, StoredStart, StoredStop, StoredThread,
    StoredThreadEnd,
};
use crate::frame::{self, FrameKind};
use crate::header;
use crate::info::{Calibration, PlanDef, Process, ThreadDef, Totals};
use scope_core::clock::Clock;
use scope_core::config::Compression;
use scope_core::site::FunctionDef;
use std::path::Path;

mod seal;

/// Functions in one frame of definitions.
const FUNCTIONS: usize = 1024;
/// The code of [`StopReason::MaxSize`].
pub(crate) const MAX_SIZE: u8 = 0;

/// The writer of one log. Each frame is one write.
///
/// It takes nothing more once the log has reached its `max_size`, or a write has failed: what it is given then is counted.
/// Dropping it leaves a log that is not sealed, and just as readable.
#[derive(Debug)]
pub struct LogWriter<B = FileBackend> {
    backend: B,
    size: u64,
    max_size: u64,
    room: u64,
    refusal: Option<Refusal>,
    totals: Totals,
    buffer: Vec<u8>,
    compression: Compression,
    packed: Packed,
    index: StoredIndex,
    /// The sites, and the first and the last time of the events.
    seen: Seen,
    span: Option<(u64, u64)>,
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
        let mut writer = Self {
            backend,
            size: 0,
            max_size,
            room: u64::MAX,
            refusal: None,
            totals,
            buffer: Vec::new(),
            compression: Compression::default(),
            packed: Packed::default(),
            index: StoredIndex::default(),
            seen: Seen::default(),
            span: None,
        };
        writer.buffer.extend_from_slice(&header::bytes());
        let start = frame::begin(&mut writer.buffer);
        format::put(StoredProcess::from(process), &mut writer.buffer);
        format::put(StoredHome::from(process), &mut writer.buffer);
        writer.complete(start, FrameKind::Process)?;
        writer.append()?;
        writer.index.frames.push((FrameKind::Process as u8, start as u64));
        Ok(writer)
    }

    /// How batches are compressed that come unpacked. The default: by LZ4.
    pub fn set_compression(&mut self, compression: Compression) {
        self.compression = compression;
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
        self.thread_from(thread, 0, 0)
    }

    /// The same, and when the recorder met it (0: an earlier segment tells), and how many events of it are in earlier segments.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn thread_from(&mut self, thread: &ThreadDef, ticks: u64, before: u64) -> Result<Appended, WriteError> {
        self.frame(FrameKind::Thread, 0, |out| {
            format::put(StoredThread::from(thread), out);
            format::put(StoredStart { ticks, before }, out);
        })
    }

    /// Appends that a thread has ended, and all of its events are told.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn thread_end(&mut self, thread: ThreadId, ticks: u64) -> Result<Appended, WriteError> {
        self.frame(FrameKind::ThreadEnd, ticks, |out| format::put(StoredThreadEnd { id: thread.0, ticks }, out))
    }

    /// Appends what the recorder does: that it begins, ends, made a snapshot. A limit that was reached tells of itself.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn mark(&mut self, mark: &Mark, ticks: u64) -> Result<Appended, WriteError> {
        let (mark, text) = match mark {
            Mark::Start => (1, ""),
            Mark::Stop => (2, ""),
            Mark::Snapshot(reason) => (3, reason.as_str()),
            Mark::Other(code) => (*code, ""),
            Mark::Limit(_) => return Ok(self.refusal.map_or(Appended::Written, Appended::Refused)),
        };
        self.frame(FrameKind::Mark, ticks, |out| format::put(StoredMark { mark, ticks, text: text.to_owned() }, out))
    }

    /// Appends a plan that is in force. What is told of one last counts.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn plan(&mut self, plan: &PlanDef) -> Result<Appended, WriteError> {
        let PlanDef { path, profile, id, checksum, state, text } = plan;
        let stored = StoredPlan { path, profile, id, checksum: *checksum, state: state.to_byte() };
        let compression = self.compression;
        self.frame(FrameKind::Plan, 0, |out| {
            format::put(stored, out);
            format::pack_text(text, compression, out);
        })
    }

    /// Appends the text of a source file, by the path that sites have it by.
    ///
    /// # Errors
    ///
    /// The write failed.
    pub fn source(&mut self, path: &str, text: &str) -> Result<Appended, WriteError> {
        let compression = self.compression;
        self.frame(FrameKind::Source, 0, |out| {
            format::put(path, out);
            format::pack_text(text, compression, out);
        })
    }

    /// Appends which calls of a thread are open where this segment begins.
    pub(crate) fn carried(&mut self, carried: StoredCarried, going: StoredGoing) -> Result<Appended, WriteError> {
        self.frame(FrameKind::Carried, 0, |out| {
            format::put(carried, out);
            format::put(going, out);
        })
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
        let mut packed = std::mem::take(&mut self.packed);
        let payload = batch.packed().unwrap_or_else(|| {
            packed.pack(&batch.head(), &batch.reach(), batch.columns(), self.compression);
            &packed.payload
        });
        let offset = self.size;
        let appended = self.frame(FrameKind::Columns, batch.ticks().1, |out| out.extend_from_slice(payload));
        self.packed = packed;
        if let Ok(Appended::Written) = appended {
            self.tell(batch, offset);
            self.totals.counts.add(batch.counts());
            self.totals.events += batch.counts().recorded();
            self.totals.lost = self.totals.lost.saturating_add(batch.lost());
            self.write_index_when_full()?;
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
        let functions = functions.into_iter().map(|(site, clock)| (site.0, format::clock_byte(clock))).collect();
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

    fn refused(&mut self, count: u64) {
        self.totals.refused = self.totals.refused.saturating_add(count);
    }

    /// Appends a frame if it fits; else the stop mark, dated `ticks` or, where that is later, after the events that are there.
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
        if self.size.saturating_add(self.buffer.len() as u64).saturating_add(self.reserve()) <= self.max_size {
            // Where rings are is asked of a log that was not sealed alone, and batches tell more.
            if !matches!(kind, FrameKind::Drained | FrameKind::Columns) {
                self.index.frames.push((kind as u8, self.size));
            }
            self.append()?;
            return Ok(Appended::Written);
        }
        let ticks = ticks.max(self.span.map_or(0, |(_, last)| last.saturating_add(1)));
        self.build(FrameKind::Stop, |out| format::put(StoredStop { reason: MAX_SIZE, ticks }, out))?;
        self.index.frames.push((FrameKind::Stop as u8, self.size));
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
