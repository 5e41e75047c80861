//! The states of `scope`, and the functions without any attribute.

use crate::probe::time_warm;
use crate::subject::{Bare, Call, Kind, Recording};
use crate::subjects::SCOPE;
use crate::{child, clock, limit, work};
use scope::report::{self, Sites};

#[inline(never)]
pub fn untraced(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[inline(never)]
pub fn untraced_text(a: u64, b: u64, _text: &str) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "none")]
#[inline(never)]
fn none(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "boundaries")]
#[inline(never)]
pub fn nothing(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
fn filtered(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "boundaries", clock = "coarse")]
#[inline(never)]
fn coarse(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "boundaries", clock = "none")]
#[inline(never)]
fn undated(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
pub fn ints(a: u64, b: u64) -> u64 {
    work(a, b)
}

#[scope::instrument(level = "detailed")]
#[inline(never)]
#[allow(unused_variables, reason = "recorded, and not used otherwise")]
pub fn text(a: u64, b: u64, text: &str) -> u64 {
    work(a, b)
}

static SITES: Sites = scope::sites!(inside(); line, variables(sum));

#[inline(never)]
fn line(a: u64, b: u64) -> u64 {
    report::line(&SITES, 0);
    work(a, b)
}

#[inline(never)]
fn variable(a: u64, b: u64) -> u64 {
    SITES.__scope_number(1, &a);
    work(a, b)
}

const PASSES: usize = 5;
const ROUNDS: usize = 15;

struct State {
    name: &'static str,
    call: fn(u64, u64) -> u64,
    recording: bool,
}

const STATES: [State; 8] = [
    State { name: "the plan says none", call: none, recording: true },
    State { name: "the recorder is stopped", call: nothing, recording: false },
    State { name: "filtered out", call: filtered, recording: true },
    State { name: "entry + exit", call: nothing, recording: true },
    State { name: "entry + exit, coarse clock", call: coarse, recording: true },
    State { name: "entry + exit, no clock", call: undated, recording: true },
    State { name: "a line", call: line, recording: true },
    State { name: "a u64 variable", call: variable, recording: true },
];

/// Measures all states, and tells net price and ratio of each in a line.
pub fn measure() {
    limit::start();
    let folder = tempfile::tempdir().expect("a folder");
    scope::set_filter("!**::filtered").expect("a filter");
    let mut recording = (SCOPE.start)(folder.path(), Kind::Nothing);
    for _ in 0..8 {
        time_warm(Call::Plain(nothing), &mut *recording);
    }
    let mut results = STATES.map(|_| (vec![], vec![]));
    rounds(true, &mut *recording, &mut results);
    recording.finish();
    rounds(false, &mut Bare, &mut results);
    for (nets, ratios) in &mut results {
        child::tell(&[clock::median(nets), clock::median(ratios)]);
    }
}

fn rounds(on: bool, recording: &mut dyn Recording, results: &mut [(Vec<f64>, Vec<f64>)]) {
    for _ in 0..ROUNDS {
        for (state, (nets, ratios)) in STATES.iter().zip(&mut *results).filter(|(state, _)| state.recording == on) {
            let base = time_warm(Call::Plain(untraced), &mut Bare);
            let limit = time_warm(Call::Plain(limit::nothing::<false>), &mut Bare) - base;
            let net = time_warm(Call::Plain(state.call), recording) - base;
            nets.push(net);
            ratios.push(net / limit);
        }
    }
}

pub fn run() {
    let mut results = STATES.map(|_| (vec![], vec![]));
    for _ in 0..PASSES {
        for ((nets, ratios), told) in results.iter_mut().zip(child::run(&["states"])) {
            nets.push(told[0]);
            ratios.push(told[1]);
        }
    }
    println!("The states of scope, as ratios to the limit's entry + exit that capture nothing:\n");
    println!("| | ns per call, net | ratio to the limit |\n|---|--:|--:|");
    for (state, (nets, ratios)) in STATES.iter().zip(&mut results) {
        println!("| {} | {:.2} | {:.3} |", state.name, clock::median(nets), clock::median(ratios));
    }
    println!();
}
