//! The file that rings live in, `docs/ring-file.md`: what a process that died left behind.

use scope_core::layout;
use scope_core::ring_file::{DEFINITIONS, MAGIC, SLOT_HEAD, SLOT_MARK, SLOTS, VERSION};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;

/// A file of rings.
#[derive(Debug)]
pub(super) struct RingFile {
    /// The process that wrote it, and when it began its log.
    pub pid: u32,
    pub start: u64,
    pub rings: Vec<Ring>,
    /// Definitions of functions, as woven code has them, each with its first id.
    pub definitions: Vec<(u32, String)>,
    file: File,
}

/// A ring in such a file.
#[derive(Debug)]
pub(super) struct Ring {
    pub thread: u32,
    pub os_id: u64,
    pub name: Option<String>,
    /// Records that found no room, and of which the stream does not tell.
    pub lost: u64,
    /// Where the next record would go, in words from the ring's birth.
    pub head: u64,
    /// From here on nothing was written over.
    pub oldest: u64,
    /// Where its words are in the file, and how many.
    words: u64,
    capacity: u64,
}

impl RingFile {
    /// Reads all but the rings' words. `None`: it is no such file, or of another version.
    pub fn open(path: &Path) -> io::Result<Option<Self>> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut head = [0; 40];
        if length < SLOTS as u64 || file.read_exact(&mut head).is_err() {
            return Ok(None);
        }
        let slot_bytes = word(&head, 16);
        let known = head[..8] == MAGIC && word(&head, 8) == u64::from(VERSION) | (SLOT_HEAD as u64) << 32;
        if !known || slot_bytes <= SLOT_HEAD as u64 {
            return Ok(None);
        }
        let mut definitions = vec![0; SLOTS - DEFINITIONS];
        file.seek(SeekFrom::Start(DEFINITIONS as u64))?;
        file.read_exact(&mut definitions)?;
        let mut rings = Vec::new();
        for slot in 0..(length - SLOTS as u64) / slot_bytes {
            let at = SLOTS as u64 + slot * slot_bytes;
            let mut head = vec![0; layout::ALL.into_iter().max().unwrap_or(0) + 128];
            file.seek(SeekFrom::Start(at))?;
            file.read_exact(&mut head)?;
            rings.extend(Ring::read(&head, at, slot_bytes));
        }
        let (pid, start) = (word(&head, 24) as u32, word(&head, 32));
        Ok(Some(Self { pid, start, rings, definitions: read_definitions(&definitions), file }))
    }

    /// The words of a ring from `from`, which is not before its oldest, to its head.
    pub fn words(&mut self, ring: usize, from: u64) -> io::Result<Vec<u64>> {
        let Ring { head, words: base, capacity, .. } = self.rings[ring];
        let mut words = Vec::new();
        let mut at = from;
        while at < head {
            let index = at % capacity;
            let count = (head - at).min(capacity - index);
            let mut bytes = vec![0; (count * 8) as usize];
            self.file.seek(SeekFrom::Start(base + index * 8))?;
            self.file.read_exact(&mut bytes)?;
            words.extend(bytes.chunks_exact(8).map(|bytes| word(bytes, 0)));
            at += count;
        }
        Ok(words)
    }
}

impl Ring {
    /// A ring that is somebody's. `None` also for nonsense: a process may have died while it made one.
    fn read(head: &[u8], at: u64, slot_bytes: u64) -> Option<Self> {
        let number = |offset| word(head, offset);
        let (capacity, chunk, thread) =
            (number(layout::CAPACITY), number(layout::CHUNK), number(layout::THREAD_ID) as u32);
        let sound = number(layout::MARK) == SLOT_MARK
            && thread != 0
            && capacity.is_power_of_two()
            && capacity <= (slot_bytes - SLOT_HEAD as u64) / 8
            && chunk.is_power_of_two()
            && chunk <= capacity;
        if !sound {
            return None;
        }
        let name = head.get(layout::NAME..layout::NAME + 124)?;
        let name = std::str::from_utf8(name.get(..usize::from(name[123]))?).ok();
        let head = number(layout::HEAD);
        // The chunk that head is in may be half written, over what was there a lap before.
        let end = (head / chunk + 1).checked_mul(chunk)?;
        Some(Self {
            thread,
            os_id: number(layout::OS_ID),
            name: name.filter(|name| !name.is_empty()).map(str::to_owned),
            lost: number(layout::LOST).saturating_sub(number(layout::TOLD)),
            head,
            oldest: end.saturating_sub(capacity),
            words: at + SLOT_HEAD as u64,
            capacity,
        })
    }
}

/// The word at `offset`, which the same machine wrote.
fn word(bytes: &[u8], offset: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[offset..offset + 8]);
    u64::from_le(u64::from_le_bytes(word))
}

fn read_definitions(area: &[u8]) -> Vec<(u32, String)> {
    let mut definitions = Vec::new();
    let used = usize::try_from(word(area, 0)).unwrap_or(usize::MAX).min(area.len() - 8);
    let mut rest = &area[8..8 + used];
    while rest.len() > 8 {
        let head = word(rest, 0);
        let length = (head >> 32) as usize;
        let Some(text) = rest.get(8..8 + length) else { break };
        definitions.push((head as u32, String::from_utf8_lossy(text).into_owned()));
        rest = rest.get(8 + length.next_multiple_of(8)..).unwrap_or(&[]);
    }
    definitions
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LogReader;
    use crate::backend::{Backend, FileBackend};
    use crate::event::{EventKind, ThreadId};
    use crate::info::Process;
    use crate::reader::LogEnd;
    use crate::{Batch, Correlator, LogWriter, rings::rings_of};
    use proptest::prelude::*;
    use scope_core::record::{Header, Kind, Records};

    const SLOT: usize = SLOT_HEAD + (1 << 16);
    const PROCESS: u32 = u32::MAX;

    /// A log whose process is not there any more, and a file of rings with one ring, of which `words` are published.
    fn leave(folder: &Path, words: &[u64], change: impl FnOnce(&mut [u8])) -> std::path::PathBuf {
        leave_behind(folder, &[], words, change)
    }

    /// The same, and `logged` are in the log, though that does not say how far the ring is in it.
    fn leave_behind(
        folder: &Path,
        logged: &[u64],
        words: &[u64],
        change: impl FnOnce(&mut [u8]),
    ) -> std::path::PathBuf {
        let path = folder.join("a.scope");
        let process = Process { pid: PROCESS, start: 5, ..Process::default() };
        let backend = FileBackend::create(&path).expect("a log");
        let mut writer = LogWriter::with_backend(backend, u64::MAX, &process).expect("a log");
        let (mut correlator, mut batch) = (Correlator::new(ThreadId(7)), Batch::new());
        correlator.feed(&mut Records::new(logged), 1, &mut batch);
        _ = writer.batch(&batch).expect("it is written");
        let mut bytes = vec![0; SLOTS + SLOT];
        let mut put = |at: usize, word: u64| bytes[at..at + 8].copy_from_slice(&word.to_le().to_le_bytes());
        put(0, u64::from_le_bytes(MAGIC));
        put(8, u64::from(VERSION) | (SLOT_HEAD as u64) << 32);
        put(16, SLOT as u64);
        put(24, PROCESS.into());
        put(32, 5);
        let text = "m\ta.rs\tf\t3\na";
        put(DEFINITIONS, 8 + text.len().next_multiple_of(8) as u64);
        put(DEFINITIONS + 8, 1 | (text.len() as u64) << 32);
        let head = words.len() as u64;
        let fields = [
            (layout::MARK, SLOT_MARK),
            (layout::THREAD_ID, 7),
            (layout::HEAD, head),
            (layout::CAPACITY, 1 << 13),
            (layout::CHUNK, 1 << 9),
        ];
        fields.into_iter().for_each(|(at, word)| put(SLOTS + at, word));
        words.iter().enumerate().for_each(|(index, word)| put(SLOTS + SLOT_HEAD + index % (1 << 13) * 8, *word));
        bytes[DEFINITIONS + 16..DEFINITIONS + 16 + text.len()].copy_from_slice(text.as_bytes());
        change(&mut bytes);
        let mut rings = FileBackend::create(&rings_of(&path)).expect("a file");
        rings.append(&bytes).expect("it is written");
        path
    }

    /// `calls` calls of one function.
    fn records(calls: u64) -> Vec<u64> {
        let record = |kind, call, ticks| [Header::new(kind, 2, 1, call).0, ticks];
        (1..=calls)
            .flat_map(|n| [record(Kind::Entry, n, n * 10), record(Kind::Exit, n, n * 10 + 5)])
            .flatten()
            .collect()
    }

    #[test]
    fn what_was_published_is_read() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = leave(folder.path(), &records(100), |_| {});
        let log = LogReader::open(&path).expect("a log");
        assert_eq!((log.recovered(), log.lost(), log.events().count()), (200, 0, 200));
        assert!(log.sites().any(|site| site.function == "m::f" && site.line == 3));
    }

    #[test]
    fn what_the_log_has_is_not_told_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = leave_behind(folder.path(), &records(10), &records(100), |_| {});
        let log = LogReader::open(&path).expect("a log");
        assert_eq!((log.recovered(), log.lost(), log.events().count()), (180, 0, 200));
        let calls = log.events().map(|event| event.expect("an event").call.map(|call| call.number()));
        assert!(calls.eq((1..=100).flat_map(|call| [Some(call); 2])));
    }

    #[test]
    fn what_stands_in_the_rings_place_is_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = leave(folder.path(), &records(100), |_| {});
        let whole = std::fs::read(&path).expect("a log");
        std::fs::write(&path, [&whole[..], b"half a frame"].concat()).expect("it is written");
        let (log, mut copy) = (LogReader::open(&path).expect("a log"), Vec::new());
        assert_eq!(log.repair(&mut copy).expect("a copy"), 12);
        let copy = LogReader::from_bytes(copy).expect("a log");
        assert_eq!((copy.events().count(), copy.state()), (200, LogEnd::Open));
    }

    #[test]
    fn what_the_ring_has_overwritten_is_lost() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = leave(folder.path(), &records(3000), |_| {});
        let log = LogReader::open(&path).expect("a log");
        assert_eq!(log.lost(), 1, "how many, nobody knows");
        let first = log.thread_events(ThreadId(7)).next().expect("an event").expect("an event");
        assert!(matches!(first.kind, EventKind::Lost { count: 1 }), "{first:?}");
        let last = log.thread_events(ThreadId(7)).last().expect("an event").expect("an event");
        assert_eq!(last.call.map(|call| call.number()), Some(3000));
    }

    #[test]
    fn what_is_of_another_process_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = leave(folder.path(), &records(100), |bytes| bytes[32] = 6);
        assert_eq!(LogReader::open(&path).expect("a log").recovered(), 0);
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

        /// Whatever stands in the file: no panic, and no more memory than the file has.
        #[test]
        fn nonsense_is_no_panic(
            changes in prop::collection::vec((0_usize..3, any::<prop::sample::Index>(), any::<u64>()), 1..12),
            cut in prop::option::of(any::<prop::sample::Index>()),
        ) {
            let folder = tempfile::tempdir().expect("a folder");
            let path = leave(folder.path(), &records(60), |bytes| {
                for (part, index, word) in changes {
                    let (from, length) = [(0, 48), (DEFINITIONS, 64), (SLOTS, 1024)][part];
                    let at = from + index.index(length) / 8 * 8;
                    bytes[at..at + 8].copy_from_slice(&word.to_le_bytes());
                }
            });
            if let Some(cut) = cut {
                let file = std::fs::OpenOptions::new().write(true).open(rings_of(&path)).expect("the file");
                file.set_len(cut.index(SLOTS + SLOT) as u64).expect("it is cut");
            }
            if let Ok(log) = LogReader::open(&path) {
                log.events().for_each(drop);
            }
        }
    }
}
