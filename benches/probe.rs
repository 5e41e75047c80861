//! What a probe costs: `cargo bench --bench probe` prints nanoseconds for each state of a call.
//!
//! All states run in each round, one after the other, so that a noisy machine is noisy for all of them; the table has each state's
//! median and best round, and what it costs beyond the same call without an attribute. A ring holds what a loop
//! records and is drained between two: no state measures losses.

use scope::report::{self, Sites};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;
const CALLS: u32 = 20_000;
/// Holds what one timed loop records.
const RING: u64 = 2 << 20;

#[inline(never)]
fn plain(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(String::new)
}

#[scope::instrument(level = "none")]
#[inline(never)]
fn none(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(String::new)
}

#[scope::instrument(level = "boundaries")]
#[inline(never)]
fn boundaries(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(String::new)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
fn with_values(a: u32, b: u32) -> Result<u32, String> {
    a.checked_add(b).ok_or_else(String::new)
}

static SITES: Sites = scope::sites!(inside(); line, variables(sum));

#[inline(never)]
fn line(a: u32, b: u32) -> Result<u32, String> {
    report::line(&SITES, 0);
    a.checked_add(b).ok_or_else(String::new)
}

#[inline(never)]
fn variable(a: u32, b: u32) -> Result<u32, String> {
    SITES.__scope_number(1, &a);
    a.checked_add(b).ok_or_else(String::new)
}

type Call = fn(u32, u32) -> Result<u32, String>;

/// Nanoseconds for one call, the loop included.
fn time(call: Call) -> f64 {
    let start = Instant::now();
    for i in 0..CALLS {
        black_box(call(black_box(i), black_box(1)).is_ok());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(CALLS)
}

/// Nanoseconds for one look at the clock that dates entries and exits.
fn clock() -> f64 {
    let start = Instant::now();
    for _ in 0..1_000_000 {
        black_box(scope_store::core::clock::ticks());
    }
    start.elapsed().as_secs_f64() * 1e3
}

struct State {
    name: &'static str,
    call: Call,
    recording: bool,
    rounds: Vec<f64>,
}

fn main() {
    let state = |name, call, recording| State { name, call, recording, rounds: Vec::new() };
    let mut states = [
        state("no attribute", plain, false),
        state("plan says none", none, false),
        state("recorder stopped, boundaries", boundaries, false),
        state("boundaries", boundaries, true),
        state("boundaries, two integers and a result", with_values, true),
        state("line", line, true),
        state("variable", variable, true),
    ];
    let folder = std::env::temp_dir().join(format!("scope-bench-{}", std::process::id()));
    for _ in 0..ROUNDS {
        let guard = scope::Recorder::builder()
            .log(folder.join("probe.scope"))
            .ring_size(RING)
            .flush_interval(Duration::from_secs(3600))
            .start()
            .expect("the recorder starts");
        for state in states.iter_mut().filter(|state| state.recording) {
            // Untimed until the ring was gone round once: the system gives a page when it is first written.
            for _ in 0..RING / u64::from(CALLS) / 16 + 1 {
                time(state.call);
                guard.flush().expect("the log is written");
            }
            let ns = time(state.call);
            guard.flush().expect("the log is written");
            state.rounds.push(ns);
        }
        guard.finish().expect("the log is whole");
        for state in states.iter_mut().filter(|state| !state.recording) {
            time(state.call);
            let ns = time(state.call);
            state.rounds.push(ns);
        }
        std::fs::remove_dir_all(&folder).expect("the logs go");
    }
    for state in &mut states {
        state.rounds.sort_by(f64::total_cmp);
    }
    let base = states[0].rounds[ROUNDS / 2];
    println!("reading the clock: {:.2} ns", clock());
    println!("{:<40} {:>9} {:>9} {:>11}", "ns per call, of 15 rounds", "median", "best", "beyond none");
    for State { name, rounds, .. } in &states {
        let median = rounds[ROUNDS / 2];
        println!("{name:<40} {median:>9.2} {:>9.2} {:>11.2}", rounds[0], median - base);
    }
}
