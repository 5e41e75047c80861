//! Several logs as one.

use crate::support::*;

use scope_store::backend::MemoryBackend;
use scope_store::event::{CallId, ThreadId};
use scope_store::query::Filter;
use scope_store::store::CallKey;
use scope_store::{Correlator, LogReader, LogWriter, Store};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

fn calls(from: u64, count: u64, gap: u64) -> Script {
    let mut script = Script::default();
    for n in 0..count {
        let call = script.entry(LOAD, from + n * gap, &|w| w.str("x"));
        script.exit(LOAD, call, from + n * gap + 5);
    }
    script
}

#[test]
fn events_of_many_logs_are_merged_by_time() {
    let logs = [(1, 1000, 30), (2, 1010, 50), (3, 900, 7)];
    let readers = logs.map(|(pid, from, gap)| LogReader::from_bytes(bytes(pid, &[calls(from, 20, gap)])).unwrap());
    let store = Store::new(readers.into());
    let all = Filter::default();
    let events: Vec<_> = store.events(&all).map(|event| event.unwrap()).collect();
    assert_eq!(events.len(), 120);
    assert!(events.is_sorted_by_key(|located| (located.event.time, located.log)));
    for log in 0..3 {
        let one: Vec<_> = events.iter().filter(|l| l.log == log).map(|l| l.event.clone()).collect();
        let alone: Vec<_> = store.logs()[log].events().map(|event| event.unwrap()).collect();
        assert_eq!(one, alone);
    }
    // Calls with the same numbers in different processes are different calls.
    let calls: Vec<_> = store.calls(&all).map(|call| call.unwrap()).collect();
    assert_eq!(calls.len(), 60);
    assert!(calls.iter().all(|call| call.duration() == Some(5) && call.entry().is_some()));
    let statistics = store.statistics(&all, &mut no_error).functions;
    assert_eq!((statistics.len(), statistics[0].calls, statistics[0].total), (1, 60, 300));
    assert_eq!(store.start(), 1);
}

/// Two segments: a call begins in the first and ends in the second.
fn segments() -> [Vec<u8>; 2] {
    let (mut first, mut second) = (Script::default(), Script::default());
    let main = first.entry(MAIN, 1000, &|_| {});
    first.values(MAIN + VARIABLE, &|w| w.uint(1));
    let load = first.entry(LOAD, 1100, &|w| w.str("x"));
    second.fails(LOAD, load, 1200, &|w| w.str("cut")).exit(MAIN, main, 1300);
    let mut correlators = [Correlator::new(ThreadId(1))];
    [first, second].map(|script| {
        let memory = MemoryBackend::new();
        write_on(memory.clone(), &process(7, 1000), &[script], &mut correlators);
        memory.bytes()
    })
}

#[test]
fn calls_go_on_over_segments() {
    let folder = tempfile::tempdir().unwrap();
    let [first, second] = segments();
    let path = |name: &str| folder.path().join(name);
    // The newest segment has the plain name.
    std::fs::write(path("run.scope"), second).unwrap();
    std::fs::write(path("run.1.scope"), first).unwrap();
    let store = Store::open([path("run.scope")]).unwrap();
    assert_eq!((store.logs().len(), store.process(0), store.process(1)), (2, 0, 0));
    assert_eq!(store.logs()[0].path(), path("run.1.scope"));
    let all = Filter::default();
    let calls: Vec<_> = store.calls(&all).map(|call| call.unwrap()).collect();
    assert_eq!(
        calls.iter().map(|call| (call.began(), call.ended())).collect::<Vec<_>>(),
        [(Some(1100), Some(1200)), (Some(1000), Some(1300))]
    );
    let statistics = store.statistics(&all, &mut no_error).functions;
    let told: Vec<_> = statistics.iter().map(|row| (&row.function[..], row.calls, row.total, row.own)).collect();
    assert_eq!(told, [("app::load", 1, 100, 100), ("app::main", 1, 300, 200)]);
    let errors: Vec<_> = store.errors(&all).map(|error| error.unwrap()).collect();
    assert_eq!((errors.len(), errors[0].steps.len()), (1, 1));
    let call = calls[0].id().unwrap();
    let path = store.path_to(scope_store::store::CallKey { process: 0, call }, &mut no_error).unwrap();
    assert_eq!((path.calls.len(), path.is_complete), (2, true));
}

#[test]
fn only_what_is_of_the_same_process_is_read_with_a_log() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    for (name, pid, from) in
        [("run.scope", 1, 3000), ("run.2.scope", 1, 1000), ("run.10.scope", 1, 2000), ("run.3.scope", 9, 10)]
    {
        std::fs::write(path(name), bytes(pid, &[calls(from, 1, 1)])).unwrap();
    }
    // In a container each run has this number.
    let of_a_run_before = MemoryBackend::new();
    write(of_a_run_before.clone(), &process(1, 0), &[calls(500, 1, 1)]);
    std::fs::write(path("run.1.scope"), of_a_run_before.bytes()).unwrap();
    std::fs::write(path("run.4.scope"), "dear diary").unwrap();
    std::fs::write(path("run.5.scope"), "").unwrap();
    std::fs::write(path("run.recovered.scope"), "no log").unwrap();
    std::fs::write(path("running.1.scope"), "no log").unwrap();
    let names = |paths: &[&str]| -> Vec<String> {
        let store = Store::open(paths.iter().map(|name| path(name))).unwrap();
        let name = |path: &Path| path.file_name().unwrap().to_string_lossy().into_owned();
        store.logs().iter().map(|log| name(log.path())).collect()
    };
    let run = ["run.2.scope", "run.10.scope", "run.scope"];
    assert_eq!(names(&["run.scope"]), run);
    assert_eq!(names(&["run.scope", "run.2.scope", "./run.scope"]), run);
    assert_eq!(names(&["run.2.scope"]), ["run.2.scope"]);
    assert_eq!(names(&["run.3.scope", "run.scope"]), [&["run.3.scope"], &run[..]].concat());
    // The log of another process is read where it is named, wherever that is.
    assert_eq!(names(&["run.scope", "run.3.scope"]), [&run[..], &["run.3.scope"]].concat());
    assert!(Store::open([path("missing.scope")]).is_err());
    assert!(Store::open([path("running.1.scope")]).is_err());
    let none: [&str; 0] = [];
    assert_eq!(Store::open(none).unwrap().logs().len(), 0);
}

#[test]
fn a_segment_under_two_names_is_read_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let of = |segment: &str, from: u64| {
        let memory = MemoryBackend::new();
        let process = scope_store::info::Process { config: segment.to_owned(), ..process(7, 1) };
        write(memory.clone(), &process, &[calls(from, 2, 10)]);
        memory.bytes()
    };
    // The clock was put back between the first two.
    std::fs::write(path("run.000001.scope"), of("keep=2\n", 5000)).unwrap();
    std::fs::write(path("run.000002.scope"), of("segment=2\n", 1000)).unwrap();
    std::fs::write(path("run.000003.scope"), of("segment=3\n", 6000)).unwrap();
    std::fs::write(path("run.scope"), of("segment=3\n", 6000)).unwrap();
    let store = Store::open([path("run.scope")]).unwrap();
    let segments: Vec<_> = store.logs().iter().map(|log| log.header().setting("segment")).collect();
    assert_eq!(segments, [None, Some("2"), Some("3")]);
    assert_eq!(store.calls(&Filter::default()).count(), 6);
}

#[test]
fn events_are_looked_for_at_their_time() {
    let logs = [(1, 1000, 30), (2, 1010, 50)];
    let readers = logs.map(|(pid, from, gap)| LogReader::from_bytes(bytes(pid, &[calls(from, 9000, gap)])).unwrap());
    let store = Store::new(readers.into());
    let all: Vec<_> = store.all_events().map(|event| event.unwrap()).collect();
    for since in [0, 1000, 200_000, 271_001, 300_000, 1 << 40] {
        let mut filter = Filter::default();
        filter.since = Some(since);
        let found: Vec<_> = store.events(&filter).map(|event| event.unwrap()).map(|l| (l.log, l.event.id)).collect();
        let wanted = all.iter().filter(|l| l.event.time >= since).map(|l| (l.log, l.event.id));
        assert_eq!(found, wanted.collect::<Vec<_>>(), "{since}");
    }
}

#[test]
fn a_call_is_looked_for_where_its_number_says() {
    const CALLS: u64 = 40_000;
    let mut script = Script::default();
    let main = script.entry(MAIN, 1, &|_| {});
    for n in 1..=CALLS {
        // Long, so that there are many batches.
        let call = script.entry(LOAD, n * 100, &|w| w.str(&format!("{n:0>400}")));
        script.exit(LOAD, call, n * 100 + 5);
    }
    script.exit(MAIN, main, CALLS * 100 + 100);
    let mut store = Store::new(vec![LogReader::from_bytes(bytes(7, &[script])).unwrap()]);
    let read = Arc::new(AtomicU64::new(0));
    let watched = read.clone();
    store.watch(move |events| _ = watched.fetch_add(events, Relaxed));
    let all: Vec<_> = store.all_events().map(|event| event.unwrap()).collect();
    assert!(read.swap(0, Relaxed) > 2 * CALLS - 1024);
    for number in [2, CALLS / 2, CALLS] {
        let key = CallKey { process: 0, call: CallId::new(ThreadId(1), number) };
        let own = all.iter().filter(|l| l.event.call == Some(key.call)).cloned().collect::<Vec<_>>();
        assert_eq!(store.tree(key).collect::<Result<Vec<_>, _>>().unwrap(), own);
        let path = store.path_to(key, &mut no_error).unwrap();
        let entries: Vec<_> = path.calls.iter().map(|call| call.entry().unwrap()).collect();
        assert_eq!((entries, path.is_complete), (vec![&all[0], &own[0]], true));
        assert_eq!(path.calls[1].duration(), Some(5));
        let event = own[0].event.id;
        assert_eq!(store.call_of(0, event.thread(), event.number(), &mut no_error), Some(key.call));
        assert!(read.swap(0, Relaxed) < CALLS / 2, "the events of few batches");
    }
    assert_eq!(store.call_of(0, ThreadId(1), u64::MAX, &mut no_error), None);
}

#[test]
fn a_log_without_events_has_no_answers() {
    let memory = MemoryBackend::new();
    LogWriter::with_backend(memory.clone(), u64::MAX, &process(1, 5)).unwrap().seal(None).unwrap();
    let store = Store::new(vec![LogReader::from_bytes(memory.bytes()).unwrap()]);
    let all = Filter::default();
    assert_eq!((store.calls(&all).count(), store.errors(&all).count(), store.all_events().count()), (0, 0, 0));
    assert!(store.statistics(&all, &mut no_error).functions.is_empty());
    assert_eq!(store.state_at(0, ThreadId(1), 0, &mut no_error), None);
    assert_eq!(store.state_at(7, ThreadId(1), 0, &mut no_error), None);
}

#[test]
fn what_is_of_others_beside_a_log_is_passed_over() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let log = bytes(1, &[calls(1000, 3, 10)]);
    std::fs::write(path("run.scope"), &log).unwrap();
    std::fs::write(path("run.1.scope"), "").unwrap();
    std::fs::write(path("run.2.scope"), "Dear diary, this is no log at all.").unwrap();
    std::fs::create_dir(path("run.3.scope")).unwrap();
    let store = Store::open([path("run.scope")]).unwrap();
    assert_eq!(store.logs().len(), 1);
    // Who names it is told, and what is damaged may have been a segment.
    assert!(Store::open([path("run.scope"), path("run.1.scope")]).is_err());
    std::fs::write(path("run.4.scope"), &log[..20]).unwrap();
    assert!(Store::open([path("run.scope")]).is_err());
}
