//! Two bells between probes and processor: "there is work" and "there is room again".

use crate::lock::patiently;
use crate::session::is_running;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

/// There is work and nobody has taken note of it yet: ringing once is enough.
static WORK: AtomicBool = AtomicBool::new(false);
static SLEEPER: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());
/// Counts the drains.
static TURN: AtomicU64 = AtomicU64::new(0);
static ROOM: (Mutex<()>, Condvar) = (Mutex::new(()), Condvar::new());
static WAITING: AtomicU32 = AtomicU32::new(0);

/// How long a thread waits for room while the processor makes no progress, before it loses the record: the processor may need
/// what that very thread holds (the allocator's lock, say). In µs: each wait that was in vain halves it, and each that was
/// not adds a little, so that a program whose processor is stuck does not stand still for this long again and again.
static PATIENCE: AtomicU64 = AtomicU64::new(MOST_PATIENCE);
const MOST_PATIENCE: u64 = 2_000_000;
const LEAST_PATIENCE: u64 = 100;
/// The turn at which somebody lost patience, plus 1. Until there is another nobody else waits.
static HOPELESS: AtomicU64 = AtomicU64::new(0);
/// The longest single wait: a drain between the failed try and the entry in `WAITING` rings no bell.
const NAP: Duration = Duration::from_millis(2);
/// The longest sleep: whoever rings the bell does without where the lock is not to be had.
const SLEEP: Duration = Duration::from_secs(1);

/// Sleeps until [`wake`] is called, or until `until`. Whether it was called.
pub fn sleep(until: Option<Instant>) -> bool {
    let Some(mut guard) = patiently(&SLEEPER.0) else {
        std::thread::sleep(NAP);
        return true;
    };
    while !WORK.swap(false, Ordering::Acquire) {
        let left = match until.map(|until| until.saturating_duration_since(Instant::now())) {
            Some(Duration::ZERO) => return false,
            left => left.map_or(SLEEP, |left| left.min(SLEEP)),
        };
        (guard, _) = SLEEPER.1.wait_timeout(guard, left).unwrap_or_else(PoisonError::into_inner);
    }
    true
}

/// Ends the processor's sleep, now or when it next lies down.
pub fn wake() {
    if !WORK.swap(true, Ordering::AcqRel) {
        // Taking the lock makes sure that a sleeper which saw the old value already waits.
        drop(patiently(&SLEEPER.0));
        SLEEPER.1.notify_one();
    }
}

/// Tells that a ring was drained; waiting threads only where that is `enough` to go on with for a while: else they would soon wait again.
pub fn give_room(enough: bool) {
    TURN.fetch_add(1, Ordering::Relaxed);
    if enough {
        end_naps();
    }
}

/// Lets waiting threads look again.
pub(crate) fn end_naps() {
    if WAITING.load(Ordering::Relaxed) > 0 {
        drop(patiently(&ROOM.0));
        ROOM.1.notify_all();
    }
}

/// One thread's wait for room, over as many naps as it takes.
#[derive(Default)]
pub(crate) struct Wait {
    since: Option<(u64, Instant)>,
}

impl Wait {
    /// Waits until there is room again, or a moment. False once it is no use to go on.
    pub(crate) fn nap(&mut self) -> bool {
        let turn = TURN.load(Ordering::Relaxed);
        if HOPELESS.load(Ordering::Relaxed) == turn + 1 {
            return false;
        }
        WAITING.fetch_add(1, Ordering::Relaxed);
        wake();
        let (before, start) = *self.since.get_or_insert_with(|| (turn, Instant::now()));
        if let Some(guard) = patiently(&ROOM.0)
            && TURN.load(Ordering::Relaxed) == before
        {
            drop(ROOM.1.wait_timeout(guard, NAP));
        }
        WAITING.fetch_sub(1, Ordering::Relaxed);
        let turn = TURN.load(Ordering::Relaxed);
        if turn != before {
            self.since = None;
            // Over again where the drain was of another ring: the processor is at work.
            patience(|patience| patience + patience / 16);
            return is_running();
        }
        let spent = u64::try_from(start.elapsed().as_micros()).unwrap_or(u64::MAX);
        if spent < PATIENCE.load(Ordering::Relaxed) {
            return is_running();
        }
        HOPELESS.store(turn + 1, Ordering::Relaxed);
        patience(|patience| patience / 2);
        false
    }
}

/// Two threads at once may count as one: it is a rule of thumb.
fn patience(change: impl Fn(u64) -> u64) {
    let patience = change(PATIENCE.load(Ordering::Relaxed)).clamp(LEAST_PATIENCE, MOST_PATIENCE);
    PATIENCE.store(patience, Ordering::Relaxed);
}
