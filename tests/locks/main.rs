//! Where a lock may be held no `Debug` of the program is run: here it would wait for that very lock.

#[path = "../common/mod.rs"]
mod common;
mod futures;
mod statements;
mod values;

use common::record;
use std::fmt::{self, Debug, Formatter};
use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Duration;

/// Whoever shows it needs all its locks.
pub struct Locks {
    m: Mutex<u8>,
    l: RwLock<u8>,
}

impl Locks {
    fn new() -> Self {
        Self { m: Mutex::new(1), l: RwLock::new(2) }
    }
}

/// A function without a name that says so.
fn inner_of(locks: &Locks) -> MutexGuard<'_, u8> {
    locks.m.lock().unwrap()
}

impl Debug for Locks {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        // Poison is no matter here.
        let m = *self.m.lock().unwrap_or_else(PoisonError::into_inner);
        let l = *self.l.write().unwrap_or_else(PoisonError::into_inner);
        write!(f, "Locks({m}, {l})")
    }
}

/// What is looked at: shown, or left alone.
#[scope::instrument(level = "detailed")]
fn look(s: &Locks) {
    std::hint::black_box(s);
}

#[scope::instrument(level = "boundaries")]
fn through(s: &Locks) {
    look(s);
}

/// For each [`look`] that `run` comes to, whether it saw something: `+` or `-`.
fn seen(run: fn(&Locks)) -> String {
    // A hang must not be one of the tests.
    let (done, ended) = std::sync::mpsc::channel();
    let watch = std::thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(20)).is_err() {
            eprintln!("a value waits for a lock");
            std::process::abort();
        }
    });
    let recorded = record(|| run(&Locks::new()));
    done.send(()).unwrap();
    watch.join().unwrap();
    let looks = recorded.lines().into_iter().filter(|line| line.starts_with("enter look("));
    looks.map(|line| sign(&line)).collect()
}

fn sign(line: &str) -> char {
    match (line.contains("Locks("), line.contains("Locks (a lock may be held), ")) {
        (true, false) => '+',
        (false, true) => '-',
        _ => panic!("{line}"),
    }
}

/// Runs a function at each level, and compares what was seen.
macro_rules! looks {
    ($(fn $name:ident($s:ident) $expected:literal $body:block)*) => {$(
        #[test]
        fn $name() {
            mod of {
                #[allow(unused_imports, reason = "for those who need it")]
                use super::*;
                #[scope::instrument(level = "boundaries")]
                pub fn boundaries($s: &Locks) $body
                #[scope::instrument(level = "detailed")]
                pub fn detailed($s: &Locks) $body
                #[scope::instrument(level = "full")]
                pub fn full($s: &Locks) $body
            }
            for (level, run) in [("boundaries", of::boundaries as fn(&Locks)), ("detailed", of::detailed), ("full", of::full)] {
                assert_eq!(seen(run), $expected, "{level}");
            }
        }
    )*};
}
use looks;

#[scope::instrument(level = "full")]
async fn waits(s: &Locks) -> u8 {
    {
        let g = s.m.lock().unwrap();
        look(s);
        drop(g);
    }
    std::future::ready(()).await;
    look(s);
    let n = *s.m.lock().unwrap();
    let g = s.m.lock().unwrap();
    look(s);
    drop(g);
    std::future::ready(n).await
}

fn is_send<T: Send>(value: T) -> T {
    value
}

#[test]
fn futures_stay_what_they_are() {
    let s = Locks::new();
    let future = is_send(waits(&s));
    drop(future);
    let run = |s: &Locks| {
        let mut future = std::pin::pin!(waits(s));
        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
        assert_eq!(future.as_mut().poll(&mut context), std::task::Poll::Ready(1));
    };
    assert_eq!(seen(run), "-+-");
}
