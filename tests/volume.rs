//! Many threads, many calls: nothing is lost under `block`, and nothing is lost uncounted under `drop_newest`.

use scope::Overflow;
use scope_store::LogReader;
use scope_store::event::{CallId, EventKind, Outcome, ThreadId};
use std::collections::HashMap;
use std::path::Path;
use std::sync::Mutex;

const THREADS: u64 = 8;
const CALLS: u64 = 1_000_000;

/// There is one recorder in a process.
static ONE: Mutex<()> = Mutex::new(());

#[scope::instrument(level = "boundaries")]
fn leaf(n: u64) -> u64 {
    n ^ 1
}

fn record(log: &Path, ring: u64, overflow: Overflow) {
    let recorder = scope::Recorder::builder().log(log).ring_size(ring).overflow(overflow).max_size(4 << 30);
    let guard = recorder.start().expect("the recorder starts");
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| (0..CALLS).map(leaf).fold(0, u64::wrapping_add));
        }
    });
    guard.finish().expect("the log is whole");
}

#[test]
fn block_loses_nothing() {
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("block.scope");
    record(&log, 1 << 20, Overflow::Block);
    let reader = LogReader::open(&log).expect("a log");
    let threads: Vec<ThreadId> = reader.threads().map(|thread| thread.id).collect();
    let mut boundaries = 0;
    for thread in threads {
        let mut open: Option<CallId> = None;
        let (mut last_time, mut last_call) = (0, 0);
        for event in reader.thread_events(thread) {
            let event = event.expect("no damage");
            if event.is_bookkeeping() {
                continue;
            }
            assert!(event.time >= last_time, "time goes back on a thread");
            last_time = event.time;
            boundaries += 1;
            match event.kind {
                EventKind::Entry { .. } => {
                    let call = event.call.expect("an entry has a call");
                    assert!(open.replace(call).is_none() && call.number() > last_call);
                    last_call = call.number();
                }
                EventKind::Exit { outcome: Outcome::Returned, duration: Some(_), .. } => {
                    assert!(open.is_some());
                    assert_eq!(event.call, open.take());
                }
                other => panic!("{other:?}"),
            }
        }
        assert!(open.is_none());
    }
    assert_eq!(boundaries, 2 * THREADS * CALLS);
    assert_eq!(reader.lost(), 0);
}

#[test]
fn drop_newest_counts_what_it_loses() {
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("newest.scope");
    record(&log, 4096, Overflow::DropNewest);
    let reader = LogReader::open(&log).expect("a log");
    let (mut events, mut lost) = (0, 0);
    let mut open: HashMap<ThreadId, CallId> = HashMap::new();
    for event in reader.events().filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping())) {
        let event = event.expect("no damage");
        match event.kind {
            EventKind::Lost { count } => lost += count,
            // Inferred from what followed: not recorded.
            EventKind::Exit { outcome: Outcome::Unknown, .. } => drop(open.remove(&event.thread)),
            EventKind::Entry { .. } => {
                events += 1;
                open.insert(event.thread, event.call.expect("an entry has a call"));
            }
            EventKind::Exit { .. } => {
                events += 1;
                if event.call.is_some() {
                    assert_eq!(event.call, open.remove(&event.thread), "an exit with another call's entry");
                }
            }
            other => panic!("{other:?}"),
        }
    }
    assert!(lost > 0, "a ring of 4 KiB takes no million calls");
    assert_eq!(events + lost, 2 * THREADS * CALLS);
    assert_eq!(reader.lost(), lost);
}

#[test]
fn what_a_thread_that_lives_on_loses_last_is_counted() {
    let _one = ONE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    let folder = tempfile::tempdir().expect("a folder");
    for round in 0..8 {
        let log = folder.path().join(format!("{round}.scope"));
        let guard = scope::Recorder::builder().log(&log).ring_size(4096).start().expect("the recorder starts");
        (0..20_000).map(leaf).fold(0, u64::wrapping_add);
        guard.finish().expect("the log is whole");
        let totals = *LogReader::open(&log).expect("a log").totals().expect("it is sealed");
        assert_eq!((totals.events + totals.lost, totals.refused), (40_000, 0), "round {round}");
    }
}
