//! All the ways in which a program ends.

use crate::Scenario;
use crate::child::{Child, Log};
use crate::system::{SIGABRT, SIGKILL};
use scope_store::event::Outcome;
use scope_store::reader::LogEnd;
use std::io::Write;
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "exit_from_main", child: exit_from_main, check: check_exit_from_main },
    Scenario { name: "exit_from_a_thread", child: exit_from_a_thread, check: check_exit_from_a_thread },
    Scenario { name: "exit_inside_debug", child: exit_inside_debug, check: check_exit_inside_debug },
    Scenario { name: "panic_in_main", child: panic_in_main, check: check_panic_in_main },
    Scenario { name: "main_returns_first", child: main_returns_first, check: check_main_returns_first },
    Scenario { name: "abort", child: abort, check: check_abort },
    Scenario { name: "kill", child: busy_for_ever, check: check_kill },
];

#[scope::instrument(level = "detailed")]
pub fn step(n: u64) -> u64 {
    n + 1
}

pub fn steps(numbers: impl IntoIterator<Item = u64>) {
    numbers.into_iter().for_each(|n| _ = step(n));
}

#[scope::instrument(level = "detailed")]
fn deep(n: u64, end: fn()) -> u64 {
    match n {
        0 => end(),
        _ => return deep(n - 1, end) + 1,
    }
    n
}

/// Records for ever.
fn work() {
    steps(0..);
}

fn exit_from_main() {
    steps(0..100);
    deep(3, || std::process::exit(3));
}

fn check_exit_from_main(child: Child) {
    let log = child.run().code(3).quiet().log().whole().nested();
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (100, 100));
    assert_eq!((log.entries("deep"), log.exits("deep", Outcome::Returned)), (4, 0));
}

fn exit_from_a_thread() {
    (0..3).for_each(|_| drop(std::thread::spawn(work)));
    std::thread::spawn(|| {
        steps(0..100);
        std::thread::sleep(Duration::from_millis(100));
        std::process::exit(4);
    });
    work();
}

fn check_exit_from_a_thread(child: Child) {
    let log = child.run().code(4).quiet().log().sealed().nested();
    assert_eq!(log.reader.threads().count(), 5);
    assert!(log.entries("step") > 400);
}

struct Quits;

impl std::fmt::Debug for Quits {
    fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::process::exit(5)
    }
}

#[scope::instrument(level = "detailed")]
fn quit(_quits: &Quits) {}

fn exit_inside_debug() {
    step(1);
    quit(&Quits);
}

fn check_exit_inside_debug(child: Child) {
    let log = child.run().code(5).quiet().log().whole().nested();
    assert_eq!((log.entries("step"), log.entries("quit")), (1, 0));
}

fn panic_in_main() {
    deep(3, || panic!("the end"));
}

fn check_panic_in_main(child: Child) {
    let log = child.run().code(101).log().whole().nested();
    assert_eq!((log.entries("deep"), log.exits("deep", Outcome::Panicked)), (4, 4));
}

fn main_returns_first() {
    (0..4).for_each(|_| drop(std::thread::spawn(work)));
    steps(0..100);
    std::thread::sleep(Duration::from_millis(50));
}

fn check_main_returns_first(child: Child) {
    let log = child.run().code(0).quiet().log().sealed().nested();
    assert_eq!(log.reader.threads().count(), 5);
}

fn abort() {
    steps(0..1000);
    std::thread::sleep(Duration::from_millis(300));
    step(1000);
    std::process::abort();
}

fn check_abort(child: Child) {
    let ended = child.env("SCOPE_FLUSH_INTERVAL", "20ms").run().signal(SIGABRT);
    let file = ended.folder.path().join("log.scope");
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = scope_dump::run(["scope-dump".as_ref(), file.as_os_str()], &mut out, &mut err, false);
    assert_eq!(exit, scope_dump::Exit::Success, "{}", String::from_utf8_lossy(&err));
    let log = ended.log().nested();
    assert!(matches!(log.reader.state(), LogEnd::Open | LogEnd::Torn { .. }));
    assert!(log.entries("step") >= 1000 && log.exits("step", Outcome::Returned) >= 1000);
}

fn busy_for_ever() {
    steps(0..1000);
    std::thread::sleep(Duration::from_millis(300));
    println!("recorded");
    // A child whose parent is gone has nobody to talk to.
    let _ = std::io::stdout().flush();
    loop {
        steps(0..50);
        std::thread::sleep(Duration::from_millis(1));
    }
}

fn check_kill(child: Child) {
    let mut child = child.env("SCOPE_FLUSH_INTERVAL", "20ms").start();
    let mut first = [0; 8];
    std::io::Read::read_exact(child.process.stdout.as_mut().expect("a pipe"), &mut first).expect("a line");
    // While it writes, too.
    std::thread::sleep(Duration::from_millis(150));
    let live = Log::open(&child.path().join("log.scope"), None).nested();
    assert!(live.entries("step") >= 1000);
    child.process.kill().expect("a child");
    let log = child.wait().signal(SIGKILL).log().nested();
    assert!(matches!(log.reader.state(), LogEnd::Open | LogEnd::Torn { .. }));
    assert!(log.entries("step") >= live.entries("step"));
}
