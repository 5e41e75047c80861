//! loom's models of the ring: every interleaving of a producer and a consumer, with two or three preemptions.
//!
//! `RUSTFLAGS="--cfg loom" cargo test -p scope-core --release --lib model`

use super::harness::{consume, contiguous, produce};
use super::{LOST_WORDS, Overflow, Ring};
use crate::sync::Ordering;
use crate::words::Words;
use loom::sync::Arc;
use loom::thread;

fn check(overflow: Overflow, records: u64, preemptions: usize) {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(preemptions);
    model.check(move || {
        let ring = Arc::new(Ring::new(Words::new(16).expect("memory"), 8, overflow));
        let producer = {
            let ring = Arc::clone(&ring);
            thread::spawn(move || {
                for number in 1..=records {
                    produce(&ring, number, 2);
                }
                ring.close();
            })
        };
        let mut out = Vec::new();
        ring.drain(&mut out, usize::MAX);
        producer.join().expect("the producer ends");
        assert!(ring.is_closed());
        ring.drain(&mut out, usize::MAX);
        let (numbers, lost) = consume(&out);
        assert!(numbers.is_sorted_by(|a, b| a < b), "out of order: {numbers:?}");
        assert_eq!(numbers.len() as u64 + lost + ring.untold(), records, "{numbers:?}");
    });
}

#[test]
fn drop_newest_loses_nothing_uncounted() {
    check(Overflow::DropNewest, 10, 3);
}

#[test]
fn drop_oldest_loses_nothing_uncounted() {
    const { assert!(LOST_WORDS + 2 <= 8) };
    check(Overflow::DropOldest, 7, 3);
}

/// A flight recorder's copy: whole records in a row, each gap told where it is, and nothing is taken out.
#[test]
fn a_copy_is_never_torn_by_overwriting() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
        let ring = Arc::new(Ring::new(Words::new(16).expect("memory"), 8, Overflow::DropOldest));
        (1..=3).for_each(|number| _ = produce(&ring, number, 2));
        let producer = {
            let ring = Arc::clone(&ring);
            thread::spawn(move || (4..=9).for_each(|number| _ = produce(&ring, number, 2)))
        };
        let mut out = Vec::new();
        let copied = ring.copy(&mut out);
        let numbers = contiguous(&out, 0);
        assert!(numbers.last().is_some_and(|last| *last >= 3), "{numbers:?}");
        assert!(numbers[0] > copied.overwritten || numbers[0] == 1, "{numbers:?}, {copied:?}");
        producer.join().expect("the producer ends");
        out.clear();
        ring.copy(&mut out);
        let again = contiguous(&out, 0);
        out.clear();
        ring.drain(&mut out, usize::MAX);
        assert_eq!(contiguous(&out, 0), again, "a copy left nothing behind");
        assert_eq!(again.len() as u64 + consume(&out).1 + ring.untold(), 9);
    });
}

/// Round the end of the memory, over several chunks with padding behind their last records, while a consumer drains.
#[test]
fn nothing_is_torn_where_the_memory_ends() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
        let ring = Arc::new(Ring::new(Words::new(32).expect("memory"), 8, Overflow::DropNewest));
        let mut out = Vec::new();
        // The third chunk of four is open.
        (1..=5).for_each(|number| assert!(produce(&ring, number, 3)));
        ring.drain(&mut out, usize::MAX);
        let producer = {
            let ring = Arc::clone(&ring);
            thread::spawn(move || (6..=14).for_each(|number| _ = produce(&ring, number, 3)))
        };
        ring.drain(&mut out, 5);
        ring.drain(&mut out, usize::MAX);
        producer.join().expect("the producer ends");
        ring.drain(&mut out, usize::MAX);
        let seen = contiguous(&out, 0).len() as u64 + consume(&out).1;
        assert_eq!(seen + ring.untold(), 14);
        assert!(ring.head.0.load(Ordering::Relaxed) > 32, "it did not wrap");
    });
}

/// A thread ends while its ring is drained; whoever sees that it is gone, and drains it then, may give the memory to the next thread.
#[test]
fn a_ring_is_retired_behind_its_last_record() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(3);
    model.check(|| {
        let mut ring = Arc::new(Ring::new(Words::new(16).expect("memory"), 8, Overflow::DropNewest));
        let producer = {
            let ring = Arc::clone(&ring);
            thread::spawn(move || {
                (1..=3).for_each(|number| assert!(produce(&ring, number, 4)));
                ring.close();
            })
        };
        let mut out = Vec::new();
        let ended = (0..2).any(|_| ring.drain(&mut out, usize::MAX).ended);
        if ended {
            assert_eq!(contiguous(&out, 0), [1, 2, 3], "something came behind the end");
        }
        producer.join().expect("the thread ends");
        assert!(ended || ring.drain(&mut out, usize::MAX).ended, "the end was not seen");
        assert_eq!(contiguous(&out, 0), [1, 2, 3]);
        Arc::get_mut(&mut ring).expect("the thread was its only other owner").renew();
        assert!(produce(&ring, 1, 4) && !ring.is_closed());
        out.clear();
        ring.drain(&mut out, usize::MAX);
        assert_eq!(contiguous(&out, 0), [1]);
    });
}

#[test]
fn a_stopped_ring_takes_no_more() {
    let mut model = loom::model::Builder::new();
    model.preemption_bound = Some(2);
    model.check(|| {
        let ring = Arc::new(Ring::new(Words::new(16).expect("memory"), 8, Overflow::DropNewest));
        let stopper = {
            let ring = Arc::clone(&ring);
            thread::spawn(move || ring.stop())
        };
        produce(&ring, 1, 2);
        stopper.join().expect("the stopper ends");
        assert_eq!(ring.room(1), None, "the limit outlived the stop");
    });
}
