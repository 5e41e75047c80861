//! The values of an event, on their way into a batch or out of it.

use super::out::trimmed;
use scope_core::plains::Plains;

/// Values in one of the forms that records have them in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values<'a> {
    /// In the tagged form: a multiple of 8 bytes when written; without the zeros at the end when read.
    Tagged(&'a [u8]),
    /// As they are. They become tagged where they are stored.
    Plain(Plains<'a>),
}

impl<'a> Values<'a> {
    /// No values.
    pub const NONE: Self = Self::Tagged(&[]);

    /// So many bytes they may need, two more for their length included.
    #[inline(always)]
    pub fn most(self) -> usize {
        match self {
            Self::Tagged(bytes) => bytes.len(),
            Self::Plain(plains) => 2 + plains.most(),
        }
    }

    #[inline(always)]
    pub fn are_none(self) -> bool {
        matches!(self, Self::Tagged([]))
    }

    /// Gives `see` the bytes that are stored.
    pub fn stored<R>(self, see: impl FnOnce(&[u8]) -> R) -> R {
        match self {
            Self::Tagged(bytes) => see(trimmed(bytes)),
            Self::Plain(plains) => {
                let mut bytes = Vec::new();
                plains.tagged(&mut bytes);
                see(trimmed(&bytes))
            }
        }
    }

    /// What was read, which never is plain.
    #[cfg(feature = "reader")]
    pub fn tagged(self) -> &'a [u8] {
        match self {
            Self::Tagged(bytes) => bytes,
            Self::Plain(_) => &[],
        }
    }
}
