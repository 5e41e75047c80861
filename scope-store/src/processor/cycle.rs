//! One cycle: rings are drained, what they held passes the pipeline, and is appended to the log.

use super::Processor;
use crate::event::ThreadId;
use crate::info::ThreadDef;
use crate::stream::{DRAIN, Stream};
use crate::ticker::Ticker;
use scope_core::clock::{self, Clock, coarse};
use scope_core::site::Sites;
use std::time::{Duration, Instant};

/// How often the clocks are compared anew.
const CALIBRATION: Duration = Duration::from_secs(1);

impl Processor {
    /// Drains all rings once. True: there was more than one drain takes.
    pub(super) fn cycle(&mut self) -> bool {
        self.cycle += 1;
        let (cycle, compression, looked_at) = (self.cycle, self.config.compression, self.live.is_on());
        self.meet_new_threads();
        self.workers.each(&mut self.streams, |stream| {
            stream.live.turn(looked_at);
            stream.drain(cycle, compression);
        });
        self.pass_on();
        self.retire();
        if self.calibrated.elapsed() >= CALIBRATION {
            self.mind_the_log();
            self.calibrate();
        }
        self.cut_where_due();
        self.tell_figures();
        self.streams.iter().any(|stream| stream.drained >= DRAIN)
    }

    /// What the streams have ready goes through the pipeline, to the log first.
    pub(super) fn pass_on(&mut self) {
        self.live.prepare();
        let live = &self.live;
        if live.has_work() {
            let compression = self.config.compression;
            self.workers.each(&mut self.streams, |stream| {
                live.pass(stream);
                stream.batches.pack(compression);
            });
        }
        self.append();
        self.live.deliver(&mut self.streams);
    }

    pub(super) fn meet_new_threads(&mut self) {
        let mut fresh = std::mem::take(&mut self.fresh);
        self.session.take_new(&mut fresh);
        self.session.prepare();
        for ring in fresh.drain(..) {
            let thread = &ring.thread;
            let thread =
                ThreadDef { id: ThreadId(thread.id), name: thread.name().map(str::to_owned), os_id: thread.os_id };
            let met = clock::ticks();
            let result = self.log.writer.thread_from(&thread, met, 0);
            self.check(result);
            self.streams.push(Stream::new(ring, met));
        }
        self.fresh = fresh;
    }

    /// Appends what the streams have ready: first the definitions, asked for after the drain that may have brought their ids.
    pub(super) fn append(&mut self) {
        let since = Instant::now();
        let mut last = self.last_sites;
        let fresh = scope_core::registered_after(last).inspect(|sites| last = Some(sites));
        let mut functions = fresh.filter_map(|sites| Some((sites.first()?, sites.describe()))).peekable();
        if functions.peek().is_some() {
            let result = self.log.writer.sites(functions);
            let since = std::mem::replace(&mut self.last_sites, last);
            self.check(result);
            self.tell_clocks(since);
            let result = self.texts.tell(scope_core::registered_after(since), &mut self.log.writer);
            self.check(result);
            last.into_iter().for_each(scope_core::defined);
        }
        let homeless = self.session.homeless();
        if homeless > self.homeless_told {
            let (ticks, lost) = (clock::ticks(), homeless - self.homeless_told);
            let result = self.log.writer.lost(ThreadId(0), ticks, lost);
            self.homeless_told = homeless;
            self.check(result);
            self.live.lost(ticks, lost);
        }
        for stream in 0..self.streams.len() {
            self.append_batches(stream);
            self.streams[stream].give_back();
        }
        self.took.append += since.elapsed();
    }

    /// Appends how functions are dated that were hit first after `since`, where that is not exactly; and sees to it that there is a coarse clock.
    fn tell_clocks(&mut self, since: Option<&'static Sites>) {
        let functions = scope_core::registered_after(since).filter_map(|sites| Some((sites.first()?, sites.clock())));
        let mut functions = functions.filter(|(_, clock)| *clock != Clock::Exact).peekable();
        if functions.peek().is_some() {
            let result = self.log.writer.clocks(functions, coarse::worst());
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
            let result = self.log.writer.batch(&self.streams[stream].batches.all()[batch]);
            self.check(result);
        }
        if self.rings.is_some() && self.streams[stream].read {
            let result = self.log.writer.drained(self.streams[stream].position());
            self.check(result);
        }
        if let Some(last) = used.checked_sub(1) {
            let result = self.log.writer.batch(&self.streams[stream].batches.all()[last]);
            self.check(result);
        }
    }

    /// Lets go of the rings whose threads are gone, and which were drained after that was seen.
    fn retire(&mut self) {
        if self.streams.iter().any(|stream| stream.ended) {
            let (ended, live) = std::mem::take(&mut self.streams).into_iter().partition(|stream| stream.ended);
            self.streams = live;
            let ended: Vec<Stream> = ended;
            for mut stream in ended {
                self.took.note(&mut stream);
                self.took.retired += stream.correlator.events();
                let result = self.log.writer.thread_end(stream.correlator.thread(), stream.correlator.ticks());
                self.check(result);
                self.session.retire(stream.source);
            }
        }
    }
}
