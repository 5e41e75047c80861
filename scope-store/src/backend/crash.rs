//! A medium that crashes and fails on demand, for tests of what survives.

use super::Backend;
use parking_lot::Mutex;
use std::io;
use std::sync::Arc;

/// A medium in memory that knows what was synced. Clones share it.
#[derive(Clone, Debug, Default)]
pub struct CrashBackend {
    state: Arc<Mutex<State>>,
}

#[derive(Debug, Default)]
struct State {
    bytes: Vec<u8>,
    synced: usize,
    room: Option<usize>,
}

/// What a crash leaves of the bytes that were not synced.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Crash {
    /// The first so many of them; the rest never reached the disk.
    Kept(usize),
    /// The file has its full length, but from so many bytes on it reads as zeros.
    Zeroed(usize),
    /// A block of 512 bytes that begins so many bytes in reads as zeros: what was written later got there earlier.
    Hole(usize),
}

impl CrashBackend {
    /// Without bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// Lets the medium be full after `room` further bytes: an append that does not fit is cut there and fails.
    pub fn full_after(&self, room: usize) {
        self.state.lock().room = Some(room);
    }

    /// All that was appended.
    pub fn bytes(&self) -> Vec<u8> {
        self.state.lock().bytes.clone()
    }

    /// How many bytes were appended and not synced.
    pub fn unsynced(&self) -> usize {
        let state = self.state.lock();
        state.bytes.len() - state.synced
    }

    /// What is there after a crash.
    pub fn after(&self, crash: Crash) -> Vec<u8> {
        let state = self.state.lock();
        let mut bytes = state.bytes.clone();
        let at = |offset: usize| state.synced.saturating_add(offset).min(bytes.len());
        match crash {
            Crash::Kept(kept) => bytes.truncate(at(kept)),
            Crash::Zeroed(kept) => {
                let from = at(kept);
                bytes[from..].fill(0);
            }
            Crash::Hole(from) => {
                let (from, to) = (at(from), at(from.saturating_add(512)));
                bytes[from..to].fill(0);
            }
        }
        bytes
    }
}

impl Backend for CrashBackend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state.lock();
        let fits = state.room.map_or(bytes.len(), |room| room.min(bytes.len()));
        state.bytes.extend_from_slice(&bytes[..fits]);
        if let Some(room) = &mut state.room {
            *room -= fits;
        }
        if fits < bytes.len() { Err(io::ErrorKind::StorageFull.into()) } else { Ok(()) }
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        let mut state = self.state.lock();
        state.synced = state.bytes.len();
        Ok(())
    }
}
