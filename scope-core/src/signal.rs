//! Two bells between probes and processor: "there is work" and "there is room again".

use crate::session::is_running;
use parking_lot::{Condvar, Mutex};
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::time::{Duration, Instant};

/// There is work and nobody has taken note of it yet: ringing once is enough.
static WORK: AtomicBool = AtomicBool::new(false);
static SLEEPER: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());
/// Counts the drains that somebody waited for.
static TURN: (Mutex<u64>, Condvar) = (Mutex::new(0), Condvar::new());
static WAITING: AtomicU32 = AtomicU32::new(0);

/// How long a thread waits for room while the processor makes no progress, before it loses the record: the processor may need
/// what that very thread holds (the allocator's lock, say).
const PATIENCE: Duration = Duration::from_secs(2);
/// The longest single wait: a drain between the failed try and the entry in `WAITING` rings no bell.
const NAP: Duration = Duration::from_millis(2);

/// Sleeps until [`wake`] is called, or until `until`.
pub fn sleep(until: Option<Instant>) {
    let mut guard = SLEEPER.0.lock();
    while !WORK.swap(false, Ordering::Acquire) {
        match until {
            Some(until) => {
                if SLEEPER.1.wait_until(&mut guard, until).timed_out() {
                    return;
                }
            }
            None => SLEEPER.1.wait(&mut guard),
        }
    }
}

/// Ends the processor's sleep, now or when it next lies down.
pub fn wake() {
    if !WORK.swap(true, Ordering::AcqRel) {
        // Taking the lock makes sure that a sleeper which saw the old value already waits.
        drop(SLEEPER.0.lock());
        SLEEPER.1.notify_one();
    }
}

/// Tells waiting threads that rings were drained.
pub fn give_room() {
    if WAITING.load(Ordering::Relaxed) > 0 {
        *TURN.0.lock() += 1;
        TURN.1.notify_all();
    }
}

/// One thread's wait for room, over as many naps as it takes.
#[derive(Default)]
pub(crate) struct Wait {
    since: Option<(u64, Instant)>,
}

impl Wait {
    /// Waits until rings were drained, or a moment. False once it is no use to go on.
    pub(crate) fn nap(&mut self) -> bool {
        WAITING.fetch_add(1, Ordering::Relaxed);
        wake();
        let mut turn = TURN.0.lock();
        let (before, start) = *self.since.get_or_insert_with(|| (*turn, Instant::now()));
        if *turn == before {
            TURN.1.wait_for(&mut turn, NAP);
        }
        if *turn != before {
            self.since = None;
        }
        drop(turn);
        WAITING.fetch_sub(1, Ordering::Relaxed);
        is_running() && start.elapsed() < PATIENCE
    }
}
