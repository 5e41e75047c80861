//! The values of an event, on their way into a batch or out of it.

use scope_core::plains::Plains;

/// Values in one of the forms that records have them in.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Values<'a> {
    /// In the tagged form: a multiple of 8 bytes when written; without the zeros at the end when read.
    Tagged(&'a [u8]),
    /// As they are.
    Plain(Plains<'a>),
}

impl Values<'_> {
    /// No values.
    pub const NONE: Self = Self::Tagged(&[]);

    /// As people see them.
    #[cfg(all(test, feature = "reader"))]
    pub fn decoded(self) -> Vec<scope_core::value::Value> {
        match self {
            Self::Tagged(bytes) => {
                let mut padded = bytes.to_vec();
                padded.resize(bytes.len().next_multiple_of(8), 0);
                scope_core::value::decode_all(&padded).expect("values")
            }
            Self::Plain(plains) => plains.values(),
        }
    }

    #[inline(always)]
    pub fn are_none(self) -> bool {
        matches!(self, Self::Tagged([]))
    }
}

/// Up to 7 zeros at the end of whole words go without saying.
#[inline]
pub(super) fn trimmed(values: &[u8]) -> &[u8] {
    let mut end = values.len();
    while end > 0 && values[end - 1] == 0 && values.len() - end < 7 {
        end -= 1;
    }
    &values[..end]
}
