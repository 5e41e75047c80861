//! Recorders that a program starts and ends itself.

use crate::Scenario;
use crate::child::{Child, Log};
use crate::ends::{step, steps};
use scope::{Overflow, Recorder, StartError};
use scope_store::LogReader;
use scope_store::event::Outcome;
use std::path::Path;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "one_after_the_other", child: two, check: check_two },
    Scenario { name: "one_after_the_other_with_filter", child: filtered, check: check_filtered },
    Scenario { name: "init_after_the_first_probe", child: late, check: check_late },
    Scenario { name: "init_without_a_probe", child: never, check: check_never },
    Scenario { name: "init_without_a_probe_or_a_place", child: nowhere, check: check_nowhere },
    Scenario { name: "flush_while_running", child: flush, check: check_flush },
    Scenario { name: "runtime_of_the_plan", child: runtime, check: check_runtime },
    Scenario { name: "stuck_log", child: stuck, check: check_stuck },
];

fn builder(log: &str) -> scope::Builder {
    Recorder::builder().log(log)
}

#[scope::instrument(level = "detailed")]
fn across(end: scope::Guard) -> scope::Guard {
    end.finish().expect("a whole log");
    step(99);
    let next = builder("second.scope").start().expect("a second recorder");
    steps(0..20);
    next
}

fn two() {
    let first = builder("first.scope").start().expect("a recorder");
    assert!(matches!(builder("x.scope").start(), Err(StartError::Running { .. })));
    let stay = std::sync::Barrier::new(2);
    std::thread::scope(|scope| {
        // A thread that records into both.
        scope.spawn(|| {
            step(100);
            stay.wait();
            stay.wait();
            step(100);
            step(101);
        });
        stay.wait();
        steps(0..10);
        let second = across(first);
        stay.wait();
        // The other thread's work is done when the scope ends.
        second
    })
    .finish()
    .expect("a whole log");
    step(5);
}

fn check_two(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").run().code(0).quiet();
    let open = |name: &str| Log::open(&ended.folder.path().join(name), None).whole();
    let (first, second) = (open("first.scope"), open("second.scope"));
    assert_eq!((first.entries("step"), second.entries("step")), (11, 22));
    assert_eq!((first.entries("across"), first.exits("across", Outcome::Returned)), (1, 0));
    assert_eq!(second.entries("across"), 0);
    assert!(!ended.folder.path().join("x.scope").exists());
}

fn filtered() {
    let first = builder("first.scope").start().expect("a recorder");
    step(1);
    first.finish().expect("a whole log");
    let filter = scope::Filter::new("!**::step").expect("a filter");
    let second = builder("second.scope").filter(filter).start().expect("a second recorder");
    // It starts the recorder, which has the filter, on a thread that has recorded before.
    step(2);
    second.finish().expect("a whole log");
}

fn check_filtered(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").run().code(0).quiet();
    let open = |name: &str| Log::open(&ended.folder.path().join(name), None).whole();
    assert_eq!(open("first.scope").args("step"), ["1"]);
    assert_eq!(open("second.scope").events.len(), 0);
}

fn late() {
    step(1);
    match builder("other.scope").start() {
        Err(StartError::Running { path: Some(path) }) => assert!(path.ends_with("log.scope"), "{}", path.display()),
        other => panic!("{other:?}"),
    }
    let guard = scope::init().expect("the recorder that runs");
    step(2);
    assert!(guard.path().is_some_and(|path| path.ends_with("log.scope")));
    guard.finish().expect("a whole log");
    step(3);
}

fn check_late(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!(log.args("step"), ["1", "2"]);
}

fn never() {
    drop(scope::init().expect("a recorder"));
    step(1);
}

fn nowhere() {
    std::fs::write("scope-logs", "dear diary").expect("a file");
    let guard = scope::init().expect("ready");
    let error = guard.finish().expect_err("there is no log").to_string();
    assert!(error.contains("can't create the log `scope-logs/"), "{error}");
}

fn check_nowhere(child: Child) {
    child.env_remove("SCOPE_LOG").run().code(0).quiet();
}

fn check_never(child: Child) {
    assert_eq!(child.run().code(0).quiet().log().whole().events.len(), 0);
}

fn flush() {
    let guard = builder("log.scope").flush_interval(Duration::from_secs(3600)).start().expect("a recorder");
    for n in 1..=50 {
        step(n);
        guard.flush().expect("it is written");
        let log = LogReader::open("log.scope").expect("a log");
        let seen = log.events().filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping()));
        assert_eq!(seen.count() as u64, 2 * n);
    }
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| (0..50).for_each(|_| guard.flush().expect("it is written")));
        }
    });
    std::mem::forget(guard);
}

fn check_flush(child: Child) {
    assert_eq!(child.env_remove("SCOPE_LOG").run().code(0).quiet().log().whole().nested().entries("step"), 50);
}

mod by_hand {
    use scope::report::{FunctionInfo, Origin, Sites, function_entry};

    /// As the macro compiles a plan's `[runtime]` table in.
    pub fn call() {
        static SITES: Sites = Sites::new(&FunctionInfo {
            module: "planned",
            name: "call",
            file: file!(),
            line: 1,
            args: &[],
            places: &[],
            limits: scope::value::Limits::DEFAULT,
            origin: Origin {
                start: scope::__private::START,
                runtime: "log=planned/\nring_size=8192\noverflow=block\nspeed=9\nflush_interval=10ms\nmax_size=1048576\nthreads=1",
            },
        });
        drop(function_entry(&SITES));
    }
}

fn runtime() {
    (0..5000).for_each(|_| by_hand::call());
    step(1);
}

fn check_runtime(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").env("SCOPE_THREADS", "3").run().code(0);
    assert!(ended.stderr.starts_with("scope: `runtime.speed` is `9`: "), "{}", ended.stderr);
    assert_eq!(ended.stderr.lines().count(), 1);
    let logs = crate::child::logs(&ended.folder.path().join("planned"));
    assert_eq!(logs.len(), 1);
    let log = Log::open(&logs[0], None).whole().nested();
    assert_eq!((log.entries("call"), log.entries("step")), (5000, 1));
    let config = &log.reader.header().config;
    for line in ["ring_size=8192", "overflow=block", "threads=3", "max_size=1048576", "flush_interval=10000000ns"] {
        assert!(config.lines().any(|have| have == line), "{line}: {config}");
    }
}

fn stuck() {
    // A log that takes nothing more, and does not say so either.
    let terminal = crate::system::deaf_terminal();
    assert!(Path::new(&terminal).exists());
    let guard = builder(&terminal).overflow(Overflow::Block).ring_size(4096).start().expect("a recorder");
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| steps(0..200_000));
        }
    });
    println!("done");
    // Nobody waits 20 seconds for the end of a test.
    std::mem::forget(guard);
    crate::system::end_now(9);
}

fn check_stuck(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").run().code(9);
    assert_eq!(ended.stdout, "done\n");
    assert!(ended.took < Duration::from_secs(15), "{:?}", ended.took);
}
