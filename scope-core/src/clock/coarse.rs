//! The coarse clock: one reading for all threads, which a thread of the recorder's takes anew all the time.
//!
//! To look at it costs a load. A shared reading is always honest: it is as old as the time since that thread last ran, and the worst that
//! this came to is told. (A reading of one's own every so many records would be as old as the thread was idle.)

use super::ticks as exact;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Duration;

/// The last reading; 0: nobody takes any.
static TICKS: AtomicU64 = AtomicU64::new(0);
/// The longest time between two readings, in ticks.
static WORST: AtomicU64 = AtomicU64::new(0);
/// Some function is dated so.
static WANTED: AtomicBool = AtomicBool::new(false);

/// How often the clock is read.
const PERIOD: Duration = Duration::from_millis(1);

/// The last reading; one of its own where nobody takes any.
#[cfg_attr(not(debug_assertions), inline(always))]
pub(crate) fn ticks() -> u64 {
    match TICKS.load(Ordering::Relaxed) {
        0 => one(),
        ticks => ticks,
    }
}

#[cold]
#[inline(never)]
extern "C" fn one() -> u64 {
    exact()
}

/// Somebody is to take readings.
pub(crate) fn want() {
    WANTED.store(true, Ordering::Relaxed);
}

/// Whether somebody is to.
pub fn is_wanted() -> bool {
    WANTED.load(Ordering::Relaxed)
}

/// The longest time between two readings so far, in ticks.
pub fn worst() -> u64 {
    WORST.load(Ordering::Relaxed)
}

/// Takes readings until `stop` says so. One thread at a time.
pub fn run(stop: &AtomicBool) {
    let mut last = exact();
    TICKS.store(last, Ordering::Relaxed);
    while !stop.load(Ordering::Relaxed) {
        std::thread::sleep(PERIOD);
        let now = exact();
        WORST.fetch_max(now.saturating_sub(last), Ordering::Relaxed);
        last = now;
        TICKS.store(now, Ordering::Relaxed);
    }
    TICKS.store(0, Ordering::Relaxed);
}

/// In a child that `fork` made: that thread is not here.
#[cfg(unix)]
pub(crate) fn forked() {
    TICKS.store(0, Ordering::Relaxed);
}
