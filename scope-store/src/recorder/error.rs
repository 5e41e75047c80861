//! Why a recorder can't be started, or did not end well.

use scope_core::config::ConfigError;
use std::error::Error;
use std::path::PathBuf;
use std::{fmt, io};

/// Why a recorder can't be started.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// Another one runs, or is about to.
    Running {
        /// Its log, where that is open already.
        path: Option<PathBuf>,
    },
    /// A setting in the environment can't be used.
    Config(ConfigError),
    /// The log can't be created.
    Create {
        /// The file that was tried last.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// There is no room for the file that the rings live in.
    Rings {
        /// That file.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
    /// The thread that drains the rings can't be started.
    Thread(io::Error),
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Running { path: Some(path) } => write!(
                f,
                "a recorder already writes `{}`: the first probe of a program starts one, so start yours before it, or name its settings \
                 in `SCOPE_*` or the plan's `[runtime]`",
                path.display()
            ),
            Self::Running { path: None } => {
                f.write_str("another recorder waits for the first probe: drop its guard first")
            }
            Self::Config(error) => error.fmt(f),
            Self::Create { path, source } => {
                write!(f, "can't create the log `{}`: {source}; name another place in `SCOPE_LOG`", path.display())
            }
            Self::Rings { path, source } => write!(
                f,
                "can't make room for the rings in `{}`: {source}; name another place in `SCOPE_LOG`, make them smaller with \
                 `SCOPE_RING_SIZE`, or keep them in memory with `SCOPE_RINGS=heap`",
                path.display()
            ),
            Self::Thread(source) => write!(f, "can't start the recorder's thread: {source}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Config(error) => Some(error),
            Self::Create { source, .. } | Self::Rings { source, .. } | Self::Thread(source) => Some(source),
            Self::Running { .. } => None,
        }
    }
}

/// Why a log is not, or not yet, whole.
#[derive(Debug)]
#[non_exhaustive]
pub enum FinishError {
    /// The recorder's thread did not answer in time.
    Timeout,
    /// Writing failed; what was written before can be read.
    Write {
        /// What happened.
        message: String,
        /// How many events were dropped since.
        lost: u64,
    },
}

impl fmt::Display for FinishError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Timeout => f.write_str("the recorder's thread did not answer in time"),
            Self::Write { message, lost } => write!(f, "{message}; {lost} events were dropped since"),
        }
    }
}

impl Error for FinishError {}

/// Why there is no snapshot.
#[derive(Debug)]
#[non_exhaustive]
pub enum SnapshotError {
    /// No recorder runs in this process (any more): no probe was hit yet, or the log is complete.
    NotRunning,
    /// The recorder is no flight recorder: what is recorded goes to its log.
    EverythingIsLogged {
        /// The log.
        log: PathBuf,
    },
    /// The recorder's thread did not answer in time.
    Timeout,
    /// It could not be written.
    Write(String),
}

impl fmt::Display for SnapshotError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRunning => {
                f.write_str("no recorder runs in this process, so there is nothing to make a snapshot of")
            }
            Self::EverythingIsLogged { log } => write!(
                f,
                "a snapshot is of what a flight recorder has not logged, and this one logs everything, to `{}`: flush that, or                  set `overflow = \"drop_oldest\"`",
                log.display()
            ),
            Self::Timeout => f.write_str("the recorder's thread did not answer in time"),
            Self::Write(what) => f.write_str(what),
        }
    }
}

impl Error for SnapshotError {}
