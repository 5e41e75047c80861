//! What the processor tells of itself.

use super::Processor;
use crate::stream::Stream;
use std::time::Duration;

/// How long things took, and what is known of threads that are gone.
#[derive(Debug, Default)]
pub(super) struct Took {
    correlate: Duration,
    pub append: Duration,
    /// Events of threads that are gone.
    pub retired: u64,
}

impl Took {
    /// Notes how long the drains of `stream` took.
    pub fn note(&mut self, stream: &mut Stream) {
        self.correlate += std::mem::take(&mut stream.took);
    }
}

impl Processor {
    /// Whoever asks next gets the figures as they are now.
    pub(super) fn tell_figures(&mut self) {
        self.streams.iter_mut().for_each(|stream| self.took.note(stream));
        let correlated: u64 = self.streams.iter().map(|stream| stream.correlator.events()).sum();
        let totals = self.log.totals();
        let mut figures = self.control.figures();
        figures.events = totals.events;
        figures.bytes = self.log.bytes();
        figures.segment = self.log.segment();
        (figures.lost, figures.refused) = (totals.lost, totals.refused);
        figures.threads = self.streams.len() as u64;
        figures.cycles = self.cycle;
        if let Some(correlate) = figures.stages.first_mut() {
            correlate.events = correlated + self.took.retired;
            correlate.time = self.took.correlate;
        }
        if let Some(log) = figures.sinks.first_mut() {
            (log.events, log.refused, log.time) = (totals.events, totals.refused, self.took.append);
            log.has_failed = self.log.writer.refusal().is_some_and(|refusal| refusal != crate::Refusal::Sealed);
        }
        self.live.figures(&mut figures);
    }
}
