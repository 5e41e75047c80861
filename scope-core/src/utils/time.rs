//! Timestamps, and ids made of them.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// Nanoseconds since some moment in the life of this process. They never go back.
///
/// ```
/// let start = scope_core::utils::monotonic_ns();
/// assert!(scope_core::utils::monotonic_ns() >= start);
/// ```
pub fn monotonic_ns() -> u64 {
    static START: OnceLock<Instant> = OnceLock::new();
    let nanos = START.get_or_init(Instant::now).elapsed().as_nanos();
    u64::try_from(nanos).unwrap_or(u64::MAX)
}

/// Nanoseconds since the start of 1970, UTC; 0 for a clock that is set to a time before that. They go back when somebody sets
/// the clock.
///
/// ```
/// assert!(scope_core::utils::wall_ns() > 1_700_000_000_000_000_000);
/// ```
pub fn wall_ns() -> u64 {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_nanos());
    u64::try_from(nanos).unwrap_or(u64::MAX)
}

/// An id that no other call in this process gives, and that is larger than all given before it, on any thread.
///
/// It is the wall clock in nanoseconds, or one more than the last id where the clock did not get further: ids of different
/// processes sort by time too, as far as their clocks agree, but may coincide. For ids that are unique everywhere there is
/// [`CorrelationId`](super::CorrelationId).
///
/// ```
/// use scope_core::utils::unique_id;
/// let first = unique_id();
/// assert!(unique_id() > first);
/// ```
pub fn unique_id() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    let now = wall_ns();
    let mut last = LAST.load(Ordering::Relaxed);
    loop {
        let id = now.max(last.saturating_add(1));
        // Relaxed: the order of the ids is that of this one variable.
        match LAST.compare_exchange_weak(last, id, Ordering::Relaxed, Ordering::Relaxed) {
            Ok(_) => return id,
            Err(other) => last = other,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_across_threads() {
        let threads: Vec<_> =
            (0..4).map(|_| std::thread::spawn(|| (0..5000).map(|_| unique_id()).collect::<Vec<_>>())).collect();
        let mut all = Vec::new();
        for thread in threads {
            let ids = thread.join().unwrap();
            assert!(ids.is_sorted_by(|a, b| a < b));
            all.extend(ids);
        }
        all.sort_unstable();
        assert!(all.is_sorted_by(|a, b| a < b), "an id was given twice");
    }
}
