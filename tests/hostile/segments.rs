//! Logs that are cut into segments while they are written.

use crate::Scenario;
use crate::child::{Child, Log, logs};
use crate::ends::steps;
use scope_store::LogReader;
use scope_store::event::{CallId, Event, EventKind, ThreadId};
use scope_store::info::Clocked;
use scope_store::reader::LogEnd;
use std::collections::HashMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Barrier;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "cut_under_load", child: load, check: check_load },
    Scenario { name: "cut_and_kept", child: load, check: check_keep },
    Scenario { name: "cut_by_age", child: age, check: check_age },
    Scenario { name: "killed_while_cut", child: endless, check: check_killed },
    Scenario { name: "read_while_cut", child: endless, check: check_read },
    Scenario { name: "next_segment_cannot_begin", child: no_next, check: check_no_next },
    Scenario { name: "cut_behind_a_stage", child: staged, check: check_staged },
    Scenario { name: "cut_and_counted", child: counted, check: check_counted },
];

const THREADS: u64 = 3;
const ROUNDS: u64 = 4000;

#[scope::instrument(level = "detailed")]
mod work {
    /// Is open across all segments.
    pub fn outer(rounds: impl Iterator<Item = u64>) -> u64 {
        rounds.map(|n| counted(n).unwrap_or_default()).sum()
    }

    pub fn counted(n: u64) -> Result<u64, String> {
        if deep(3) == 0 { Ok(n) } else { Err("never".to_owned()) }
    }

    fn deep(n: u64) -> u64 {
        if n == 0 { 0 } else { deep(n - 1) }
    }
}

/// The threads end at the same time, so that the last segments have all of their ends.
fn load() {
    let end = Barrier::new(THREADS as usize);
    let wait = |round: &u64| {
        if *round == ROUNDS - 1 {
            end.wait();
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| work::outer((0..ROUNDS).inspect(wait)));
        }
    });
}

fn small(child: Child) -> Child {
    let child =
        child.env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "16 KiB").env("SCOPE_FLUSH_INTERVAL", "1 ms");
    child.env("SCOPE_MAX_SIZE", "16 KiB").env("SCOPE_KEEP", "100000")
}

/// The segments in a folder, in the order in which they were written. One whose process died between its two names is there once.
fn segments(folder: &Path) -> Vec<(PathBuf, Log)> {
    let opened = logs(folder).into_iter().map(|path| (path.clone(), Log::open(&path, None)));
    let number =
        |log: &Log| log.reader.header().setting("segment").expect("a number").parse::<u32>().expect("a number");
    let mut all: Vec<(PathBuf, Log)> = opened.collect();
    // Of two names of one file the first is read: the log's own path comes last, and has what its rings held.
    all.sort_by_key(|(path, log)| (number(log), path.file_name().is_none_or(|name| name != "log.scope")));
    all.dedup_by_key(|(_, log)| number(log));
    all
}

/// All events of all segments, thread by thread: their numbers have no gaps, nothing is lost, and calls nest as in one log.
fn joined(segments: &[(PathBuf, Log)]) -> HashMap<ThreadId, Vec<(usize, Event)>> {
    let mut threads: HashMap<ThreadId, Vec<(usize, Event)>> = HashMap::new();
    for (segment, (path, log)) in segments.iter().enumerate() {
        assert_eq!(log.reader.lost(), 0, "{}", path.display());
        for event in &log.events {
            assert!(!matches!(event.kind, EventKind::Lost { .. }), "{}: {event:?}", path.display());
            threads.entry(event.thread).or_default().push((segment, event.clone()));
        }
    }
    for (thread, events) in &threads {
        let mut open: Vec<Option<CallId>> = Vec::new();
        let mut time = 0;
        for (number, (segment, event)) in events.iter().enumerate() {
            assert_eq!(event.id.number(), number as u64, "{thread:?}, segment {segment}");
            assert!(event.call.is_some(), "{thread:?}, segment {segment}: {event:?}");
            match event.kind {
                EventKind::Entry { .. } => {
                    assert_eq!(event.parent, open.last().copied().flatten(), "{event:?}");
                    assert_eq!(event.depth as usize, open.len());
                    open.push(event.call);
                }
                EventKind::Exit { duration, .. } => {
                    assert_eq!(open.pop(), Some(event.call), "segment {segment}: {event:?}");
                    assert_eq!(event.parent, open.last().copied().flatten(), "segment {segment}: {event:?}");
                    assert!(duration.is_some(), "{event:?}");
                }
                _ => {}
            }
            // Each segment compares the clocks for itself.
            assert!(event.time + 1_000_000 > time, "segment {segment}: time goes back by {}", time - event.time);
            time = event.time;
        }
    }
    threads
}

fn check_load(child: Child) {
    let ended = small(child).run().code(0).quiet();
    let all = segments(ended.folder.path());
    assert!(all.len() > 5, "{} segments", all.len());
    let names: Vec<String> =
        all.iter().map(|(path, _)| path.file_name().expect("a name").to_string_lossy().into_owned()).collect();
    let last = names.len() - 1;
    assert_eq!(names[last], "log.scope");
    assert!(names[..last].is_sorted() && names[0] == "log.000001.scope", "{names:?}");
    let mut sum = 0;
    for (path, log) in &all {
        assert_eq!(log.reader.state(), LogEnd::Sealed, "{}", path.display());
        let size = fs::metadata(path).expect("a file").len();
        assert!(size < 64 << 10, "{}: {size} bytes", path.display());
        sum += log.reader.totals().expect("it is sealed").events;
    }
    let threads = joined(&all);
    // outer, and in each round counted and four times deep; each entry and exit.
    let each = 2 * (1 + ROUNDS * 5);
    assert_eq!(sum, THREADS * each);
    assert_eq!(threads.len() as u64, THREADS);
    assert!(threads.values().all(|events| events.len() as u64 == each));
    let leftovers = fs::read_dir(ended.folder.path()).expect("a folder").count();
    assert_eq!(leftovers, all.len(), "nothing else stays");
}

fn check_keep(child: Child) {
    let mine = child.path().join("log.000002.scope");
    fs::write(&mine, "dear diary").expect("a file");
    let ended = small(child).env("SCOPE_KEEP", "3").run().code(0).quiet();
    assert_eq!(fs::read(&mine).expect("it stays"), b"dear diary");
    fs::remove_file(&mine).expect("it is there");
    let all = segments(ended.folder.path());
    assert_eq!(all.len(), 4, "three, and the one that was written");
    // The latest, without a gap, and each whole by itself.
    let numbers: Vec<u32> = all
        .iter()
        .map(|(_, log)| log.reader.header().setting("segment").expect("a number").parse().expect("a number"))
        .collect();
    assert!(numbers[0] > 3 && numbers.windows(2).all(|two| two[1] == two[0] + 1), "{numbers:?}");
    for (path, log) in &all {
        assert_eq!((log.reader.state(), log.reader.lost()), (LogEnd::Sealed, 0), "{}", path.display());
    }
    // A call that began in a segment that is gone ends like any other.
    let outer = |event: &&Event| matches!(event.kind, EventKind::Exit { duration: Some(_), .. }) && event.depth == 0;
    let ends: usize = all.iter().map(|(_, log)| log.events.iter().filter(outer).count()).sum();
    assert_eq!(ends as u64, THREADS);
}

fn age() {
    while !Path::new("log.000002.scope").exists() {
        steps(0..10);
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn check_age(child: Child) {
    let ended = child.env("SCOPE_MAX_AGE", "1 s").env("SCOPE_FLUSH_INTERVAL", "2 ms").run().code(0).quiet();
    let all = segments(ended.folder.path());
    assert!(all.len() >= 3);
    joined(&all);
    for (path, log) in &all[..2] {
        let (first, last) = (log.events.first().expect("events").time, log.events.last().expect("events").time);
        assert!(last - first > 500_000_000, "{}: {} ns", path.display(), last - first);
        assert_eq!(log.reader.state(), LogEnd::Sealed);
    }
}

/// Counts on two threads, and says now and then how far it got.
fn endless() {
    std::thread::scope(|scope| {
        for thread in 0..2 {
            scope.spawn(move || {
                work::outer((0..).inspect(|n| {
                    if n % 500 == 499 {
                        println!("{thread} {n}");
                    }
                }))
            });
        }
    });
}

fn check_killed(first: Child) {
    let mut first = Some(first);
    for round in 0..16_u64 {
        let child = first.take().unwrap_or_else(|| Child::new("killed_while_cut"));
        let mut child = small(child).start();
        let told = BufReader::new(child.process.stdout.take().expect("a pipe"));
        let mut told = told.lines().map_while(Result::ok);
        let mut last = HashMap::new();
        let mut note = |line: String| {
            let (thread, n) = line.split_once(' ')?;
            last.insert(thread.to_owned(), n.parse::<usize>().ok()?)
        };
        _ = note(told.next().expect("a line"));
        std::thread::sleep(Duration::from_micros(round * 3_700));
        child.process.kill().expect("a child");
        child.process.wait().expect("a child");
        told.for_each(|line| _ = note(line));
        let all = segments(child.path());
        let open = all.iter().filter(|(_, log)| log.reader.state() != LogEnd::Sealed).count();
        assert!((1..=2).contains(&open), "the one that was written, and at most the one that was being sealed: {open}");
        let threads = joined(&all);
        let mut counts: Vec<usize> = threads
            .values()
            .map(|events| {
                let of = |(segment, event): &(usize, Event)| {
                    let log = &all[*segment].1;
                    matches!(event.kind, EventKind::Entry { .. }) && log.name(event) == "counted"
                };
                events.iter().filter(|event| of(event)).count()
            })
            .collect();
        counts.sort_unstable();
        let mut told: Vec<usize> = last.into_values().collect();
        told.sort_unstable();
        for (count, told) in counts.iter().rev().zip(told.iter().rev()) {
            // It is told of before the call.
            assert!(count >= told, "round {round}: {told} was told, {count} are there");
        }
    }
}

fn check_read(child: Child) {
    let mut child = small(child).env("SCOPE_KEEP", "20").start();
    let mut told = BufReader::new(child.process.stdout.take().expect("a pipe")).lines();
    _ = told.next().expect("a line");
    let reading = std::thread::spawn(move || told.map_while(Result::ok).count());
    let path = child.path().join("log.scope");
    let mut seen = Vec::new();
    while seen.len() < 40 {
        // There is a log at its path at any moment, and it is whole as far as it goes.
        let log = LogReader::open(&path).expect("a log");
        assert!(log.damage().is_empty(), "{:?}", log.damage());
        assert!(!log.header().program.is_empty() && log.lost() == 0);
        let number: u32 = log.header().setting("segment").expect("a number").parse().expect("a number");
        if seen.last() != Some(&number) {
            assert!(seen.last().is_none_or(|last| *last < number), "{seen:?}, {number}");
            seen.push(number);
            for other in logs(child.path()) {
                // It may be the oldest, which goes.
                let Ok(log) = LogReader::open(&other) else { continue };
                assert!(log.damage().is_empty(), "{}: {:?}", other.display(), log.damage());
                assert!(log.sites().count() > 0 && log.lost() == 0);
            }
        }
    }
    child.process.kill().expect("a child");
    child.process.wait().expect("a child");
    reading.join().expect("no panic");
}

fn no_next() {
    fs::create_dir(format!("log.scope.{}.next", std::process::id())).expect("a folder");
    load();
    println!("done");
}

fn check_no_next(child: Child) {
    let ended = small(child).run().code(0);
    assert_eq!(ended.stdout, "done\n");
    assert!(ended.stderr.starts_with("scope: can't begin a new segment of `"), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1, "{}", ended.stderr);
    let log = Log::open(&ended.folder.path().join("log.scope"), None).sealed().nested();
    assert!(log.entries("counted") > 0);
    assert!(fs::metadata(log.reader.path()).expect("a log").len() <= 64 << 10);
}

fn staged() {
    let stage = scope::pipeline::filter(|event| !event.function().ends_with("::deep"));
    let guard = scope::Recorder::builder().stage("not deep", stage).start().expect("a recorder");
    load();
    guard.finish().expect("a whole log");
}

fn check_staged(child: Child) {
    let ended = small(child).run().code(0).quiet();
    let all = segments(ended.folder.path());
    assert!(all.len() > 2);
    for (thread, events) in joined(&all) {
        assert_eq!(events.len() as u64, 2 * (1 + ROUNDS), "{thread:?}");
    }
}

#[scope::instrument(level = "boundaries", clock = "coarse")]
fn roughly(n: u64) -> u64 {
    n
}

fn counted() {
    roughly(1);
    load();
    let recorder = scope::Recorder::current().expect("it runs");
    recorder.flush().expect("it is written");
    let figures = recorder.figures();
    let all = 2 + THREADS * 2 * (1 + ROUNDS * 5);
    assert_eq!((figures.events, figures.stages[0].events), (all, all));
    let files = fs::read_dir(".").expect("a folder").map(|entry| entry.expect("an entry"));
    let logs = files.filter(|file| file.path().extension().is_some_and(|end| end == "scope"));
    let bytes: u64 = logs.map(|log| log.metadata().expect("a file").len()).sum();
    // The ends of segments are not among them.
    assert!(figures.bytes <= bytes && figures.bytes > bytes / 2, "{} of {bytes}", figures.bytes);
    assert!(figures.segment > 5);
}

fn check_counted(child: Child) {
    let ended = small(child).run().code(0).quiet();
    // What was told once is told in each.
    for (path, log) in segments(ended.folder.path()) {
        let site = log.reader.sites().find(|site| site.name == "roughly").expect("a function");
        assert_eq!(log.reader.clock(site.id), Clocked::Coarsely, "{}", path.display());
        assert!(!log.reader.plan_defs().expect("it can be read").is_empty(), "{}", path.display());
    }
}
