//! The file that rings live in, `docs/ring-file.md`: what a process that died left behind.

#[cfg(feature = "reader")]
use scope_core::layout;
#[cfg(feature = "reader")]
use scope_core::ring_file::{DEFINITIONS, MAGIC, SLOT_HEAD, SLOT_MARK, SLOTS, VERSION};
#[cfg(feature = "reader")]
use std::fs::File;
#[cfg(feature = "reader")]
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// The file of the rings whose log is `log`.
pub fn rings_of(log: &Path) -> PathBuf {
    let mut path = log.as_os_str().to_owned();
    path.push(".rings");
    path.into()
}

/// A file of rings.
#[cfg(feature = "reader")]
#[derive(Debug)]
pub(crate) struct RingFile {
    /// The process that wrote it, and when it began its log.
    pub pid: u32,
    pub start: u64,
    pub rings: Vec<Ring>,
    /// Definitions of functions, as woven code has them, each with its first id.
    pub definitions: Vec<(u32, String)>,
    file: File,
}

/// A ring in such a file.
#[cfg(feature = "reader")]
#[derive(Debug)]
pub(crate) struct Ring {
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

#[cfg(feature = "reader")]
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

#[cfg(feature = "reader")]
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
#[cfg(feature = "reader")]
fn word(bytes: &[u8], offset: usize) -> u64 {
    let mut word = [0; 8];
    word.copy_from_slice(&bytes[offset..offset + 8]);
    u64::from_le(u64::from_le_bytes(word))
}

#[cfg(feature = "reader")]
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
