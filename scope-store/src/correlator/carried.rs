//! What is open on a thread where one segment of a log ends and the next one begins.

use super::Correlator;
use super::stack::Polled;
use crate::format::{StoredCarried, StoredGoing, StoredOpen};

/// The most calls that a segment tells of: the innermost ones. No reader follows more.
const MOST: usize = 1 << 16;

impl Correlator {
    /// What a log that begins here has to tell of the thread.
    pub(crate) fn carried(&self) -> StoredCarried {
        let (mut open, mut below) = (Vec::new(), 0);
        let skip = self.stack.len().saturating_sub(MOST);
        for (at, frame) in self.stack.frames().iter().enumerate() {
            let parent = match frame.polled {
                // It is on the stack of who polls it.
                Polled::Again => self.going.parent(frame.call),
                Polled::Not | Polled::First if frame.parent_known => below,
                Polled::Not | Polled::First => 0,
            };
            below = frame.call;
            if at >= skip {
                let flags = StoredOpen::flags(frame.is_task(), frame.losses != self.losses, frame.parent_known);
                let (call, site, depth, ticks) = (frame.call, frame.site, frame.depth, frame.began);
                open.push(StoredOpen { call, parent, site, depth, ticks, flags });
            }
        }
        StoredCarried { thread: self.thread.0, last_call: self.floor, depth: self.depth, is_sure: self.sure, open }
    }

    /// And what goes on there.
    pub(crate) fn going(&self) -> StoredGoing {
        self.going.stored(&self.stack, self.stack.len().saturating_sub(MOST))
    }
}
