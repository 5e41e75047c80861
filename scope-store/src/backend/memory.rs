//! A log in memory.

use super::Backend;
use parking_lot::Mutex;
use std::io;
use std::sync::Arc;

/// Bytes in memory; clones share them.
#[derive(Clone, Debug, Default)]
pub struct MemoryBackend {
    bytes: Arc<Mutex<Vec<u8>>>,
}

impl MemoryBackend {
    /// Without bytes.
    pub fn new() -> Self {
        Self::default()
    }

    /// What was appended.
    pub fn bytes(&self) -> Vec<u8> {
        self.bytes.lock().clone()
    }
}

impl Backend for MemoryBackend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.bytes.lock().extend_from_slice(bytes);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        Ok(())
    }
}
