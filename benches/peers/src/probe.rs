//! Processor time of the calling thread for one call, as a ratio to the limit of the same round.

use crate::{clock, limit, states};
use std::hint::black_box;
use std::time::Duration;

const ROUNDS: usize = 31;
const CALLS: u64 = 16_000;
/// Holds what one timed loop records.
const RING: u64 = 2 << 20;
const TEXT: &str = "a text of 24 bytes, here";

/// What one call does.
#[derive(Clone, Copy)]
pub enum Call {
    Plain(fn(u64, u64) -> u64),
    Text(fn(u64, u64, &str) -> u64),
}

/// Nanoseconds of this thread for one call, the loop included.
fn time(call: Call) -> f64 {
    let start = clock::thread_ns();
    match call {
        Call::Plain(call) => (0..CALLS).for_each(|i| _ = black_box(call(black_box(i), black_box(12_345_678_901)))),
        Call::Text(call) => {
            (0..CALLS).for_each(|i| _ = black_box(call(black_box(i), black_box(12_345_678_901), black_box(TEXT))))
        }
    }
    (clock::thread_ns() - start) / CALLS as f64
}

/// One row of the table.
struct Row {
    name: &'static str,
    call: Call,
    /// What the call costs without any probe.
    base: Call,
    /// The limit that it is compared with.
    limit: Call,
    recording: bool,
    net: Vec<f64>,
    ratios: Vec<f64>,
}

pub fn run() {
    limit::start();
    let folder = tempfile::tempdir().expect("a folder");
    let plain = Call::Plain(states::untraced);
    let with_text = Call::Text(states::untraced_text);
    let nothing = Call::Plain(limit::nothing);
    let row = |name, call, base, limit, recording| Row { name, call, base, limit, recording, net: vec![], ratios: vec![] };
    let mut rows = vec![
        row("limit: nothing captured", nothing, plain, nothing, true),
        row("limit: two u64 and a result", Call::Plain(limit::ints), plain, nothing, true),
        row("limit: and a &str", Call::Text(limit::text), with_text, nothing, true),
        row("scope: plan says none", Call::Plain(states::none), plain, nothing, true),
        row("scope: recorder stopped", Call::Plain(states::nothing), plain, nothing, false),
        row("scope: entry + exit", Call::Plain(states::nothing), plain, nothing, true),
        row("scope: two u64 and a result", Call::Plain(states::ints), plain, Call::Plain(limit::ints), true),
        row("scope: and a &str", Call::Text(states::text), with_text, Call::Text(limit::text), true),
        row("scope: a line", Call::Plain(states::line), plain, nothing, true),
        row("scope: a u64 variable", Call::Plain(states::variable), plain, nothing, true),
    ];
    for _ in 0..ROUNDS {
        let guard = scope::Recorder::builder()
            .log(folder.path().join("probe.scope"))
            .ring_size(RING)
            .flush_interval(Duration::from_secs(3600))
            .start()
            .expect("the recorder starts");
        // Until the ring was gone round once: the system gives a page when it is first written.
        for _ in 0..8 {
            time(Call::Plain(states::ints));
            guard.flush().expect("the log is written");
        }
        let measure = |row: &mut Row| {
            let settle = || guard.flush().expect("the log is written");
            let mut best = |call| {
                time(call);
                settle();
                let ns = time(call);
                settle();
                ns
            };
            let base = best(row.base);
            let limit = best(row.limit) - base;
            let net = best(row.call) - base;
            row.net.push(net);
            row.ratios.push(net / limit);
        };
        rows.iter_mut().filter(|row| row.recording).for_each(measure);
        guard.finish().expect("the log is whole");
        for row in rows.iter_mut().filter(|row| !row.recording) {
            let mut twice = |call| {
                time(call);
                time(call)
            };
            let (base, limit) = (twice(row.base), twice(row.limit));
            let net = twice(row.call) - base;
            row.net.push(net);
            row.ratios.push(net / (limit - base));
        }
        for entry in std::fs::read_dir(folder.path()).expect("the folder").flatten() {
            std::fs::remove_file(entry.path()).expect("the log goes");
        }
    }
    println!("| | ns per call, net | ratio to the limit |\n|---|--:|--:|");
    for row in &mut rows {
        println!("| {} | {:.2} | {:.3} |", row.name, clock::median(&mut row.net), clock::median(&mut row.ratios));
    }
}
