//! What probes and processor wait on: "there is work" and "there is room again". `signal` has the one of each that the process has.
//!
//! No call is missed, whatever the two sides do at the same time (`bell/model.rs`); the limits on single waits are for locks that are not
//! to be had, and for threads that a fork left behind.

use crate::lock::patiently;
use crate::sync::{AtomicBool, AtomicU64, Condvar, Mutex, Ordering, fence};
use std::sync::PoisonError;
use std::time::{Duration, Instant};

/// The longest single wait for room, and how long to wait where a lock is not to be had.
const NAP: Duration = Duration::from_millis(2);
/// The longest sleep: whoever calls does without the lock where it is not to be had.
const SLEEP: Duration = Duration::from_secs(1);

/// Calls for one sleeper.
#[derive(Debug)]
pub(crate) struct Work {
    /// There is work and nobody has taken note of it yet: calling once is enough.
    called: AtomicBool,
    lock: Mutex<()>,
    bell: Condvar,
}

/// Turns for any number of waiting threads.
#[derive(Debug)]
pub(crate) struct Turns {
    /// Counts the turns. Written `Release` behind what a turn brings; read `Acquire` before that is looked for.
    turn: AtomicU64,
    waiting: AtomicU64,
    lock: Mutex<()>,
    bell: Condvar,
}

macro_rules! constructors {
    ($($qualifier:ident)?) => {
        impl Work {
            pub(crate) $($qualifier)? fn new() -> Self {
                Self { called: AtomicBool::new(false), lock: Mutex::new(()), bell: Condvar::new() }
            }
        }

        impl Turns {
            pub(crate) $($qualifier)? fn new() -> Self {
                let (turn, waiting) = (AtomicU64::new(0), AtomicU64::new(0));
                Self { turn, waiting, lock: Mutex::new(()), bell: Condvar::new() }
            }
        }
    };
}
#[cfg(not(loom))]
constructors!(const);
#[cfg(loom)]
constructors!();

impl Work {
    /// Sleeps until [`Work::call`], or until `until`. Whether it was called.
    pub(crate) fn sleep(&self, until: Option<Instant>) -> bool {
        let Some(mut guard) = patiently(&self.lock) else {
            std::thread::sleep(NAP);
            return true;
        };
        while !self.called.swap(false, Ordering::Acquire) {
            let left = match until.map(|until| until.saturating_duration_since(Instant::now())) {
                Some(Duration::ZERO) => return false,
                left => left.map_or(SLEEP, |left| left.min(SLEEP)),
            };
            (guard, _) = self.bell.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner);
        }
        true
    }

    /// As [`Work::call`], without the lock: somebody who just lies down may not hear it before he wakes by himself.
    #[cfg(all(unix, not(loom)))]
    pub(crate) fn call_unlocked(&self) {
        self.called.store(true, Ordering::Release);
        self.bell.notify_one();
    }

    /// Ends the sleep, now or when somebody next lies down.
    pub(crate) fn call(&self) {
        if !self.called.swap(true, Ordering::AcqRel) {
            // Taking the lock makes sure that a sleeper which saw the old value already waits.
            drop(patiently(&self.lock));
            self.bell.notify_one();
        }
    }
}

impl Turns {
    /// The number of this turn: to be asked for before whoever may have to wait looks for what a turn brings.
    pub(crate) fn now(&self) -> u64 {
        self.turn.load(Ordering::Acquire)
    }

    /// Begins the next turn; who waits is told of it only if it is `worth` that.
    pub(crate) fn next(&self, worth: bool) {
        self.turn.fetch_add(1, Ordering::Release);
        if !worth {
            return;
        }
        // SeqCst, with the one in `wait`: either this thread sees that somebody waits, or that one sees the new turn.
        fence(Ordering::SeqCst);
        if self.waiting.load(Ordering::Relaxed) > 0 {
            // As in `call`.
            drop(patiently(&self.lock));
            self.bell.notify_all();
        }
    }

    /// Waits until `turn` is over, or a moment.
    pub(crate) fn wait(&self, turn: u64) {
        self.waiting.fetch_add(1, Ordering::Relaxed);
        // SeqCst: see `next`.
        fence(Ordering::SeqCst);
        if let Some(guard) = patiently(&self.lock)
            && self.now() == turn
        {
            drop(self.bell.wait_timeout(guard, NAP));
        }
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(all(test, loom))]
mod model;
