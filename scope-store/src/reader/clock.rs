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
        let Some(&first) = self.points.first() else { return ticks };
        // The pair of neighbours around `ticks`, or the nearest.
        let after = self.points.partition_point(|point| point.ticks <= ticks);
        let at = after.saturating_sub(1).min(self.points.len().saturating_sub(2));
        let from = self.points.get(at).copied().unwrap_or(first);
        let (ns, per) = match self.points.get(at + 1) {
            Some(to) => (to.mono - from.mono, to.ticks - from.ticks),
            None => (SECOND, self.ticks_per_second),
        };
        // Below 2^64 each: the products fit.
        let scaled = |ticks: u64| u128::from(ticks) * u128::from(ns) / u128::from(per.max(1));
        let base = i128::from(self.anchor) + i128::from(from.mono) - i128::from(first.mono);
        let shift = match ticks.checked_sub(from.ticks) {
            Some(later) => i128::try_from(scaled(later)).unwrap_or(i128::MAX),
            None => -i128::try_from(scaled(from.ticks - ticks)).unwrap_or(i128::MAX),
        };
        u64::try_from(base.saturating_add(shift).max(0)).unwrap_or(u64::MAX)
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
        fn never_runs_backwards(points: Vec<(u64, u64, u64)>, rate: u64, a: u64, b: u64) {
            let all = points.into_iter().map(|(t, m, w)| Calibration { ticks_per_second: rate, ..calibration(t, m, w) });
            let clock = Clock::new(all.collect());
            prop_assert!(clock.time(a.min(b)) <= clock.time(a.max(b)));
        }
    }
}
