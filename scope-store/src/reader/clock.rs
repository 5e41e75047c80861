//! From ticks to nanoseconds since the Unix epoch.

use crate::info::Calibration;

/// A pair of moments on both clocks: time is linear between neighbours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Point {
    ticks: u64,
    mono: u64,
}

/// The log's clock.
#[derive(Clone, Debug, Default)]
pub(crate) struct Clock {
    /// Both rise.
    points: Vec<Point>,
    /// Wall time of the first point.
    anchor: u64,
    ticks_per_second: u64,
}

const SECOND: u64 = 1_000_000_000;

impl Clock {
    /// From the calibrations in the log; those that go backwards tell nothing.
    pub fn new(mut calibrations: Vec<Calibration>) -> Self {
        calibrations.sort_by_key(|c| c.ticks);
        let mut clock = Self::default();
        for c in calibrations {
            match clock.points.last() {
                None => {
                    clock.anchor = c.wall_ns;
                    clock.ticks_per_second = c.ticks_per_second;
                }
                Some(last) if last.ticks >= c.ticks || last.mono > c.mono_ns => continue,
                Some(_) => {}
            }
            clock.points.push(Point { ticks: c.ticks, mono: c.mono_ns });
        }
        if clock.ticks_per_second == 0 {
            clock.ticks_per_second = SECOND;
        }
        clock
    }

    /// The earliest moment that is known; for what has no time.
    pub fn start(&self) -> u64 {
        self.points.first().map_or(0, |point| point.ticks)
    }

    /// Nanoseconds since the Unix epoch at `ticks`. Never less for more ticks.
    pub fn time(&self, ticks: u64) -> u64 {
        self.span(ticks).time(ticks)
    }

    /// What is linear around `ticks`.
    pub fn span(&self, ticks: u64) -> Span {
        let Some(&first) = self.points.first() else {
            return Span { from: 0, to: u64::MAX, base: 0, rate: Rate::new(1, 1) };
        };
        // The pair of neighbours around `ticks`, or the nearest.
        let after = self.points.partition_point(|point| point.ticks <= ticks);
        let at = after.saturating_sub(1).min(self.points.len().saturating_sub(2));
        let from = self.points.get(at).copied().unwrap_or(first);
        let (ns, per, to) = match self.points.get(at + 1) {
            // Behind the last it goes on as before.
            Some(to) if at + 2 == self.points.len() => (to.mono - from.mono, to.ticks - from.ticks, u64::MAX),
            Some(to) => (to.mono - from.mono, to.ticks - from.ticks, to.ticks),
            None => (SECOND, self.ticks_per_second, u64::MAX),
        };
        let base = i128::from(self.anchor) + i128::from(from.mono) - i128::from(first.mono);
        Span { from: from.ticks, to, base, rate: Rate::new(ns, per) }
    }
}

/// Time between two moments that are known: linear.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Span {
    from: u64,
    to: u64,
    /// Time at its begin: below 0 it is before the epoch.
    base: i128,
    rate: Rate,
}

impl Default for Span {
    /// One that holds nothing.
    fn default() -> Self {
        Self { from: u64::MAX, to: 0, base: 0, rate: Rate::new(1, 1) }
    }
}

impl Span {
    /// Whether `ticks` are in it.
    #[inline(always)]
    pub fn holds(&self, ticks: u64) -> bool {
        self.from <= ticks && ticks < self.to
    }

    /// Nanoseconds since the Unix epoch at `ticks`.
    #[inline(always)]
    pub fn time(&self, ticks: u64) -> u64 {
        if let (Some(later), Ok(base)) = (ticks.checked_sub(self.from), u64::try_from(self.base)) {
            return base.saturating_add(self.rate.ns(later));
        }
        self.far(ticks)
    }

    #[cold]
    fn far(&self, ticks: u64) -> u64 {
        let shift = match ticks.checked_sub(self.from) {
            Some(later) => i128::from(self.rate.ns(later)),
            None => -i128::from(self.rate.ns(self.from - ticks)),
        };
        u64::try_from(self.base.saturating_add(shift).max(0)).unwrap_or(u64::MAX)
    }
}

/// Nanoseconds per tick.
#[derive(Clone, Copy, Debug)]
struct Rate {
    ns: u64,
    per: u64,
    /// The same as a whole number and one with 64 binary places, rounded up.
    whole: u64,
    part: u64,
    /// Of fewer ticks the rounding is not seen: what it adds is less than what is missing to the next nanosecond.
    exact: u64,
}

impl Rate {
    fn new(ns: u64, per: u64) -> Self {
        let per = per.max(1);
        let part = (u128::from(ns % per) << 64).div_ceil(u128::from(per));
        let exact = if part >> 64 == 0 { u64::MAX / per } else { 0 };
        Self { ns, per, whole: ns / per, part: part as u64, exact }
    }

    /// What so many ticks take, rounded down.
    #[inline(always)]
    fn ns(self, ticks: u64) -> u64 {
        if ticks < self.exact {
            let part = ((u128::from(ticks) * u128::from(self.part)) >> 64) as u64;
            return ticks.saturating_mul(self.whole).saturating_add(part);
        }
        self.divided(ticks)
    }

    #[inline(never)]
    fn divided(self, ticks: u64) -> u64 {
        let ns = u128::from(ticks) * u128::from(self.ns) / u128::from(self.per);
        u64::try_from(ns).unwrap_or(u64::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calibration(ticks: u64, mono_ns: u64, wall_ns: u64) -> Calibration {
        Calibration { ticks, mono_ns, wall_ns, ticks_per_second: 0 }
    }

    #[test]
    fn linear_between_points_and_beyond() {
        let clock =
            Clock::new(vec![calibration(1000, 50, 1_000_000), calibration(3000, 1050, 9), calibration(4000, 3050, 0)]);
        let times: Vec<_> = [1000, 2000, 3000, 3500, 4000, 5000, 0].map(|t| clock.time(t)).to_vec();
        assert_eq!(times, [1_000_000, 1_000_500, 1_001_000, 1_002_000, 1_003_000, 1_005_000, 999_500]);
    }

    #[test]
    fn one_point_or_none() {
        assert_eq!(Clock::new(vec![]).time(7), 7);
        let mut one = calibration(100, 5, 1000);
        assert_eq!(Clock::new(vec![one]).time(150), 1050);
        assert_eq!(Clock::new(vec![one]).time(50), 950);
        one.ticks_per_second = 2 * SECOND;
        assert_eq!(Clock::new(vec![one]).time(150), 1025);
    }

    proptest! {
        #[test]
        fn a_multiplication_is_the_division(ns: u64, per: u64, shift in 0..64u32, ticks: u64, less in 0..64u32) {
            let rate = Rate::new(ns >> shift, per >> (shift / 2));
            for ticks in [ticks, ticks >> less, ticks >> 32] {
                prop_assert_eq!(rate.ns(ticks), rate.divided(ticks));
            }
        }

        #[test]
        fn never_runs_backwards(points: Vec<(u64, u64, u64)>, rate: u64, a: u64, b: u64) {
            let all = points.into_iter().map(|(t, m, w)| Calibration { ticks_per_second: rate, ..calibration(t, m, w) });
            let clock = Clock::new(all.collect());
            prop_assert!(clock.time(a.min(b)) <= clock.time(a.max(b)));
        }
    }
}
