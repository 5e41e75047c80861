//! What a log is appended to.

mod crash;
mod file;
mod memory;

pub use crash::{Crash, CrashBackend};
pub use file::FileBackend;
pub(crate) use file::beside_standard;
pub use memory::MemoryBackend;

use std::io;
use std::path::Path;

/// Somewhere to append bytes to.
pub trait Backend {
    /// Appends all of `bytes`, in one write where that is possible.
    ///
    /// # Errors
    ///
    /// What the medium says; a part of `bytes` may have been appended then.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Hands what was appended to the operating system: it survives the death of the process.
    ///
    /// # Errors
    ///
    /// What the medium says.
    fn flush(&mut self) -> io::Result<()>;

    /// Hands what was appended to the disk: it survives the death of the machine.
    ///
    /// # Errors
    ///
    /// What the medium says.
    fn sync(&mut self) -> io::Result<()>;

    /// Whether what was appended is still found at `path`, where it was begun.
    fn whereabouts(&mut self, path: &Path) -> Whereabouts {
        _ = path;
        Whereabouts::There
    }
}

/// Where a file is that was begun at some path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// There, as far as anybody can tell.
    There,
    /// Under another name.
    Moved,
    /// Nowhere: when it is closed it is gone.
    Deleted,
}

/// Whatever a recorder writes to.
pub(crate) type AnyBackend = Box<dyn Backend + Send>;

impl Backend for AnyBackend {
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        (**self).append(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        (**self).flush()
    }

    fn sync(&mut self) -> io::Result<()> {
        (**self).sync()
    }

    fn whereabouts(&mut self, path: &Path) -> Whereabouts {
        (**self).whereabouts(path)
    }
}
