//! A ring with two owners, its thread and the processor, and no memory from the program's allocator: see [`crate::pages`].
//!
//! Where rings live in a file, all of it does; what [`layout`] names is then read by whoever reads the file, so it stays where it is.

use crate::pages;
use crate::ring::Ring;
use crate::ring_file::{RingFile, SLOT_HEAD, SLOT_MARK};
use crate::session::{ThreadInfo, ThreadRing};
use crate::words::Words;
use std::fmt;
use std::mem::offset_of;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[repr(C)]
struct Inner {
    mark: u64,
    ring: ThreadRing,
    owners: AtomicUsize,
    home: Home,
}

/// Whose memory it is.
enum Home {
    /// The system's, of so many bytes.
    Anonymous(usize),
    /// A slot of a file: its index, and its bytes.
    Slot(Arc<RingFile>, u64, usize),
}

/// Where what others read of a ring is, in bytes from its slot's start: `docs/ring-file.md` has the same table.
pub mod layout {
    use super::*;

    const RING: usize = offset_of!(Inner, ring) + offset_of!(ThreadRing, ring);
    const THREAD: usize = offset_of!(Inner, ring) + offset_of!(ThreadRing, thread);
    /// [`SLOT_MARK`].
    pub const MARK: usize = offset_of!(Inner, mark);
    /// The thread's number, 32 bits; 0 where the ring is nobody's.
    pub const THREAD_ID: usize = THREAD + ThreadInfo::ID;
    /// The system's number of the thread.
    pub const OS_ID: usize = THREAD + ThreadInfo::OS_ID;
    /// The thread's name, 123 bytes, and behind it its length in one.
    pub const NAME: usize = THREAD + ThreadInfo::NAME;
    /// Where the next record goes.
    pub const HEAD: usize = RING + Ring::HEAD;
    /// Records that found no room.
    pub const LOST: usize = RING + Ring::LOST;
    /// Those of them that the stream tells of.
    pub const TOLD: usize = RING + Ring::TOLD;
    /// Words, a power of two.
    pub const CAPACITY: usize = RING + Ring::CAPACITY;
    /// Words of a chunk.
    pub const CHUNK: usize = RING + Ring::CHUNK;
    /// All of it.
    pub const ALL: [usize; 10] = [MARK, THREAD_ID, OS_ID, NAME, NAME + 123, HEAD, LOST, TOLD, CAPACITY, CHUNK];
    const _: () = assert!(size_of::<Inner>() <= SLOT_HEAD);
}

/// What an `Arc` would be.
pub struct SharedRing(NonNull<Inner>);

// SAFETY: a `ThreadRing` is `Send` and `Sync`, the count is atomic, and so is the file's.
unsafe impl Send for SharedRing {}
// SAFETY: as above.
unsafe impl Sync for SharedRing {}
const _: () = {
    const fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<ThreadRing>();
    is_send_and_sync::<RingFile>();
};

impl SharedRing {
    /// A ring of `words` words, in `file` if there is one that has room. `None` where there is no memory.
    pub(crate) fn new(
        words: usize,
        file: Option<&Arc<RingFile>>,
        make: impl FnOnce(Words) -> ThreadRing,
    ) -> Option<Self> {
        const { assert!(align_of::<Inner>() <= pages::ALIGN) };
        let slot = file.and_then(|file| Some((file, file.slot(words)?)));
        let (at, home) = match slot {
            Some((file, (at, index, bytes))) => (at, Home::Slot(Arc::clone(file), index, bytes)),
            None => {
                let bytes = SLOT_HEAD + words * size_of::<u64>();
                (pages::get(bytes)?, Home::Anonymous(bytes))
            }
        };
        // SAFETY: behind the head there are so many words, aligned to a page; they are zero, or an older ring's, and nobody else's. They live
        // as long as what is in front of them, which has them.
        let words = unsafe { Words::of(at.byte_add(SLOT_HEAD).cast(), words) };
        let at = at.cast::<Inner>();
        // SAFETY: aligned, and large enough; nobody else's.
        unsafe { at.write(Inner { mark: SLOT_MARK, ring: make(words), owners: AtomicUsize::new(1), home }) };
        Some(Self(at))
    }

    fn inner(&self) -> &Inner {
        // SAFETY: it lives as long as any owner, of which this is one; only a single owner changes it (`get_mut`).
        unsafe { self.0.as_ref() }
    }

    /// The ring, to be changed by its only owner.
    pub(crate) fn get_mut(&mut self) -> Option<&mut ThreadRing> {
        // Acquire: pairs with the Release in `drop`.
        if self.inner().owners.load(Ordering::Acquire) != 1 {
            return None;
        }
        // SAFETY: no other owner, and none can come but through this one, which is borrowed.
        Some(unsafe { &mut self.0.as_mut().ring })
    }

    /// Whether both are owners of the same ring.
    pub fn is(&self, other: &Self) -> bool {
        self.0 == other.0
    }
}

impl Clone for SharedRing {
    fn clone(&self) -> Self {
        // Relaxed: whoever gets the copy gets it from this thread.
        self.inner().owners.fetch_add(1, Ordering::Relaxed);
        Self(self.0)
    }
}

impl Drop for SharedRing {
    fn drop(&mut self) {
        // AcqRel: what every owner did comes before the last one frees it.
        if self.inner().owners.fetch_sub(1, Ordering::AcqRel) == 1 {
            // SAFETY: the last owner goes; `new` has written it there, and nobody reads it again.
            let Inner { home, .. } = unsafe { self.0.read() };
            match home {
                // SAFETY: `new` got the memory for as many bytes.
                Home::Anonymous(bytes) => unsafe { pages::put_back(self.0.cast(), bytes) },
                Home::Slot(file, index, bytes) => {
                    // SAFETY: still ours; no longer a ring, for whoever reads the file.
                    unsafe { self.0.cast::<u64>().write(0) };
                    // SAFETY: `new` got it there.
                    unsafe { file.put_back(self.0.cast(), index, bytes) };
                }
            }
        }
    }
}

impl Deref for SharedRing {
    type Target = ThreadRing;

    fn deref(&self) -> &ThreadRing {
        &self.inner().ring
    }
}

impl fmt::Debug for SharedRing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        (**self).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::layout::ALL;

    /// The tables of the document say where things are.
    #[test]
    fn the_document_tells_the_layout() {
        let doc = include_str!("../../docs/ring-file.md");
        let slot = doc.split("**A slot**").nth(1).expect("a chapter");
        let offsets = slot.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next()?.parse().ok());
        assert_eq!(offsets.take(ALL.len()).collect::<Vec<usize>>(), ALL, "as told, and as it is");
    }
}
