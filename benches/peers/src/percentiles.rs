//! Single probes: the processor's counter is read before and behind each call.

use crate::subject::{self, Call, Kind, Subject};
use crate::subjects::{LIMIT, LIMIT_READ, SCOPE_DEFAULT_RING, UNTRACED, find};
use crate::{child, clock, limit};

const PASSES: usize = 5;
const CALLS: usize = 1_000_000;
/// Calls between two times that the buffers are emptied.
const SETTLE: usize = 10_000;
/// Calls before them that don't count.
const WARM: usize = 1000;
const SUBJECTS: [&Subject; 4] = [&UNTRACED, &LIMIT, &LIMIT_READ, &SCOPE_DEFAULT_RING];
const SHARES: [(&str, f64); 3] = [("p50", 0.5), ("p99", 0.99), ("p99.9", 0.999)];

/// Tells the percentiles of the recorder with that name in nanoseconds, and its maximum.
pub fn measure(name: &str) {
    let subject = find(&SUBJECTS, name).expect("a recorder");
    let folder = tempfile::tempdir().expect("a folder");
    let mut recording = (subject.start)(folder.path(), Kind::Nothing);
    let call = Call::Plain(subject.calls.nothing);
    let mut ticks = Vec::with_capacity(CALLS);
    // Small, and used again and again: its pages and lines would otherwise be misses of the meter's own.
    let mut block = vec![0; SETTLE];
    let mut turn = |ticks: &mut Vec<u32>| {
        one_by_one(call, &mut block[..WARM]);
        one_by_one(call, &mut block);
        ticks.extend_from_slice(&block);
        recording.settle();
    };
    // Until every ring was gone round once: the system gives a page when it is first written.
    (0..10).for_each(|_| turn(&mut ticks));
    ticks.clear();
    let (start_ns, start_ticks) = (clock::wall_ns(), limit::ticks());
    (0..CALLS / SETTLE).for_each(|_| turn(&mut ticks));
    let ns_per_tick = (clock::wall_ns() - start_ns) / (limit::ticks() - start_ticks) as f64;
    recording.finish();
    ticks.sort_unstable();
    let at = |share: f64| f64::from(ticks[((CALLS - 1) as f64 * share) as usize]) * ns_per_tick;
    child::tell(&[at(SHARES[0].1), at(SHARES[1].1), at(SHARES[2].1), at(1.0)]);
}

#[inline(never)]
fn one_by_one(call: Call, ticks: &mut [u32]) {
    for (i, slot) in ticks.iter_mut().enumerate() {
        let start = limit::ticks();
        subject::once(call, i as u64);
        *slot = u32::try_from(limit::ticks() - start).unwrap_or(u32::MAX);
    }
}

pub fn run() {
    println!("### Percentiles of a single probe\n");
    println!(
        "Nanoseconds by the processor's counter from before a call to behind it (entry + exit, nothing captured, two reads of"
    );
    println!(
        "the counter included), {CALLS} calls. By the wall clock: the highest ones are those that the system interrupted."
    );
    println!(
        "Rings are emptied every {SETTLE} calls, not while a call is timed. Median of {PASSES} interleaved processes.\n"
    );
    let mut cells = SUBJECTS.map(|_| vec![vec![]; SHARES.len() + 2]);
    for _ in 0..PASSES {
        for (subject, cells) in SUBJECTS.iter().zip(&mut cells) {
            let told = child::run(&["percentiles", subject.name]).remove(0);
            let ratio = told[2] / told[0];
            cells.iter_mut().zip(told.into_iter().chain([ratio])).for_each(|(cell, number)| cell.push(number));
        }
    }
    println!("| | {} | {} | {} | max | p99.9 / p50 |", SHARES[0].0, SHARES[1].0, SHARES[2].0);
    println!("|---|--:|--:|--:|--:|--:|");
    for (subject, cells) in SUBJECTS.iter().zip(&mut cells) {
        let cells: Vec<String> = cells.iter_mut().map(|cell| format!("{:.1}", clock::median(cell))).collect();
        println!("| {} | {} |", subject.name, cells.join(" | "));
    }
    println!();
}
