//! Rings, processor and log under four threads and each overflow policy: what `cargo xtask tsan` watches with ThreadSanitizer.
//!
//! Without libtest and without rayon: both wait by means of std, which is not built for ThreadSanitizer, so that it sees races
//! where there are none. A short run of this is part of the usual tests.

use scope::{Overflow, Recorder};
use scope_store::LogReader;
use scope_store::event::{EventKind, Outcome};
use std::path::Path;

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
    }
    println!("no race was seen");
}

fn record(log: &Path, overflow: Overflow, ring: u64) {
    let builder = Recorder::builder().log(log).overflow(overflow).ring_size(ring).threads(1);
    let guard = builder.start().expect("the recorder starts");
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                for n in 0..CALLS {
                    _ = leaf(n, "a reason");
                    bare(n);
                    if n % 1000 == 999 {
                        // A ring that comes and goes; and somebody who does not wait for the interval.
                        std::thread::spawn(move || bare(n)).join().expect("the thread ends well");
                        guard.flush().expect("it is written");
                    }
                }
            });
        }
    });
    guard.finish().expect("the log is whole");
}

fn check(log: &Path, overflow: Overflow) {
    let reader = LogReader::open(log).expect("a log");
    assert!(reader.damage().is_empty(), "{:?}", reader.damage());
    let (mut events, mut lost) = (0, 0);
    for event in reader.events() {
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
