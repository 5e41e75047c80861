//! What can go wrong while a log is shown.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::PathBuf;

use scope_store::woven::ProgramError;

use crate::exit::Exit;
use crate::log::ReadError;

/// Why a log could not be shown to its end.
#[derive(Debug)]
pub(crate) enum DumpError {
    /// The output could not be written.
    Output(io::Error),
    /// The log could not be opened or read.
    Log(ReadError),
    /// The arguments ask for something that is not there.
    Usage(String),
    /// A log that was waited for did not come.
    Absent {
        /// Where it was to be.
        path: PathBuf,
        /// How long.
        timeout: String,
    },
    /// The file of the program that wrote the log could not be read.
    Program(ProgramError),
    /// There is nothing of ours in it.
    NotWoven(PathBuf),
    /// This log does not say which program wrote it.
    NoProgram(PathBuf),
    /// The file for an export could not be written.
    Export {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// A copy of the log could not be written.
    Copy {
        /// The copy.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

impl DumpError {
    /// The exit code that tells this.
    pub fn exit(&self) -> Exit {
        match self {
            Self::Output(_) | Self::Copy { .. } | Self::Export { .. } => Exit::Output,
            Self::Log(_) | Self::Absent { .. } => Exit::BadLog,
            Self::Usage(_) | Self::Program(_) | Self::NotWoven(_) | Self::NoProgram(_) => Exit::Usage,
        }
    }
}

impl fmt::Display for DumpError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Output(_) => f.write_str("the output can't be written"),
            Self::Log(error) => error.fmt(f),
            Self::Usage(text) => f.write_str(text),
            Self::Program(error) => write!(f, "{error}; name the program's file with `--program`"),
            Self::NotWoven(path) => {
                let path = path.display();
                write!(
                    f,
                    "no woven function is in `{path}`; name the file of the program that wrote the log with `--program`"
                )
            }
            Self::NoProgram(log) => {
                let log = log.display();
                write!(f, "`{log}` does not say which program wrote it; name the program's file with `--program`")
            }
            Self::Absent { path, timeout } => write!(
                f,
                "there was no log at `{}` within {timeout}: does its program run, and write its log there? (`--timeout` waits longer)",
                path.display()
            ),
            Self::Export { path, .. } => {
                write!(f, "can't write all of `{}`: name another file with `--output`", path.display())
            }
            Self::Copy { path, .. } => {
                write!(f, "can't write the copy `{}`: name another file with `--output`", path.display())
            }
        }
    }
}

impl Error for DumpError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Output(error) | Self::Copy { source: error, .. } | Self::Export { source: error, .. } => Some(error),
            Self::Log(error) => error.source(),
            Self::Program(error) => error.source(),
            Self::Usage(_) | Self::Absent { .. } | Self::NotWoven(_) | Self::NoProgram(_) => None,
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
