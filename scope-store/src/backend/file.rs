//! A log in a file.

use super::{Backend, Whereabouts};
use scope_core::hooks;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

/// A file that is appended to, without a buffer of its own.
#[derive(Debug)]
pub struct FileBackend {
    /// `None` once it was seen to be somebody else's.
    file: Option<File>,
    identity: Option<Identity>,
}

/// How often a write is tried again where the medium is full, and after which time.
const TRIES: u32 = 5;
const PAUSE: Duration = Duration::from_millis(2);

/// What tells a file from all others: device and number.
type Identity = (u64, u64);

impl FileBackend {
    /// Creates the file, readable and writable by its owner alone.
    ///
    /// # Errors
    ///
    /// What the system says; `AlreadyExists` where there is such a file, which is left as it is.
    pub fn create(path: &Path) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
        let file = beside_standard(options.open(path)?)?;
        hooks::lock(&file);
        Ok(Self::new(file))
    }

    /// Opens what is no file but a device that takes characters, such as `/dev/null`. `None`: it is something else.
    ///
    /// # Errors
    ///
    /// What the system says.
    pub fn device(path: &Path) -> Option<io::Result<Self>> {
        let is_device = std::fs::metadata(path).is_ok_and(|metadata| is_device(&metadata));
        is_device.then(|| Ok(Self::new(beside_standard(OpenOptions::new().write(true).open(path)?)?)))
    }

    fn new(file: File) -> Self {
        let identity = identity(&file);
        Self { file: Some(file), identity }
    }

    /// The file, if it is still the one that was opened: a program may close files that are not its own (daemons close all), and
    /// the number then stands for the next one that it opens.
    fn file(&mut self) -> io::Result<&mut File> {
        if self.file.as_ref().is_some_and(|file| identity(file) != self.identity) {
            // Closing it is not our business either.
            std::mem::forget(self.file.take());
        }
        self.file.as_mut().ok_or_else(|| io::Error::other("the program has closed the file"))
    }
}

/// The same file, by no number of a standard stream: where the program has closed one, what it prints would go into the log.
#[cfg(unix)]
pub(crate) fn beside_standard(file: File) -> io::Result<File> {
    // std's copies have numbers from 3 on.
    if std::os::fd::AsRawFd::as_raw_fd(&file) > 2 { Ok(file) } else { file.try_clone() }
}

#[cfg(not(unix))]
pub(crate) fn beside_standard(file: File) -> io::Result<File> {
    Ok(file)
}

impl FileBackend {
    /// Whether the file is still the one at `path`.
    #[cfg(unix)]
    fn look_for(&mut self, path: &Path) -> Whereabouts {
        use std::os::unix::fs::MetadataExt;
        let there = std::fs::metadata(path).map(|there| (there.dev(), there.ino()));
        if there.as_ref().ok() == self.identity.as_ref() {
            return Whereabouts::There;
        }
        // Whether it can be looked at is another question than whether it is there.
        if there
            .is_err_and(|error| error.kind() != io::ErrorKind::NotFound && error.kind() != io::ErrorKind::NotADirectory)
        {
            return Whereabouts::There;
        }
        match self.file().and_then(|file| file.metadata()) {
            Ok(ours) if ours.nlink() == 0 => Whereabouts::Deleted,
            Ok(_) => Whereabouts::Moved,
            // That is for the next write to tell.
            Err(_) => Whereabouts::There,
        }
    }

    /// Not known how to tell on this system.
    #[cfg(not(unix))]
    fn look_for(&mut self, _: &Path) -> Whereabouts {
        Whereabouts::There
    }
}

impl Drop for FileBackend {
    fn drop(&mut self) {
        // Whatever it says: what is somebody else's is not closed.
        _ = self.file();
    }
}

impl Backend for FileBackend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let (mut rest, mut tries) = (bytes, TRIES);
        while !rest.is_empty() {
            match self.file()?.write(rest) {
                Ok(0) => return Err(io::ErrorKind::WriteZero.into()),
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                // A thread's new ring takes room, and gives it back where that is not enough.
                Err(error) if error.kind() == io::ErrorKind::StorageFull && tries > 0 => {
                    tries -= 1;
                    std::thread::sleep(PAUSE);
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file()?.flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file()?.sync_data()
    }

    fn whereabouts(&mut self, path: &Path) -> Whereabouts {
        self.look_for(path)
    }
}

#[cfg(unix)]
fn is_device(metadata: &Metadata) -> bool {
    std::os::unix::fs::FileTypeExt::is_char_device(&metadata.file_type())
}

#[cfg(not(unix))]
fn is_device(_: &Metadata) -> bool {
    false
}

#[cfg(unix)]
fn identity(file: &File) -> Option<Identity> {
    use std::os::unix::fs::MetadataExt;
    let metadata = file.metadata().ok()?;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn identity(_: &File) -> Option<Identity> {
    None
}
