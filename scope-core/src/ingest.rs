//! The one entry of every record into a ring: of woven code, of [`crate::report`], and of users' own events, which are reports of values.
//!
//! A record of a fixed length goes through `write`, one with values through `publish`; both take their room from this thread's `Local`, and
//! give the record the id of its site, which is registered before. What an optimised probe writes in place (`fast`) begins and
//! ends with the same two functions of `Local`, and comes here wherever something has to be thought of.
//!
//! Where the records of a thread go is this thread's ring of the recorder, which it gets with its first record; or, for tests and programs
//! that embed this, a [`Buffer`] of their own:
//!
//! ```
//! use scope_core::buffer::{Buffer, Kind, Options};
//! use scope_core::ingest;
//! use scope_core::report::{self, FunctionInfo, Sites};
//!
//! # use scope_core::report::Origin;
//! static SITES: Sites = Sites::new(&FunctionInfo {
//!     name: "work",
//!     // …
//! #   module: "m", file: "f.rs", line: 1, args: &[], places: &[],
//! #   limits: scope_core::value::Limits::DEFAULT, origin: Origin { start: |_| {}, runtime: "" },
//! });
//!
//! let buffer = Buffer::new(Options::default())?;
//! ingest::with_buffer(&buffer, || report::function_exit(report::function_entry(&SITES)))?;
//! let batch = buffer.read_batch(0, 10);
//! let kinds: Vec<_> = batch.records().map(|(_, record)| record.kind).collect();
//! assert_eq!(kinds, [Kind::Entry, Kind::Exit]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use crate::buffer::Buffer;
use crate::errno;
use crate::fast::Room;
use crate::local::{self, Local};
use crate::open::Open;
use crate::record::{Header, Kind};
use crate::registry;
use crate::shared::SharedRing;
use crate::site::{SiteId, Sites};
use std::fmt;
use std::marker::PhantomData;

/// The first id of `sites`, registered now if need be. `None`: there are no more ids, and the record is lost.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn id_of(sites: &'static Sites) -> Option<SiteId> {
    match sites.first() {
        None => register(sites),
        known => known,
    }
}

#[cold]
fn register(sites: &'static Sites) -> Option<SiteId> {
    let (_mute, _errno) = (local::mute(), errno::kept());
    let id = registry::register(sites);
    if id.is_none() {
        local::with(|local| local.ring().lose());
    }
    id
}

/// Writes a record of `N` words into `room`, the header first. `offset` is that of the site behind the function's own.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn complete<const N: usize>(
    local: &Local,
    room: Room<N>,
    sites: &'static Sites,
    header: (Kind, u32, u64),
    words: impl FnOnce() -> [u64; N],
) {
    let (kind, offset, call) = header;
    match id_of(sites) {
        Some(first) => {
            let mut words = words();
            words[0] = Header::new(kind, N, first.0 + offset, call).0;
            local.complete(room, words);
        }
        None => local.abandon(room),
    }
}

/// The same where room is yet to be found.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn write<const N: usize>(sites: &'static Sites, header: (Kind, u32, u64), words: impl FnOnce() -> [u64; N]) {
    local::with(|local| {
        if let Some(room) = local.room::<N>(sites) {
            complete(local, room, sites, header, words);
        }
    });
}

/// Completes a record with values of the site `offset` behind the function's own; `words` are those between header and values.
pub(crate) fn publish<const N: usize>(
    open: Open,
    sites: &'static Sites,
    (kind, offset, call): (Kind, u32, u64),
    words: [u64; N],
) {
    match id_of(sites) {
        Some(first) => open.publish(kind, first.0 + offset, call, words),
        None => open.abandon(),
    }
}

/// Why a thread's buffer was not changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SetError {
    /// Another thread writes into the buffer, or a [`Producer`](crate::buffer::Producer).
    Taken,
    /// This thread is just writing a record, as in a `Debug` that is called for one; or it records nothing ([`mute`](crate::mute)), or ends.
    Busy,
}

impl fmt::Display for SetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Taken => "somebody else writes into the buffer",
            Self::Busy => "this thread is writing a record, or records nothing",
        })
    }
}

impl std::error::Error for SetError {}

/// The ring that a thread writes into, whosever it is.
#[derive(Clone, Debug)]
pub struct Current {
    ring: SharedRing,
    set: Option<Buffer>,
}

impl Current {
    /// The bytes that it holds.
    pub fn size(&self) -> usize {
        self.ring.ring.size()
    }

    /// Its size in bytes.
    pub fn capacity(&self) -> usize {
        self.ring.ring.capacity()
    }

    /// Records that found no room, or were overwritten.
    pub fn lost(&self) -> u64 {
        self.ring.ring.lost()
    }

    /// The buffer that was set. `None`: it is the recorder's, who alone reads it.
    pub fn set(&self) -> Option<&Buffer> {
        self.set.as_ref()
    }
}

/// The ring that this thread writes into now. `None`: it has none yet.
pub fn buffer() -> Option<Current> {
    local::current().map(|(ring, set)| Current { ring, set })
}

/// Lets all records of this thread go into `buffer` from now on, as its only producer, until another is set; with `None` again into the
/// recorder's ring. Gives what was set before, which has no producer any more. The end of the thread ends it, too.
///
/// No recorder has to run, and none is started. With [`Overflow::Block`](crate::ring::Overflow::Block) a probe does not wait, since this thread may be
/// the one that reads.
///
/// # Errors
/// The buffer has a producer; or a record is just being written. Then nothing is changed.
pub fn set_buffer(buffer: Option<&Buffer>) -> Result<Option<Buffer>, SetError> {
    local::set_buffer(buffer.cloned())
}

/// Runs `work` with this thread's records going into `buffer`, and then lets them go where they went before, also where `work` panics.
///
/// # Errors
/// As for [`set_buffer`]; then `work` is not run.
pub fn with_buffer<R>(buffer: &Buffer, work: impl FnOnce() -> R) -> Result<R, SetError> {
    let _restore = Restore { before: set_buffer(Some(buffer))?, _here: PhantomData };
    Ok(work())
}

/// Sets what was set before.
struct Restore {
    before: Option<Buffer>,
    _here: PhantomData<*const ()>,
}

impl Drop for Restore {
    fn drop(&mut self) {
        // An error: somebody has become its producer meanwhile, and this thread goes back to its own ring; or it is ending.
        if set_buffer(self.before.as_ref()).is_err() {
            _ = set_buffer(None);
        }
    }
}
