//! Subscriptions: events while the program runs, for who may be slow.

use super::batch::EventBatch;
use super::figures::SubscriptionFigures;
use parking_lot::Mutex;
use std::ops::Deref;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, TrySendError, sync_channel};
use std::time::Duration;

/// Events while the program runs, behind all stages: an iterator over batches, which ends with the recorder.
///
/// The recorder never waits for it: where the program has not taken as many batches as there is room for, further ones are missed,
/// and the next one that finds room tells how many. What is missed here is in the log all the same.
///
/// The recorder's own threads carry no probes, the one that takes batches does: leave what it calls out of the plan or
/// [mute](scope_core::mute) it, else each batch makes further events.
#[derive(Debug)]
pub struct Subscription {
    batches: Receiver<Delivery>,
    counts: Arc<Counts>,
}

/// What both ends know.
#[derive(Debug, Default)]
struct Counts {
    batches: AtomicU64,
    missed_batches: AtomicU64,
    missed_events: AtomicU64,
}

impl Counts {
    fn figures(&self) -> SubscriptionFigures {
        let get = |count: &AtomicU64| count.load(Ordering::Relaxed);
        SubscriptionFigures {
            batches: get(&self.batches),
            missed_batches: get(&self.missed_batches),
            missed_events: get(&self.missed_events),
        }
    }
}

/// A batch, and what was missed before it.
#[derive(Clone, Debug)]
pub struct Delivery {
    batch: Arc<EventBatch>,
    missed_batches: u64,
    missed_events: u64,
}

impl Delivery {
    /// Batches that were missed between the delivery before and this one: there was no room for them.
    pub fn missed_batches(&self) -> u64 {
        self.missed_batches
    }

    /// Events in those.
    pub fn missed_events(&self) -> u64 {
        self.missed_events
    }
}

impl Deref for Delivery {
    type Target = EventBatch;

    fn deref(&self) -> &EventBatch {
        &self.batch
    }
}

/// Why there is no batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoBatch {
    /// None came in time.
    Timeout,
    /// The recorder has ended: there will be none.
    Ended,
}

impl Subscription {
    /// The next batch, as soon as there is one, or within `patience`.
    ///
    /// # Errors
    ///
    /// Where none came in time, or none will.
    pub fn next_within(&self, patience: Duration) -> Result<Delivery, NoBatch> {
        self.batches.recv_timeout(patience).map_err(|error| match error {
            RecvTimeoutError::Timeout => NoBatch::Timeout,
            RecvTimeoutError::Disconnected => NoBatch::Ended,
        })
    }

    /// What it has got and missed so far, also what was missed behind the last delivery.
    pub fn figures(&self) -> SubscriptionFigures {
        self.counts.figures()
    }
}

impl Iterator for Subscription {
    type Item = Delivery;

    fn next(&mut self) -> Option<Delivery> {
        self.batches.recv().ok()
    }
}

/// The recorder's end of all subscriptions.
#[derive(Debug, Default)]
pub(crate) struct Hub {
    subscribers: Mutex<Vec<Subscriber>>,
    any: AtomicBool,
    ended: AtomicBool,
    /// Batches that subscriptions have missed, also of those that are gone.
    lag: AtomicU64,
}

#[derive(Debug)]
struct Subscriber {
    batches: SyncSender<Delivery>,
    counts: Arc<Counts>,
    /// Since the last delivery.
    missed: (u64, u64),
}

impl Hub {
    /// A subscription with room for `capacity` batches, one at least.
    pub fn subscribe(&self, capacity: usize) -> Subscription {
        let (sender, receiver) = sync_channel(capacity.max(1));
        let counts = Arc::<Counts>::default();
        let mut subscribers = self.subscribers.lock();
        if !self.ended.load(Ordering::Relaxed) {
            subscribers.push(Subscriber { batches: sender, counts: Arc::clone(&counts), missed: (0, 0) });
            self.any.store(true, Ordering::Relaxed);
        }
        Subscription { batches: receiver, counts }
    }

    /// Whether somebody has subscribed.
    pub fn is_wanted(&self) -> bool {
        self.any.load(Ordering::Relaxed)
    }

    /// Gives a batch to all who have room for it.
    pub fn deliver(&self, batch: &Arc<EventBatch>) {
        let mut subscribers = self.subscribers.lock();
        subscribers.retain_mut(|subscriber| subscriber.deliver(batch, &self.lag));
        self.any.store(!subscribers.is_empty(), Ordering::Relaxed);
    }

    /// There will be no more batches.
    pub fn end(&self) {
        let mut subscribers = self.subscribers.lock();
        self.ended.store(true, Ordering::Relaxed);
        self.any.store(false, Ordering::Relaxed);
        subscribers.clear();
    }

    /// What all have got, and how many batches they have missed, those that are gone included.
    pub fn figures(&self, into: &mut Vec<SubscriptionFigures>) -> u64 {
        into.clear();
        into.extend(self.subscribers.lock().iter().map(|subscriber| subscriber.counts.figures()));
        self.lag.load(Ordering::Relaxed)
    }
}

impl Subscriber {
    /// False: nobody takes batches any more.
    fn deliver(&mut self, batch: &Arc<EventBatch>, lag: &AtomicU64) -> bool {
        let (missed_batches, missed_events) = self.missed;
        match self.batches.try_send(Delivery { batch: Arc::clone(batch), missed_batches, missed_events }) {
            Ok(()) => {
                self.counts.batches.fetch_add(1, Ordering::Relaxed);
                self.missed = (0, 0);
                true
            }
            Err(TrySendError::Full(_)) => {
                let events = batch.events.len() as u64;
                self.missed = (missed_batches + 1, missed_events + events);
                self.counts.missed_batches.fetch_add(1, Ordering::Relaxed);
                self.counts.missed_events.fetch_add(events, Ordering::Relaxed);
                lag.fetch_add(1, Ordering::Relaxed);
                true
            }
            Err(TrySendError::Disconnected(_)) => false,
        }
    }
}
