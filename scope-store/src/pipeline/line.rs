//! Events on their way through the stages.

use super::collect::{Collected, Kept, with_values};
use super::convert;
use super::event;
use super::figures::StageFigures;
use super::places::{Places, Sites};
use super::stage::{Passing, Stage};
use crate::batches::Batches;
use crate::event::{Event, EventId, EventKind, ThreadId};
use crate::format::{RawEvent, Values};
use crate::reader::clock::Clock;
use crate::recorder::complain;
use crate::stream::Stream;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// A stage, and what it has done.
pub(super) struct Step {
    name: String,
    stage: Arc<dyn Stage>,
    has_failed: AtomicBool,
    events: AtomicU64,
    left_out: AtomicU64,
    nanos: AtomicU64,
}

impl Step {
    pub fn new(name: String, stage: Arc<dyn Stage>) -> Self {
        let zero = || AtomicU64::new(0);
        Self { name, stage, has_failed: AtomicBool::new(false), events: zero(), left_out: zero(), nanos: zero() }
    }

    /// Whether the event goes on. An error: the stage panicked, and may have left the event in any state.
    fn ask(&self, passing: &mut Passing<'_>) -> Result<bool, ()> {
        catch_unwind(AssertUnwindSafe(|| self.stage.pass(passing))).map_err(|_| {
            if !self.has_failed.swap(true, Ordering::Relaxed) {
                complain(&format_args!("the stage `{}` panicked: from here on events pass it as they are", self.name));
            }
        })
    }
}

/// All stages. Streams pass them side by side.
pub(super) struct Line {
    pub steps: Vec<Step>,
    pub places: Arc<Places>,
    pub clock: Clock,
}

/// What is on its way at once: all that one drain of a thread's ring has brought.
struct Way<'a> {
    line: &'a Line,
    known: &'a Sites,
    thread: ThreadId,
    /// What each stage has left out, and how long it took, in this drain.
    done: Vec<(u64, u64, Duration)>,
}

impl Line {
    /// Sends what `stream` has collected through the stages. What is left is in the stream's batches then, and among its events where
    /// somebody `keeps` those. Gives how many were left out.
    pub fn pass(&self, stream: &mut Stream, keeps: bool) -> u64 {
        let Stream { live, batches, correlator, .. } = stream;
        let Some((head, collected)) = live.collecting.collected() else { return 0 };
        if collected.events().is_empty() {
            return 0;
        }
        collected.spread();
        let known = self.places.look();
        let mut way = Way {
            line: self,
            known: &known,
            thread: correlator.thread(),
            done: vec![<_>::default(); self.steps.len()],
        };
        // Without stages all is kept, and the numbers are the correlator's.
        let before = live.kept.filter(|_| !self.steps.is_empty()).unwrap_or(head.before);
        let mut kept = before;
        let batch = (correlator.thread(), head.cycle, (head.base_ticks, head.base_call, head.base_depth));
        let (mut bytes, mut left_out) = (Vec::new(), 0);
        for event in collected.events() {
            let raw = collected.get(event);
            live.time = live.time.max(self.clock.time(event.ticks));
            let mut seen = way.event(collected, event, (kept, live.time));
            live.lineage.tell(&mut seen);
            let Some(changed) = way.go(&mut seen, collected, event) else {
                left_out += 1;
                continue;
            };
            let raw = if changed {
                convert::bytes(&mut seen, &mut bytes);
                with_values(&raw, Values::Tagged(&bytes))
            } else {
                raw
            };
            // A drain is one batch where stages may leave something out: else nobody could tell which records of it are in the log.
            let whole = !self.steps.is_empty();
            append(batches, whole, batch, kept, &raw, event);
            kept += 1;
            if keeps {
                live.events.push(seen);
            }
        }
        way.tell();
        live.kept = (!self.steps.is_empty()).then_some(kept);
        live.collecting.clear();
        left_out
    }

    fn event(
        &self,
        known: &Sites,
        thread: ThreadId,
        raw: &RawEvent<'_>,
        ticks: u64,
        (number, time): (u64, u64),
    ) -> Event {
        let look = |raw: &RawEvent<'_>| {
            event::event(raw, (thread, number), (ticks, time), (known, &self.clock), &mut Vec::new())
        };
        // The values are ours, and whole; without any there is nothing to fail.
        let event = look(raw).or_else(|_| look(&with_values(raw, Values::NONE)));
        event.unwrap_or_else(|_| mark((ticks, time), (thread, 0), EventKind::Lost { count: 0 }))
    }

    /// The event that tells of a loss outside of all rings.
    pub fn lost(&self, ticks: u64, count: u64) -> Event {
        mark((ticks, self.clock.time(ticks)), (ThreadId(0), 0), EventKind::Lost { count })
    }

    /// Puts before a thread's first events that it was met, and behind its last ones that it has ended: where a reader of the log finds it.
    pub fn tell_thread(&self, stream: &mut Stream) {
        let Stream { live, correlator, ended, .. } = stream;
        let thread = correlator.thread();
        if (*ended || !live.events.is_empty())
            && let Some(met) = live.met.take()
        {
            // A thread is met after it has recorded something.
            let met = (met, self.clock.time(met));
            let at = live.events.first().map_or(met, |first| (first.ticks, first.time).min(met));
            live.events.insert(0, mark(at, (thread, 0), EventKind::ThreadStarted));
        }
        if *ended {
            let ticks = correlator.ticks();
            let at = (ticks, self.clock.time(ticks).max(live.time));
            live.events.push(mark(at, (thread, 1), EventKind::ThreadEnded));
        }
    }

    /// Adds what the stages have done, and gives how many events they have left out, all together.
    pub fn figures(&self, into: &mut Vec<StageFigures>) -> u64 {
        into.resize_with(1 + self.steps.len(), StageFigures::default);
        let mut left_out = 0;
        for (step, figures) in self.steps.iter().zip(into.iter_mut().skip(1)) {
            if figures.name.is_empty() {
                figures.name.clone_from(&step.name);
            }
            figures.events = step.events.load(Ordering::Relaxed);
            figures.left_out = step.left_out.load(Ordering::Relaxed);
            figures.time = Duration::from_nanos(step.nanos.load(Ordering::Relaxed));
            figures.has_failed = step.has_failed.load(Ordering::Relaxed);
            left_out += figures.left_out;
        }
        left_out
    }
}

impl Way<'_> {
    fn event(&self, collected: &Collected, event: &Kept, at: (u64, u64)) -> Event {
        self.line.event(self.known, self.thread, &collected.get(event), event.ticks, at)
    }

    /// Sends an event through all stages. `None`: one has left it out. Else whether its values were changed.
    fn go(&mut self, event: &mut Event, collected: &Collected, origin: &Kept) -> Option<bool> {
        if matches!(event.kind, EventKind::Lost { .. }) {
            return Some(false);
        }
        let mut changed = false;
        let Self { line, known, thread, .. } = *self;
        for (step, (events, left_out, took)) in self.line.steps.iter().zip(&mut self.done) {
            if step.has_failed.load(Ordering::Relaxed) {
                *events += 1;
                continue;
            }
            let since = Instant::now();
            let mut passing = Passing { event: &mut *event, known: self.known, changed };
            let passes = step.ask(&mut passing);
            let now_changed = passing.changed;
            *took += since.elapsed();
            match passes {
                Ok(true) => changed = now_changed,
                Ok(false) => {
                    *left_out += 1;
                    return None;
                }
                Err(()) => {
                    // As it came: what stages before have changed is lost with what this one may have spoilt.
                    let at = (event.id.number(), event.time);
                    event.kind = line.event(known, thread, &collected.get(origin), origin.ticks, at).kind;
                    changed = false;
                }
            }
            *events += 1;
        }
        Some(changed)
    }

    /// Adds what was done to the stages' figures.
    fn tell(&self) {
        for (step, (events, left_out, took)) in self.line.steps.iter().zip(&self.done) {
            step.events.fetch_add(*events, Ordering::Relaxed);
            step.left_out.fetch_add(*left_out, Ordering::Relaxed);
            step.nanos.fetch_add(u64::try_from(took.as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
        }
    }
}

/// What no probe has recorded, at these ticks, which are this time: the event of this number of those that the thread has of that sort.
fn mark((ticks, time): (u64, u64), (thread, number): (ThreadId, u64), kind: EventKind) -> Event {
    event::bare(EventId::new(time, thread, event::UNNUMBERED + number), ticks, kind)
}

/// What a batch begins with: its thread, the cycle, and base ticks, call and depth.
type Begin = (ThreadId, u64, (u64, u64, u32));

/// Appends an event to the last batch; or to a new one, which is begun with `begin`, behind `before` events of the thread.
fn append(batches: &mut Batches, whole: bool, begin: Begin, before: u64, event: &RawEvent<'_>, origin: &Kept) {
    let (thread, cycle, (ticks, call, depth)) = begin;
    let batch = batches.open(whole);
    if batch.is_empty() {
        batch.begin(thread, cycle, before, ticks, call, depth);
    }
    if origin.is_dated {
        batch.date_next(origin.ticks);
    }
    batch.push(event);
}
