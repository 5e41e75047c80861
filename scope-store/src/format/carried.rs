//! What is open on a thread where a segment begins, as it is stored.

use super::event::{ASYNC, LOSSY, flags};

/// A call that is open where a segment begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StoredOpen {
    pub call: u64,
    pub parent: u64,
    pub site: u32,
    pub depth: u32,
    /// When it began.
    pub ticks: u64,
    pub flags: u8,
}
fields!(StoredOpen { call, parent, site, depth, ticks, flags });

/// A flag of a call that is open.
const INSIDE: u8 = 4;

impl StoredOpen {
    /// It is a call of an async function.
    pub fn is_async(&self) -> bool {
        self.flags & ASYNC != 0
    }

    /// Records of the thread were lost since it began.
    pub fn is_lossy(&self) -> bool {
        self.flags & LOSSY != 0
    }

    /// The call before it in the list, if there is one, is known to be around it.
    pub fn is_inside(&self) -> bool {
        self.flags & INSIDE != 0
    }

    /// The flags of such a call.
    pub fn flags(is_async: bool, is_lossy: bool, is_inside: bool) -> u8 {
        flags(is_async, is_lossy) + u8::from(is_inside) * INSIDE
    }
}

/// The calls of a thread that are open where a segment begins, from the outside in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct StoredCarried {
    pub thread: u32,
    /// The number of the thread's last call so far.
    pub last_call: u64,
    /// How many calls are open; after a loss an estimate.
    pub depth: u32,
    /// The innermost call is the last one of `open`.
    pub is_sure: bool,
    pub open: Vec<StoredOpen>,
}
fields!(StoredCarried { thread, last_call, depth, is_sure, open });

/// What a carried frame has more: which operations go on, and which async calls wait.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredGoing {
    /// The operation outside of all calls; 0: none.
    pub outside: u128,
    /// Where in the list of open calls another operation begins, and which; 0: none.
    pub operations: Vec<(u32, u128)>,
    pub waiting: Vec<StoredWaiting>,
}
fields!(StoredGoing { outside, operations, waiting });

impl StoredGoing {
    /// Whether something of the thread is a part of an operation.
    pub fn has_operations(&self) -> bool {
        self.outside != 0 || !self.operations.is_empty() || self.waiting.iter().any(|waiting| waiting.operation != 0)
    }
}

/// An async call that has an event on this thread, and is not on its stack or was not always.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct StoredWaiting {
    pub call: u64,
    pub parent: u64,
    /// The operation that it was a part of when it was suspended last; 0: none.
    pub operation: u128,
}
fields!(StoredWaiting { call, parent, operation });
