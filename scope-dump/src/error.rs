//! What can go wrong while a log is shown.

use std::error::Error;
use std::fmt;
use std::io;

use crate::exit::Exit;
use crate::log::ReadError;

/// Why a log could not be shown to its end.
#[derive(Debug)]
pub(crate) enum DumpError {
    /// The output could not be written.
    Output(io::Error),
    /// The log could not be opened or read.
    Log(ReadError),
}

impl DumpError {
    /// The exit code that tells this.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Output(_) => Exit::Output,
            Self::Log(_) => Exit::BadLog,
        }
    }
}

impl fmt::Display for DumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(_) => f.write_str("the output can't be written"),
            Self::Log(error) => error.fmt(f),
        }
    }
}

impl Error for DumpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) => Some(error),
            Self::Log(error) => error.source(),
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
