//! Signal handlers that hit probes while the same thread records.

use crate::Scenario;
use crate::child::Child;
use crate::ends::step;
use crate::system::{SIGALRM, SIGUSR1, alarm_every, on, send_to_self};
use scope_store::event::Outcome;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub const ALL: &[Scenario] = &[
    Scenario { name: "handler_amid_records", child: amid_records, check: check_amid_records },
    Scenario { name: "handler_under_block", child: amid_records, check: check_under_block },
    Scenario { name: "handler_inside_debug", child: inside_debug, check: check_inside_debug },
    Scenario { name: "handlers_stay_off_our_threads", child: own_threads, check: check_own_threads },
];

static HANDLED: AtomicU64 = AtomicU64::new(0);

#[scope::instrument(level = "full")]
fn handled(signal: i32) -> u64 {
    let count = HANDLED.fetch_add(1, Ordering::Relaxed);
    bare();
    count + signal as u64
}

#[scope::instrument(level = "boundaries")]
fn bare() {}

extern "C" fn handler(signal: i32) {
    handled(signal);
}

#[scope::instrument(level = "full")]
fn records(n: u64) -> u64 {
    let text = [n, n + 1, n + 2];
    bare();
    text[0]
}

fn amid_records() {
    step(0);
    on(SIGALRM, handler);
    alarm_every(100);
    let mut n = 0;
    while HANDLED.load(Ordering::Relaxed) < 1000 {
        records(n);
        n += 1;
    }
    alarm_every(0);
    println!("{n}");
}

fn check_amid_records(child: Child) {
    let ended = child.run().code(0).quiet();
    ended.log().sealed().nested();
}

fn check_under_block(child: Child) {
    let ended = child.env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "4 KiB").run().code(0).quiet();
    let calls: usize = ended.stdout.trim().parse().expect("a number");
    let log = ended.log().whole().nested();
    assert_eq!((log.entries("records"), log.exits("records", Outcome::Returned)), (calls, calls));
    // Those that came while a record was being written are left out, whole or in part: most, where a thread mostly waits for room.
    assert!(log.entries("handled") > 0);
}

struct Interrupted;

impl std::fmt::Debug for Interrupted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        send_to_self(SIGUSR1);
        f.write_str("Interrupted")
    }
}

#[scope::instrument(level = "detailed")]
fn interrupted(_who: &Interrupted) {}

fn inside_debug() {
    on(SIGUSR1, handler);
    (0..100).for_each(|_| interrupted(&Interrupted));
    assert_eq!(HANDLED.load(Ordering::Relaxed), 100);
    send_to_self(SIGUSR1);
}

fn check_inside_debug(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!(log.args("interrupted"), vec!["Interrupted"; 100]);
    assert_eq!(log.entries("handled"), 1);
}

/// Counts the threads that are not the program's own.
extern "C" fn who(_: i32) {
    let name = std::fs::read_to_string("/proc/thread-self/comm").unwrap_or_default();
    HANDLED.fetch_add(u64::from(name.starts_with("scope")), Ordering::Relaxed);
}

/// Every thread of the recorder's that has its name by now refuses the signal; how many they are.
fn check_masks() -> usize {
    let mut masked = 0;
    for entry in std::fs::read_dir("/proc/self/task").expect("tasks") {
        let folder = entry.expect("a task").path();
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap_or_default();
        if read("comm").starts_with("scope") {
            let status = read("status");
            let blocked = status.lines().find_map(|line| line.strip_prefix("SigBlk:")).expect("a mask");
            let blocked = u64::from_str_radix(blocked.trim(), 16).expect("a number");
            assert_ne!(blocked & 1 << (SIGALRM - 1), 0, "SIGALRM may come to the recorder's thread");
            masked += 1;
        }
    }
    masked
}

fn own_threads() {
    step(0);
    std::thread::spawn(|| _ = step(1)).join().expect("the thread ends well");
    // A thread gives itself its name: it may not have come that far yet.
    let patience = Instant::now();
    while check_masks() == 0 {
        assert!(patience.elapsed() < Duration::from_secs(20), "no thread bears the recorder's name");
        std::thread::sleep(Duration::from_millis(1));
    }
    on(SIGALRM, who);
    send_to_self(SIGALRM);
    assert_eq!(HANDLED.load(Ordering::Relaxed), 0);
}

fn check_own_threads(child: Child) {
    child.run().code(0).quiet().log().whole();
}
