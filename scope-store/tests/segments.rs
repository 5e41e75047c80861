//! A log that is cut amid calls and operations: what each segment tells by itself is what one log tells.

use scope_core::operation::correlate;
use scope_core::report::{FunctionInfo, Origin, Place, PlaceKind, Sites, awaited, function_entry, task_entry};
use scope_core::utils::CorrelationId;
use scope_core::value::Limits;
use scope_store::LogReader;
use scope_store::event::{CallId, Event, EventKind};
use scope_store::recorder::{Recorder, start_for_probe};
use std::collections::HashMap;
use std::future::{Future, poll_fn};
use std::path::PathBuf;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

const fn function(name: &'static str) -> FunctionInfo {
    FunctionInfo {
        module: "segments",
        name,
        file: "segments.rs",
        line: 1,
        args: &[],
        places: &[Place { kind: PlaceKind::Correlation, line: 0, names: &["id"] }],
        limits: Limits::DEFAULT,
        origin: Origin { start: start_for_probe, runtime: "" },
    }
}

static OUTER: Sites = Sites::new(&const { function("outer") });
static INNER: Sites = Sites::new(&const { function("inner") });
static TASK: Sites = Sites::new(&const { function("task") });
static FILLER: Sites = Sites::new(&const { function("filler") });
static OPERATION: Sites = Sites::new(&const { function("operation") });

const A: CorrelationId = CorrelationId::from_u128(u128::MAX - 5);
const B: CorrelationId = CorrelationId::from_u128(17);

/// Goes on until the log goes on in another segment, if it is to be cut.
fn cut(cuts: bool) {
    let recorder = Recorder::current().expect("it runs");
    let before = recorder.figures().segment;
    while cuts && recorder.figures().segment == before {
        (0..100).for_each(|_| drop(function_entry(&FILLER)));
        recorder.flush().expect("it is written");
    }
}

/// Waits three times, with a call before each.
async fn waits() {
    let mut polls = 0;
    poll_fn(|_| {
        drop(function_entry(&INNER));
        polls += 1;
        if polls == 4 { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
}

fn run(cuts: bool) {
    let operation = correlate(&OPERATION, A);
    drop(function_entry(&INNER));
    cut(cuts);
    // Outside of all calls.
    drop(function_entry(&INNER));
    drop(operation);

    let outer = function_entry(&OUTER);
    let operation = correlate(&OPERATION, A);
    let middle = function_entry(&OUTER);
    cut(cuts);
    drop(function_entry(&INNER));
    let second = correlate(&OPERATION, B);
    cut(cuts);
    drop(function_entry(&INNER));
    drop(second);
    cut(cuts);
    drop(middle);
    drop(operation);
    cut(cuts);
    drop(outer);

    let outer = function_entry(&OUTER);
    let operation = correlate(&OPERATION, A);
    let call = task_entry(&TASK);
    let mut task = pin!(async move { awaited(&call, pin!(waits())).await });
    let mut poll = || task.as_mut().poll(&mut Context::from_waker(Waker::noop())).is_ready();
    assert!(!poll());
    drop(operation);
    // It waits, and who called it goes on.
    cut(cuts);
    assert!(!poll());
    drop(outer);
    // It was in this segment, too, at another place.
    cut(cuts);
    assert!(!poll());
    cut(cuts);
    let operation = correlate(&OPERATION, B);
    assert!(poll());
    drop(operation);
}

/// What the segments of one log tell, each read by itself, but for what made them full.
fn told(cuts: bool) -> (usize, Vec<String>) {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("log.scope");
    let size = if cuts { 4096 } else { u64::MAX };
    let guard = Recorder::builder().log(&log).keep(1000).max_size(size).start().expect("a recorder");
    drop(function_entry(&FILLER));
    run(cuts);
    guard.finish().expect("a whole log");
    let mut paths: Vec<PathBuf> =
        std::fs::read_dir(folder.path()).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    // `log.scope` is the last one, `log.000001.scope` the first.
    paths.sort();
    let (mut calls, mut lines) = (HashMap::<CallId, String>::new(), Vec::new());
    for path in &paths {
        let reader = LogReader::open(path).expect("a log");
        for event in reader.events() {
            let Event { call, parent, correlation, site, depth, kind, .. } = event.expect("no damage");
            let Some(name) = site.and_then(|id| reader.site(id)).map(|site| site.name.clone()) else { continue };
            let kind = match kind {
                EventKind::Entry { .. } => "enter",
                EventKind::Exit { .. } => "exit",
                EventKind::Suspended => "suspend",
                EventKind::Resumed => "resume",
                EventKind::Correlated { .. } => "correlated",
                other => panic!("{other:?}"),
            };
            if let ("enter", Some(call)) = (kind, call) {
                calls.insert(call, name.clone());
            }
            let called = |call: Option<CallId>| call.and_then(|call| calls.get(&call)).map_or("-", String::as_str);
            if name != "filler" {
                let (call, parent, operation) = (called(call), called(parent), correlation.map(|id| id.to_u128()));
                lines.push(format!("{kind} {name} in {call} of {parent} at {depth}, {operation:?}"));
            }
        }
    }
    (paths.len(), lines)
}

#[test]
fn each_segment_tells_what_goes_on() {
    let (one, whole) = told(false);
    let (many, cut) = told(true);
    assert_eq!((one, many), (1, 9));
    assert_eq!(cut, whole);
    let of_task: Vec<_> = whole.iter().filter(|line| line.contains("resume task")).collect();
    assert!(of_task.iter().all(|line| line.contains("in task of outer")), "{of_task:#?}");
    let parts =
        [A, B].map(|id| whole.iter().filter(|line| line.ends_with(&format!("{:?}", Some(id.to_u128())))).count());
    assert_eq!(parts, [24, 8]);
}
