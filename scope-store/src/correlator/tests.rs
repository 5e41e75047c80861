//! Random programs, with calls of async functions that move between threads, whose records are lost in random
//! runs. Each record with a time has a time of its own, and each line a site of its own: by these the events are
//! compared with the truth.

mod forms;
mod program;

use super::*;
use program::{LineTruth, Program, Record, Run};
use proptest::prelude::*;
use scope_core::record::CALL_MASK;
use std::collections::HashMap;

/// An event, its value's word for its values.
#[derive(Clone, Debug)]
struct Seen {
    ticks: u64,
    depth: u32,
    call: u64,
    site: u32,
    kind: SeenKind,
}

#[derive(Clone, Debug)]
enum SeenKind {
    Entry { parent: u64, value: u64 },
    Exit { outcome: u8, duration: Option<u64>, value: u64, lossy: bool },
    Inside,
    Suspended,
    Resumed,
    Lost(u64),
}

fn word(values: Values<'_>) -> u64 {
    let Values::Tagged(bytes) = values else { panic!("the tests write no other") };
    let mut word = [0; 8];
    word.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
    u64::from_le_bytes(word)
}

/// The events of one thread's records, fed in pieces of `piece` records.
fn correlate(thread: u32, records: &[Vec<u64>], piece: usize) -> Vec<Seen> {
    correlate_cut(thread, records, piece, usize::MAX)
}

/// The same, where after `cut` pieces another correlator goes on that knows what a new segment of the log tells.
fn correlate_cut(thread: u32, records: &[Vec<u64>], piece: usize, cut: usize) -> Vec<Seen> {
    let (mut correlator, mut batch, mut seen) = (Correlator::new(ThreadId(thread)), Batch::new(), Vec::new());
    for (cycle, piece) in records.chunks(piece).enumerate() {
        if cycle == cut {
            let (carried, leaving, stored) = (correlator.carried(), correlator.leaving(), correlator.events());
            correlator = Correlator::new(ThreadId(thread));
            correlator.carry(&carried);
            correlator.set_leaving(&leaving);
            correlator.set_stored(stored);
        }
        let words = piece.concat();
        correlator.feed(&mut Records::new(&words), cycle as u64, &mut batch);
        assert_eq!(batch.head().before, seen.len() as u64);
        let (before, events) = (seen.len() as u64, batch.events());
        batch.read(|event| {
            let RawEvent { ticks, depth, call, site, kind } = *event;
            let kind = match kind {
                RawKind::Entry { parent, values, .. } => SeenKind::Entry { parent, value: word(values) },
                RawKind::Exit(RawExit { outcome, duration, values, lossy, .. }) => {
                    SeenKind::Exit { outcome, duration, value: word(values), lossy }
                }
                RawKind::Line | RawKind::Values { .. } => SeenKind::Inside,
                RawKind::Suspended => SeenKind::Suspended,
                RawKind::Resumed => SeenKind::Resumed,
                RawKind::Lost { count } => SeenKind::Lost(count),
                RawKind::Unknown { .. } => panic!("nobody writes such"),
            };
            seen.push(Seen { ticks, depth, call, site, kind });
        });
        assert_eq!(seen.len() as u64, before + events);
        batch.clear();
    }
    seen
}

/// Drops the records in `runs` (start and length, by thousandths) and puts the marks of their loss in place. `told`: with the number of the last
/// call; a mark at the start always has it.
fn lose(records: &[Record], runs: &[(usize, usize)], told: bool) -> (Vec<Vec<u64>>, Vec<bool>) {
    let mut gone: Vec<bool> = records.iter().map(|record| record.forced > 0).collect();
    for &(start, length) in runs {
        let start = start * records.len() / 1000;
        gone.iter_mut().skip(start).take(length).for_each(|gone| *gone = true);
    }
    let (mut kept, mut lost) = (Vec::new(), 0);
    let (mut ticks, mut calls) = (0, 0);
    for (record, &gone) in records.iter().zip(&gone) {
        // A mark is written just before the next record, which has its number by then.
        (ticks, calls) = (record.ticks, record.calls);
        if gone {
            lost += 1 + record.forced;
        } else {
            if lost > 0 {
                kept.push(program::lost(ticks, lost, calls, told || kept.is_empty()));
                lost = 0;
            }
            kept.push(record.words.clone());
        }
    }
    if lost > 0 {
        kept.push(program::lost(ticks, lost, calls, told));
    }
    (kept, gone)
}

/// Compares the events of a thread with the truth. `exact`: no call's number looks like another's.
fn check(run: &Run, seen: &[Seen], gone: &[bool], exact: bool) {
    let lossless = gone.iter().all(|gone| !gone);
    let kept =
        |ticks: u64| run.records.iter().zip(gone).any(|(record, gone)| record.ticks == ticks && record.dated && !gone);
    let mut entries: HashMap<u64, u32> = HashMap::new();
    let mut closed: HashMap<u64, bool> = HashMap::new();
    let mut dated = 0;
    for (at, event) in seen.iter().enumerate() {
        // What has no time of its own lies before the next event that has.
        let latest = seen[at..].iter().map(|later| later.ticks).find(|&ticks| ticks > event.ticks).unwrap_or(u64::MAX);
        let truth = run.truth.get(&event.ticks);
        match &event.kind {
            SeenKind::Entry { parent, value } => {
                let truth = truth.expect("an entry that was recorded");
                assert_eq!((event.call, event.site, *value), (truth.call, truth.site, truth.value), "{event:?}");
                assert!(*parent == truth.parent || (*parent == 0 && !lossless), "{event:?}: {truth:?}");
                assert!(!lossless || event.depth == truth.depth, "{event:?}: {truth:?}");
                entries.insert(event.call, event.depth);
                dated += 1;
            }
            SeenKind::Exit { outcome: RawExit::UNKNOWN, .. } => {
                assert!(!lossless && entries.contains_key(&event.call), "{event:?}");
                assert_eq!(entries[&event.call], event.depth);
                assert!(closed.insert(event.call, true).is_none(), "ended twice: {event:?}");
                let exit = run.exits.get(&event.call);
                // Inferred at a time when the call had indeed ended, and its end was lost.
                assert!(exit.is_some_and(|&exit| exit <= latest && !(exact && kept(exit))), "{event:?}: {exit:?}");
            }
            SeenKind::Exit { outcome, duration, value, lossy } => {
                dated += 1;
                let truth = truth.expect("an exit that was recorded");
                assert_eq!(event.site, truth.site);
                let is_task = truth.is_task;
                if event.call != 0 {
                    assert_eq!(
                        (event.call, *duration),
                        (truth.call, Some(event.ticks - truth.began)),
                        "{event:?}: {truth:?}"
                    );
                    assert!(closed.insert(event.call, false).is_none(), "ended twice: {event:?}");
                    assert!(is_task || entries.get(&event.call) == Some(&event.depth), "{event:?}");
                } else {
                    assert!(!lossless && duration.is_none());
                    assert!(!exact || !kept(truth.began), "has an entry: {event:?} {truth:?}");
                }
                let whole = *value == truth.value && *outcome == truth.outcome;
                let hidden = *value == 0 && (*outcome == truth.outcome || truth.outcome <= 1 && *outcome == 0);
                assert!(whole || !lossless && *lossy && hidden, "{event:?}: {truth:?}");
            }
            SeenKind::Inside => {
                let &LineTruth { call, depth } = run.lines.get(&event.site).expect("a line that was recorded");
                assert!(event.call == call || event.call == 0 && !lossless, "{event:?}: {call}");
                assert!(!lossless || event.depth == depth);
            }
            SeenKind::Suspended | SeenKind::Resumed => {
                let truth = truth.expect("a poll that was recorded");
                assert_eq!((event.call, event.site), (truth.call, truth.site));
                assert!(!lossless || event.depth == truth.depth, "{event:?}: {truth:?}");
                dated += 1;
            }
            SeenKind::Lost(_) => {}
        }
    }
    assert_eq!(dated, run.records.iter().zip(gone).filter(|(record, gone)| record.dated && !**gone).count());
    let lost: u64 = seen.iter().map(|event| if let SeenKind::Lost(count) = event.kind { count } else { 0 }).sum();
    assert_eq!(lost, run.records.iter().zip(gone).filter(|(_, gone)| **gone).map(|(r, _)| 1 + r.forced).sum::<u64>());
}

fn steps() -> impl Strategy<Value = Vec<(u8, u8)>> {
    prop::collection::vec(any::<(u8, u8)>(), 0..300)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn without_losses_all_is_known(steps in steps(), piece in 1..40usize) {
        for (thread, run) in Program::play(&steps, false, 0) {
            let (records, gone) = lose(&run.records, &[], true);
            check(&run, &correlate(thread, &records, piece), &gone, true);
        }
    }

    #[test]
    fn with_losses_nothing_is_wrong(
        steps in steps(),
        runs in prop::collection::vec((0..1000usize, 1..20usize), 0..8),
        piece in 1..40usize,
        told: bool,
        start in prop_oneof![Just(0), Just(3 * (CALL_MASK + 1) - 20)],
    ) {
        for (thread, run) in Program::play(&steps, false, start) {
            let (records, gone) = lose(&run.records, &runs, told);
            check(&run, &correlate(thread, &records, piece), &gone, true);
        }
    }

    #[test]
    fn what_is_open_is_carried_over_a_cut(
        steps in steps(),
        runs in prop::collection::vec((0..1000usize, 1..20usize), 0..3),
        piece in 1..40usize,
        cut in 0..10usize,
        start in prop_oneof![Just(0), Just(3 * (CALL_MASK + 1) - 20)],
    ) {
        for (thread, run) in Program::play(&steps, false, start) {
            let (records, gone) = lose(&run.records, &runs, true);
            let seen = correlate_cut(thread, &records, piece, cut);
            check(&run, &seen, &gone, true);
            if runs.is_empty() && start == 0 {
                let whole = correlate(thread, &records, piece);
                let calls = |seen: &[Seen]| seen.iter().map(|event| (event.call, event.depth, event.site)).collect::<Vec<_>>();
                prop_assert_eq!(calls(&seen), calls(&whole));
            }
        }
    }

    #[test]
    fn numbers_that_look_the_same_are_not_mistaken(
        steps in steps(),
        runs in prop::collection::vec((0..1000usize, 1..20usize), 0..5),
    ) {
        for (thread, run) in Program::play(&steps, true, 0) {
            let (records, gone) = lose(&run.records, &runs, true);
            check(&run, &correlate(thread, &records, 17), &gone, false);
        }
    }

    #[test]
    fn any_words_are_taken(words: Vec<u64>, kinds: Vec<(u8, u8, u64)>) {
        let mut records: Vec<Vec<u64>> = kinds
            .iter()
            .map(|&(kind, site, word)| {
                let kind = Kind::from_bits(1 + kind % 27).unwrap_or(Kind::Line);
                vec![Header::new(kind, 3, u32::from(site % 4), word % 3).0, word, word % 5]
            })
            .collect();
        records.push(words);
        correlate(1, &records, 9);
    }
}

#[test]
fn a_loop_whose_records_are_lost_does_not_grow_deeper() {
    // Entry and exit again and again; of each 100 records 33 are gone, so that entries and exits lose their partners.
    let mut steps = Vec::new();
    for _ in 0..5000 {
        steps.extend([(0, 0), (1, 0)]);
    }
    let runs: Vec<_> = (0..1000).map(|at| (at, 7)).collect();
    for (thread, run) in Program::play(&steps, false, 0) {
        let (records, gone) = lose(&run.records, &runs, true);
        let seen = correlate(thread, &records, 100);
        check(&run, &seen, &gone, true);
        let deepest =
            seen.iter().filter(|event| !matches!(event.kind, SeenKind::Lost(_))).map(|event| event.depth).max();
        assert!(deepest <= Some(1), "{deepest:?}");
    }
}

/// `cargo test --release -p scope-store -- --ignored --nocapture correlator_speed`
#[test]
#[ignore = "a measurement"]
fn correlator_speed() {
    let leaf = |n| vec![Header::new(Kind::Entry, 2, 7, n).0, n * 150, Header::new(Kind::Exit, 2, 7, n).0, n * 150 + 60];
    speed("leaves", 2, &leaf);
    let plain = |n: u64| {
        let entry = [Header::new(Kind::EntryPlain, 5, 7, n).0, n * 150, 0x101, n, 12_345_678_901];
        [&entry[..], &[Header::new(Kind::ExitUint, 4, 7, n).0, n * 150 + 60, 3, n * 12_345_678_901]].concat()
    };
    speed("leaves with numbers", 2, &plain);
    // A line and a variable in each call, and every second call in the one before.
    let inside = |n: u64| {
        let entry = Header::new(Kind::EntryPlainLine, 4, 7 + 4 * (n as u32 % 2), n).0;
        let exit = |n: u64| [Header::new(Kind::ExitUint, 4, 7 + 4 * (n as u32 % 2), n).0, n * 150 + 120, 3, n];
        let value = [Header::new(Kind::ValueUint, 2, 9, 0).0, n];
        let begin = [&[entry, n * 150, 1, n][..], &value].concat();
        if n.is_multiple_of(2) { begin } else { [&begin[..], &exit(n), &exit(n - 1)].concat() }
    };
    speed("lines and values", 4, &inside);
}

/// `per`: events for each number.
fn speed(name: &str, per: u64, records: &dyn Fn(u64) -> Vec<u64>) {
    let calls = 50_000;
    let words: Vec<u64> = (2..2 + calls).flat_map(records).collect();
    let mut best = f64::MAX;
    let mut bytes = 0;
    for _ in 0..100 {
        let (mut correlator, mut batch) = (Correlator::new(ThreadId(3)), Batch::new());
        bytes = 0;
        let start = std::time::Instant::now();
        let mut records = Records::new(&words);
        loop {
            correlator.feed(&mut records, 1, &mut batch);
            if batch.is_empty() {
                break;
            }
            bytes += batch.size();
            batch.clear();
        }
        best = best.min(start.elapsed().as_nanos() as f64);
    }
    let events = (per * calls) as f64;
    println!("{name}: {:.1} ns/event, {:.2} bytes/event", best / events, bytes as f64 / events);
}
