//! What asks a flight recorder for a snapshot without waiting for it: a signal, or a call that took longer than the plan lets it.
//!
//! The asker stores what happened and rings the processor's bell, which a signal handler may do, too.

use crate::errno;
use crate::signal;
use crate::site::{SiteId, Sites};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// Whether somebody listens.
static LISTENS: AtomicBool = AtomicBool::new(false);
static SIGNAL: AtomicBool = AtomicBool::new(false);
/// A call that was too slow: its function's site, and how many µs it took in the low half. 0: none.
static SLOW: AtomicU64 = AtomicU64::new(0);
/// Others that were, before that one was taken.
static MORE: AtomicU64 = AtomicU64::new(0);

/// Why somebody asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// A signal came.
    Signal,
    /// A call of this function took so long, which is more than the plan lets it.
    Slow(SiteId, Duration),
}

/// From now on a cause is kept until it is taken; or no more.
pub fn listen(listens: bool) {
    SIGNAL.store(false, Ordering::Relaxed);
    SLOW.store(0, Ordering::Relaxed);
    MORE.store(0, Ordering::Relaxed);
    LISTENS.store(listens, Ordering::Relaxed);
}

/// What has happened since the last time: of each kind the first.
pub fn causes() -> impl Iterator<Item = Cause> {
    let signal = SIGNAL.swap(false, Ordering::Relaxed).then_some(Cause::Signal);
    let slow = match SLOW.swap(0, Ordering::Relaxed) {
        0 => None,
        slow => Some(Cause::Slow(SiteId((slow >> 32) as u32), Duration::from_micros(slow & u64::from(u32::MAX)))),
    };
    signal.into_iter().chain(slow)
}

/// How many calls were too slow since the last time, besides those that were told of.
pub fn more() -> u64 {
    MORE.swap(0, Ordering::Relaxed)
}

/// A signal came: for its handler.
#[cfg(unix)]
pub(crate) extern "C" fn on_signal(_number: i32) {
    let _errno = errno::kept();
    if LISTENS.load(Ordering::Relaxed) {
        SIGNAL.store(true, Ordering::Relaxed);
        signal::nudge();
    }
}

/// Asks for a snapshot when it is dropped, if that is later than the plan lets the function end: the outermost thing in it.
#[derive(Debug)]
#[must_use = "the time is taken when this is dropped"]
pub struct Slow {
    sites: &'static Sites,
    /// `None` until the call begins.
    since: Option<Instant>,
}

impl Slow {
    /// For a call that has not begun.
    pub(crate) fn later(sites: &'static Sites) -> Self {
        Self { sites, since: None }
    }

    /// The call begins, unless it did before.
    pub(crate) fn begin(&mut self) {
        self.since.get_or_insert_with(Instant::now);
    }
}

impl Sites {
    /// Takes the time that a call of the function takes.
    #[doc(hidden)]
    #[inline(never)]
    pub extern "C" fn __scope_slow(&'static self) -> Slow {
        Slow { sites: self, since: Some(Instant::now()) }
    }
}

impl Drop for Slow {
    #[inline(never)]
    fn drop(&mut self) {
        // Not asked at the beginning: the program's first probe starts the recorder.
        let Some(since) = self.since.filter(|_| LISTENS.load(Ordering::Relaxed)) else { return };
        let _errno = errno::kept();
        let took = since.elapsed();
        if took > self.sites.snapshot_over()
            && let Some(site) = self.sites.first()
        {
            let micros = u32::try_from(took.as_micros()).unwrap_or(u32::MAX);
            let slow = u64::from(site.0) << 32 | u64::from(micros);
            match SLOW.compare_exchange(0, slow, Ordering::Relaxed, Ordering::Relaxed) {
                Ok(_) => signal::wake(),
                Err(_) => _ = MORE.fetch_add(1, Ordering::Relaxed),
            }
        }
    }
}
