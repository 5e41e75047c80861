//! The ring on real threads, and what loom's small models can't hold.

use super::harness::{consume, contiguous, produce};
use super::{Overflow, Ring};
use crate::record::{Kind, Records};
use crate::words::Words;
use std::sync::Arc;

fn on_two_threads(overflow: Overflow, records: u64) -> (Vec<u64>, u64) {
    let ring = Arc::new(Ring::new(Words::new(1024).expect("memory"), 64, overflow));
    let producer = {
        let ring = Arc::clone(&ring);
        std::thread::spawn(move || {
            for number in 1..=records {
                produce(&ring, number, 2 + (number % 7) as usize);
            }
            ring.close();
        })
    };
    let mut out = Vec::new();
    loop {
        let closed = ring.is_closed();
        ring.drain(&mut out, 4096);
        if closed && ring.drain(&mut out, usize::MAX).words == 0 {
            break;
        }
    }
    producer.join().expect("the producer ends");
    let (numbers, lost) = consume(&out);
    (numbers, lost + ring.untold())
}

#[test]
fn every_record_is_seen_or_counted() {
    for overflow in [Overflow::DropNewest, Overflow::DropOldest] {
        let (numbers, lost) = on_two_threads(overflow, 200_000);
        assert!(numbers.is_sorted_by(|a, b| a < b), "{overflow:?}");
        assert_eq!(numbers.len() as u64 + lost, 200_000, "{overflow:?}");
    }
}

#[test]
fn drop_oldest_keeps_the_newest() {
    let ring = Ring::new(Words::new(1024).expect("memory"), 64, Overflow::DropOldest);
    for number in 1..=10_000 {
        assert!(produce(&ring, number, 2));
    }
    let mut out = Vec::new();
    let drained = ring.drain(&mut out, usize::MAX);
    let (numbers, lost) = consume(&out);
    assert_eq!(numbers.last(), Some(&10_000));
    assert_eq!((lost, drained.overwritten), (10_000 - numbers.len() as u64, lost));
    assert!(numbers.windows(2).all(|w| w[0] + 1 == w[1]) && numbers.len() > 400, "{}", numbers.len());
    assert_eq!(ring.untold(), 0);
}

#[test]
fn drop_newest_tells_of_the_loss_where_it_happened() {
    let ring = Ring::new(Words::new(256).expect("memory"), 64, Overflow::DropNewest);
    let kept = (1..=1000).filter(|n| produce(&ring, *n, 2)).count() as u64;
    let mut out = Vec::new();
    ring.drain(&mut out, usize::MAX);
    assert!(produce(&ring, 1001, 2));
    ring.drain(&mut out, usize::MAX);
    let kinds: Vec<_> = Records::new(&out).map(|(_, kind, body)| (kind, body.to_vec())).collect();
    let at = kinds.iter().position(|(kind, _)| *kind == Kind::Lost).expect("a loss is told");
    assert_eq!(at as u64, kept);
    assert_eq!(kinds[at].1[1], 1000 - kept);
    assert_eq!(kinds.last().map(|(_, body)| body[0]), Some(1001));
    assert_eq!(ring.untold(), 0);
}

#[test]
fn a_look_shows_what_a_read_takes() {
    for overflow in [Overflow::DropNewest, Overflow::DropOldest] {
        let rings = [(); 2].map(|()| Ring::new(Words::new(1024).expect("memory"), 64, overflow));
        let (mut read, mut looked, mut copy) = (Vec::new(), Vec::new(), Vec::new());
        for number in 1..=3000 {
            rings.iter().for_each(|ring| _ = produce(ring, number, 2 + (number % 7) as usize));
            if number % 400 == 0 {
                // More than there is, and less: in the middle of a chunk, at its end.
                let most = [100, 64, usize::MAX, 1][number as usize / 400 % 4];
                let words = rings[0].drain(&mut read, most).words;
                assert_eq!(rings[1].look(&mut copy, most, |words| looked.extend_from_slice(words)).words, words);
                // What was seen is still there.
                let there = if overflow == Overflow::DropOldest { 0 } else { words as u64 * 256 / 1024 };
                assert!(u64::from(rings[1].fill()) >= u64::from(rings[0].fill()) + there);
                rings[1].give_back();
                assert_eq!(rings[1].fill(), rings[0].fill());
            }
        }
        assert_eq!(looked, read);
        assert!(consume(&read).0.len() > 200);
    }
}

#[test]
fn a_ring_has_no_room_after_it_was_stopped() {
    let ring = Ring::new(Words::new(256).expect("memory"), 64, Overflow::DropNewest);
    assert!(produce(&ring, 1, 2));
    ring.stop();
    assert_eq!(ring.room(1), None);
}

#[test]
fn a_copy_takes_nothing_out() {
    for overflow in [Overflow::DropNewest, Overflow::DropOldest, Overflow::Block] {
        let ring = Ring::new(Words::new(256).expect("memory"), 64, overflow);
        let mut out = Vec::new();
        assert_eq!(ring.copy(&mut out).words, 0, "{overflow:?}");
        (1..=20).for_each(|n| assert!(produce(&ring, n, 3)));
        let copied = ring.copy(&mut out);
        assert_eq!((copied.words, copied.overwritten), (out.len(), 0));
        assert_eq!(contiguous(&out, 0), (1..=20).collect::<Vec<_>>(), "{overflow:?}");
        let (mut again, mut drained) = (Vec::new(), Vec::new());
        ring.copy(&mut again);
        ring.drain(&mut drained, usize::MAX);
        assert!(again == out && drained == out, "{overflow:?}");
        assert_eq!(ring.copy(&mut out).words, 0, "{overflow:?}: what was drained is gone");
        assert!(produce(&ring, 21, 3));
        again.clear();
        ring.copy(&mut again);
        assert_eq!(contiguous(&again, 20), [21], "{overflow:?}");
    }
}

#[test]
fn a_copy_tells_first_of_all_that_was_ever_overwritten() {
    let ring = Ring::new(Words::new(256).expect("memory"), 64, Overflow::DropOldest);
    let mut out = Vec::new();
    for until in [500, 1000] {
        (until - 499..=until).for_each(|n| assert!(produce(&ring, n, 2)));
        out.clear();
        let copied = ring.copy(&mut out);
        let numbers = contiguous(&out, 0);
        assert_eq!((copied.overwritten + 1, numbers.last()), (numbers[0], Some(&until)));
        let (_, kind, body) = Records::new(&out).next().expect("records");
        assert_eq!((kind, body[1]), (Kind::Lost, copied.overwritten));
        assert!(body[2] > 0 && body[2] <= numbers[0], "the call counter is there");
    }
    // The drain has its own account of what it told.
    out.clear();
    let drained = ring.drain(&mut out, 1);
    assert_eq!((contiguous(&out, 0)[0], drained.overwritten), (drained.overwritten + 1, consume(&out).1));
    (1001..=1002).for_each(|n| assert!(produce(&ring, n, 2)));
    out.clear();
    let copied = ring.copy(&mut out);
    assert_eq!(copied.overwritten, drained.overwritten);
    assert_eq!(consume(&out).1, copied.overwritten);
    // Nothing else is there.
    out.clear();
    ring.drain(&mut out, usize::MAX);
    out.clear();
    assert_eq!(ring.copy(&mut out).overwritten, drained.overwritten);
    assert_eq!(consume(&out), (vec![], drained.overwritten));
}

#[test]
fn a_copy_is_whole_while_the_thread_goes_on() {
    const ALL: u64 = 300_000;
    let ring = Arc::new(Ring::new(Words::new(2048).expect("memory"), 64, Overflow::DropOldest));
    let producer = {
        let ring = Arc::clone(&ring);
        std::thread::spawn(move || {
            (1..=ALL).for_each(|number| _ = produce(&ring, number, 2 + (number % 7) as usize));
            ring.close();
        })
    };
    let (mut out, mut copies) = (Vec::new(), 0);
    while !ring.is_closed() {
        out.clear();
        ring.copy(&mut out);
        assert!(contiguous(&out, 0).len() < 2048);
        copies += 1;
    }
    producer.join().expect("the producer ends");
    out.clear();
    ring.copy(&mut out);
    let last = contiguous(&out, 0).last().copied().expect("records");
    ring.drain(&mut out, usize::MAX);
    assert_eq!(last + ring.untold(), ALL, "{copies} copies");
}
