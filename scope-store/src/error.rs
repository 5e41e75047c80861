//! What can go wrong, one enum per family.

use crate::event::StopReason;
use crate::format::ZSTD;
use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

/// Why a log can't be read, or not further.
#[derive(Debug)]
#[non_exhaustive]
pub enum ReadError {
    /// The file can't be opened.
    Open {
        /// The log.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file can't be read.
    Io {
        /// The log.
        path: PathBuf,
        /// Where.
        offset: u64,
        /// What the system said.
        source: io::Error,
    },
    /// The file holds nothing.
    Empty {
        /// The log.
        path: PathBuf,
    },
    /// The file is no log.
    NotALog {
        /// The log.
        path: PathBuf,
        /// It was one, before a transfer as text changed its bytes.
        text_mode: bool,
    },
    /// The file's header is cut off or damaged.
    Header {
        /// The log.
        path: PathBuf,
        /// Where the damage is.
        offset: u64,
        /// The file ends inside it.
        cut: bool,
    },
    /// The log was written by a newer version.
    Version {
        /// The log.
        path: PathBuf,
        /// Major and minor version of the log.
        found: (u16, u16),
        /// The newest that this reader knows.
        supported: (u16, u16),
    },
    /// A part of the log is compressed in a way that this reader doesn't know, or was built without.
    Compression {
        /// The log.
        path: PathBuf,
        /// How it is compressed: see `docs/log-format.md`.
        codec: u8,
    },
    /// A part of the log can't be read. An iterator goes on behind it.
    Damaged {
        /// The log.
        path: PathBuf,
        /// Where, and what is wrong.
        damage: Damage,
    },
}

/// A part of a log that is no whole frame, or can't be decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where it begins, in bytes from the start of the file.
    pub offset: u64,
    /// How many bytes are skipped.
    pub length: u64,
    /// What is wrong.
    pub kind: DamageKind,
}

/// What is wrong with a part of a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DamageKind {
    /// There is no head of a frame.
    Head,
    /// A frame says that it is longer than it can be.
    Length,
    /// A frame's checksum doesn't fit its bytes.
    Checksum,
    /// A frame's bytes are as they were written, and still make no sense.
    Undecodable,
    /// There are bytes behind the end frame.
    Trailing,
}

impl fmt::Display for DamageKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Head => "no frame begins here",
            Self::Length => "a frame with an impossible length",
            Self::Checksum => "a frame whose checksum does not match",
            Self::Undecodable => "a frame that can't be decoded",
            Self::Trailing => "bytes behind the end of the log",
        })
    }
}

impl fmt::Display for Damage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} at offset {} ({} bytes skipped)", self.kind, self.offset, self.length)
    }
}

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open { path, .. } => write!(f, "can't open `{}`", path.display()),
            Self::Io { path, offset, .. } => write!(f, "can't read `{}` at offset {offset}", path.display()),
            Self::Empty { path } => {
                write!(f, "`{}` is empty: the program ended before its recorder wrote anything", path.display())
            }
            Self::NotALog { path, text_mode: false } => {
                write!(f, "`{}` is not a scope log: its first bytes are not those of one", path.display())
            }
            Self::NotALog { path, text_mode: true } => {
                write!(f, "`{}` was damaged by a transfer as text: copy the log again in binary mode", path.display())
            }
            Self::Header { path, offset, cut: true } => {
                write!(f, "`{}` ends at offset {offset}, inside its header: it holds no events", path.display())
            }
            Self::Header { path, offset, cut: false } => {
                write!(
                    f,
                    "the header of `{}` is damaged (offset {offset}): try another copy of the log",
                    path.display()
                )
            }
            Self::Version { path, found, supported } => write!(
                f,
                "`{}` has log format {}.{}, this reader knows up to {}.x: read it with the version of `scope-dump` that \
                 belongs to the `scope` that recorded it",
                path.display(),
                found.0,
                found.1,
                supported.0
            ),
            Self::Compression { path, codec: ZSTD } => write!(
                f,
                "`{}` is compressed by zstd, which this reader was built without: build it with the feature `zstd` \
                 (`cargo install scope-dump --features zstd`)",
                path.display()
            ),
            Self::Compression { path, codec } => write!(
                f,
                "`{}` is compressed in a way that this reader doesn't know ({codec}): read it with the version of \
                 `scope-dump` that belongs to the `scope` that recorded it",
                path.display()
            ),
            Self::Damaged { path, damage } => write!(f, "`{}` is damaged: {damage}", path.display()),
        }
    }
}

impl Error for ReadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Open { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// Why a log can't be written, or not further.
#[derive(Debug)]
#[non_exhaustive]
pub enum WriteError {
    /// The file can't be created; a file that exists is never written over.
    Create {
        /// The log.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A write, flush or sync failed. The writer takes nothing more.
    Io {
        /// How many bytes of the log were written before.
        offset: u64,
        /// What was tried: `write`, `flush` or `sync`.
        action: &'static str,
        /// What the system said.
        source: io::Error,
    },
    /// A frame is longer than the format allows.
    TooLong {
        /// Its payload, in bytes.
        length: u64,
    },
    /// An earlier write failed, or the log is sealed.
    Closed,
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Create { path, source } if source.kind() == io::ErrorKind::AlreadyExists => {
                write!(
                    f,
                    "can't create the log `{}`: a file of that name exists, and is never written over",
                    path.display()
                )
            }
            Self::Create { path, .. } => write!(f, "can't create the log `{}`", path.display()),
            Self::Io { offset, action, .. } => {
                write!(f, "can't {action} the log at offset {offset}: recording stops here")
            }
            Self::TooLong { length } => write!(f, "a frame of {length} bytes is longer than the log format allows"),
            Self::Closed => f.write_str("the log is closed: it was sealed, or an earlier write failed"),
        }
    }
}

impl Error for WriteError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Create { source, .. } | Self::Io { source, .. } => Some(source),
            _ => None,
        }
    }
}

/// What became of something that a writer was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[must_use = "what was refused is lost"]
pub enum Appended {
    /// It is in the log.
    Written,
    /// The log takes nothing more, for this reason; what was given is counted.
    Refused(Refusal),
}

/// Why a writer takes nothing more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Refusal {
    /// Recording has stopped, as the log says.
    Stopped(StopReason),
    /// An earlier write failed.
    Failed,
    /// The log is sealed.
    Sealed,
}
