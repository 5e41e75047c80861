//! Batches that are filled one after the other, and used again.

use crate::{Batch, Correlator};
use scope_core::config::Compression;
use scope_core::record::Records;

/// A batch that is to be whole is, up to so many bytes: a frame has a limit.
#[cfg(feature = "live")]
const WHOLE: usize = 32 << 20;

/// See the module's text.
#[derive(Default)]
pub(crate) struct Batches {
    batches: Vec<Batch>,
    used: usize,
}

impl Batches {
    /// Forgets the events.
    pub fn clear(&mut self) {
        self.used = 0;
    }

    /// Those that hold events.
    pub fn all(&self) -> &[Batch] {
        &self.batches[..self.used]
    }

    /// The batch that takes the next event: the last one, or where that is full a new one. `whole`: it is not full so soon.
    #[cfg(feature = "live")]
    pub fn open(&mut self, whole: bool) -> &mut Batch {
        let last = self.batches[..self.used].last();
        if last.is_none_or(|last| if whole { last.size() >= WHOLE } else { last.is_full() }) {
            if self.used == self.batches.len() {
                self.batches.push(Batch::new());
            }
            self.batches[self.used].clear();
            self.used += 1;
        }
        &mut self.batches[self.used - 1]
    }

    /// Makes the bytes that are stored.
    pub fn pack(&mut self, compression: Compression) {
        self.batches[..self.used].iter_mut().for_each(|batch| batch.pack(compression));
    }

    /// Appends the events of `words` to those of the last batch, and where that is full to new ones.
    pub fn fill(&mut self, correlator: &mut Correlator, words: &[u64], cycle: u64) {
        let mut records = Records::new(words);
        loop {
            if let Some(last) = self.batches[..self.used].last_mut() {
                correlator.feed(&mut records, cycle, last);
                if !last.is_full() {
                    self.used -= usize::from(last.is_empty());
                    return;
                }
            }
            if self.used == self.batches.len() {
                self.batches.push(Batch::new());
            }
            self.batches[self.used].clear();
            self.used += 1;
        }
    }
}
