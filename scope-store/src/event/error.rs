//! Why bytes are no event.

use std::error::Error;
use std::fmt;

/// Why [`deserialize`](super::deserialize) gives no event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum EventError {
    /// There are no bytes.
    Empty,
    /// A newer version wrote them, which has other fields for every event.
    Version {
        /// The version that the bytes name.
        found: u8,
        /// The one that is known here.
        supported: u8,
    },
    /// They are cut off, or damaged, or no event's.
    Malformed {
        /// Where what can't be read begins, in bytes from the start.
        offset: usize,
        /// What should be there.
        part: &'static str,
    },
    /// There are more bytes behind the event.
    Trailing {
        /// Where the event ends, in bytes from the start.
        offset: usize,
    },
}

impl fmt::Display for EventError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("no bytes: an event has some"),
            Self::Version { found, supported } => write!(
                f,
                "an event in the form of version {found}, of which {supported} is known here: read it with a newer `scope-store`"
            ),
            Self::Malformed { offset, part } => {
                write!(f, "no event: {part} can't be read at byte {offset}; the bytes are cut off or damaged")
            }
            Self::Trailing { offset } => {
                write!(f, "more than an event: it ends at byte {offset}; hand over the bytes of one event alone")
            }
        }
    }
}

impl Error for EventError {}
