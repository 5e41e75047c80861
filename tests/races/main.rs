//! Rings, processor and log under four threads and each overflow policy: what `cargo xtask tsan` watches with ThreadSanitizer.
//!
//! Without libtest and without rayon: both wait by means of std, which is not built for ThreadSanitizer, so that it sees races
//! where there are none. A short run of this is part of the usual tests.

use scope::{Overflow, Recorder};
use scope_store::LogReader;
use scope_store::event::{EventKind, Outcome};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

const THREADS: u64 = 4;
const CALLS: u64 = 5000;

#[scope::instrument(level = "full")]
fn leaf(n: u64, text: &str) -> Result<u64, String> {
    let twice = n * 2;
    if n % 7 == 3 { Err(text.to_owned()) } else { Ok(twice) }
}

#[scope::instrument(level = "boundaries")]
fn bare(n: u64) -> u64 {
    n ^ 1
}

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    for overflow in [Overflow::Block, Overflow::DropNewest, Overflow::DropOldest] {
        for ring in [4096, 64 << 10] {
            let log = folder.path().join(format!("{overflow:?}-{ring}.scope"));
            record(&log, overflow, ring);
            check(&log, overflow);
        }
        alone(overflow);
    }
    println!("no race was seen");
}

fn record(log: &Path, overflow: Overflow, ring: u64) {
    let builder = Recorder::builder().log(log).overflow(overflow).ring_size(ring).threads(1);
    let guard = builder.start().expect("the recorder starts");
    let taken = &guard;
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            // What is on this thread's stack is not read over there: ThreadSanitizer does not see how std waits for the end.
            scope.spawn(move || {
                for n in 0..CALLS {
                    _ = leaf(n, "a reason");
                    bare(n);
                    if n % 1000 == 999 {
                        // A ring that comes and goes; and somebody who does not wait for the interval.
                        std::thread::spawn(move || bare(n)).join().expect("the thread ends well");
                        taken.flush().expect("it is written");
                        if overflow == Overflow::DropOldest {
                            check_snapshot(&scope::snapshot("in the midst").expect("it is written"));
                        }
                    }
                }
            });
        }
    });
    guard.finish().expect("the log is whole");
}

/// A ring of one's own, between two threads.
fn alone(overflow: Overflow) {
    use scope::buffer::{Buffer, Kind, Options, Record};
    let buffer = Buffer::new(Options { capacity: 4096, overflow, ..Options::default() }).expect("a buffer");
    let mut producer = buffer.producer().expect("the only one");
    let done = AtomicBool::new(false);
    let (mut seen, mut missing, mut next) = (0, 0, 0);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for call in 0..CALLS {
                _ = producer.write(Record { kind: Kind::Exit, site: 1, call, words: &[call * 3] });
            }
            done.store(true, Ordering::Release);
        });
        loop {
            let ended = done.load(Ordering::Acquire);
            let batch = buffer.read_batch(next, 100);
            for (number, record) in batch.records() {
                assert_eq!(record.words, [number * 3]);
                seen += 1;
            }
            missing += batch.missing();
            if ended && batch.is_empty() {
                break;
            }
            next = batch.next();
        }
    });
    assert!(seen + missing <= CALLS, "{overflow:?}: {seen} + {missing}");
    assert!(seen + missing + buffer.stats().lost >= CALLS, "{overflow:?}: a loss that nobody counts");
}

fn check_snapshot(log: &Path) {
    let reader = LogReader::open(log).expect("a log");
    assert!(reader.damage().is_empty() && reader.events().all(|event| event.is_ok()), "{}", log.display());
}

fn check(log: &Path, overflow: Overflow) {
    let reader = LogReader::open(log).expect("a log");
    assert!(reader.damage().is_empty(), "{:?}", reader.damage());
    let (mut events, mut lost) = (0, 0);
    for event in reader.events().filter(|event| !event.as_ref().is_ok_and(|event| event.is_bookkeeping())) {
        match event.expect("no damage").kind {
            EventKind::Lost { count } => lost += count,
            EventKind::Exit { outcome: Outcome::Unknown, .. } => {}
            EventKind::Entry { .. } | EventKind::Exit { .. } => events += 1,
            _ => {}
        }
    }
    assert_eq!(lost, reader.lost());
    let all = THREADS * (4 * CALLS + 2 * CALLS / 1000);
    match overflow {
        Overflow::Block => assert_eq!((events, lost), (all, 0)),
        Overflow::DropNewest | Overflow::DropOldest => assert!(events + lost >= all, "{events} + {lost} of {all}"),
    }
}
