//! Two bells between probes and processor: "there is work" and "there is room again".

use crate::bell::{Turns, Work};
use crate::session::is_running;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

static WORK: Work = Work::new();
/// A turn is a drain.
static ROOM: Turns = Turns::new();

/// How long a thread waits for room while the processor makes no progress, before it loses the record: the processor may need
/// what that very thread holds (the allocator's lock, say). In µs: each wait that was in vain halves it, and each that was
/// not adds a little, so that a program whose processor is stuck does not stand still for this long again and again.
static PATIENCE: AtomicU64 = AtomicU64::new(MOST_PATIENCE);
const MOST_PATIENCE: u64 = 2_000_000;
const LEAST_PATIENCE: u64 = 100;
/// The turn at which somebody lost patience, plus 1. Until there is another nobody else waits.
static HOPELESS: AtomicU64 = AtomicU64::new(0);

/// Sleeps until [`wake`] is called, or until `until`. Whether it was called.
pub fn sleep(until: Option<Instant>) -> bool {
    WORK.sleep(until)
}

/// Ends the processor's sleep, now or when it next lies down.
pub fn wake() {
    WORK.call();
}

/// The same for a signal handler, whose thread may hold the lock: the processor may note it half a second later.
#[cfg(unix)]
pub(crate) fn nudge() {
    WORK.call_unlocked();
}

/// Tells that a ring was drained; waiting threads only where that is `enough` to go on with for a while: else they would soon wait again.
pub fn give_room(enough: bool) {
    ROOM.next(enough);
}

/// One thread's wait for room, over as many naps as it takes.
#[derive(Default)]
pub(crate) struct Wait {
    /// When room was last looked for.
    turn: u64,
    since: Option<(u64, Instant)>,
}

impl Wait {
    /// Room is about to be looked for: what is given back from now on ends a nap.
    pub(crate) fn look(&mut self) {
        self.turn = ROOM.now();
    }

    /// Waits until there is room again, or a moment. False once it is no use to go on.
    pub(crate) fn nap(&mut self) -> bool {
        if HOPELESS.load(Ordering::Relaxed) == ROOM.now() + 1 {
            return false;
        }
        wake();
        let (before, start) = *self.since.get_or_insert_with(|| (self.turn, Instant::now()));
        ROOM.wait(before);
        let turn = ROOM.now();
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
