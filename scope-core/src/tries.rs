//! Locks that the program tries to take (`try_lock`): it may go by whether that fails, so no probe may have one for the moment of a look.
//!
//! From the first time on that woven code tries a lock, locks are not looked into any more. Looks that have begun by then are waited for.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

static TRIES: AtomicBool = AtomicBool::new(false);
static LOOKS: AtomicUsize = AtomicUsize::new(0);

/// How often those who look are let go on: a look may never end.
const PATIENCE: usize = 1_000;

/// The program is about to try a lock.
pub(crate) fn begin() {
    if TRIES.load(Ordering::Relaxed) || TRIES.swap(true, Ordering::SeqCst) {
        return;
    }
    // With the order in `look`: who looks is counted before it asks, so that it sees the flag or is seen here.
    for _ in 0..PATIENCE {
        if LOOKS.load(Ordering::SeqCst) == 0 {
            break;
        }
        std::thread::yield_now();
    }
}

/// Whether the program tries locks.
pub(crate) fn are_made() -> bool {
    TRIES.load(Ordering::Relaxed)
}

/// A look into a lock, for as long as this lives.
pub(crate) struct Look(());

/// `None`: it must not be had.
pub(crate) fn look() -> Option<Look> {
    LOOKS.fetch_add(1, Ordering::SeqCst);
    let look = Look(());
    (!TRIES.load(Ordering::SeqCst)).then_some(look)
}

impl Drop for Look {
    fn drop(&mut self) {
        LOOKS.fetch_sub(1, Ordering::SeqCst);
    }
}
