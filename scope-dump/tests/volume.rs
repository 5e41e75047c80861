//! A report over a long log takes no more memory than one over a short log, and reads each event once.
#![cfg(target_os = "linux")]

use std::io;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use scope_core::record::{Header, Kind, Records};
use scope_core::site::{FunctionInfo, Origin, SiteId};
use scope_core::value::Limits;
use scope_store::event::ThreadId;
use scope_store::info::{Calibration, Process, ThreadDef};
use scope_store::query::Filter;
use scope_store::{Appended, Batch, Correlator, LogWriter, Store};

const ORIGIN: Origin = Origin { start: |_| {}, runtime: "" };

const fn function(name: &'static str) -> FunctionInfo {
    FunctionInfo {
        module: "app",
        name,
        file: "app.rs",
        line: 1,
        args: &[],
        places: &[],
        limits: Limits::DEFAULT,
        origin: ORIGIN,
    }
}

static FUNCTIONS: [FunctionInfo; 3] = [function("outer"), function("inner"), function("leaf")];

/// Writes calls on four threads: one of `outer` has four of `inner`, each with ten of `leaf`, until there are `events` of them.
fn write(path: &Path, events: u64) {
    let process = Process { program: "app".to_owned(), pid: 1, start: 1, ..Process::default() };
    let mut writer = LogWriter::create(path, u64::MAX, &process).expect("a log");
    let written = |appended: Result<Appended, _>| assert_eq!(appended.ok(), Some(Appended::Written));
    written(writer.calibration(&Calibration { ticks: 1, mono_ns: 1, wall_ns: 1, ticks_per_second: 1_000_000_000 }));
    written(writer.sites((1..).map(SiteId).zip(FUNCTIONS.iter().map(Into::into))));
    let mut correlators = [1, 2, 3, 4].map(|id| Correlator::new(ThreadId(id)));
    for id in 1..=4 {
        written(writer.thread(&ThreadDef { id: ThreadId(id), name: None, os_id: 0 }));
    }
    let (mut batch, mut words, mut count) = (Batch::new(), Vec::new(), 0);
    let (mut now, mut call) = (10u64, 0u64);
    while count < events {
        words.clear();
        // The threads record the same.
        let from = (now, call);
        for _ in 0..500 {
            let mut open = Vec::new();
            let mut enter = |site, words: &mut Vec<u64>, open: &mut Vec<(u32, u64)>, now: &mut u64| {
                call += 1;
                *now += 7 + call % 13;
                words.extend([Header::new(Kind::Entry, 2, site, call).0, *now]);
                open.push((site, call));
            };
            let leave = |words: &mut Vec<u64>, open: &mut Vec<(u32, u64)>, now: &mut u64| {
                let (site, call) = open.pop().expect("an open call");
                *now += 5 + call % 101;
                words.extend([Header::new(Kind::Exit, 2, site, call).0, *now]);
            };
            enter(1, &mut words, &mut open, &mut now);
            for _ in 0..4 {
                enter(2, &mut words, &mut open, &mut now);
                for _ in 0..10 {
                    enter(3, &mut words, &mut open, &mut now);
                    leave(&mut words, &mut open, &mut now);
                }
                leave(&mut words, &mut open, &mut now);
            }
            leave(&mut words, &mut open, &mut now);
        }
        assert!(from < (now, call));
        for correlator in &mut correlators {
            let mut records = Records::new(&words);
            loop {
                correlator.feed(&mut records, 1, &mut batch);
                if batch.is_empty() {
                    break;
                }
                count += batch.events();
                written(writer.batch(&batch));
                batch.clear();
            }
        }
    }
    writer.seal(None).expect("an end");
}

/// In a process of its own: reports, and says how much memory that took at most, in KiB.
#[test]
#[ignore = "the other tests run it"]
fn child() {
    let Some(log) = std::env::var_os("VOLUME_LOG") else { return };
    let mut report = Vec::new();
    let args = ["scope-dump".into(), "report".into(), "--format".into(), "json".into(), log];
    assert_eq!(scope_dump::run(args, &mut report, &mut io::stderr(), false), scope_dump::Exit::Success);
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).expect("a peak");
    println!("PEAK {}", peak.trim().trim_end_matches(" kB"));
    // The test runs on a thread of its own.
    let busy = std::fs::read_to_string("/proc/thread-self/schedstat");
    println!("nanoseconds on a processor: {}", busy.unwrap_or_default().split(' ').next().unwrap_or_default());
    print!("{}", String::from_utf8_lossy(&report));
}

/// The peak of a report over so many events, in KiB.
fn peak(events: u64) -> u64 {
    let folder = tempfile::tempdir().expect("a folder");
    let log = folder.path().join("long.scope");
    write(&log, events);
    let begin = std::time::Instant::now();
    let output = Command::new(std::env::current_exe().expect("this test"))
        .args(["--exact", "child", "--ignored", "--nocapture"])
        .env("VOLUME_LOG", &log)
        .output()
        .expect("it starts");
    let size = std::fs::metadata(&log).expect("a log").len();
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    eprintln!("{events} events, {} MiB: {:?}\n{text}", size >> 20, begin.elapsed());
    assert!(output.status.success(), "{output:?}");
    let calls = text.lines().filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok());
    let calls: u64 = calls.filter_map(|row| row["calls"].as_u64()).sum();
    assert!(calls * 2 >= events);
    text.lines().find_map(|line| line.split_once("PEAK ")?.1.parse().ok()).expect("a peak")
}

#[test]
fn memory_does_not_grow_with_the_log() {
    let (short, long) = (peak(500_000), peak(4_000_000));
    assert!(long < 64 << 10, "{long} KiB");
    // A little for the index.
    assert!(long < short + (4 << 10), "{short} KiB, {long} KiB");
}

/// The time of a report is linear in the log's size: each event is read once, and for none is anything kept, as the test above says.
#[test]
fn each_event_is_read_once() {
    for events in [100_000, 400_000] {
        let folder = tempfile::tempdir().expect("a folder");
        let log = folder.path().join("long.scope");
        write(&log, events);
        let mut store = Store::open([&log]).expect("a log");
        let all = store.logs()[0].totals().expect("an end").events;
        let read = Arc::new(AtomicU64::new(0));
        let told = Arc::clone(&read);
        store.watch(move |more| _ = told.fetch_add(more, Ordering::Relaxed));
        let statistics = store.statistics(&Filter::default(), &mut |error| panic!("{error}"));
        assert_eq!(statistics.functions.iter().map(|function| 2 * function.calls).sum::<u64>(), all);
        // Told of each 1024 events of a thread, of which there are four.
        let read = read.load(Ordering::Relaxed);
        assert!(all >= events && read <= all && all - read < 4 * 1024, "{read} of {all}");
    }
}

#[test]
#[ignore = "it writes a log of some 300 MiB: `cargo test --release -p scope-dump --test volume -- --ignored hundred --nocapture`"]
fn hundred_million_events() {
    let long = peak(100_000_000);
    assert!(long < 64 << 10, "{long} KiB");
}
