//! The recorder's thread: drains the rings, correlates, appends to the log.
//!
//! One turn of its loop is a *cycle*: all rings are drained and their records turned into batches, in parallel; then what is new of
//! sites and threads is defined, and then the batches are appended, in the order of the rings. Between cycles it sleeps, until the
//! flush interval has passed, a ring is more than half full, or the program wants something.

use crate::backend::Backend;
use crate::event::{Mark, ThreadId};
use crate::info::{Calibration, ThreadDef};
use crate::recorder::{self, Asked, Control};
use crate::snapshot::Flight;
use crate::stream::{DRAIN, Stream};
use crate::texts::Texts;
use crate::ticker::Ticker;
use crate::{Appended, LogWriter, WriteError};
use once_cell::unsync::OnceCell;
use rayon::{ThreadPool, ThreadPoolBuilder};
use scope_core::SharedRing;
use scope_core::clock::{self, Clock, coarse};
use scope_core::config::Config;
use scope_core::session::Session;
use scope_core::site::Sites;
use scope_core::{signal, snapshot};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the clocks are compared anew.
const CALIBRATION: Duration = Duration::from_secs(1);
/// The same where nothing is logged for long.
const FLIGHT_CALIBRATION: Duration = Duration::from_secs(60);
/// The shortest sleep: without one a processor would be busy all the time.
const LEAST_INTERVAL: Duration = Duration::from_millis(1);
/// How long a look at what the threads do is put off.
const LOOK: Duration = Duration::from_millis(500);

/// See the module's text.
pub(crate) struct Processor<B: Backend> {
    session: Arc<Session>,
    control: Arc<Control>,
    writer: LogWriter<B>,
    config: Config,
    /// Made when a second ring appears: most programs never need it.
    pool: OnceCell<Option<ThreadPool>>,
    streams: Vec<Stream>,
    /// Rings that are to become streams.
    fresh: Vec<SharedRing>,
    last_sites: Option<&'static Sites>,
    texts: Texts,
    cycle: u64,
    calibrated: Instant,
    homeless_told: u64,
    /// The file that the rings live in. `None`: they live in memory.
    rings: Option<PathBuf>,
    /// Reads the coarse clock.
    ticker: Option<Ticker>,
    /// Rings are drained only when that is asked for.
    flight: Option<Flight>,
}

/// A pool of our own, never the program's, whose threads carry no probes. `None` where the system gives no further threads.
fn pool(threads: usize) -> Option<ThreadPool> {
    ThreadPoolBuilder::new()
        .num_threads(threads)
        .thread_name(|index| format!("scope-drain-{index}"))
        .start_handler(|_| std::mem::forget(scope_core::mute()))
        .build()
        .ok()
}

impl<B: Backend> Processor<B> {
    pub(crate) fn new(
        session: Arc<Session>,
        control: Arc<Control>,
        writer: LogWriter<B>,
        config: Config,
        rings: Option<PathBuf>,
        flight: Option<Flight>,
    ) -> Self {
        let calibrated = Instant::now();
        Self {
            session,
            control,
            writer,
            config,
            pool: OnceCell::new(),
            streams: Vec::new(),
            fresh: Vec::new(),
            last_sites: None,
            texts: Texts::default(),
            cycle: 0,
            calibrated,
            homeless_told: 0,
            rings,
            ticker: None,
            flight,
        }
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
        self.control.ended();
    }

    fn work(&mut self) {
        self.calibrate();
        let result = self.writer.mark(&Mark::Start, clock::ticks());
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
        self.append();
        if let Some(flight) = &self.flight {
            let result = self.writer.lost(ThreadId(0), clock::ticks(), flight.let_go());
            self.check(result);
        }
        self.tell_resolution();
        // What is not told any more for want of room needs no mark.
        _ = self.writer.mark(&Mark::Stop, clock::ticks());
        match self.writer.seal(Some(&clock::calibrate().into())) {
            Ok(_) => {}
            // Told when it happened. What the rings hold can still be had.
            Err(WriteError::Closed) => return,
            Err(error) => return self.failed(&error),
        }
        // All is in the log.
        if let Some(rings) = &self.rings {
            _ = std::fs::remove_file(rings);
        }
    }

    fn calibrate(&mut self) {
        self.calibrated = Instant::now();
        self.tell_resolution();
        let calibration = Calibration::from(clock::calibrate());
        let result = self.writer.calibration(&calibration);
        self.check(result);
        if let Some(flight) = &mut self.flight {
            flight.calibrated(&calibration);
        }
    }

    fn tell_resolution(&mut self) {
        if self.ticker.is_some() {
            let result = self.writer.clocks([], coarse::worst());
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
        self.control.failed(format!("{error}{cause}"), self.writer.totals().refused);
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
        if let Err(error) = self.writer.flush() {
            self.failed(&error);
        }
        self.control.flushed(number);
    }

    /// What is to be done while rings are left alone. False: there is no more.
    fn keep_house(&mut self) -> bool {
        self.meet_new_threads();
        self.append();
        let Some(flight) = &mut self.flight else { return false };
        flight.retire(&mut self.streams, &self.session);
        let mut reasons: Vec<(String, Option<Asked>)> = Vec::new();
        reasons.extend(snapshot::causes().filter_map(|cause| Some((flight.reason(cause)?, None))));
        for asked in self.control.asked() {
            match asked.automatic && !flight.may() {
                true => self.control.answer(&asked, Ok(None)),
                false => reasons.push((asked.reason.clone(), Some(asked))),
            }
        }
        for (reason, asked) in reasons {
            let made = flight.write(&reason, &self.streams, self.session.homeless());
            match (asked, made) {
                (Some(asked), made) => self.control.answer(&asked, made.map(Some)),
                (None, Ok(_)) => {}
                (None, Err(error)) => recorder::complain(&format_args!("no snapshot of `{reason}`: {error}")),
            }
        }
        if self.calibrated.elapsed() >= FLIGHT_CALIBRATION {
            self.calibrate();
        }
        false
    }

    /// Drains all rings once. True: there was more than one drain takes.
    fn cycle(&mut self) -> bool {
        self.cycle += 1;
        let (cycle, compression) = (self.cycle, self.config.compression);
        self.meet_new_threads();
        if self.streams.len() > 1
            && self.config.threads > 1
            && let Some(pool) = self.pool.get_or_init(|| pool(self.config.threads))
        {
            let streams = &mut self.streams;
            // Not a parallel iterator: those cost each user's build a second.
            pool.scope(|scope| {
                streams.iter_mut().for_each(|stream| scope.spawn(move |_| stream.drain(cycle, compression)))
            });
        } else {
            self.streams.iter_mut().for_each(|stream| stream.drain(cycle, compression));
        }
        self.append();
        self.retire();
        if self.calibrated.elapsed() >= CALIBRATION {
            self.calibrate();
        }
        self.streams.iter().any(|stream| stream.drained >= DRAIN)
    }

    fn meet_new_threads(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        self.session.take_new(&mut fresh);
        self.session.prepare();
        for ring in fresh.drain(..) {
            let thread = &ring.thread;
            let thread =
                ThreadDef { id: ThreadId(thread.id), name: thread.name().map(str::to_owned), os_id: thread.os_id };
            let result = self.writer.thread_from(&thread, clock::ticks(), 0);
            self.check(result);
            self.streams.push(Stream::new(ring));
        }
        self.fresh = fresh;
    }

    /// Appends what the streams have ready: first the definitions, asked for after the drain that may have brought their ids.
    fn append(&mut self) {
        let mut last = self.last_sites;
        let fresh = scope_core::registered_after(last).inspect(|sites| last = Some(sites));
        let mut functions = fresh.filter_map(|sites| Some((sites.first()?, sites.describe()))).peekable();
        if functions.peek().is_some() {
            let result = self.writer.sites(functions);
            let since = std::mem::replace(&mut self.last_sites, last);
            self.check(result);
            self.tell_clocks(since);
            let result = self.texts.tell(scope_core::registered_after(since), &mut self.writer);
            self.check(result);
            last.into_iter().for_each(scope_core::defined);
        }
        let homeless = self.session.homeless();
        if homeless > self.homeless_told {
            let result = self.writer.lost(ThreadId(0), clock::ticks(), homeless - self.homeless_told);
            self.homeless_told = homeless;
            self.check(result);
        }
        for stream in 0..self.streams.len() {
            self.append_batches(stream);
            self.streams[stream].give_back();
        }
    }

    /// Appends how functions are dated that were hit first after `since`, where that is not exactly; and sees to it that there is a coarse clock.
    fn tell_clocks(&mut self, since: Option<&'static Sites>) {
        let functions = scope_core::registered_after(since).filter_map(|sites| Some((sites.first()?, sites.clock())));
        let mut functions = functions.filter(|(_, clock)| *clock != Clock::Exact).peekable();
        if functions.peek().is_some() {
            let result = self.writer.clocks(functions, coarse::worst());
            self.check(result);
        }
        if coarse::is_wanted() && self.ticker.is_none() {
            self.ticker = Ticker::start();
        }
    }

    fn append_batches(&mut self, stream: usize) {
        let used = self.streams[stream].batches.all().len();
        // All but the last first: what comes next after the position completes what it tells of.
        for batch in 0..used.saturating_sub(1) {
            let result = self.writer.batch(&self.streams[stream].batches.all()[batch]);
            self.check(result);
        }
        if self.rings.is_some() && self.streams[stream].read {
            let result = self.writer.drained(self.streams[stream].position());
            self.check(result);
        }
        if let Some(last) = used.checked_sub(1) {
            let result = self.writer.batch(&self.streams[stream].batches.all()[last]);
            self.check(result);
        }
    }

    /// Lets go of the rings whose threads are gone, and which were drained after that was seen.
    fn retire(&mut self) {
        if self.streams.iter().any(|stream| stream.ended) {
            let (ended, live) = std::mem::take(&mut self.streams).into_iter().partition(|stream| stream.ended);
            self.streams = live;
            let ended: Vec<Stream> = ended;
            for stream in ended {
                let result = self.writer.thread_end(ThreadId(stream.source.thread.id), stream.correlator.ticks());
                self.check(result);
                self.session.retire(stream.source);
            }
        }
    }
}

#[cfg(test)]
mod tests;
