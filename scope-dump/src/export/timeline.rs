//! What formats with slices are told: what begins and ends on which thread, in order.
//!
//! Whatever is in a log (calls that never end, losses, calls that go on on another thread, a window that cuts), what begins on a
//! thread ends on it, and what began last ends first. `player.rs` sees to that.

use std::io;

use crate::log::{CallId, Located, Outcome, SiteDef, ThreadId, Value};

/// A thread, with its process: the number of that in the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ThreadKey {
    pub process: usize,
    pub thread: ThreadId,
}

/// A call, or the part of an async one between two waits.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Slice<'a> {
    /// `None`: not known.
    pub call: Option<CallId>,
    /// The log that tells of it.
    pub log: usize,
    pub site: Option<&'a SiteDef>,
    pub correlation: Option<&'a str>,
    /// What it was called with; empty where it goes on.
    pub args: &'a [Value],
    pub is_async: bool,
    /// How many times it had waited before.
    pub waits: u32,
    /// It began before what is exported.
    pub is_clipped: bool,
}

impl Slice<'_> {
    /// The function's path.
    pub fn name(&self) -> &str {
        self.site.map_or("<unknown function>", |site| &site.function)
    }
}

/// Why a slice ends.
#[derive(Clone, Copy, Debug)]
pub(crate) enum End<'a> {
    /// The call ends.
    Exit { outcome: Outcome, value: Option<&'a Value>, line: Option<u32> },
    /// The async call waits.
    Suspended,
    /// Its end is not among what is exported: it never ended, or was cut.
    Open,
    /// Its end was lost.
    Lost,
}

/// Something that is told.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told<'a> {
    /// A slice begins.
    Begin(Slice<'a>),
    /// The slice that began last on the thread, of those that are open, ends.
    End(Slice<'a>, End<'a>),
    /// An async call begins, wherever it will go on.
    TaskBegin(Slice<'a>),
    /// An async call ends.
    TaskEnd(Slice<'a>, End<'a>),
    /// Something else happened.
    Event(&'a Located, Option<&'a SiteDef>),
}

/// A format that has slices.
pub(crate) trait Timeline {
    /// Takes what happens on a thread next; times of one thread never go back.
    fn tell(&mut self, at: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()>;
}
