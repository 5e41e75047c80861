//! A buffer against a simple model of it, with every overflow.

use proptest::prelude::*;
use scope_core::buffer::{Buffer, MAX_BYTES, Options, OptionsError, Record, WriteError};
use scope_core::record::{Kind, MAX_SITE};
use scope_core::ring::{MIN_BYTES, Overflow};
use std::collections::VecDeque;
use std::time::Duration;

const CAPACITY: usize = MIN_BYTES;
/// What is kept at least, of long records: all but the chunk that is open, the next one, and the ends of the others.
const LEAST: usize = CAPACITY / 4;

#[derive(Clone, Debug)]
enum Step {
    /// So many records of so many words.
    Write(usize, usize),
    /// From so far behind the newest, or before it; at most so many.
    Read(i64, usize),
    GoOn(usize),
    Clear,
    Stats,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (0_usize..200, 0_usize..50).prop_map(|(count, words)| Step::Write(count, words)),
        2 => (-20_i64..400, 0_usize..300).prop_map(|(back, count)| Step::Read(back, count)),
        3 => (0_usize..300).prop_map(Step::GoOn),
        1 => Just(Step::Clear),
        1 => Just(Step::Stats),
    ]
}

/// What was written and not given back, by number. Where the oldest are overwritten: some of the first may be gone.
#[derive(Default)]
struct Model {
    held: VecDeque<(u64, Vec<u64>)>,
    number: u64,
    written: u64,
    refused: u64,
    /// Numbers that were read.
    read: std::collections::BTreeSet<u64>,
    high_water: usize,
}

fn check(overflow: Overflow, steps: Vec<Step>) -> Result<(), TestCaseError> {
    let buffer = Buffer::new(Options { capacity: CAPACITY, overflow, patience: Duration::ZERO }).expect("memory");
    let mut producer = buffer.producer().expect("the first");
    prop_assert!(buffer.producer().is_none(), "two producers");
    let (mut model, mut next) = (Model::default(), 0);
    for step in steps {
        match step {
            Step::Write(count, words) => {
                for _ in 0..count {
                    let words = vec![model.number; words];
                    let record = Record { kind: Kind::Values, site: 3, call: model.number, words: &words };
                    match producer.write(record) {
                        Ok(()) => {
                            model.written += 1;
                            model.held.push_back((model.number, words));
                        }
                        Err(error) => {
                            prop_assert_eq!(error, WriteError::Lost);
                            prop_assert!(overflow != Overflow::DropOldest, "the newest is lost");
                            prop_assert!(buffer.size() > LEAST, "lost, with {} bytes in use", buffer.size());
                            model.refused += 1;
                        }
                    }
                    model.number += 1;
                    model.high_water = model.high_water.max(buffer.size());
                }
            }
            Step::Read(back, count) => {
                let start = model.number.saturating_add_signed(-back);
                next = read(&buffer, &mut model, overflow, start, count)?;
            }
            Step::GoOn(count) => next = read(&buffer, &mut model, overflow, next, count)?,
            Step::Clear => {
                buffer.clear();
                model.held.clear();
                prop_assert_eq!(buffer.size(), 0);
            }
            Step::Stats => stats(&buffer, &mut model, overflow)?,
        }
    }
    stats(&buffer, &mut model, overflow)
}

fn read(
    buffer: &Buffer,
    model: &mut Model,
    overflow: Overflow,
    start: u64,
    count: usize,
) -> Result<u64, TestCaseError> {
    let batch = buffer.read_batch(start, count);
    let wanted: Vec<_> = model.held.iter().filter(|(number, _)| *number >= start).take(count).collect();
    let records: Vec<_> = batch.records().map(|(number, record)| (number, record.words.to_vec())).collect();
    if overflow == Overflow::DropOldest {
        // What is there is a row without gaps, which begins with what was asked for or with the oldest that is not overwritten.
        prop_assert!(records.windows(2).all(|pair| pair[0].0 + 1 == pair[1].0));
        prop_assert!(records.iter().all(|record| model.held.contains(record)));
        if count > 0 && start < model.number && !model.held.is_empty() {
            prop_assert!(!records.is_empty(), "nothing from {start} on, of {}", model.number);
        }
        if let (Some(first), Some(last)) = (records.first(), records.last()) {
            prop_assert!(first.0 >= start);
            prop_assert!(records.len() == count || last.0 + 1 == model.number, "the newest is not there");
            if model.held.iter().any(|(number, _)| *number == start) && first.0 > start {
                prop_assert!(buffer.stats().lost > 0);
                while model.held.front().is_some_and(|(number, _)| *number < first.0) {
                    model.held.pop_front();
                }
                let bytes: usize = model.held.iter().map(|(_, words)| 8 + 8 * words.len()).sum();
                prop_assert!(bytes > LEAST, "only {bytes} bytes are kept");
            }
        }
    } else {
        prop_assert!(records.iter().eq(wanted), "{:?}", batch);
    }
    for (number, record) in batch.records() {
        prop_assert_eq!((record.kind, record.site, record.call), (Kind::Values, 3, number));
    }
    let missing = batch.next().saturating_sub(start) - batch.len() as u64;
    prop_assert_eq!(batch.missing(), missing.min(batch.next().saturating_sub(start)));
    prop_assert_eq!(&buffer.read_batch(start, count), &batch, "the same again");
    model.read.extend(records.iter().map(|(number, _)| *number));
    while model.held.front().is_some_and(|(number, _)| *number < start) {
        model.held.pop_front();
    }
    Ok(batch.next())
}

fn stats(buffer: &Buffer, model: &mut Model, overflow: Overflow) -> Result<(), TestCaseError> {
    let stats = buffer.stats();
    prop_assert_eq!((stats.written, stats.read), (model.written, model.read.len() as u64));
    prop_assert_eq!((stats.capacity, stats.high_water), (CAPACITY, model.high_water));
    if overflow == Overflow::DropOldest {
        prop_assert!(stats.lost <= stats.written);
    } else {
        prop_assert_eq!(stats.lost, model.refused);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(miri) { 4 } else { 256 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn drop_newest_is_a_queue_that_refuses(steps in prop::collection::vec(step(), 1..40)) {
        check(Overflow::DropNewest, steps)?;
    }

    #[test]
    fn drop_oldest_always_has_the_newest(steps in prop::collection::vec(step(), 1..40)) {
        check(Overflow::DropOldest, steps)?;
    }

    #[test]
    fn block_is_a_queue_that_loses_patience(steps in prop::collection::vec(step(), 1..40)) {
        check(Overflow::Block, steps)?;
    }
}

#[test]
fn a_producer_that_blocks_loses_nothing() {
    let options = Options { capacity: CAPACITY, overflow: Overflow::Block, ..Options::default() };
    let buffer = Buffer::new(options).expect("memory");
    let mut producer = buffer.producer().expect("the first");
    let thread = std::thread::spawn(move || {
        for number in 0..20_000 {
            producer.write(Record { kind: Kind::Exit, site: 1, call: 0, words: &[number; 3] }).expect("it waits");
        }
    });
    let mut next = 0;
    while next < 20_000 {
        let batch = buffer.read_batch(next, 100);
        assert!(batch.records().all(|(number, record)| record.words == [number; 3]));
        assert_eq!(batch.missing(), 0);
        next = batch.next();
    }
    thread.join().expect("it ends well");
    let stats = buffer.stats();
    assert_eq!((stats.written, stats.read, stats.lost), (20_000, 20_000, 0));
    assert!(buffer.producer().is_some(), "the place is free again");
}

/// The newest are there at any time, whatever a reader does meanwhile, and nothing is torn.
#[test]
fn a_reader_never_costs_the_newest() {
    let options = Options { capacity: CAPACITY, overflow: Overflow::DropOldest, ..Options::default() };
    let buffer = Buffer::new(options).expect("memory");
    let mut producer = buffer.producer().expect("the first");
    let thread = std::thread::spawn(move || {
        for number in 0..200_000 {
            producer.write(Record { kind: Kind::Exit, site: 1, call: 0, words: &[number; 3] }).expect("there is room");
        }
    });
    let (mut last, mut batches) = (0, 0);
    while !thread.is_finished() || batches == 0 {
        let batch = buffer.read_batch(if batches % 2 == 0 { 0 } else { last }, 1000);
        let mut numbers = batch.records().map(|(number, record)| {
            assert_eq!(record.words, [number; 3]);
            number
        });
        if let Some(first) = numbers.next() {
            assert!(numbers.try_fold(first, |before, number| (before < number).then_some(number)).is_some());
        }
        last = last.max(batch.next());
        batches += 1;
    }
    thread.join().expect("it ends well");
    assert_eq!(buffer.read_batch(0, usize::MAX).records().last().expect("records").0, 199_999);
    assert_eq!(buffer.stats().written, 200_000);
}

#[test]
fn what_cannot_be_is_an_error() {
    let make = |capacity| Buffer::new(Options { capacity, ..Options::default() }).map(drop);
    assert_eq!(make(5000), Err(OptionsError::NoPowerOfTwo { bytes: 5000 }));
    assert_eq!(make(0), Err(OptionsError::NoPowerOfTwo { bytes: 0 }));
    assert_eq!(make(2048), Err(OptionsError::OutOfBounds { bytes: 2048 }));
    assert_eq!(make(MAX_BYTES * 2), Err(OptionsError::OutOfBounds { bytes: MAX_BYTES * 2 }));
    let buffer = Buffer::new(Options { capacity: MIN_BYTES, ..Options::default() }).expect("memory");
    let mut producer = buffer.producer().expect("the first");
    let record = Record { kind: Kind::Values, site: 0, call: 0, words: &[] };
    let most = buffer.longest();
    let long = vec![0; most + 1];
    let error = producer.write(Record { words: &long, ..record });
    assert_eq!(error, Err(WriteError::TooLong { words: most + 1, most }));
    assert_eq!(producer.write(Record { words: &long[1..], ..record }), Ok(()));
    assert_eq!(producer.write(Record { site: MAX_SITE + 1, ..record }), Err(WriteError::NoSite { site: MAX_SITE + 1 }));
    assert_eq!(producer.write(Record { kind: Kind::Lost, ..record }), Err(WriteError::Reserved { kind: Kind::Lost }));
    assert_eq!(buffer.stats().written, 1);
}

#[test]
fn numbers_are_sound_while_somebody_writes() {
    // Whether the two meet where it counts is luck: many tries.
    for overflow in [Overflow::DropNewest, Overflow::DropOldest].into_iter().cycle().take(400) {
        let buffer = Buffer::new(Options { capacity: CAPACITY, overflow, patience: Duration::ZERO }).expect("memory");
        let mut producer = buffer.producer().expect("the first");
        std::thread::scope(|scope| {
            let writer = scope.spawn(move || {
                let record = Record { kind: Kind::Values, site: 3, call: 1, words: &[7] };
                (0..10_000).filter(|_| producer.write(record).is_ok()).count()
            });
            while !writer.is_finished() {
                // Then there is room, in which the writer tells of what it lost before.
                buffer.clear();
                let stats = buffer.stats();
                assert!(stats.written <= 10_000, "{stats:?}");
            }
        });
    }
}
