//! The flight recorder: rings that are not drained, and snapshots of what they hold, each a log of its own beside the recorder's.
//!
//! With `overflow = "drop_oldest"` the processor leaves the rings alone until the program flushes or ends the log. Memory is bounded: a thread's
//! ring overwrites its oldest records, and rings of threads that have ended make room for those that end later. A snapshot takes nothing
//! away: the next one has the same records again, as long as they are in the rings.

use crate::LogWriter;
use crate::backend::FileBackend;
use crate::correlator::Correlator;
use crate::error::WriteError;
use crate::event::{Mark, ThreadId};
use crate::info::{Calibration, Process, ThreadDef};
use crate::stream::Stream;
use crate::{Batch, recorder};
use scope_core::clock::{self, Clock, coarse};
use scope_core::config::{Compression, Config};
use scope_core::record::{Header, Kind, Records};
use scope_core::ring::lost_record;
use scope_core::session::Session;
use scope_core::snapshot::Cause;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Rings of threads that have ended which are kept: the latest.
const ENDED: usize = 16;
/// The shortest time between two snapshots that nobody asked for by name.
const APART: Duration = Duration::from_secs(1);
/// Names tried for a snapshot's file.
const NAMES: u32 = 100_000;

/// See the module's text.
#[derive(Debug)]
pub(crate) struct Flight {
    /// As the log has it.
    process: Process,
    /// Where the log is: snapshots get their names from it. `None`: on a device, which has no room beside it.
    log: Option<PathBuf>,
    /// Bytes of a snapshot.
    max_size: u64,
    compression: Compression,
    /// The signal that asks.
    signal: &'static str,
    /// How many more panics and slow calls get one.
    left: u32,
    last: Option<Instant>,
    /// How many got none since the last snapshot.
    passed_over: u64,
    /// Records of ended threads that made room.
    let_go: u64,
    /// The calibration from the beginning.
    first: Option<Calibration>,
}

impl Flight {
    pub(crate) fn new(process: Process, log: Option<PathBuf>, config: &Config) -> Self {
        Self {
            process,
            log,
            max_size: config.max_size,
            compression: config.compression,
            signal: config.snapshot_signal.unwrap_or_default(),
            left: config.max_snapshots,
            last: None,
            passed_over: 0,
            let_go: 0,
            first: None,
        }
    }

    /// Two moments far apart date what is between: the first is kept.
    pub(crate) fn calibrated(&mut self, calibration: &Calibration) {
        self.first.get_or_insert(*calibration);
    }

    /// Records that neither log nor rings have, since their threads ended long ago.
    pub(crate) fn let_go(&self) -> u64 {
        self.let_go
    }

    /// Whether another snapshot may be made that the program has not asked for itself; it then counts.
    pub(crate) fn may(&mut self) -> bool {
        let may = self.left > 0 && self.last.is_none_or(|last| last.elapsed() >= APART);
        if may {
            self.left -= 1;
            self.last = Some(Instant::now());
        } else {
            self.passed_over += 1;
        }
        may
    }

    /// What the log says of why; `None`: there were enough already.
    pub(crate) fn reason(&mut self, cause: Cause) -> Option<String> {
        match cause {
            // Else it is one that a recorder before was asked by.
            Cause::Signal if !self.signal.is_empty() => Some(format!("signal {}", self.signal)),
            Cause::Slow(site, took) if self.may() => {
                let mut functions = scope_core::registered_after(None);
                let function = functions.find(|sites| sites.first() == Some(site)).map(|sites| sites.describe());
                let path = function.map_or_else(String::new, |def| format!("{}::{}", def.module, def.name));
                Some(format!("{path} took {took:?}"))
            }
            _ => None,
        }
    }

    /// Retires the rings of threads that ended before others did, where there are too many: what they hold is gone.
    pub(crate) fn retire(&mut self, streams: &mut Vec<Stream>, session: &Session) {
        let mut closed: Vec<&mut Stream> = streams.iter_mut().filter(|stream| stream.source.ring.is_closed()).collect();
        let too_many = closed.len().saturating_sub(ENDED);
        // The program's first thread, whose ring is the oldest, may be the last one to end.
        closed.sort_by_key(|stream| stream.source.ended.load(Ordering::Relaxed));
        for stream in closed.into_iter().take(too_many) {
            self.let_go += stream.let_go();
        }
        let mut kept = Vec::with_capacity(streams.len());
        for stream in streams.drain(..) {
            if stream.ended { session.retire(stream.source) } else { kept.push(stream) }
        }
        *streams = kept;
    }

    /// Writes what the rings of `streams` hold to a log of its own, and gives its path. `homeless`: records that
    /// were lost outside any ring.
    pub(crate) fn write(&mut self, reason: &str, streams: &[Stream], homeless: u64) -> Result<PathBuf, String> {
        let Some(log) = self.log.clone() else {
            return Err("the log is a device: name a file in `SCOPE_LOG`".to_owned());
        };
        self.passed_over += scope_core::snapshot::more();
        let reason: String = reason.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let mut process = self.process.clone();
        process.config.push_str(&format!("snapshot={reason}\nsnapshot_of={}\n", log.display()));
        if self.passed_over > 0 {
            process.config.push_str(&format!("snapshots_passed_over={}\n", self.passed_over));
        }
        let (path, backend) = create(&log)?;
        let failed = |error: WriteError| format!("`{}` is not whole: {}", path.display(), why(&error));
        // Without its head it is no log.
        let headless = |error: WriteError| {
            _ = std::fs::remove_file(&path);
            format!("can't write `{}`: {}", path.display(), why(&error))
        };
        let mut writer = LogWriter::with_backend(backend, self.max_size, &process).map_err(headless)?;
        writer.set_compression(self.compression);
        fill(&mut writer, &reason, streams, self.first.as_ref(), homeless + self.let_go).map_err(failed)?;
        self.passed_over = 0;
        Ok(path)
    }
}

/// What the system says: the recorder's own log goes on.
fn why(error: &WriteError) -> String {
    std::error::Error::source(error).map_or_else(|| error.to_string(), ToString::to_string)
}

/// The file of the next snapshot of the log `log`: `run.scope` has `run-snapshot-1.scope`, `run-snapshot-2.scope`, …
fn create(log: &Path) -> Result<(PathBuf, FileBackend), String> {
    for number in 1..NAMES {
        let path = recorder::beside(log, &format!("snapshot-{number}"));
        match FileBackend::create(&path) {
            Ok(backend) => return Ok((path, backend)),
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(format!("can't create `{}`: {error}", path.display())),
        }
    }
    Err(format!("there are {NAMES} snapshots of `{}` already", log.display()))
}

fn fill(
    writer: &mut LogWriter,
    reason: &str,
    streams: &[Stream],
    first: Option<&Calibration>,
    lost: u64,
) -> Result<(), WriteError> {
    // What the file has no room for is counted by the writer, and its last frame tells.
    if let Some(first) = first {
        _ = writer.calibration(first)?;
    }
    let copies: Vec<Vec<u64>> = streams.iter().map(copy).collect();
    // Asked for after the rings were read: what they mention is registered.
    let functions = || scope_core::registered_after(None).filter_map(|sites| Some((sites.first()?, sites)));
    _ = writer.sites(functions().map(|(first, sites)| (first, sites.describe())))?;
    let clocks = functions().map(|(first, sites)| (first, sites.clock())).filter(|(_, clock)| *clock != Clock::Exact);
    let clocks: Vec<_> = clocks.collect();
    if !clocks.is_empty() {
        _ = writer.clocks(clocks, coarse::worst())?;
    }
    _ = writer.lost(ThreadId(0), clock::ticks(), lost)?;
    let mut batch = Batch::new();
    for (stream, words) in streams.iter().zip(&copies) {
        let thread = &stream.source.thread;
        let id = ThreadId(thread.id);
        _ = writer.thread(&ThreadDef { id, name: thread.name().map(str::to_owned), os_id: thread.os_id })?;
        let (mut correlator, mut records) = (Correlator::new(id), Records::new(words));
        loop {
            correlator.feed(&mut records, 0, &mut batch);
            if batch.is_empty() {
                break;
            }
            _ = writer.batch(&batch)?;
            batch.clear();
        }
    }
    _ = writer.mark(&Mark::Snapshot(reason.to_owned()), clock::ticks())?;
    writer.seal(Some(&clock::calibrate().into()))?;
    Ok(())
}

/// The records that a ring holds, behind a mark of those that it does not hold any more, be they overwritten or in the recorder's log.
fn copy(stream: &Stream) -> Vec<u64> {
    let (ring, mut words) = (&stream.source.ring, Vec::new());
    ring.copy(&mut words);
    // Where the log has left off the call counter is what the log knows of it.
    let calls = stream.correlator.last_call();
    match &mut words[..] {
        _ if stream.logged == 0 => {}
        // It tells of those that were overwritten, and mostly knows the counter itself.
        [header, _, count, known, ..] if Header(*header).kind() == Some(Kind::Lost) => {
            *count += stream.logged;
            *known = if *known == 0 { calls } else { *known };
        }
        _ => drop(words.splice(0..0, lost_record(0, stream.logged, calls))),
    }
    if ring.newest_lost() > 0 {
        words.extend(lost_record(clock::ticks(), ring.newest_lost(), 0));
    }
    words
}
