//! A call that leaves without being known to be open: its entry was lost, or it is polled on another thread.

use super::stack::Leaving;
use crate::format::{RawExit, RawKind, Values};

/// What a call that is not on the stack is about to leave with. The key is 0 where there is none.
#[derive(Debug, Default)]
pub(super) struct Stray {
    pub key: u64,
    pub leaving: Leaving,
    pub place: u32,
    pub value: Vec<u8>,
}

impl Stray {
    /// Takes note of what the call `key` leaves with; room for the value is used again.
    pub fn set(&mut self, key: u64, leaving: Leaving, place: u32, value: &[u8]) {
        (self.key, self.leaving, self.place) = (key, leaving, place);
        self.value.clear();
        self.value.extend_from_slice(value);
    }

    pub fn exit(&mut self, key: u64, outcome: Option<u8>, is_async: bool, duration: Option<u64>) -> RawKind<'_> {
        let mine = std::mem::take(&mut self.key) == key;
        let shown = mine && outcome.is_none();
        RawKind::Exit(RawExit {
            outcome: outcome.unwrap_or(if mine { self.leaving.outcome() } else { RawExit::RETURNED }),
            is_async,
            lossy: true,
            duration,
            place: if shown { self.place } else { 0 },
            values: if shown { Values::Tagged(&self.value) } else { Values::NONE },
        })
    }
}
