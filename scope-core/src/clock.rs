//! The clock of the records: raw ticks of the processor's own counter, converted on reading.
//!
//! x86-64: the time stamp counter, where CPUID says that it is invariant; aarch64: the virtual
//! counter; elsewhere the operating system's monotonic clock in nanoseconds. A [`Calibration`] ties
//! ticks to both other clocks; readers interpolate between those that the log holds.

pub mod coarse;

use std::sync::OnceLock;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// How the calls of a function are dated.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// By a reading of the clock each time.
    #[default]
    Exact,
    /// By the last reading of the recorder's: see [`coarse`].
    Coarse,
    /// Not at all.
    None,
}

impl Clock {
    /// The ticks for a record: 0 for none.
    #[inline]
    pub(crate) fn ticks(self) -> u64 {
        match self {
            Self::Exact => ticks(),
            Self::Coarse => coarse::ticks(),
            Self::None => 0,
        }
    }
}

/// One moment on three clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calibration {
    /// The raw counter.
    pub ticks: u64,
    /// Nanoseconds of the monotonic clock since [`origin`].
    pub mono_ns: u64,
    /// Nanoseconds of the wall clock since the Unix epoch.
    pub wall_ns: u64,
}

/// The moment from which [`monotonic_ns`] counts: its own first call, or that of any other function here.
pub fn origin() -> Instant {
    static ORIGIN: OnceLock<Instant> = OnceLock::new();
    *ORIGIN.get_or_init(Instant::now)
}

/// Nanoseconds of the monotonic clock since [`origin`].
pub fn monotonic_ns() -> u64 {
    let start = origin();
    u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX)
}

/// Nanoseconds of the wall clock since the Unix epoch; 0 before it.
pub fn wall_ns() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| u64::try_from(d.as_nanos()).unwrap_or(u64::MAX))
}

/// One moment on all clocks: of several tries the one that was read within the fewest ticks.
pub fn calibrate() -> Calibration {
    (0..5)
        .map(|_| {
            let before = ticks();
            let (mono_ns, wall_ns) = (monotonic_ns(), wall_ns());
            let spent = ticks().saturating_sub(before);
            (spent, Calibration { ticks: before + spent / 2, mono_ns, wall_ns })
        })
        .min_by_key(|(spent, _)| *spent)
        .map_or(Calibration { ticks: 0, mono_ns: 0, wall_ns: 0 }, |(_, best)| best)
}

/// Whether the processor has a counter to read: else [`ticks`] asks the operating system.
#[cfg(target_arch = "x86_64")]
#[inline]
pub(crate) fn is_counter() -> bool {
    use std::sync::atomic::{AtomicU8, Ordering};
    const UNKNOWN: u8 = 0;
    const COUNTER: u8 = 1;
    const SYSTEM: u8 = 2;
    static SOURCE: AtomicU8 = AtomicU8::new(UNKNOWN);

    #[cold]
    fn choose() -> u8 {
        let source = if has_invariant_counter() { COUNTER } else { SYSTEM };
        SOURCE.store(source, Ordering::Relaxed);
        source
    }
    match SOURCE.load(Ordering::Relaxed) {
        UNKNOWN => choose() == COUNTER,
        source => source == COUNTER,
    }
}

/// The raw counter now.
#[cfg(target_arch = "x86_64")]
#[inline]
pub fn ticks() -> u64 {
    if is_counter() { counter() } else { monotonic_ns() }
}

/// The same where it is known that the processor has one.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
pub(crate) fn counter() -> u64 {
    // SAFETY: every x86-64 processor has the instruction; no operating system that we run on forbids it.
    unsafe { std::arch::x86_64::_rdtsc() }
}

/// Every processor has one.
#[cfg(target_arch = "aarch64")]
pub(crate) fn is_counter() -> bool {
    true
}

/// None that we know how to read.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub(crate) fn is_counter() -> bool {
    false
}

/// See [`ticks`].
#[cfg(not(target_arch = "x86_64"))]
#[inline(always)]
pub(crate) fn counter() -> u64 {
    ticks()
}

/// Whether the counter runs at one rate through all power states, and over all cores (CPUID 0x8000_0007, EDX bit 8).
#[cfg(target_arch = "x86_64")]
fn has_invariant_counter() -> bool {
    use std::arch::x86_64::__cpuid;
    // `__cpuid` is unsafe in older toolchains only.
    #[allow(unused_unsafe, reason = "safe in newer toolchains")]
    // SAFETY: every x86-64 processor has the instruction; the second leaf is asked for only where the first names it.
    unsafe {
        __cpuid(0x8000_0000).eax >= 0x8000_0007 && __cpuid(0x8000_0007).edx & (1 << 8) != 0
    }
}

/// The raw counter now.
#[cfg(target_arch = "aarch64")]
#[inline]
pub fn ticks() -> u64 {
    let ticks: u64;
    // SAFETY: the virtual counter may be read at the lowest privilege on every system with std.
    unsafe { std::arch::asm!("mrs {}, cntvct_el0", out(reg) ticks, options(nomem, nostack, preserves_flags)) };
    ticks
}

/// The raw counter now.
#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
pub fn ticks() -> u64 {
    monotonic_ns()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clocks_go_forward_together() {
        let a = calibrate();
        while monotonic_ns() - a.mono_ns < 2_000_000 {}
        let b = calibrate();
        assert!(b.ticks > a.ticks && b.mono_ns > a.mono_ns && b.wall_ns > a.wall_ns, "{a:?} {b:?}");
    }
}
