//! std's synchronisation, or loom's when a model is checked.

#[cfg(loom)]
pub(crate) use loom::sync::{
    Condvar, Mutex, MutexGuard,
    atomic::{AtomicBool, AtomicU64, Ordering, fence},
};
#[cfg(not(loom))]
pub(crate) use std::sync::{
    Condvar, Mutex, MutexGuard,
    atomic::{AtomicBool, AtomicU64, Ordering, fence},
};

/// Loads a value that only the calling thread writes.
///
/// Under loom not as an access that it schedules: it looks for a conflict with the last access alone, and a thread's own load
/// right before its store would hide every other thread's.
#[cfg(not(loom))]
#[inline(always)]
pub(crate) fn own(value: &AtomicU64) -> u64 {
    value.load(Ordering::Relaxed)
}

/// The same for loom.
#[cfg(loom)]
pub(crate) fn own(value: &AtomicU64) -> u64 {
    // SAFETY: no other thread writes it, by this function's promise; loom checks that.
    unsafe { value.unsync_load() }
}

/// Loads a value that the calling thread is about to exchange.
#[cfg(not(loom))]
pub(crate) fn peek(value: &AtomicU64) -> u64 {
    value.load(Ordering::Relaxed)
}

/// The same for loom, as an access that conflicts with every other: see [`own`].
#[cfg(loom)]
pub(crate) fn peek(value: &AtomicU64) -> u64 {
    value.fetch_add(0, Ordering::Relaxed)
}
