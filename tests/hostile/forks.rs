//! `fork`, with a recorder that runs, is about to, or is being started.

use crate::Scenario;
use crate::child::{Child, Log, logs};
use crate::ends::{step, steps};
use crate::system::{exit_by_handlers, in_fork};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

pub const ALL: &[Scenario] = &[
    Scenario { name: "fork_then_record", child: record, check: check_record },
    Scenario { name: "fork_then_exit", child: exits, check: check_record },
    Scenario { name: "fork_amid_threads", child: amid_threads, check: check_amid_threads },
    Scenario { name: "fork_while_starting", child: while_starting, check: check_while_starting },
    Scenario { name: "fork_before_the_first_probe", child: before, check: check_before },
    Scenario { name: "fork_while_ending_then_panic", child: while_ending, check: check_while_ending },
    Scenario { name: "fork_then_own_recorder", child: own_recorder, check: check_own_recorder },
];

#[scope::instrument(level = "detailed")]
fn in_child(n: u64) -> u64 {
    n
}

/// What a child does that notices nothing of the recorder.
fn play() -> u8 {
    (0..100_000).for_each(|n| _ = in_child(n));
    std::thread::spawn(|| _ = in_child(1)).join().expect("the thread ends well");
    7
}

fn record() {
    steps(0..100);
    assert_eq!(in_fork(play), 7);
    steps(0..100);
}

fn exits() {
    steps(0..100);
    // Runs the exit handlers, the recorder's among them.
    assert_eq!(in_fork(|| std::process::exit(i32::from(play()))), 7);
    steps(0..100);
}

fn check_record(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!((log.entries("step"), log.entries("in_child")), (200, 0));
}

fn amid_threads() {
    static DONE: AtomicBool = AtomicBool::new(false);
    let guard = scope::init().expect("a recorder");
    step(0);
    let threads: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                while !DONE.load(Ordering::Relaxed) {
                    steps(0..100);
                    std::thread::spawn(|| _ = step(1)).join().expect("the thread ends well");
                }
            })
        })
        .collect();
    for n in 0..60 {
        std::thread::sleep(Duration::from_micros(500 * (n % 7)));
        let code = in_fork(|| {
            in_child(1);
            guard.flush().expect("nothing to do");
            drop(scope::Recorder::current());
            in_child(2);
            if n % 2 == 0 { 7 } else { exit_by_handlers(7) }
        });
        assert_eq!(code, 7);
    }
    DONE.store(true, Ordering::Relaxed);
    threads.into_iter().for_each(|thread| thread.join().expect("the thread ends well"));
    drop(guard);
}

fn check_amid_threads(child: Child) {
    let log = child.env("SCOPE_OVERFLOW", "block").run().code(0).quiet().log().whole().nested();
    assert_eq!(log.entries("in_child"), 0);
    assert!(log.entries("step") > 1000);
}

fn while_starting() {
    // Whether a fork meets the start is luck: many tries, each in a process of its own.
    for n in 0..30 {
        let code = in_fork(|| {
            let thread = std::thread::spawn(|| _ = step(1));
            std::thread::sleep(Duration::from_micros(10 * n));
            let code = in_fork(|| {
                in_child(1);
                in_child(2);
                7
            });
            thread.join().expect("the thread ends well");
            code as u8
        });
        assert_eq!(code, 7);
    }
}

fn check_while_starting(child: Child) {
    let ended = child.run().code(0);
    // A child that was made before the start starts a recorder of its own. None of them may share a log.
    for log in logs(ended.folder.path()) {
        Log::open(&log, None).nested();
    }
}

const TAKEN: &str = "scope: `log.scope` is there already, and stays as it is: the log is `log-2.scope`\n";

fn before() {
    let guard = scope::Recorder::builder().log("log.scope").start().expect("a recorder");
    // The log is created and empty; the child has it open too.
    assert_eq!(in_fork(play), 7);
    steps(0..100);
    drop(guard);
}

fn check_before(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").run().code(0);
    assert_eq!(ended.stderr, TAKEN, "the child's recorder finds the name taken");
    let log = Log::open(&ended.folder.path().join("log.scope"), None).whole().nested();
    assert_eq!((log.entries("step"), log.entries("in_child")), (100, 0));
    for other in logs(ended.folder.path()) {
        Log::open(&other, None).nested();
    }
}

/// A child that panics, and asks for a snapshot, while its parent's recorder can't end.
fn while_ending() {
    let terminal = crate::system::deaf_terminal();
    let builder = scope::Recorder::builder().log(&terminal).overflow(scope::Overflow::DropOldest);
    // More than a terminal takes that nobody reads.
    let builder = builder.compression(scope::Compression::None);
    std::mem::forget(builder.snapshot_on_panic(true).start().expect("a recorder"));
    steps(0..10_000);
    std::thread::spawn(|| {
        std::thread::sleep(Duration::from_millis(500));
        let code = in_fork(|| {
            let began = Instant::now();
            std::panic::catch_unwind(|| panic!("in the child")).expect_err("it panics");
            scope::snapshot("in the child").expect_err("no recorder is here");
            if began.elapsed() < Duration::from_secs(1) { 7 } else { 8 }
        });
        // Nobody waits 20 seconds for the end of a test.
        crate::system::end_now(code);
    });
    std::process::exit(1);
}

fn check_while_ending(child: Child) {
    child.env_remove("SCOPE_LOG").run().code(7);
}

fn own_recorder() {
    step(1);
    let code = in_fork(|| {
        in_child(1);
        let guard = scope::Recorder::builder().start().expect("a recorder of the child's own");
        (0..10).for_each(|n| _ = in_child(n));
        guard.finish().expect("a whole log");
        7
    });
    assert_eq!(code, 7);
    step(2);
}

fn check_own_recorder(child: Child) {
    let ended = child.run().code(0);
    assert_eq!(ended.stderr, TAKEN);
    let open = |name: &str| Log::open(&ended.folder.path().join(name), None).whole().nested();
    let (parent, child) = (open("log.scope"), open("log-2.scope"));
    assert_eq!((parent.entries("step"), parent.entries("in_child")), (2, 0));
    assert_eq!((child.entries("step"), child.entries("in_child")), (0, 10));
}
