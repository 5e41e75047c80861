//! What a process that died left in its rings, as the frames that would have come next in its log.

use super::index::{Index, Unit};
use super::ring_file::{Ring, RingFile};
use super::source::Source;
use super::thread::raw_events;
use crate::backend::MemoryBackend;
use crate::error::ReadError;
use crate::event::{SiteId, ThreadId};
use crate::format::StoredDrained;
use crate::info::ThreadDef;
use crate::rings::rings_of;
use crate::{Batch, Correlator, LogWriter};
use scope_core::record::Records;
use scope_core::ring::lost_record;

/// What was found in a log's rings.
#[derive(Debug)]
pub(super) struct Recovered {
    /// Frames that follow the log's.
    pub frames: Vec<u8>,
    /// Events in them.
    pub events: u64,
}

/// What the rings of the log in `source` hold that it does not. `None`: it has none, or the process that writes them lives.
pub(super) fn recover(source: &Source, index: &Index) -> Result<Option<Recovered>, ReadError> {
    let path = rings_of(source.path());
    let failed = |error| ReadError::Open { path: path.clone(), source: error };
    let mut file = match RingFile::open(&path) {
        Ok(Some(file)) => file,
        Ok(None) => return Ok(None),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(failed(error)),
    };
    let theirs = file.pid == index.process.pid && file.start == index.process.start;
    if !theirs || is_alive(file.pid, &path) {
        return Ok(None);
    }
    let Ok(mut writer) = LogWriter::with_backend(MemoryBackend::new(), u64::MAX, &index.process) else {
        return Ok(None);
    };
    let begin = writer.size() as usize;
    // What is written to memory is written.
    let new = file.definitions.iter().filter(|(first, _)| index.sites.get(*first).is_none());
    _ = writer.sites(new.map(|(first, text)| (SiteId(*first), scope_core::read_text(text))));
    for ring in 0..file.rings.len() {
        append_ring(source, index, &mut file, ring, &mut writer).map_err(failed)??;
    }
    let events = writer.totals().events;
    let mut frames = writer.backend().bytes();
    frames.drain(..begin);
    Ok((!frames.is_empty()).then_some(Recovered { frames, events }))
}

/// Appends what one ring holds. The outer error is of the rings' file, the inner one of the log.
fn append_ring(
    source: &Source,
    index: &Index,
    file: &mut RingFile,
    ring: usize,
    writer: &mut LogWriter<MemoryBackend>,
) -> std::io::Result<Result<(), ReadError>> {
    let Ring { thread, os_id, ref name, lost, head, oldest, .. } = file.rings[ring];
    let known = index.threads.get(&thread);
    let stored = known.map_or(0, |known| known.events);
    let drained = known.and_then(|known| known.drained.as_ref());
    let nothing = StoredDrained { thread, position: 0, events: 0, leaving: Vec::new() };
    let drained = drained.unwrap_or(&nothing);
    if drained.position >= head && lost == 0 {
        return Ok(Ok(()));
    }
    if known.is_none_or(|known| !known.is_defined) {
        _ = writer.thread(&ThreadDef { id: ThreadId(thread), name: name.clone(), os_id });
    }
    let from = drained.position.max(oldest);
    let mut words = file.words(ring, from.min(head))?;
    if from > drained.position {
        // How many records were there nobody knows: more than none.
        words.splice(0..0, lost_record(0, 1, 0));
    }
    if lost > 0 {
        words.extend(lost_record(0, lost, 0));
    }
    let mut correlator = Correlator::new(ThreadId(thread));
    if let Err(error) = replay(source, index, thread, drained, &mut correlator) {
        return Ok(Err(error));
    }
    correlator.set_stored(stored);
    let (mut records, mut batch) = (Records::new(&words), Batch::new());
    batch.skip(stored - drained.events);
    loop {
        correlator.feed(&mut records, 0, &mut batch);
        if batch.is_empty() {
            break;
        }
        _ = writer.batch(&batch);
        batch.clear();
    }
    Ok(Ok(()))
}

/// Brings a correlator to where it was when the log told of `drained`.
fn replay(
    source: &Source,
    index: &Index,
    thread: u32,
    drained: &StoredDrained,
    correlator: &mut Correlator,
) -> Result<(), ReadError> {
    let known = index.threads.get(&thread);
    known.and_then(|thread| thread.carried.as_ref()).into_iter().for_each(|(carried, _)| correlator.carry(carried));
    let units = known.map_or(&[][..], |thread| &thread.units);
    for unit in units {
        let Unit::Batch(batch) = unit else { continue };
        raw_events(source, batch.offset, |number, event| {
            if number < drained.events {
                correlator.replay(event);
            }
        })?;
    }
    correlator.set_leaving(&drained.leaving);
    Ok(())
}

/// Whether the process is there and has the file of the rings in its memory.
fn is_alive(pid: u32, rings: &std::path::Path) -> bool {
    let (Ok(maps), Some(name)) = (std::fs::read_to_string(format!("/proc/{pid}/maps")), rings.file_name()) else {
        return false;
    };
    maps.lines().any(|line| line.ends_with(&*name.to_string_lossy()))
}
