//! Ids of operations that cross threads and processes.

use std::fmt;
use std::str::FromStr;

use serde::{Serialize, Serializer};
use uuid::Uuid;

use crate::capture::Capture;
use crate::value::ValueWriter;

/// The id of one logical operation, wherever it runs: a random UUID (version 4). The id whose bytes are all 0 is that of none: what is a part
/// of it is a part of no operation.
///
/// ```
/// use scope_core::utils::CorrelationId;
/// let id = CorrelationId::new();
/// let header = id.to_string(); // send it along
/// assert_eq!(header.parse::<CorrelationId>().unwrap(), id);
/// ```
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CorrelationId(Uuid);

impl CorrelationId {
    /// A new id.
    ///
    /// # Panics
    /// Where the operating system has no random numbers to give.
    #[expect(clippy::new_without_default, reason = "a default that differs each time surprises")]
    pub fn new() -> Self {
        Self(Uuid::new_v4())
    }

    /// The id with these bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// Its bytes.
    pub const fn to_bytes(self) -> [u8; 16] {
        self.0.into_bytes()
    }

    /// The id whose bytes this number has, the highest first.
    pub const fn from_u128(number: u128) -> Self {
        Self(Uuid::from_u128(number))
    }

    /// Its bytes as one number, the highest first.
    pub const fn to_u128(self) -> u128 {
        self.0.as_u128()
    }
}

impl fmt::Display for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Debug for CorrelationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for CorrelationId {
    type Err = ParseCorrelationIdError;

    /// Reads an id: 32 hexadecimal digits, with or without hyphens.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self).map_err(|_| ParseCorrelationIdError)
    }
}

impl Serialize for CorrelationId {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serializer.collect_str(self)
        } else {
            serializer.serialize_bytes(&self.to_bytes())
        }
    }
}

impl Capture for CorrelationId {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        w.debug(self);
    }
}

/// A text that is no [`CorrelationId`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ParseCorrelationIdError;

impl fmt::Display for ParseCorrelationIdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a correlation id is a UUID, such as `67e55044-10b1-426f-9247-bb680e5fe0c8`")
    }
}

impl std::error::Error for ParseCorrelationIdError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back() {
        let id = CorrelationId::new();
        assert_ne!(id, CorrelationId::new());
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(CorrelationId::from_bytes(id.to_bytes()), id);
        assert_eq!(CorrelationId::from_u128(id.to_u128()), id);
        assert_eq!(id.to_string().replace('-', ""), format!("{:032x}", id.to_u128()));
        assert_eq!(id.to_string().as_bytes()[14], b'4', "version 4");
        assert_eq!("nonsense".parse::<CorrelationId>(), Err(ParseCorrelationIdError));
    }
}
