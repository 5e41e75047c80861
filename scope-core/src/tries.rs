//! Locks that the program tries to take (`try_lock`): it may go by whether that fails, so no probe may have one for the moment of a look.
//!
//! From the first time on that woven code tries a lock, locks are not looked into any more. Looks that have begun by then are waited for.

use crate::local;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

static TRIES: AtomicBool = AtomicBool::new(false);
static LOOKS: AtomicUsize = AtomicUsize::new(0);
/// No look is left that had begun before the first try, or it was waited for long enough.
static SETTLED: AtomicBool = AtomicBool::new(false);

/// How long looks that have begun are waited for: a look may never end, and one whose thread lost its core takes as long as the others there.
const PATIENCE: Duration = Duration::from_secs(1);
/// How long whoever waits sleeps at a time.
const NAP: Duration = Duration::from_micros(100);

/// The program is about to try a lock.
pub(crate) fn begin() {
    // Acquire: whoever sees that looks are over sees what they did to the locks.
    if !SETTLED.load(Ordering::Acquire) {
        settle();
    }
}

#[cold]
fn settle() {
    TRIES.store(true, Ordering::SeqCst);
    // It may be in the middle of a look itself.
    if local::is_muted() {
        return;
    }
    let begun = Instant::now();
    // With the order in `look`: who looks is counted before it asks, so that it sees the flag or is seen here.
    while LOOKS.load(Ordering::SeqCst) != 0 && begun.elapsed() < PATIENCE {
        std::thread::sleep(NAP);
    }
    SETTLED.store(true, Ordering::Release);
}

/// Whether the program tries locks.
pub(crate) fn are_made() -> bool {
    TRIES.load(Ordering::Relaxed)
}

/// A look into a lock, for as long as this lives.
pub(crate) struct Look(());

/// `None`: it must not be had.
pub(crate) fn look() -> Option<Look> {
    if are_made() {
        return None;
    }
    LOOKS.fetch_add(1, Ordering::SeqCst);
    let look = Look(());
    (!TRIES.load(Ordering::SeqCst)).then_some(look)
}

impl Drop for Look {
    fn drop(&mut self) {
        LOOKS.fetch_sub(1, Ordering::SeqCst);
    }
}
