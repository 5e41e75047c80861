//! Sinks: what takes events besides the log.

use super::batch::EventBatch;
use parking_lot::Mutex;
use std::collections::VecDeque;
use std::error::Error;
use std::sync::Arc;

/// What a sink says that can't take events.
pub type SinkError = Box<dyn Error + Send + Sync>;

/// What takes events besides the log, behind all stages.
///
/// It is called on the recorder's thread, which waits for it: as long as it works no ring is drained. Rings then fill, and what
/// happens where one is full is the configuration's `overflow` to say; what is lost is counted. Who may be slow is better off with
/// a [`Subscription`](super::Subscription), for which nobody waits.
///
/// What a sink gets is in the log already. No probe records there, and it must not wait for the recorder (`flush`, `finish`). Where it
/// fails or panics that is told once, and it gets nothing any more.
pub trait Sink: Send + 'static {
    /// Takes events.
    ///
    /// # Errors
    ///
    /// It can take no more.
    fn take(&mut self, batch: &EventBatch) -> Result<(), SinkError>;

    /// The program flushes, or the log is complete: what was taken is to be where it belongs.
    ///
    /// # Errors
    ///
    /// It can't be.
    fn flush(&mut self) -> Result<(), SinkError> {
        Ok(())
    }
}

/// A sink that gives each batch to `take`.
pub fn sink(take: impl FnMut(&EventBatch) -> Result<(), SinkError> + Send + 'static) -> impl Sink {
    struct Take<F>(F);
    impl<F: FnMut(&EventBatch) -> Result<(), SinkError> + Send + 'static> Sink for Take<F> {
        fn take(&mut self, batch: &EventBatch) -> Result<(), SinkError> {
            (self.0)(batch)
        }
    }
    Take(take)
}

/// A sink in memory: it keeps the latest batches. Clones share them.
///
/// ```
/// use scope_store::pipeline::Memory;
/// let memory = Memory::new(1000);
/// let builder = scope_store::recorder::Recorder::builder().sink("memory", memory.clone());
/// # let _ = builder;
/// assert_eq!(memory.batches().len(), 0);
/// ```
#[derive(Clone, Debug)]
pub struct Memory {
    batches: Arc<Mutex<VecDeque<EventBatch>>>,
    most: usize,
}

impl Memory {
    /// For `most` batches at most: of more, the oldest ones go.
    pub fn new(most: usize) -> Self {
        Self { batches: Arc::default(), most }
    }

    /// The batches that there are, oldest first.
    pub fn batches(&self) -> Vec<EventBatch> {
        self.batches.lock().iter().cloned().collect()
    }

    /// Takes them out.
    pub fn take_all(&self) -> Vec<EventBatch> {
        std::mem::take(&mut *self.batches.lock()).into()
    }
}

impl Sink for Memory {
    fn take(&mut self, batch: &EventBatch) -> Result<(), SinkError> {
        let mut batches = self.batches.lock();
        if self.most == 0 {
            return Ok(());
        }
        while batches.len() >= self.most {
            batches.pop_front();
        }
        batches.push_back(batch.clone());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::ThreadId;
    use crate::info::ThreadDef;

    fn batch(thread: u32) -> EventBatch {
        let thread = Arc::new(ThreadDef { id: ThreadId(thread), name: None, os_id: 0 });
        EventBatch { thread, events: Vec::new(), places: Arc::default() }
    }

    #[test]
    fn the_latest_are_in_memory() {
        let memory = Memory::new(2);
        let mut theirs = memory.clone();
        (1..=5).for_each(|thread| theirs.take(&batch(thread)).expect("it takes all"));
        let threads = |batches: &[EventBatch]| batches.iter().map(|batch| batch.thread().id.0).collect::<Vec<_>>();
        assert_eq!(threads(&memory.batches()), [4, 5]);
        assert_eq!(threads(&memory.take_all()), [4, 5]);
        assert!(memory.batches().is_empty());
        let mut none = Memory::new(0);
        none.take(&batch(1)).expect("it takes all");
        assert!(none.batches().is_empty());
    }
}
