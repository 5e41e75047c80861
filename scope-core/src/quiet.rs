//! A short way to see that probes on this thread are off since a value is being captured, for unoptimised builds.
//!
//! A user's `Debug` may call much code that is itself recorded, all of it in vain. There a thread local, which says so, takes longer to
//! reach than all the rest of a probe that does nothing; so such a thread also leaves its mark in a table. Who does not find it asks the
//! thread local.

use crate::{hooks, local};
use std::sync::atomic::{AtomicUsize, Ordering};

/// In each slot a thread that captures, or 0. Only that thread takes itself out; others that find the slot taken do without.
static SLOTS: [AtomicUsize; 64] = [const { AtomicUsize::new(0) }; 64];

#[inline(always)]
fn slot(thread: usize) -> &'static AtomicUsize {
    &SLOTS[(thread >> 12) % SLOTS.len()]
}

/// Whether probes on this thread are off. False: not known.
#[inline(always)]
pub(crate) fn is_here() -> bool {
    let thread = hooks::this_thread();
    thread != 0 && slot(thread).load(Ordering::Relaxed) == thread
}

/// Keeps this thread's mark while it lives.
pub(crate) struct Quiet {
    marked: usize,
}

/// Marks this thread where probes on it are off.
pub(crate) fn quiet() -> Quiet {
    let thread = if cfg!(debug_assertions) && local::with(local::Local::is_busy) { hooks::this_thread() } else { 0 };
    let free = thread != 0 && slot(thread).compare_exchange(0, thread, Ordering::Relaxed, Ordering::Relaxed).is_ok();
    Quiet { marked: if free { thread } else { 0 } }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        if self.marked != 0 {
            slot(self.marked).store(0, Ordering::Relaxed);
        }
    }
}

/// In a child that `fork` made: the threads that left the other marks are not here, and new ones may get their numbers.
#[cfg(unix)]
pub(crate) fn forked() {
    for slot in &SLOTS {
        slot.store(0, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_while_probes_are_off() {
        drop(quiet());
        assert!(!is_here());
        let mute = local::mute();
        {
            let _outer = quiet();
            drop(quiet());
            assert_eq!(is_here(), cfg!(all(unix, debug_assertions)));
            assert!(!std::thread::spawn(is_here).join().expect("no panic"));
        }
        assert!(!is_here());
        drop(mute);
    }
}
