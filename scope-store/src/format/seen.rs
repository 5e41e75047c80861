//! Which sites a batch, or a whole log, has events of.

/// Sites with greater ids are not kept: a log with that many says of none that it is not there.
const MOST: u32 = 1 << 20;

/// A set of sites.
#[derive(Clone, Debug, Default)]
pub(crate) struct Seen {
    bits: Vec<u64>,
    /// The last words that may not be 0.
    used: usize,
    overflowed: bool,
}

impl Seen {
    pub fn clear(&mut self) {
        self.bits[..self.used].fill(0);
        self.used = 0;
        self.overflowed = false;
    }

    #[inline(always)]
    pub fn add(&mut self, site: u32) {
        let word = site as usize / 64;
        if word >= self.used {
            self.grow(site);
        }
        if let Some(bits) = self.bits.get_mut(word) {
            *bits |= 1 << (site % 64);
        }
    }

    #[cold]
    fn grow(&mut self, site: u32) {
        if site >= MOST {
            self.overflowed = true;
            return;
        }
        let words = site as usize / 64 + 1;
        if words > self.bits.len() {
            self.bits.resize(words, 0);
        }
        self.used = words;
    }

    /// How much there is: an upper bound of what its runs take.
    pub fn words(&self) -> usize {
        self.used
    }

    /// Adds those of `other`.
    pub fn join(&mut self, other: &Self) {
        if self.bits.len() < other.used {
            self.bits.resize(other.used, 0);
        }
        self.used = self.used.max(other.used);
        self.overflowed |= other.overflowed;
        for (bits, more) in self.bits.iter_mut().zip(&other.bits[..other.used]) {
            *bits |= more;
        }
    }

    /// The runs of sites: where each begins, and how many it has. `None`: not all are known.
    pub fn runs(&self) -> Option<Vec<(u32, u32)>> {
        let mut runs: Vec<(u32, u32)> = Vec::new();
        for (word, &bits) in self.bits[..self.used].iter().enumerate().filter(|(_, bits)| **bits != 0) {
            for bit in (0..64).filter(|bit| bits >> bit & 1 != 0) {
                let site = word as u32 * 64 + bit;
                match runs.last_mut() {
                    Some((first, count)) if *first + *count == site => *count += 1,
                    _ => runs.push((site, 1)),
                }
            }
        }
        (!self.overflowed).then_some(runs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_sites() {
        let (mut seen, mut other) = (Seen::default(), Seen::default());
        [3, 1, 2, 63, 64, 200].into_iter().for_each(|site| seen.add(site));
        assert_eq!(seen.runs().unwrap(), [(1, 3), (63, 2), (200, 1)]);
        other.add(4);
        other.join(&seen);
        assert_eq!(other.runs().unwrap(), [(1, 4), (63, 2), (200, 1)]);
        other.clear();
        assert_eq!(other.runs().unwrap(), []);
        other.add(65);
        assert_eq!(other.runs().unwrap(), [(65, 1)]);
        other.add(u32::MAX);
        assert_eq!(other.runs(), None);
    }
}
