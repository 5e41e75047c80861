//! What is measured: processor time, which stays steady on a busy machine where wall time does not.

use rustix::time::{ClockId, clock_gettime};

/// Nanoseconds that the calling thread has run.
pub fn thread_ns() -> f64 {
    ns(ClockId::ThreadCPUTime)
}

/// Nanoseconds that all threads of this process have run.
pub fn process_ns() -> f64 {
    ns(ClockId::ProcessCPUTime)
}

/// Nanoseconds of the wall clock, from any origin.
pub fn wall_ns() -> f64 {
    ns(ClockId::Monotonic)
}

fn ns(clock: ClockId) -> f64 {
    let time = clock_gettime(clock);
    time.tv_sec as f64 * 1e9 + time.tv_nsec as f64
}

/// The median of `values`, which it sorts.
pub fn median(values: &mut [f64]) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
