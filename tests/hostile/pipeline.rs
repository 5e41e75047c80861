//! Programs that put something between their events and their log.

use crate::Scenario;
use crate::child::Child;
use crate::ends::{step, steps};
use scope::Recorder;
use scope::event::EventKind;
use scope::pipeline::{filter, sink};
use std::io::{BufRead, BufReader};
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "subscription_before_the_first_probe", child: early, check: check_early },
    Scenario { name: "stages_and_sinks_carry_no_probes", child: muted, check: check_muted },
    Scenario { name: "killed_behind_a_stage", child: staged, check: check_staged },
    Scenario { name: "sink_that_never_comes_back", child: stuck, check: check_stuck },
];

fn early() {
    let guard = Recorder::builder().start().expect("a recorder");
    let subscription = guard.subscribe(1000).expect("it is ready");
    let entries = std::thread::spawn(move || {
        let events = subscription
            .map(|batch| batch.events().iter().filter(|event| matches!(event.kind, EventKind::Entry { .. })).count());
        events.sum::<usize>()
    });
    steps(0..500);
    guard.finish().expect("a whole log");
    println!("{}", entries.join().expect("no panic"));
}

fn check_early(child: Child) {
    let ended = child.run().code(0).quiet();
    let log = ended.folder.path().join("log.scope");
    let log = crate::child::Log::open(&log, None).whole();
    assert_eq!(
        ended.stdout,
        format!("{}\n", log.events.iter().filter(|e| matches!(e.kind, EventKind::Entry { .. })).count())
    );
}

fn muted() {
    let stage = filter(|_| {
        step(77);
        true
    });
    let sink = sink(|_| {
        step(78);
        Ok(())
    });
    let guard = Recorder::builder().stage("records", stage).sink("records", sink).start().expect("a recorder");
    for _ in 0..10 {
        steps(0..10);
        guard.flush().expect("it is written");
    }
    guard.finish().expect("a whole log");
}

fn check_muted(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    let args = log.args("step");
    assert_eq!(args.len(), 100);
    assert!(!args.iter().any(|arg| arg == "77" || arg == "78"));
}

#[scope::instrument(level = "detailed")]
fn noise(n: u64) -> u64 {
    n
}

#[scope::instrument(level = "detailed")]
fn counted(n: u64) -> u64 {
    noise(n);
    n
}

fn staged() {
    let guard = Recorder::builder().stage("no noise", filter(|event| !event.function().ends_with("::noise"))).start();
    let guard = guard.expect("a recorder");
    for n in 0.. {
        counted(n);
        if n % 1000 == 999 {
            println!("{n}");
        }
    }
    drop(guard);
}

/// Of what passed the stage, and of what it never got to see, each record is there once.
fn check_staged(first: Child) {
    let mut first = Some(first);
    for round in 0..6 {
        let child = first.take().unwrap_or_else(|| Child::new("killed_behind_a_stage"));
        let interval = ["1 ms", "1 h"][round as usize % 2];
        let child = child.env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "64 KiB");
        let mut child = child.env("SCOPE_FLUSH_INTERVAL", interval).start();
        let mut told = BufReader::new(child.process.stdout.take().expect("a pipe")).lines();
        let mut last: usize = told.next().expect("a line").expect("a line").parse().expect("a number");
        std::thread::sleep(Duration::from_millis(round * 13));
        child.process.kill().expect("a child");
        child.process.wait().expect("a child");
        for line in told.map_while(Result::ok) {
            last = line.parse().unwrap_or(last);
        }
        let log = crate::child::Log::open(&child.path().join("log.scope"), None);
        assert_eq!(log.reader.lost(), 0, "{interval}");
        let args = log.args("counted");
        assert!(args.iter().enumerate().all(|(n, arg)| *arg == n.to_string()), "{interval}: not each once");
        assert!(args.len() > last, "{interval}: {last} was told, {} are there", args.len());
        // What was in the rings has not passed.
        assert!(log.entries("noise") as u64 <= log.reader.recovered());
    }
}

static TAKEN: AtomicU64 = AtomicU64::new(0);

/// The program ends although its sink does not.
fn stuck() {
    let sink = sink(|_| {
        TAKEN.fetch_add(1, Ordering::Relaxed);
        std::thread::sleep(Duration::from_secs(3600));
        Ok(())
    });
    let guard = Recorder::builder().sink("stuck", sink).ring_size(4096).start().expect("a recorder");
    steps(0..20_000);
    while TAKEN.load(Ordering::Relaxed) == 0 {
        std::thread::sleep(Duration::from_millis(1));
    }
    println!("done");
    // Nobody waits 20 seconds for the end of a test.
    std::mem::forget(guard);
    crate::system::end_now(9);
}

fn check_stuck(child: Child) {
    let ended = child.run().code(9).quiet();
    assert_eq!(ended.stdout, "done\n");
    // What the sink got is in the log, as is what still was in the rings.
    let log = ended.log();
    assert!(log.entries("step") > 0 && log.reader.lost() > 0);
}
