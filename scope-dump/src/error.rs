//! What can go wrong while a log is shown.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use crate::exit::Exit;
use crate::log::ReadError;

/// Why a log could not be shown to its end.
#[derive(Debug)]
pub(crate) enum DumpError {
    /// The output could not be written.
    Output(io::Error),
    /// The log could not be opened or read.
    Log(ReadError),
    /// A copy of the log could not be written.
    Copy {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The file for an export could not be written.
    Export {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The export would have been written over the log.
    Onto {
        /// The log.
        path: PathBuf,
    },
    /// What is no text was to be written to a terminal.
    Binary,
}

impl DumpError {
    /// The exit code that tells this.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Output(_) | Self::Copy { .. } | Self::Export { .. } => Exit::Output,
            Self::Onto { .. } | Self::Binary => Exit::Usage,
            Self::Log(_) => Exit::BadLog,
        }
    }
}

impl fmt::Display for DumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(_) => f.write_str("the output can't be written"),
            Self::Log(error) => error.fmt(f),
            Self::Copy { path, .. } => {
                write!(f, "can't write the copy `{}`: name another file with `--output`", path.display())
            }
            Self::Export { path, .. } => {
                write!(f, "can't write all of `{}`: name another file with `--output`", path.display())
            }
            Self::Onto { path } => {
                write!(f, "`{}` is the log: name another file with `--output`", path.display())
            }
            Self::Binary => f.write_str("this format is no text: name a file with `--output`"),
        }
    }
}

impl Error for DumpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) | Self::Copy { source: error, .. } | Self::Export { source: error, .. } => Some(error),
            Self::Log(error) => error.source(),
            Self::Onto { .. } | Self::Binary => None,
        }
    }
}

impl From<io::Error> for DumpError {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<ReadError> for DumpError {
    fn from(error: ReadError) -> Self {
        Self::Log(error)
    }
}
