//! The pipeline of a recorder that runs.

use super::batch::EventBatch;
use super::figures::Figures;
use super::line::{Line, Step};
use super::outlets::Outlets;
use super::sink::Sink;
use super::stage::Stage;
use super::subscription::{Hub, Subscription};
use crate::event::ThreadId;
use crate::info::{Calibration, ThreadDef};
use crate::reader::clock::Clock;
use crate::reader::lineage::Lineage;
use crate::stream::Stream;
use crate::{Batch, Correlator};
use parking_lot::Mutex;
use scope_core::clock;
use scope_core::record::Records;
use scope_core::site::Sites;
use std::fmt;
use std::sync::Arc;

/// What a program puts between its events and all that takes them, and what takes them besides the log. Clones share it.
#[derive(Clone, Default)]
pub struct Pipeline {
    stages: Vec<(String, Arc<dyn Stage>)>,
    sinks: Vec<(String, Arc<Mutex<dyn Sink>>)>,
    hub: Arc<Hub>,
}

impl fmt::Debug for Pipeline {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (stages, sinks) = (self.stages.iter().map(|(name, _)| name), self.sinks.iter().map(|(name, _)| name));
        f.debug_struct("Pipeline")
            .field("stages", &stages.collect::<Vec<_>>())
            .field("sinks", &sinks.collect::<Vec<_>>())
            .finish_non_exhaustive()
    }
}

impl Pipeline {
    /// Adds a stage behind those that there are. The figures have it by this name.
    pub fn push_stage(&mut self, name: impl Into<String>, stage: impl Stage) {
        self.stages.push((name.into(), Arc::new(stage)));
    }

    /// Adds a sink. The figures have it by this name.
    pub fn push_sink(&mut self, name: impl Into<String>, sink: impl Sink) {
        self.sinks.push((name.into(), Arc::new(Mutex::new(sink))));
    }

    /// Events while the program runs: see [`Recorder::subscribe`](crate::recorder::Recorder::subscribe).
    pub fn subscribe(&self, capacity: usize) -> Subscription {
        self.hub.subscribe(capacity)
    }

    pub(crate) fn hub(&self) -> &Arc<Hub> {
        &self.hub
    }

    /// Nothing was put there.
    pub(crate) fn is_empty(&self) -> bool {
        self.stages.is_empty() && self.sinks.is_empty() && !self.hub.is_wanted()
    }
}

/// See the module's text.
pub(crate) struct Live {
    line: Line,
    outlets: Outlets,
    last_sites: Option<&'static Sites>,
    first: Option<Calibration>,
    /// Rings are read for it in this cycle.
    on: bool,
}

/// What is kept for each thread.
#[derive(Debug)]
pub(crate) struct LiveStream {
    on: bool,
    /// When the recorder met the thread, as long as somebody may be told.
    pub(super) met: Option<u64>,
    pub(super) collecting: Batch,
    pub(super) lineage: Lineage,
    /// Events of the thread in the log so far. `None`: as many as the correlator has counted.
    pub(super) kept: Option<u64>,
    /// No event is dated before the one before it, also where the clocks were compared anew.
    pub(super) time: u64,
    pub(super) events: Vec<crate::event::Event>,
    thread: Option<Arc<ThreadDef>>,
}

impl LiveStream {
    /// Of a thread that was met at `met`, in ticks.
    pub fn new(met: u64) -> Self {
        Self {
            on: false,
            met: Some(met),
            collecting: Batch::collecting(),
            lineage: Lineage::default(),
            kept: None,
            time: 0,
            events: Vec::new(),
            thread: None,
        }
    }

    /// From now on events are collected, or no more.
    pub fn turn(&mut self, on: bool) {
        if on && !self.on {
            // What was open before nobody has followed.
            self.lineage = Lineage::default();
        }
        if !on {
            self.met = None;
        }
        self.on = on;
    }

    /// Collects the events of these records. False: it does not, they go to the log as they are.
    pub fn collect(&mut self, correlator: &mut Correlator, words: &[u64], cycle: u64) -> bool {
        if self.on {
            correlator.feed(&mut Records::new(words), cycle, &mut self.collecting);
        }
        self.on
    }

    /// Events of the thread in the log, where that is not what the correlator has counted.
    pub fn kept(&self) -> Option<u64> {
        self.kept
    }
}

impl Live {
    pub fn new(pipeline: Pipeline) -> Self {
        let Pipeline { stages, sinks, hub } = pipeline;
        let steps = stages.into_iter().map(|(name, stage)| Step::new(name, stage)).collect();
        let line = Line { steps, places: Arc::default(), clock: Clock::default() };
        Self { line, outlets: Outlets::new(sinks, hub), last_sites: None, first: None, on: false }
    }

    pub fn calibrated(&mut self, calibration: &Calibration) {
        self.first.get_or_insert(*calibration);
    }

    /// Whether there is something to be looked at.
    pub fn has_work(&self) -> bool {
        self.on
    }

    /// Whether somebody looks at the events that are drained next. Asked once a cycle.
    pub fn is_on(&mut self) -> bool {
        self.on = !self.line.steps.is_empty() || self.outlets.are_wanted();
        self.on
    }

    /// To be called between a drain and [`pass`](Self::pass).
    pub fn prepare(&mut self) {
        if self.on {
            self.line.places.update(&mut self.last_sites);
            self.line.clock = Clock::new(self.first.into_iter().chain([clock::calibrate().into()]).collect());
        }
    }

    /// Sends what a stream has collected through the stages, and puts what is left of it into the stream's batches.
    pub fn pass(&self, stream: &mut Stream) {
        if stream.live.on {
            let keeps_events = self.outlets.are_wanted();
            let left_out = self.line.pass(stream, keeps_events);
            // As far as the rings are concerned it is in the log.
            stream.logged += left_out;
        }
    }

    /// Gives what has passed to sinks and subscriptions.
    pub fn deliver(&mut self, streams: &mut [Stream]) {
        if !self.on {
            return;
        }
        for stream in streams {
            self.line.tell_thread(stream);
            let live = &mut stream.live;
            if live.events.is_empty() {
                continue;
            }
            let (events, thread) = (std::mem::take(&mut live.events), &stream.source.thread);
            let thread = live.thread.get_or_insert_with(|| {
                let id = ThreadId(thread.id);
                Arc::new(ThreadDef { id, name: thread.name().map(str::to_owned), os_id: thread.os_id })
            });
            self.outlets.take(EventBatch { thread: Arc::clone(thread), events, places: Arc::clone(&self.line.places) });
        }
    }

    /// Tells that `count` records were lost outside of all rings.
    pub fn lost(&mut self, ticks: u64, count: u64) {
        if self.on {
            let event = self.line.lost(ticks, count);
            let thread = Arc::new(ThreadDef { id: ThreadId(0), name: None, os_id: 0 });
            self.outlets.take(EventBatch { thread, events: vec![event], places: Arc::clone(&self.line.places) });
        }
    }

    pub fn flush(&mut self) {
        self.outlets.flush();
    }

    pub fn end(&mut self) {
        self.outlets.end();
    }

    pub fn figures(&self, figures: &mut Figures) {
        // Behind the recorder's own.
        figures.left_out = self.line.figures(&mut figures.stages);
        self.outlets.figures(&mut figures.sinks);
        figures.lag = self.outlets.lag(&mut figures.subscriptions);
    }
}
