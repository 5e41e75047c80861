//! Threads that come and go.

use crate::Scenario;
use crate::child::Child;
use crate::ends::{step, steps};
use rayon::prelude::*;
use scope_store::event::Outcome;
use std::cell::Cell;

pub const ALL: &[Scenario] = &[
    Scenario { name: "thread_local_destructors", child: destructors, check: check_destructors },
    Scenario { name: "first_probe_in_a_destructor", child: first_in_destructor, check: check_first_in_destructor },
    Scenario { name: "thousands_of_threads", child: thousands, check: check_thousands },
    Scenario { name: "five_hundred_threads_at_once", child: at_once, check: check_at_once },
    Scenario { name: "drop_while_unwinding", child: unwinding, check: check_unwinding },
    Scenario { name: "small_stacks", child: small_stacks, check: check_small_stacks },
    Scenario { name: "deep_recursion", child: recurse, check: check_recurse },
    Scenario { name: "global_rayon_pool", child: rayon_pool, check: check_rayon_pool },
];

/// Calls instrumented code when its thread ends.
struct Late(Cell<u64>);

impl Drop for Late {
    fn drop(&mut self) {
        last_words(self.0.get());
    }
}

#[scope::instrument(level = "detailed")]
fn last_words(n: u64) -> u64 {
    n
}

thread_local! {
    static FIRST: Late = const { Late(Cell::new(1)) };
    static SECOND: Late = const { Late(Cell::new(2)) };
}

fn destructors() {
    let thread = |before: bool| {
        move || {
            // Registered before the recorder's own thread local, or after: dropped after it, or before.
            if before {
                FIRST.with(|late| late.0.set(11));
            }
            step(1);
            SECOND.with(|late| late.0.set(22));
        }
    };
    for before in [true, false] {
        std::thread::spawn(thread(before)).join().expect("the thread ends well");
    }
    thread(true)();
}

fn check_destructors(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (3, 3));
    assert_eq!(log.entries("last_words"), log.exits("last_words", Outcome::Returned));
}

fn first_in_destructor() {
    for _ in 0..3 {
        std::thread::spawn(|| FIRST.with(|late| late.0.set(7))).join().expect("the thread ends well");
    }
}

fn check_first_in_destructor(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!(log.args("last_words"), ["7", "7", "7"]);
}

const THREADS: usize = 10_000;

fn thousands() {
    let mut before = 0;
    for round in 0..2 {
        for _ in 0..THREADS / 2 / 20 {
            let threads: Vec<_> = (0..20).map(|_| std::thread::spawn(|| steps(0..3))).collect();
            threads.into_iter().for_each(|thread| thread.join().expect("the thread ends well"));
        }
        let now = memory();
        println!("{round}: {now}");
        if round == 1 {
            assert!(now < before + 64_000, "memory grows: {before} kB, {now} kB");
        }
        before = now;
    }
}

/// The most memory that this process has had, in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap_or("VmHWM: 0 kB");
    line.split_whitespace().nth(1).and_then(|number| number.parse().ok()).expect("a number")
}

fn check_thousands(child: Child) {
    let ended = child.run().code(0).quiet();
    let peak: u64 = ended.stdout.split_whitespace().last().and_then(|n| n.parse().ok()).expect("a number");
    assert!(peak < 256_000, "{peak} kB");
    let log = ended.log().whole().nested();
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (3 * THREADS, 3 * THREADS));
    assert_eq!(log.reader.threads().count(), THREADS);
}

/// All are there at once: each waits for the others, amid its calls.
fn at_once() {
    let barrier = std::sync::Barrier::new(500);
    std::thread::scope(|scope| {
        for thread in 0..500 {
            let barrier = &barrier;
            scope.spawn(move || {
                step(thread);
                barrier.wait();
                steps(0..20);
            });
        }
    });
}

fn check_at_once(child: Child) {
    let child = child.env("SCOPE_RING_SIZE", "16 KiB").env("SCOPE_OVERFLOW", "block");
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!((log.reader.threads().count(), log.entries("step")), (500, 500 * 21));
}

struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        step(9);
        // What is caught while the thread unwinds ends its own calls alone.
        let caught = std::panic::catch_unwind(|| fall(1));
        assert!(caught.is_err());
    }
}

#[scope::instrument(level = "detailed")]
fn drops(n: u64) -> u64 {
    let _dropped = Dropped;
    if n == 3 { panic!("the third") } else { n }
}

fn unwinding() {
    assert!(std::panic::catch_unwind(|| drops(3)).is_err());
    assert_eq!(drops(4), 4);
}

fn check_unwinding(child: Child) {
    let log = child.run().code(0).log().whole().nested();
    assert_eq!((log.exits("drops", Outcome::Panicked), log.exits("drops", Outcome::Returned)), (1, 1));
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (2, 2));
    assert_eq!(log.entries("fall"), 4);
}

fn small_stacks() {
    for _ in 0..4 {
        let thread = std::thread::Builder::new().stack_size(16 << 10);
        thread.spawn(|| _ = step(1)).expect("a thread").join().expect("the thread ends well");
    }
}

fn check_small_stacks(child: Child) {
    assert_eq!(child.run().code(0).quiet().log().whole().nested().entries("step"), 4);
}

#[scope::instrument(level = "detailed")]
fn down(n: u64) -> Result<u64, String> {
    if n == 0 { Err("the bottom".to_owned()) } else { Ok(down(n - 1)? + 1) }
}

fn recurse() {
    assert!(down(10_000).is_err());
    assert!(std::panic::catch_unwind(|| fall(10_000)).is_err());
}

#[scope::instrument(level = "detailed")]
fn fall(n: u64) -> u64 {
    if n == 0 { panic!("the bottom") } else { fall(n - 1) + 1 }
}

fn check_recurse(child: Child) {
    let log = child.env("SCOPE_OVERFLOW", "block").run().code(0).log().whole().nested();
    assert_eq!((log.entries("down"), log.exits("down", Outcome::Early)), (10_001, 10_000));
    assert_eq!((log.entries("fall"), log.exits("fall", Outcome::Panicked)), (10_001, 10_001));
    assert_eq!(log.events.iter().map(|event| event.depth).max(), Some(10_000));
}

#[scope::instrument(level = "boundaries")]
fn task(n: u64) -> u64 {
    (0..4).into_par_iter().map(|m| step(n + m)).sum()
}

fn rayon_pool() {
    let sum: u64 = (0..5000_u64).into_par_iter().map(task).sum();
    assert_eq!(sum, (0..5000).map(|n| 4 * n + 10).sum::<u64>());
}

fn check_rayon_pool(child: Child) {
    let log = child
        .env("SCOPE_OVERFLOW", "block")
        .env("SCOPE_RING_SIZE", "16 KiB")
        .env("RAYON_NUM_THREADS", "4")
        .log()
        .whole()
        .nested();
    assert_eq!((log.entries("task"), log.exits("task", Outcome::Returned)), (5000, 5000));
    assert_eq!((log.entries("step"), log.exits("step", Outcome::Returned)), (20_000, 20_000));
}
