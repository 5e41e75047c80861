//! Programs that try locks, while a look at one takes it.

use crate::Scenario;
use crate::child::Child;
use std::fmt::{self, Debug, Formatter};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

pub const ALL: &[Scenario] = &[
    Scenario { name: "locks_are_tried", child: tries, check: check_tries },
    Scenario { name: "a_try_waits_for_a_look", child: tries_while_shown, check: check_tries_while_shown },
];

/// Never takes it, and is shown it.
#[scope::instrument(level = "full")]
fn routes(log: &Mutex<Vec<String>>, n: usize) -> usize {
    let again = log;
    n + usize::from(std::ptr::eq(again, log))
}

/// The only one who takes it: it is free each time.
#[scope::instrument(level = "full")]
fn owns(log: &Mutex<Vec<String>>) -> usize {
    let mut busy = 0;
    for n in 0..20_000 {
        match log.try_lock() {
            Ok(mut log) if log.len() < 100 => log.push(n.to_string()),
            Ok(_) => {}
            Err(_) => busy += 1,
        }
    }
    busy
}

fn tries() {
    let (log, begun, over) = (Mutex::new(Vec::new()), AtomicBool::new(false), AtomicBool::new(false));
    routes(&log, 1);
    let busy = std::thread::scope(|scope| {
        let routing = scope.spawn(|| {
            while !over.load(Ordering::Relaxed) {
                routes(&log, 1);
                begun.store(true, Ordering::Relaxed);
            }
        });
        while !begun.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        let busy = owns(&log);
        over.store(true, Ordering::Relaxed);
        routing.join().expect("no panic");
        busy
    });
    routes(&log, 1);
    println!("{busy}");
}

fn check_tries(child: Child) {
    let ended = child.env("SCOPE_OVERFLOW", "block").run().code(0).quiet();
    assert_eq!(ended.stdout, "0\n");
    let args = ended.log().whole().nested().args("routes");
    let shown = |mark: &str| args.iter().filter(|args| args.contains(mark)).count();
    assert!(shown("Mutex([") > 0 && shown("mutex::Mutex<") > 0, "looked into until it is tried");
}

static IS_SHOWN: AtomicBool = AtomicBool::new(false);

struct TakesLong;

impl Debug for TakesLong {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        IS_SHOWN.store(true, Ordering::Relaxed);
        std::thread::sleep(Duration::from_millis(200));
        f.write_str("TakesLong")
    }
}

#[scope::instrument(level = "full")]
fn is_shown(lock: &Mutex<TakesLong>) -> bool {
    std::ptr::eq(lock, lock)
}

#[scope::instrument(level = "full")]
fn is_free(lock: &Mutex<TakesLong>) -> bool {
    lock.try_lock().is_ok()
}

fn tries_while_shown() {
    let (lock, other) = (Mutex::new(TakesLong), Mutex::new(TakesLong));
    let free = std::thread::scope(|scope| {
        scope.spawn(|| is_shown(&lock));
        while !IS_SHOWN.load(Ordering::Relaxed) {
            std::thread::yield_now();
        }
        // The first try of the program is not the one that meets the look.
        scope.spawn(|| is_free(&other));
        std::thread::sleep(Duration::from_millis(20));
        is_free(&lock)
    });
    println!("{free}");
}

fn check_tries_while_shown(child: Child) {
    let ended = child.run().code(0).quiet();
    assert_eq!(ended.stdout, "true\n");
}
