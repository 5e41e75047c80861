//! The price of a probe: processor time of the calling thread for one call, net of the same call untraced, as a ratio to the limit of
//! the same round.

use crate::subject::{self, Call, KINDS, Kind, Recording, Subject, UNIT};
use crate::subjects::{LIMIT, PRICED, UNTRACED, find};
use crate::{child, clock, limit};
use std::path::Path;

const PASSES: usize = 5;
const ROUNDS: usize = 15;
/// Units of calls in one timed loop: few enough for everybody's buffers.
const UNITS: u64 = 16;

/// Nanoseconds of this thread for one call, the loop included.
pub fn time(call: Call, recording: &dyn Recording) -> f64 {
    let start = clock::thread_ns();
    subject::units(call, recording, UNITS);
    (clock::thread_ns() - start) / (UNITS * UNIT) as f64
}

/// As `time`, after the same loop untimed, with empty buffers.
pub fn time_warm(call: Call, recording: &mut dyn Recording) -> f64 {
    time(call, recording);
    recording.settle();
    // The core may have been somebody else's.
    subject::units(call, recording, 1);
    let ns = time(call, recording);
    recording.settle();
    ns
}

/// Measures the recorder with that name, and tells the medians of its net price and its ratio to the limit.
pub fn measure(name: &str, kind: Kind) {
    let subject = find(&PRICED, name).expect("a recorder");
    let Some(call) = subject.calls.get(kind) else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let (net, ratio) = rounds(subject, call, kind, folder.path());
    child::tell(&[net, ratio]);
}

fn rounds(subject: &Subject, call: Call, kind: Kind, folder: &Path) -> (f64, f64) {
    limit::start();
    let (base, limit) = (UNTRACED.calls.get(kind), LIMIT.calls.get(kind));
    let (base, limit) = (base.expect("all kinds"), limit.expect("all kinds"));
    let mut recording = (subject.start)(folder, kind);
    // Until a ring was gone round once: the system gives a page when it is first written.
    for _ in 0..8 {
        time_warm(call, &mut *recording);
        time(limit, &subject::Bare);
    }
    let (mut nets, mut ratios) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        let base = time_warm(base, &mut subject::Bare);
        let limit = time_warm(limit, &mut subject::Bare) - base;
        let net = time_warm(call, &mut *recording) - base;
        nets.push(net);
        ratios.push(net / limit);
    }
    recording.finish();
    (clock::median(&mut nets), clock::median(&mut ratios))
}

pub fn run() {
    println!("### Price of a probe\n");
    println!(
        "CPU ns of the calling thread for one call (entry + exit), net of the untraced call; in brackets the ratio to the"
    );
    println!("limit of the same round and process. Median of {PASSES} interleaved processes of {ROUNDS} rounds each.");
    println!("The limit's ring is the colder the more memory the recorder of its process goes through.\n");
    let mut cells = vec![[const { (vec![], vec![]) }; KINDS.len()]; PRICED.len()];
    for _ in 0..PASSES {
        for (subject, cells) in PRICED.iter().zip(&mut cells) {
            for (index, (net, ratio)) in cells.iter_mut().enumerate() {
                if subject.calls.get(KINDS[index]).is_some() {
                    let told = child::run(&["probe", subject.name, &index.to_string()]);
                    net.push(told[0][0]);
                    ratio.push(told[0][1]);
                }
            }
        }
    }
    println!("| | {} | {} | {} | |\n|---|--:|--:|--:|---|", KINDS[0].name(), KINDS[1].name(), KINDS[2].name());
    for (subject, cells) in PRICED.iter().zip(&mut cells) {
        let cells = cells.iter_mut().map(|(net, ratio)| match net.len() {
            0 => "–".to_owned(),
            _ => format!("{:.1} ({:.2})", clock::median(net), clock::median(ratio)),
        });
        println!("| {} | {} | {} |", subject.name, cells.collect::<Vec<_>>().join(" | "), subject.note);
    }
    println!();
}
