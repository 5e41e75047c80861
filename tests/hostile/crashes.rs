//! Processes that die: what they recorded is read from their rings, each record once.

use crate::Scenario;
use crate::child::{Child, Log, logs};
use crate::ends::step;
use crate::system::{SIGABRT, SIGKILL, SIGSEGV};
use scope_store::event::{EventKind, Outcome};
use std::collections::HashMap;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "killed_flat_out", child: flat_out, check: check_killed_flat_out },
    Scenario { name: "killed_between_flushes", child: between_flushes, check: check_between_flushes },
    Scenario { name: "aborted_between_flushes", child: aborted, check: check_aborted },
    Scenario { name: "segfault", child: segfault, check: check_segfault },
    Scenario { name: "stack_overflow", child: stack_overflow, check: check_stack_overflow },
    Scenario { name: "killed_amid_a_call_that_leaves", child: leaving, check: check_leaving },
    Scenario { name: "rings_in_memory", child: between_flushes, check: check_heap },
];

const INTERVAL: &str = "SCOPE_FLUSH_INTERVAL";

/// Counts on two threads, and says now and then how far it got.
fn flat_out() {
    let count = |thread: u64| {
        for n in 0.. {
            counted(thread, n);
            if n % 1000 == 999 {
                println!("{thread} {n}");
            }
        }
    };
    _ = std::thread::Builder::new().name("count-1".to_owned()).spawn(move || count(1));
    count(2);
}

#[scope::instrument(level = "full")]
fn counted(thread: u64, n: u64) -> Option<u64> {
    let sum = thread + n;
    if n.is_multiple_of(3) { None } else { Some(sum) }
}

fn check_killed_flat_out(first: Child) {
    let mut child = Some(first);
    for round in 0..12_u64 {
        let child = child.take().unwrap_or_else(|| Child::new("killed_flat_out"));
        let interval = ["1 ms", "3 ms", "1 h"][round as usize % 3];
        // Rings of one size in the file, and of two.
        let sizes = ["", "main=16 KiB,count-*=1 MiB"][round as usize % 2];
        let child = child.env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "64 KiB");
        let mut child = child.env("SCOPE_RING_SIZES", sizes).env(INTERVAL, interval).start();
        let told = BufReader::new(child.process.stdout.take().expect("a pipe"));
        let (says, at_work) = std::sync::mpsc::channel();
        let reading = std::thread::spawn(move || {
            let mut last = HashMap::new();
            for line in told.lines().map_while(Result::ok) {
                _ = says.send(());
                if let Some((thread, n)) = line.split_once(' ') {
                    last.insert(thread.to_owned(), n.parse::<usize>().expect("a number"));
                }
            }
            last
        });
        // On a busy machine a child takes long to begin.
        at_work.recv_timeout(Duration::from_secs(20)).expect("it counts");
        std::thread::sleep(Duration::from_millis(round * 17));
        child.process.kill().expect("a child");
        child.process.wait().expect("a child");
        let told = reading.join().expect("no panic");
        let log = Log::open(&child.path().join("log.scope"), None).nested();
        assert_eq!(log.reader.lost(), 0, "{interval}");
        for (thread, last) in told {
            check_count(&log, &thread, last);
        }
    }
}

/// The calls of a thread are all there, each once, and each but the last with its exit.
fn check_count(log: &Log, thread: &str, last: usize) {
    let (mut next, mut exits) = (0, 0);
    for event in &log.events {
        match &event.kind {
            EventKind::Entry { args, .. } if log.name(event) == "counted" && args[0].to_string() == thread => {
                assert_eq!(args[1].to_string(), next.to_string(), "thread {thread}");
                next += 1;
            }
            EventKind::Exit { value: Some(value), .. } if log.name(event) == "counted" => {
                exits += usize::from(value.to_string() != "None");
            }
            _ => {}
        }
    }
    assert!(next > last, "thread {thread} told of {last}, and the log ends at {next}");
    assert!(exits >= last / 3, "{exits}");
}

/// All that it records is in its rings when it dies.
fn between_flushes() {
    step(0);
    // The recorder's thread looks at the rings once when it starts.
    std::thread::sleep(Duration::from_millis(100));
    (1..500).for_each(|n| _ = step(n));
    std::thread::Builder::new()
        .name("helper".to_owned())
        .spawn(|| (500..600).for_each(|n| _ = step(n)))
        .expect("a thread")
        .join()
        .expect("no panic");
    println!("recorded");
    // A child whose parent is gone has nobody to talk to.
    let _ = std::io::stdout().flush();
    std::thread::sleep(Duration::from_secs(60));
}

/// Kills it once it has recorded all.
fn kill(child: Child) -> crate::child::Ended {
    let mut child = child.env(INTERVAL, "1 h").start();
    let mut first = [0; 8];
    std::io::Read::read_exact(child.process.stdout.as_mut().expect("a pipe"), &mut first).expect("a line");
    child.process.kill().expect("a child");
    child.wait().signal(SIGKILL)
}

fn check_between_flushes(child: Child) {
    let ended = kill(child);
    let path = logs(ended.folder.path()).remove(0);
    let mut args: Vec<usize> = Vec::new();
    {
        let log = Log::open(&path, None).nested();
        assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (600, 600));
        assert!((1..=1200).contains(&log.reader.recovered()), "{}", log.reader.recovered());
        assert_eq!(log.reader.lost(), 0);
        assert!(log.reader.threads().any(|thread| thread.name.as_deref() == Some("helper")));
        args.extend(log.args("step").iter().map(|n| n.parse::<usize>().expect("a number")));
    }
    args.sort_unstable();
    assert_eq!(args, (0..600).collect::<Vec<_>>());

    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = scope_dump::run(["scope-dump".as_ref(), path.as_os_str()], &mut out, &mut err, false);
    let err = String::from_utf8_lossy(&err).into_owned();
    assert_eq!(exit, scope_dump::Exit::Success, "{err}");
    assert!(err.contains("from its rings") && err.contains("recover"), "{err}");

    // A copy that needs no rings any more.
    let copy = path.with_extension("whole.scope");
    let args = ["scope-dump".as_ref(), "recover".as_ref(), path.as_os_str(), "--output".as_ref(), copy.as_os_str()];
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = scope_dump::run(args, &mut out, &mut err, false);
    assert_eq!(exit, scope_dump::Exit::Success, "{}", String::from_utf8_lossy(&err));
    let log = Log::open(&copy, None).nested();
    assert_eq!((log.entries("step"), log.reader.recovered()), (600, 0));
}

fn aborted() {
    (0..500).for_each(|n| _ = step(n));
    std::process::abort();
}

fn check_aborted(child: Child) {
    let log = child.env(INTERVAL, "1 h").run().signal(SIGABRT).log().nested();
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned), log.reader.lost()), (500, 500, 0));
}

#[scope::instrument(level = "detailed")]
fn read_nothing(at: usize) -> u8 {
    // SAFETY: none: that is the test.
    unsafe { std::ptr::with_exposed_provenance::<u8>(at).read_volatile() }
}

fn segfault() {
    (0..500).for_each(|n| _ = step(n));
    read_nothing(8);
}

fn check_segfault(child: Child) {
    let log = child.env(INTERVAL, "1 h").run().signal(SIGSEGV).log().nested();
    assert_eq!((log.entries("step"), log.entries("read_nothing")), (500, 1));
    assert_eq!((log.exits("read_nothing", Outcome::Returned), log.reader.lost()), (0, 0));
}

#[allow(unconditional_recursion, reason = "that is the test")]
#[scope::instrument(level = "detailed")]
fn endless(n: u64) -> u64 {
    let room = black_box([n; 64]);
    endless(n + 1) + room[0]
}

fn stack_overflow() {
    endless(0);
}

fn check_stack_overflow(child: Child) {
    let log = child.env(INTERVAL, "1 h").run().signal(SIGABRT).log().nested();
    let args = log.args("endless");
    assert!(args.len() > 1000, "{}", args.len());
    assert!(args.iter().enumerate().all(|(n, arg)| *arg == n.to_string()));
    assert_eq!(log.reader.lost(), 0);
}

/// What it is about to give back is known when it dies, but not that it has.
struct Last;

impl Drop for Last {
    fn drop(&mut self) {
        println!("recorded");
        // A child whose parent is gone has nobody to talk to.
        let _ = std::io::stdout().flush();
        std::thread::sleep(Duration::from_secs(60));
    }
}

#[scope::instrument(level = "detailed")]
fn leaves(text: String) -> String {
    let _last = Last;
    text
}

fn leaving() {
    step(1);
    leaves("a text".to_owned());
}

fn check_leaving(child: Child) {
    let ended = kill(child);
    let log = ended.log().nested();
    assert_eq!((log.entries("step"), log.entries("leaves")), (1, 1));
}

fn check_heap(child: Child) {
    let ended = kill(child.env("SCOPE_RINGS", "heap"));
    assert!(std::fs::read_dir(ended.folder.path()).expect("a folder").count() == 1);
    let log = ended.log().nested();
    assert_eq!(log.reader.recovered(), 0);
}
