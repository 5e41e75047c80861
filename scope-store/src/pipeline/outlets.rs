//! What takes events besides the log: sinks, one after the other, and subscriptions.

use super::batch::EventBatch;
use super::figures::{SinkFigures, SubscriptionFigures};
use super::sink::{Sink, SinkError};
use super::subscription::Hub;
use crate::recorder::complain;
use parking_lot::Mutex;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

/// A sink, and what it has done.
struct Outlet {
    sink: Arc<Mutex<dyn Sink>>,
    figures: SinkFigures,
}

/// See the module's text.
pub(super) struct Outlets {
    sinks: Vec<Outlet>,
    hub: Arc<Hub>,
}

impl Outlets {
    pub fn new(sinks: Vec<(String, Arc<Mutex<dyn Sink>>)>, hub: Arc<Hub>) -> Self {
        let outlet = |(name, sink)| Outlet { sink, figures: SinkFigures { name, ..SinkFigures::default() } };
        Self { sinks: sinks.into_iter().map(outlet).collect(), hub }
    }

    /// Whether anybody takes events.
    pub fn are_wanted(&self) -> bool {
        !self.sinks.is_empty() || self.hub.is_wanted()
    }

    /// Gives a batch to all.
    pub fn take(&mut self, batch: EventBatch) {
        let events = batch.events.iter().filter(|event| !event.is_bookkeeping()).count() as u64;
        for outlet in &mut self.sinks {
            if !outlet.figures.has_failed {
                outlet.ask(|sink| sink.take(&batch));
            }
            match outlet.figures.has_failed {
                false => outlet.figures.events += events,
                true => outlet.figures.refused += events,
            }
        }
        if self.hub.is_wanted() {
            self.hub.deliver(&Arc::new(batch));
        }
    }

    /// What was taken is to be where it belongs.
    pub fn flush(&mut self) {
        for outlet in self.sinks.iter_mut().filter(|outlet| !outlet.figures.has_failed) {
            outlet.ask(|sink| sink.flush());
        }
    }

    /// There will be no more.
    pub fn end(&mut self) {
        self.flush();
        self.hub.end();
    }

    /// Adds what the sinks have done behind the log's figures.
    pub fn figures(&self, into: &mut Vec<SinkFigures>) {
        into.truncate(1);
        into.extend(self.sinks.iter().map(|outlet| outlet.figures.clone()));
    }

    /// What the subscriptions have got, and how many batches they have missed.
    pub fn lag(&self, into: &mut Vec<SubscriptionFigures>) -> u64 {
        self.hub.figures(into)
    }
}

impl Outlet {
    fn ask(&mut self, what: impl FnOnce(&mut dyn Sink) -> Result<(), SinkError>) {
        let since = Instant::now();
        let result = catch_unwind(AssertUnwindSafe(|| what(&mut *self.sink.lock())));
        self.figures.time += since.elapsed();
        let why = match result {
            Ok(Ok(())) => return,
            Ok(Err(error)) => format!("failed: {error}"),
            Err(_) => "panicked".to_owned(),
        };
        self.figures.has_failed = true;
        let name = &self.figures.name;
        complain(&format_args!("the sink `{name}` {why}; it gets no further events, the log has them all the same"));
    }
}
