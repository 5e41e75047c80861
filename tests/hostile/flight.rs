//! A flight recorder and its snapshots, asked for in every way.

use crate::Scenario;
use crate::child::{Child, Ended, Log, logs};
use crate::system::{SIGUSR2, on, send_to_self};
use scope::{Overflow, Recorder};
use scope_store::event::{EventKind, Outcome};
use std::path::PathBuf;
use std::time::{Duration, Instant};

pub const ALL: &[Scenario] = &[
    Scenario { name: "snapshot_of_the_last_moments", child: last_moments, check: check_last_moments },
    Scenario { name: "snapshot_behind_many_calls", child: many_calls, check: check_many_calls },
    Scenario { name: "snapshot_while_threads_record", child: busy, check: check_busy },
    Scenario { name: "snapshot_on_panic", child: panics, check: check_panics },
    Scenario { name: "snapshot_on_panic_that_aborts", child: panic_in_drop, check: check_panic_in_drop },
    Scenario { name: "snapshot_on_signal", child: by_signal, check: check_by_signal },
    Scenario { name: "snapshot_signal_of_the_program", child: own_handler, check: check_own_handler },
    Scenario { name: "snapshot_without_room", child: no_room, check: check_no_room },
    Scenario { name: "snapshot_of_a_recorder_before", child: another, check: check_another },
    Scenario { name: "snapshot_of_slow_calls", child: slow_calls, check: check_slow_calls },
    Scenario { name: "snapshot_without_flight_recorder", child: no_flight, check: check_no_flight },
    Scenario { name: "flight_of_many_threads", child: many_threads, check: check_many_threads },
    Scenario { name: "flight_killed", child: killed, check: check_killed },
];

#[scope::instrument(level = "detailed")]
fn handle(n: u64) {
    inner(n);
}

#[scope::instrument(level = "detailed")]
fn inner(_n: u64) {}

/// A flight recorder with small rings.
fn flight() -> Recorder {
    let builder = Recorder::builder().overflow(Overflow::DropOldest).ring_size(8192);
    std::mem::forget(builder.start().expect("a recorder"));
    inner(0);
    Recorder::current().expect("it runs")
}

/// Why a snapshot was made, as its log says.
fn reason(log: &Log) -> String {
    log.reader.header().setting("snapshot").unwrap_or("none").to_owned()
}

/// The logs of snapshots, sealed and nested, in their order.
fn snapshots(ended: &Ended) -> Vec<Log> {
    let paths = logs(ended.folder.path()).into_iter();
    let paths: Vec<PathBuf> = paths.filter(|path| path.to_string_lossy().contains("log-snapshot-")).collect();
    paths.iter().map(|path| Log::open(path, None).sealed().nested()).collect()
}

/// Those who call `name`, in their order, are without a gap, and the last one is `last`.
#[track_caller]
fn newest(log: &Log, name: &str, last: u64) -> Vec<u64> {
    let args: Vec<u64> = log.args(name).iter().map(|arg| arg.parse().expect("a number")).collect();
    assert!(args.windows(2).all(|pair| pair[1] == pair[0] + 1), "a gap in {args:?}");
    assert_eq!(args.last(), Some(&last));
    args
}

/// Records that are in the log, and those that it says were before.
fn counted(log: &Log) -> u64 {
    let recorded = log.events.iter().filter(|event| !matches!(event.kind, EventKind::Lost { .. }));
    recorded.count() as u64 + log.reader.lost()
}

fn last_moments() {
    let recorder = flight();
    (1..=10_000).for_each(handle);
    let first = scope::snapshot("the first\nhalf").expect("a snapshot");
    let again = recorder.snapshot("again").expect("a snapshot");
    assert_ne!(first, again);
    (10_001..=20_000).for_each(handle);
    recorder.flush().expect("the log takes it");
    scope::snapshot("nothing since").expect("a snapshot");
    (20_001..=20_010).for_each(handle);
    scope::snapshot("behind a flush").expect("a snapshot");
    println!("{}", first.display());
}

fn check_last_moments(child: Child) {
    let ended = child.run().code(0).quiet();
    assert!(ended.stdout.trim().ends_with("log-snapshot-1.scope"), "{}", ended.stdout);
    let logs = snapshots(&ended);
    let reasons: Vec<_> = logs.iter().map(reason).collect();
    assert_eq!(reasons, ["the first half", "again", "nothing since", "behind a flush"]);
    let first = newest(&logs[0], "handle", 10_000);
    // A call takes about 100 bytes.
    assert!((30..200).contains(&first.len()), "{} calls in 8 KiB", first.len());
    assert_eq!(newest(&logs[1], "handle", 10_000), first, "a snapshot takes nothing away");
    // Entries and exits of two functions, and that of `step`: none is forgotten.
    assert_eq!(counted(&logs[0]), 40_000 + 2);
    assert_eq!((logs[2].args("handle").len(), counted(&logs[2])), (0, 80_000 + 2));
    assert_eq!(newest(&logs[3], "handle", 20_010), (20_001..=20_010).collect::<Vec<_>>());
    assert_eq!(counted(&logs[3]), 80_040 + 2);
    // The recorder's log has what was flushed, and the end.
    let main = Log::open(&ended.folder.path().join("log.scope"), None).sealed().nested();
    assert_eq!(reason(&main), "none");
    let args = main.args("handle");
    assert_eq!(args.last().map(String::as_str), Some("20010"));
    assert!(args.contains(&"20000".to_owned()) && !args.contains(&"10000".to_owned()));
    assert_eq!(counted(&main), 80_040 + 2);
}

#[scope::instrument(level = "boundaries")]
fn nothing() {}

/// More calls than records can number, before a flush, and few behind it.
fn many_calls() {
    let recorder = flight();
    (0..4_200_000).for_each(|_| nothing());
    recorder.flush().expect("the log takes it");
    (1..=3).for_each(handle);
    scope::snapshot("many").expect("a snapshot");
}

fn check_many_calls(child: Child) {
    let ended = child.run().code(0).quiet();
    let calls = |log: &Log| {
        let is_entry = |event: &&scope_store::event::Event| matches!(event.kind, EventKind::Entry { .. });
        let entries = log.events.iter().filter(is_entry).filter(|event| log.name(event) == "handle");
        entries.map(|event| event.call).collect::<Vec<_>>()
    };
    let logs = snapshots(&ended);
    assert_eq!(calls(&logs[0]).len(), 3);
    let main = Log::open(&ended.folder.path().join("log.scope"), None).sealed();
    assert_eq!(calls(&logs[0]), calls(&main), "a call has one number in all logs");
}

fn busy() {
    flight();
    let threads: Vec<_> = (0..3)
        .map(|_| {
            std::thread::spawn(|| {
                let end = Instant::now() + Duration::from_millis(600);
                (1..).take_while(|_| Instant::now() < end).for_each(handle);
            })
        })
        .collect();
    for n in 0..40 {
        std::thread::sleep(Duration::from_millis(10));
        scope::snapshot(n.to_string()).expect("a snapshot");
    }
    threads.into_iter().for_each(|thread| thread.join().expect("it ends"));
}

fn check_busy(child: Child) {
    let ended = child.run().code(0).quiet();
    let logs = snapshots(&ended);
    assert_eq!(logs.len(), 40);
    assert!(logs.iter().all(|log| log.events.len() > 3 * 100), "each has the last moments of each thread");
}

fn panics() {
    let theirs = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        println!("the program's hook");
        theirs(info);
    }));
    flight();
    handle(1);
    for n in 0..3 {
        std::panic::catch_unwind(|| {
            handle(7);
            panic!("number {n}");
        })
        .expect_err("it panics");
    }
}

fn check_panics(child: Child) {
    let ended = child.env("SCOPE_SNAPSHOT_ON_PANIC", "1").run().code(0);
    assert_eq!(ended.stdout.matches("the program's hook").count(), 3);
    let logs = snapshots(&ended);
    // The others came within the same second.
    assert_eq!(logs.len(), 1);
    let reason = reason(&logs[0]);
    assert!(reason.starts_with("panic at ") && reason.ends_with(": number 0"), "{reason}");
    assert_eq!(logs[0].args("handle"), ["1", "7"]);
}

fn panic_in_drop() {
    struct Bad;
    impl Drop for Bad {
        fn drop(&mut self) {
            handle(9);
            panic!("while unwinding");
        }
    }
    flight();
    let _bad = Bad;
    handle(8);
    std::thread::sleep(Duration::from_millis(10));
    panic!("first");
}

fn check_panic_in_drop(child: Child) {
    let ended = child.env("SCOPE_SNAPSHOT_ON_PANIC", "true").run().signal(6);
    let logs = snapshots(&ended);
    assert!(reason(&logs[0]).ends_with(": first"), "{}", reason(&logs[0]));
    assert_eq!(logs[0].args("handle"), ["8"]);
}

fn by_signal() {
    flight();
    handle(3);
    for expected in 1..=2 {
        send_to_self(SIGUSR2);
        let name = format!("log-snapshot-{expected}.scope");
        let end = Instant::now() + Duration::from_secs(10);
        while !std::fs::exists(&name).expect("a folder") && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(5));
        }
    }
}

fn check_by_signal(child: Child) {
    let ended = child.env("SCOPE_SNAPSHOT_SIGNAL", "SIGUSR2").run().code(0).quiet();
    let logs = snapshots(&ended);
    assert_eq!(logs.iter().map(reason).collect::<Vec<_>>(), ["signal SIGUSR2"; 2]);
    assert_eq!(logs[0].args("handle"), ["3"]);
}

fn own_handler() {
    extern "C" fn mine(_signal: i32) {
        handle(4);
    }
    on(SIGUSR2, mine);
    flight();
    send_to_self(SIGUSR2);
}

fn check_own_handler(child: Child) {
    let ended = child.env("SCOPE_SNAPSHOT_SIGNAL", "SIGUSR2").run().code(0);
    assert_eq!(
        ended.stderr,
        "scope: SIGUSR2 does not ask for a snapshot: the program has a handler of its own for it\n"
    );
    assert_eq!(ended.log().args("handle"), ["4"]);
}

fn no_room() {
    flight();
    (1..=1000).for_each(handle);
    for bytes in [1000, 0] {
        crate::system::limit_files(bytes);
        println!("{}", scope::snapshot("no room").expect_err("no room"));
    }
}

fn check_no_room(child: Child) {
    let ended = child.run();
    let error = |what: &str| format!("{what}: File too large (os error 27)");
    let lines: Vec<_> = ended.stdout.lines().collect();
    assert!(lines[0].ends_with(&error("log-snapshot-1.scope` is not whole")), "{lines:?}");
    assert!(lines[1].ends_with(&error("log-snapshot-2.scope`")), "{lines:?}");
    // A file is there if it has something to say.
    let log = Log::open(&ended.folder.path().join("log-snapshot-1.scope"), None);
    assert_eq!(reason(&log), "no room");
    assert!(!ended.folder.path().join("log-snapshot-2.scope").exists());
}

/// Nobody asks the second recorder for anything.
fn another() {
    for (name, signal, on_panic) in [("first.scope", "SIGUSR2", true), ("second.scope", "", false)] {
        let builder = Recorder::builder().overflow(Overflow::DropOldest).log(name).snapshot_signal(signal);
        let guard = builder.snapshot_on_panic(on_panic).start().expect("a recorder");
        handle(1);
        std::panic::catch_unwind(|| panic!("of {name}")).expect_err("it panics");
        send_to_self(SIGUSR2);
        guard.finish().expect("a whole log");
    }
}

fn check_another(child: Child) {
    let ended = child.env_remove("SCOPE_LOG").run().code(0);
    let all = logs(ended.folder.path());
    let names: Vec<_> = all.iter().filter_map(|path| path.file_name()?.to_str()).collect();
    assert_eq!(names, ["first-snapshot-1.scope", "first-snapshot-2.scope", "first.scope", "second.scope"]);
}

#[scope::instrument(level = "detailed", snapshot_over = "20 ms")]
fn waits(millis: u64) -> u64 {
    handle(millis);
    std::thread::sleep(Duration::from_millis(millis));
    millis
}

#[scope::instrument(level = "boundaries", snapshot_over = "20 ms")]
async fn waits_too(millis: u64) {
    std::future::ready(()).await;
    std::thread::sleep(Duration::from_millis(millis));
}

macro_rules! ready {
    ($value:expr) => {
        std::future::ready($value).await
    };
}

/// The macro may hide an `.await`.
#[scope::instrument(level = "boundaries", snapshot_over = "20 ms")]
async fn waits_unseen(millis: u64) {
    ready!(std::thread::sleep(Duration::from_millis(millis)));
    std::future::pending().await
}

#[scope::instrument(level = "boundaries", snapshot_over = "20 ms")]
fn waits_boxed(millis: u64) -> std::pin::Pin<Box<dyn Future<Output = ()>>> {
    Box::pin(async move { std::thread::sleep(Duration::from_millis(millis)) })
}

fn slow_calls() {
    flight();
    (0..5).for_each(|_| _ = waits(0));
    waits(60);
    std::thread::sleep(Duration::from_millis(200));
    std::thread::scope(|scope| (0..8).for_each(|_| _ = scope.spawn(|| waits(30))));
    std::thread::sleep(Duration::from_millis(1200));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    assert!(waits_boxed(40).as_mut().poll(&mut context).is_ready());
    std::thread::sleep(Duration::from_millis(1200));
    assert!(Box::pin(waits_unseen(30)).as_mut().poll(&mut context).is_pending());
    std::thread::sleep(Duration::from_millis(1200));
    assert!(std::pin::pin!(waits_too(50)).as_mut().poll(&mut context).is_ready());
    // The program ends at once: the snapshot is made all the same.
}

fn check_slow_calls(child: Child) {
    let ended = child.run().code(0).quiet();
    let logs = snapshots(&ended);
    let reasons: Vec<_> = logs.iter().map(reason).collect();
    let names: Vec<_> = reasons.iter().filter_map(|reason| reason.split_once(" took ")).map(|(name, _)| name).collect();
    assert_eq!(
        names,
        ["waits", "waits_boxed", "waits_unseen", "waits_too"].map(|name| format!("hostile::flight::{name}"))
    );
    assert_eq!(logs[0].args("waits").last().map(String::as_str), Some("60"));
    // Of those in between.
    assert_eq!(logs[1].reader.header().setting("snapshots_passed_over"), Some("8"));
    // The slow call's own end is in it.
    assert_eq!(logs[0].exits("waits", Outcome::Returned), 6);
    assert_eq!(logs[2].exits("waits_unseen", Outcome::Cancelled), 1);
}

fn no_flight() {
    assert_eq!(
        scope::snapshot("too early").expect_err("no recorder").to_string(),
        "no recorder runs in this process, so there is nothing to make a snapshot of"
    );
    handle(1);
    let error = scope::snapshot("it logs all").expect_err("no flight recorder").to_string();
    println!("{error}");
    waits(30);
}

fn check_no_flight(child: Child) {
    let ended = child.env("SCOPE_SNAPSHOT_ON_PANIC", "1").run().code(0);
    assert!(ended.stdout.contains("set `overflow = \"drop_oldest\"`"), "{}", ended.stdout);
    assert!(ended.stderr.contains("need `overflow = \"drop_oldest\"`"), "{}", ended.stderr);
    ended.log().whole();
}

fn many_threads() {
    flight();
    for n in 1..=300 {
        std::thread::spawn(move || handle(n)).join().expect("it ends");
        _ = (n % 6 == 0).then(|| scope::snapshot("many").expect("a snapshot"));
    }
    // This thread has the oldest ring, and ends last.
    handle(1000);
}

fn check_many_threads(child: Child) {
    let ended = child.run().code(0).quiet();
    let folder = ended.folder.path();
    for n in 1..=50 {
        let log = Log::open(&folder.join(format!("log-snapshot-{n}.scope")), None).sealed().nested();
        assert!((6..=64).contains(&newest(&log, "handle", n * 6).len()));
        assert_eq!(counted(&log), n * 6 * 4 + 2);
    }
    let main = Log::open(&folder.join("log.scope"), None).sealed();
    assert_eq!(counted(&main), 301 * 4 + 2);
    assert!(main.args("handle").contains(&"1000".to_owned()), "what a program did last");
}

fn killed() {
    flight();
    (1..=5_000).for_each(handle);
    crate::system::send_to_self(9);
}

fn check_killed(child: Child) {
    let ended = child.run().signal(9);
    let log = Log::open(&ended.folder.path().join("log.scope"), None);
    assert!(newest(&log, "handle", 5_000).len() >= 50);
}
