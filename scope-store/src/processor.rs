//! The recorder's thread: drains the rings, correlates, appends to the log.
//!
//! One turn of its loop is a *cycle*: all rings are drained and their records turned into batches, in parallel; then what is new of
//! sites and threads is defined, and then the batches are appended, in the order of the rings. Between cycles it sleeps, until the
//! flush interval has passed, a ring is more than half full, or the program wants something.

use crate::backend::Backend;
use crate::batches::Batches;
use crate::event::ThreadId;
use crate::format::StoredDrained;
use crate::info::{Calibration, ThreadDef};
use crate::recorder::Control;
use crate::ticker::Ticker;
use crate::watchdog::Seen;
use crate::{Appended, Correlator, LogWriter, WriteError};
use once_cell::unsync::OnceCell;
use rayon::{ThreadPool, ThreadPoolBuilder};
use scope_core::SharedRing;
use scope_core::clock::{self, Clock, coarse};
use scope_core::config::Config;
use scope_core::ring::lost_record;
use scope_core::session::Session;
use scope_core::signal;
use scope_core::site::Sites;
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// How often the clocks are compared anew.
const CALIBRATION: Duration = Duration::from_secs(1);
/// The shortest sleep: without one a processor would be busy all the time.
const LEAST_INTERVAL: Duration = Duration::from_millis(1);
/// How long a look at what the threads do is put off.
const LOOK: Duration = Duration::from_millis(500);
/// The most words that one drain takes from a ring: their events find room in one batch, but for very many that are inferred after a loss.
const DRAIN: usize = 1 << 14;

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
    cycle: u64,
    calibrated: Instant,
    homeless_told: u64,
    /// The file that the rings live in. `None`: they live in memory.
    rings: Option<PathBuf>,
    /// Reads the coarse clock.
    ticker: Option<Ticker>,
}

/// One thread's way from its ring to the log.
struct Stream {
    source: SharedRing,
    correlator: Correlator,
    /// Words that were copied, where that is needed.
    words: Vec<u64>,
    /// How many words the last drain took.
    drained: usize,
    batches: Batches,
    /// Something was read that is not in the log yet.
    read: bool,
    /// The thread was gone before the last drain, which took nothing: there will be nothing more.
    ended: bool,
    seen: Seen,
}

impl Stream {
    fn new(source: SharedRing) -> Self {
        let correlator = Correlator::new(ThreadId(source.thread.id));
        Self {
            source,
            correlator,
            words: Vec::new(),
            drained: 0,
            batches: Batches::default(),
            read: false,
            ended: false,
            seen: Seen::default(),
        }
    }

    /// Takes what the ring holds and turns it into batches.
    fn drain(&mut self, cycle: u64) {
        // Before the drain: only then is an empty ring the end.
        let closed = self.source.ring.is_closed();
        let Self { source, correlator, words, batches, .. } = self;
        batches.clear();
        self.drained = source.ring.look(words, DRAIN, |words| batches.fill(correlator, words, cycle));
        self.ended = closed && self.drained == 0;
        self.read = self.drained > 0;
        if self.ended {
            self.tell_losses(cycle);
        }
    }

    /// Appends what was lost and is not told in the ring itself, since nothing was recorded after it.
    fn tell_losses(&mut self, cycle: u64) {
        let lost = self.source.ring.untold();
        if lost > 0 {
            self.batches.fill(&mut self.correlator, &lost_record(clock::ticks(), lost, 0), cycle);
        }
    }

    /// How far the ring is in the log, once all batches are.
    fn drained(&self) -> StoredDrained {
        StoredDrained {
            thread: self.source.thread.id,
            position: self.source.ring.position_read(),
            events: self.correlator.events(),
            leaving: self.correlator.leaving(),
        }
    }

    /// The room of what was read is free again: it is in the log.
    fn give_back(&mut self) {
        self.batches.clear();
        if std::mem::take(&mut self.read) {
            self.source.ring.give_back();
            // Where there is more to drain, the next drain follows at once.
            signal::give_room(self.drained < DRAIN || self.source.ring.is_half_empty());
        }
    }
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
            cycle: 0,
            calibrated,
            homeless_told: 0,
            rings,
            ticker: None,
        }
    }

    /// Runs until the program wants the log completed. A panic here, which would be our own fault, ends recording, not the program.
    pub(crate) fn run(mut self) {
        if std::panic::catch_unwind(AssertUnwindSafe(|| self.work())).is_err() {
            self.session.end();
            self.control.failed("the recorder's thread panicked".to_owned(), 0);
        }
        self.control.ended();
    }

    fn work(&mut self) {
        self.calibrate();
        let interval = self.config.flush_interval.max(LEAST_INTERVAL);
        let mut next = Instant::now().checked_add(interval);
        let mut flushed = 0;
        loop {
            let wanted = self.control.wanted();
            if wanted.finish {
                break;
            }
            let more = self.cycle();
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
        self.session.end();
        while self.cycle() {}
        for stream in &mut self.streams {
            stream.tell_losses(self.cycle);
        }
        self.append();
        self.tell_resolution();
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
        let result = self.writer.calibration(&Calibration::from(clock::calibrate()));
        self.check(result);
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
        let words = self.config.ring_size as usize / size_of::<u64>();
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

    /// Drains all rings once. True: there was more than one drain takes.
    fn cycle(&mut self) -> bool {
        self.cycle += 1;
        let cycle = self.cycle;
        self.meet_new_threads();
        if self.streams.len() > 1
            && self.config.threads > 1
            && let Some(pool) = self.pool.get_or_init(|| pool(self.config.threads))
        {
            let streams = &mut self.streams;
            // Not a parallel iterator: those cost each user's build a second.
            pool.scope(|scope| streams.iter_mut().for_each(|stream| scope.spawn(move |_| stream.drain(cycle))));
        } else {
            self.streams.iter_mut().for_each(|stream| stream.drain(cycle));
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
            let result = self.writer.thread(&thread);
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
            let result = self.writer.drained(self.streams[stream].drained());
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
            ended.into_iter().for_each(|stream| self.session.retire(stream.source));
        }
    }
}
