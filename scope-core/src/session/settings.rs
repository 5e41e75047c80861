//! How large the rings of a session are, and what they do when they are full.

use crate::config::RingSizes;
use crate::record::WORD;
use crate::ring::{MIN_BYTES, Overflow};

/// What rings are made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RingSettings {
    /// The size of each ring in bytes: rounded up to a power of two, and to [`MIN_BYTES`].
    pub bytes: usize,
    /// Other sizes, for threads of some names.
    pub sizes: RingSizes,
    /// What a probe does when it is full.
    pub overflow: Overflow,
}

impl RingSettings {
    /// How many words a ring has, unless its thread's name says something else.
    pub fn words(&self) -> usize {
        words_for(self.bytes)
    }

    /// How many the largest has.
    pub fn most_words(&self) -> usize {
        self.sizes.sizes().map(|bytes| words_for(in_memory(bytes))).fold(self.words(), usize::max)
    }

    /// How many that of the thread has that calls.
    pub(super) fn words_here(&self) -> usize {
        if self.sizes.is_empty() {
            return self.words();
        }
        let here = std::thread::current();
        let bytes = here.name().and_then(|name| self.sizes.find(name));
        bytes.map_or_else(|| self.words(), |bytes| words_for(in_memory(bytes)))
    }
}

fn words_for(bytes: usize) -> usize {
    (bytes.max(MIN_BYTES) / WORD).next_power_of_two()
}

fn in_memory(bytes: u64) -> usize {
    usize::try_from(bytes).unwrap_or(usize::MAX / 2)
}
