//! How often each duration was met, as near as a percentile needs it.

/// Buckets for each doubling: a value is known to 1/32 of itself, and its bucket's middle is nearer.
const PARTS: usize = 32;
const PART_BITS: u32 = 5;
/// Below `PARTS` each value has a bucket, then each doubling has `PARTS`.
const OCTAVES: usize = 1 + (u64::BITS - PART_BITS) as usize;

/// Numbers in buckets, each at most 1/32 (3.2 %) wide: what is told of them is at most half of that off. The least and the greatest are
/// exact. It takes 256 bytes for each doubling that is met, however many numbers there are.
#[derive(Clone, Debug)]
pub struct Histogram {
    /// Where the counts of each octave are, plus one; 0: nowhere so far.
    places: [u8; OCTAVES],
    counts: Vec<[u64; PARTS]>,
    count: u64,
    min: u64,
    max: u64,
}

impl Default for Histogram {
    fn default() -> Self {
        Self { places: [0; OCTAVES], counts: Vec::new(), count: 0, min: u64::MAX, max: 0 }
    }
}

impl Histogram {
    /// Adds a number.
    #[inline]
    pub fn add(&mut self, value: u64) {
        let (octave, part) = bucket(value);
        self.octave(octave)[part] += 1;
        self.count += 1;
        self.min = self.min.min(value);
        self.max = self.max.max(value);
    }

    #[inline]
    fn octave(&mut self, octave: usize) -> &mut [u64; PARTS] {
        if self.places[octave] == 0 {
            self.counts.push([0; PARTS]);
            self.places[octave] = self.counts.len() as u8;
        }
        &mut self.counts[usize::from(self.places[octave]) - 1]
    }

    /// Adds all of `other`.
    pub fn merge(&mut self, other: &Self) {
        for octave in 0..OCTAVES {
            if let Some(more) = other.part(octave) {
                self.octave(octave).iter_mut().zip(more).for_each(|(count, more)| *count += more);
            }
        }
        self.count += other.count;
        self.min = self.min.min(other.min);
        self.max = self.max.max(other.max);
    }

    fn part(&self, octave: usize) -> Option<&[u64; PARTS]> {
        self.counts.get(usize::from(self.places[octave]).checked_sub(1)?)
    }

    /// How many numbers there are.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The least one.
    pub fn min(&self) -> Option<u64> {
        (self.count > 0).then_some(self.min)
    }

    /// The greatest one.
    pub fn max(&self) -> Option<u64> {
        (self.count > 0).then_some(self.max)
    }

    /// A number that the share `quantile` (0 to 1) of all are not greater than, and the rest not less. `None`: there are none.
    pub fn quantile(&self, quantile: f64) -> Option<u64> {
        let rank = ((quantile.clamp(0.0, 1.0) * self.count as f64).ceil() as u64).clamp(1, self.count.max(1));
        let mut seen = 0;
        for octave in 0..OCTAVES {
            for (part, count) in self.part(octave).into_iter().flatten().enumerate() {
                seen += count;
                if seen >= rank && *count > 0 {
                    return Some(middle(octave, part).clamp(self.min, self.max));
                }
            }
        }
        None
    }
}

fn bucket(value: u64) -> (usize, usize) {
    let Some(exponent) = value.checked_ilog2().and_then(|log| log.checked_sub(PART_BITS)) else {
        return (0, value as usize);
    };
    (1 + exponent as usize, (value >> exponent) as usize - PARTS)
}

fn middle(octave: usize, part: usize) -> u64 {
    let Some(exponent) = octave.checked_sub(1) else { return part as u64 };
    let (low, width) = (((PARTS + part) as u64) << exponent, 1u64 << exponent);
    low + width / 2
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn quantiles_are_near(mut values in prop::collection::vec(any::<u64>().prop_perturb(|v, mut rng| v >> (rng.next_u32() % 64)), 1..300), share in 0.0..=1.0f64) {
            let (mut whole, mut halves) = (Histogram::default(), [Histogram::default(), Histogram::default()]);
            for (index, value) in values.iter().enumerate() {
                whole.add(*value);
                halves[index % 2].add(*value);
            }
            let [mut merged, other] = halves;
            merged.merge(&other);
            values.sort_unstable();
            let rank = ((share * values.len() as f64).ceil() as usize).max(1);
            let (exact, found) = (values[rank - 1], whole.quantile(share).unwrap());
            prop_assert_eq!(merged.quantile(share), Some(found));
            prop_assert!(found.abs_diff(exact) <= exact / 60, "{} for {}", found, exact);
            prop_assert_eq!((whole.min(), whole.max()), (values.first().copied(), values.last().copied()));
            prop_assert_eq!((whole.quantile(1.0).map(|v| v <= whole.max), whole.count()), (Some(true), values.len() as u64));
        }
    }

    #[test]
    fn no_numbers() {
        let none = Histogram::default();
        assert_eq!((none.quantile(0.5), none.min(), none.max(), none.count()), (None, None, None, 0));
    }
}
