//! Where a log is read from: nothing here can write.

use super::follow::AtPath;
use crate::error::ReadError;
use parking_lot::Mutex;
use std::fs::{self, File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// A log's bytes, as long as it was when it was opened.
#[derive(Debug)]
pub(super) struct Source {
    path: PathBuf,
    length: u64,
    medium: Medium,
    /// Which file it is.
    identity: Option<Identity>,
}

/// What tells a file from another that takes its place.
#[cfg(unix)]
type Identity = (u64, u64);
/// What tells a file from another that takes its place.
#[cfg(not(unix))]
type Identity = std::time::SystemTime;

#[cfg(unix)]
fn identity(about: &Metadata) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    Some((about.dev(), about.ino()))
}

#[cfg(not(unix))]
fn identity(about: &Metadata) -> Option<Identity> {
    about.created().ok()
}

#[derive(Debug)]
enum Medium {
    File(Mutex<File>),
    Memory(Vec<u8>),
    /// A file up to there, and what follows.
    Continued(Mutex<File>, u64, Vec<u8>),
}

impl Source {
    pub fn file(path: &Path) -> Result<Self, ReadError> {
        let failed = |source| ReadError::Open { path: path.to_owned(), source };
        // Before it is opened: who opens a pipe waits for who writes it.
        let about = fs::metadata(path).map_err(failed)?;
        if about.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        if !about.is_file() {
            let text = "is no regular file; a log is read here and there: write it into a file first";
            return Err(failed(io::Error::new(io::ErrorKind::InvalidInput, text)));
        }
        let file = File::open(path).map_err(failed)?;
        let about = file.metadata().map_err(failed)?;
        Ok(Self {
            path: path.to_owned(),
            length: about.len(),
            identity: identity(&about),
            medium: Medium::File(Mutex::new(file)),
        })
    }

    pub fn memory(bytes: Vec<u8>) -> Self {
        Self {
            path: PathBuf::from("(memory)"),
            length: bytes.len() as u64,
            medium: Medium::Memory(bytes),
            identity: None,
        }
    }

    /// The same up to `cut`, and then `more`.
    pub fn continued(self, cut: u64, more: Vec<u8>) -> Self {
        let Self { path, length, medium, identity } = self;
        match medium {
            Medium::File(file) => {
                Self { path, length: cut + more.len() as u64, medium: Medium::Continued(file, cut, more), identity }
            }
            medium => Self { path, length, medium, identity },
        }
    }

    pub fn path(&self) -> &Path {
        &self.path
    }

    /// A part of the log is compressed in this way, which is not known here.
    pub fn compression(&self, codec: u8) -> ReadError {
        ReadError::Compression { path: self.path.clone(), codec }
    }

    pub fn length(&self) -> u64 {
        self.length
    }

    /// Takes in what was appended to the file.
    pub fn grow(&mut self) -> Result<(), ReadError> {
        if let Medium::File(file) = &self.medium {
            let about = file.lock().metadata();
            let about =
                about.map_err(|source| ReadError::Io { path: self.path.clone(), offset: self.length, source })?;
            // One that became shorter is another log: see `at_path`.
            self.length = self.length.max(about.len());
        }
        Ok(())
    }

    /// What is at the path now.
    pub fn at_path(&self) -> AtPath {
        match std::fs::metadata(&self.path) {
            Ok(about) if identity(&about) == self.identity && about.len() >= self.length => AtPath::Same,
            Ok(_) => AtPath::Another,
            Err(_) => AtPath::Nothing,
        }
    }

    /// Fills `buffer` from `offset` on, as far as the log goes. How many bytes there were.
    pub fn read(&self, offset: u64, buffer: &mut [u8]) -> Result<usize, ReadError> {
        let there = usize::try_from(self.length.saturating_sub(offset)).unwrap_or(usize::MAX).min(buffer.len());
        let buffer = &mut buffer[..there];
        match &self.medium {
            Medium::Memory(bytes) => copy(bytes, offset, buffer),
            Medium::File(file) => self.read_file(file, offset, buffer)?,
            Medium::Continued(file, cut, more) => {
                let of_file = usize::try_from(cut.saturating_sub(offset)).unwrap_or(usize::MAX).min(there);
                let (first, second) = buffer.split_at_mut(of_file);
                self.read_file(file, offset, first)?;
                copy(more, offset.saturating_sub(*cut), second);
            }
        }
        Ok(there)
    }

    fn read_file(&self, file: &Mutex<File>, offset: u64, buffer: &mut [u8]) -> Result<(), ReadError> {
        if buffer.is_empty() {
            return Ok(());
        }
        let mut file = file.lock();
        file.seek(SeekFrom::Start(offset)).and_then(|_| file.read_exact(buffer)).map_err(|source| ReadError::Io {
            path: self.path.clone(),
            offset,
            source,
        })
    }
}

/// Fills `buffer` from `offset` on, where there are as many bytes.
fn copy(bytes: &[u8], offset: u64, buffer: &mut [u8]) {
    let from = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
    buffer.copy_from_slice(&bytes[from..from + buffer.len()]);
}
