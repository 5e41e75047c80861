//! A ring with two owners, its thread and the processor, and no memory from the program's allocator: see [`crate::pages`].

use crate::pages;
use crate::session::ThreadRing;
use std::fmt;
use std::ops::Deref;
use std::ptr::NonNull;
use std::sync::atomic::{AtomicUsize, Ordering};

struct Inner {
    owners: AtomicUsize,
    ring: ThreadRing,
}

/// What an `Arc` would be.
pub struct SharedRing(NonNull<Inner>);

// SAFETY: a `ThreadRing` is `Send` and `Sync`, and the count is atomic.
unsafe impl Send for SharedRing {}
// SAFETY: as above.
unsafe impl Sync for SharedRing {}
const _: () = {
    const fn is_send_and_sync<T: Send + Sync>() {}
    is_send_and_sync::<ThreadRing>();
};

impl SharedRing {
    /// `None` where there is no memory.
    pub(crate) fn new(ring: ThreadRing) -> Option<Self> {
        const { assert!(align_of::<Inner>() <= pages::ALIGN) };
        let at = pages::get(size_of::<Inner>())?.cast::<Inner>();
        // SAFETY: aligned, and large enough; nobody else's.
        unsafe { at.write(Inner { owners: AtomicUsize::new(1), ring }) };
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
            // SAFETY: the last owner goes; `new` has written it there and got the memory for as many bytes.
            unsafe {
                self.0.drop_in_place();
                pages::put_back(self.0.cast(), size_of::<Inner>());
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
