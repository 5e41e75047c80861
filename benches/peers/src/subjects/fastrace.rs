//! `fastrace`: local spans below a root for every unit of work, and a reporter that counts them and drops them.

use crate::subject::{Calls, Kind, Recording, Subject, UNIT, nowhere};
use crate::work;
use fastrace::Span;
use fastrace::collector::{Config, Reporter, SpanContext, SpanRecord};
use fastrace::local::LocalSpan;
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub const FASTRACE: Subject = Subject {
    name: "fastrace",
    note: "values are properties, which are text; a root span for each 1000 calls; the reporter drops all",
    calls: Calls { nothing, ints: Some(ints), text: Some(text) },
    start,
    landed: nowhere,
};

fn start(_: &Path, _: Kind) -> Box<dyn Recording> {
    fastrace::set_reporter(Dropped, Config::default());
    Box::new(Running::default())
}

static SPANS: AtomicU64 = AtomicU64::new(0);

struct Dropped;

impl Reporter for Dropped {
    fn report(&mut self, spans: Vec<SpanRecord>) {
        SPANS.fetch_add(spans.len() as u64, Ordering::Relaxed);
    }
}

#[derive(Default)]
struct Running {
    units: Cell<u64>,
}

impl Recording for Running {
    fn unit(&self, body: &mut dyn FnMut()) {
        let root = Span::root("unit", SpanContext::random());
        let _guard = root.set_local_parent();
        body();
        self.units.set(self.units.get() + 1);
    }

    fn settle(&mut self) {
        fastrace::flush();
    }

    /// A full queue would lose spans, and be cheap.
    fn finish(self: Box<Self>) -> Option<PathBuf> {
        fastrace::flush();
        assert_eq!(SPANS.load(Ordering::Relaxed), self.units.get() * (UNIT + 1), "spans that were reported");
        None
    }
}

#[fastrace::trace]
#[inline(never)]
fn nothing(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[fastrace::trace(properties = { "a": "{a}", "b": "{b}" })]
#[inline(never)]
fn ints(a: u64, b: u64) -> u64 {
    let result = work(a, b);
    LocalSpan::add_property(|| ("result", result.to_string()));
    result
}

#[fastrace::trace(properties = { "a": "{a}", "b": "{b}", "text": "{text}" })]
#[inline(never)]
fn text(a: u64, b: u64, text: &str) -> u64 {
    let result = work(a, b);
    LocalSpan::add_property(|| ("result", result.to_string()));
    result
}
