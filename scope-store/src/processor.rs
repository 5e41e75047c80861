//! The recorder's thread: drains the rings, correlates, appends to the log.
//!
//! One turn of its loop is a *cycle*: all rings are drained and their records turned into batches, in parallel; what the program has put in
//! between (`pipeline`) sees them; then what is new of sites and threads is defined, and then the batches are appended, in the order of the
//! rings. Between cycles it sleeps, until the flush interval has passed, a ring is more than half full, or the program wants something.

use crate::backend::AnyBackend;
use crate::event::{Mark, ThreadId};
use crate::info::Calibration;
use crate::pipeline::Live;
use crate::recorder::Control;
use crate::segments::Segments;
use crate::snapshot::Flight;
use crate::stream::{DRAIN, Stream};
use crate::texts::Texts;
use crate::ticker::Ticker;
use crate::{Appended, LogWriter, WriteError};
use figures::Took;
use output::Output;
use scope_core::SharedRing;
use scope_core::clock::{self, coarse};
use scope_core::config::Config;
use scope_core::session::Session;
use scope_core::signal;
use scope_core::site::Sites;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};
use workers::Workers;

/// The shortest sleep: without one a processor would be busy all the time.
const LEAST_INTERVAL: Duration = Duration::from_millis(1);
/// How long a look at what the threads do is put off.
const LOOK: Duration = Duration::from_millis(500);

/// See the module's text.
pub(crate) struct Processor {
    session: Arc<Session>,
    control: Arc<Control>,
    log: Output,
    config: Config,
    workers: Workers,
    /// What looks at events on their way.
    live: Live,
    streams: Vec<Stream>,
    /// Rings that are to become streams.
    fresh: Vec<SharedRing>,
    last_sites: Option<&'static Sites>,
    texts: Texts,
    cycle: u64,
    calibrated: Instant,
    first: Option<Calibration>,
    homeless_told: u64,
    /// The file that the rings live in. `None`: they live in memory.
    rings: Option<PathBuf>,
    /// Reads the coarse clock.
    ticker: Option<Ticker>,
    /// Rings are drained only when that is asked for.
    flight: Option<Flight>,
    took: Took,
}

impl Processor {
    pub(crate) fn new(
        session: Arc<Session>,
        control: Arc<Control>,
        log: (LogWriter<AnyBackend>, Option<Segments>),
        live: Live,
        config: Config,
        rings: Option<PathBuf>,
        flight: Option<Flight>,
    ) -> Self {
        let calibrated = Instant::now();
        let mut processor = Self {
            session,
            control,
            log: Output::new(log.0, log.1),
            workers: Workers::new(config.threads),
            config,
            live,
            streams: Vec::new(),
            fresh: Vec::new(),
            last_sites: None,
            texts: Texts::default(),
            cycle: 0,
            calibrated,
            first: None,
            homeless_told: 0,
            rings,
            ticker: None,
            flight,
            took: Took::default(),
        };
        // Whoever asks before the first drain finds all parts of the pipeline.
        processor.tell_figures();
        processor
    }

    /// Runs until the program wants the log completed. A panic here, which would be our own fault, ends recording, not the program.
    pub(crate) fn run(mut self) {
        if std::panic::catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
            self.session.end();
            let rings =
                self.rings.as_ref().map(|rings| format!("; what it had not logged is in `{}`", rings.display()));
            let lost = self.streams.iter_mut().map(Stream::let_go).sum();
            self.control.failed(format!("the recorder's thread panicked{}", rings.unwrap_or_default()), lost);
        }
        self.live.end();
        self.tell_figures();
        self.control.ended();
    }

    fn work(&mut self) {
        self.calibrate();
        let result = self.log.writer.mark(&Mark::Start, clock::ticks());
        self.check(result);
        let interval = self.config.flush_interval.max(LEAST_INTERVAL);
        let mut next = Instant::now().checked_add(interval);
        let mut flushed = 0;
        loop {
            let wanted = self.control.wanted();
            if wanted.finish {
                break;
            }
            let more = match self.flight {
                Some(_) => self.keep_house(),
                None => self.cycle(),
            };
            if wanted.flush > flushed {
                self.flush(wanted.flush);
                flushed = wanted.flush;
            } else if !more {
                self.sleep(next);
            }
            if next.is_none_or(|next| Instant::now() >= next) {
                next = Instant::now().checked_add(interval);
            }
        }
        self.finish();
    }

    /// Sleeps, but looks now and then whether all threads go on.
    fn sleep(&mut self, until: Option<Instant>) {
        loop {
            let look = Instant::now() + LOOK;
            let woken = signal::sleep(Some(until.map_or(look, |until| until.min(look))));
            self.streams.iter_mut().for_each(|stream| stream.seen.look(&stream.source));
            if woken || until.is_some_and(|until| Instant::now() >= until) {
                return;
            }
        }
    }

    /// Completes the log.
    fn finish(&mut self) {
        // What has just been asked for.
        self.keep_house();
        self.session.end();
        while self.cycle() {}
        for stream in &mut self.streams {
            stream.tell_losses(self.cycle);
        }
        self.pass_on();
        if let Some(flight) = &self.flight {
            let result = self.log.writer.lost(ThreadId(0), clock::ticks(), flight.let_go());
            self.check(result);
        }
        self.tell_resolution();
        if self.is_gone() {
            return self.remove_rings();
        }
        // What is not told any more for want of room needs no mark.
        _ = self.log.writer.mark(&Mark::Stop, clock::ticks());
        match self.log.writer.seal(Some(&clock::calibrate().into())) {
            // All is in the log.
            Ok(_) => self.remove_rings(),
            // Told when it happened. What the rings hold can still be had.
            Err(WriteError::Closed) => self.control.lost(self.log.totals().refused),
            Err(error) => self.failed(&error),
        }
    }

    fn remove_rings(&self) {
        if let Some(rings) = &self.rings {
            _ = std::fs::remove_file(rings);
        }
    }

    fn calibrate(&mut self) {
        self.calibrated = Instant::now();
        self.tell_resolution();
        let calibration = Calibration::from(clock::calibrate());
        self.first.get_or_insert(calibration);
        self.live.calibrated(&calibration);
        let result = self.log.writer.calibration(&calibration);
        self.check(result);
        if let Some(flight) = &mut self.flight {
            flight.calibrated(&calibration);
        }
    }

    fn tell_resolution(&mut self) {
        if self.ticker.is_some() {
            let result = self.log.writer.clocks([], coarse::worst());
            self.check(result);
        }
    }

    /// Ends recording where the log takes nothing more: the program runs on, without probes.
    fn check(&mut self, result: Result<Appended, WriteError>) {
        match result {
            Ok(Appended::Written) => {}
            Ok(Appended::Refused(_)) => self.session.end(),
            Err(error) => {
                self.session.end();
                self.failed(&error);
            }
        }
    }

    fn failed(&self, error: &WriteError) {
        let cause = std::error::Error::source(error).map_or_else(String::new, |cause| format!(": {cause}"));
        self.control.failed(format!("{error}{cause}{}", advice(error)), self.log.totals().refused);
    }

    /// Writes what was in the rings when this began.
    fn flush(&mut self, number: u64) {
        let most = self.config.ring_sizes.sizes().fold(self.config.ring_size, u64::max);
        let words = most as usize / size_of::<u64>();
        for _ in 0..=words / DRAIN {
            if !self.cycle() {
                break;
            }
        }
        if let Err(error) = self.log.writer.flush() {
            self.failed(&error);
        }
        self.live.flush();
        self.control.flushed(number);
    }
}

/// What to do where the log can't be written.
fn advice(error: &WriteError) -> &'static str {
    use std::io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull};
    match error {
        WriteError::Io { source, .. } if matches!(source.kind(), StorageFull | QuotaExceeded | FileTooLarge) => {
            "; make room there, let the log be smaller with `SCOPE_MAX_SIZE` and `SCOPE_KEEP`, or name another place in `SCOPE_LOG`"
        }
        WriteError::Io { .. } => "; name another place in `SCOPE_LOG`",
        _ => "",
    }
}

mod cycle;
mod figures;
mod house;
mod output;
#[cfg(test)]
mod tests;
mod workers;
