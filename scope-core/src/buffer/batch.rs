//! Records, to be written and as they were read.

use crate::record::{Header, Kind};

/// A record. How the words read is up to its kind ([`crate::record`] has those of probes), or to who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record<'a> {
    /// What it tells. `Pad` and `Lost` are the ring's own.
    pub kind: Kind,
    /// The id of the place that it is of, 0 for none; 22 bits.
    pub site: u32,
    /// The number of the call that it is of, 0 for none; of it the lowest 22 bits are kept.
    pub call: u64,
    /// The rest.
    pub words: &'a [u64],
}

/// Some records of a buffer, as they were when they were read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Batch {
    /// Their numbers, and where they begin in `words`.
    pub(super) records: Vec<(u64, usize)>,
    pub(super) words: Vec<u64>,
    pub(super) next: u64,
    pub(super) missing: u64,
}

impl Batch {
    /// The records with their numbers, oldest first.
    pub fn records(&self) -> impl Iterator<Item = (u64, Record<'_>)> {
        self.records.iter().filter_map(|&(number, at)| {
            let header = Header(*self.words.get(at)?);
            let words = self.words.get(at + 1..at + header.words())?;
            Some((number, Record { kind: header.kind()?, site: header.site(), call: header.call(), words }))
        })
    }

    /// The records in the ring's own form, one behind the other: see [`crate::record`].
    pub fn words(&self) -> &[u64] {
        &self.words
    }

    /// How many they are.
    pub fn len(&self) -> usize {
        self.records.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.records.is_empty()
    }

    /// The number to go on with: one behind the last record that is here or known to be missing.
    pub fn next(&self) -> u64 {
        self.next
    }

    /// How many records are missing between the number that was asked for and [`Batch::next`]: they were lost, overwritten or given back.
    pub fn missing(&self) -> u64 {
        self.missing
    }
}
