//! End to end: a process makes two million calls flat out from one thread and completes its file.

use crate::subject::{self, KINDS, Kind, Subject, UNIT};
use crate::subjects::{LIMIT_READ, UNTRACED, WRITING, find};
use crate::{child, clock, machine};
use std::path::Path;

const PASSES: usize = 3;
const UNITS: u64 = 2000;
/// What is left of a run.
const FILE: &str = "recorded";
const CALLS: f64 = (UNITS * UNIT) as f64;

/// Records with the recorder of that name into `folder`, and tells processor time and wall time in nanoseconds, and peak memory.
pub fn measure(name: &str, kind: Kind, folder: &str) {
    let subject = find(&WRITING, name).expect("a recorder");
    let call = subject.calls.get(kind).expect("all kinds");
    // What the peers do when the program is loaded is in every process: one of them measures the clock for 20 ms.
    let loaded = clock::process_ns();
    let mut recording = (subject.start)(Path::new(folder), kind);
    let start = clock::wall_ns();
    subject::long(call, &mut *recording, UNITS);
    let path = recording.finish();
    let wall = clock::wall_ns() - start;
    child::tell(&[clock::process_ns() - loaded, wall, machine::peak_memory()]);
    if let Some(path) = path {
        std::fs::rename(path, Path::new(folder).join(FILE)).expect("the file");
    }
}

/// What one run of a recorder gave.
struct Run {
    cpu: f64,
    wall: f64,
    memory: f64,
    events: f64,
    bytes: f64,
}

fn one(subject: &Subject, index: usize) -> Run {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().to_str().expect("a name in UTF-8");
    let told = child::run(&["end-to-end", subject.name, &index.to_string(), path]);
    let &[cpu, wall, memory] = &*told[0] else { panic!("three numbers") };
    let path = folder.path().join(FILE);
    let bytes = path.metadata().map_or(0, |file| file.len());
    let events = if bytes == 0 { 0 } else { (subject.landed)(&path, KINDS[index]) };
    Run { cpu, wall, memory, events: events as f64, bytes: bytes as f64 }
}

/// What the runs of one recorder gave, each a number for the median.
#[derive(Default)]
struct Cell {
    cpu: Vec<f64>,
    ratio: Vec<f64>,
    rate: Vec<f64>,
    size: Vec<f64>,
    lost: Vec<f64>,
    memory: Vec<f64>,
}

impl Cell {
    fn add(&mut self, run: &Run, untraced: &Run, limit: &Run) {
        let cpu = run.cpu - untraced.cpu;
        self.cpu.push(cpu / CALLS);
        self.ratio.push(cpu / (limit.cpu - untraced.cpu));
        self.rate.push(run.events / run.wall * 1e3);
        self.size.push(run.bytes / run.events);
        self.lost.push(2.0 * CALLS - run.events);
        self.memory.push((run.memory - untraced.memory) / f64::from(1 << 20));
    }
}

pub fn run() {
    println!("### End to end\n");
    println!(
        "A process makes {CALLS} calls flat out from one thread and completes its file; an event is an entry or an exit. CPU"
    );
    println!(
        "is that of all threads from the recorder's start on, less that of an untraced process, and the ratio is to the limit with a reader of"
    );
    println!(
        "the same pass. Events per second are by the wall clock, until the file is complete; memory is the peak above the"
    );
    println!("untraced process. Events are counted in the file. Median of {PASSES} interleaved processes.\n");
    let (mut cells, recorders) = (vec![], &WRITING[1..]);
    cells.resize_with(recorders.len() * KINDS.len(), Cell::default);
    for _ in 0..PASSES {
        for index in 0..KINDS.len() {
            let untraced = one(&UNTRACED, index);
            let limit = one(&LIMIT_READ, index);
            cells[index].add(&limit, &untraced, &limit);
            for (row, subject) in recorders.iter().enumerate().skip(1) {
                cells[row * KINDS.len() + index].add(&one(subject, index), &untraced, &limit);
            }
        }
    }
    println!("| | recorded | CPU ns per call | ratio | million events/s | bytes per event | lost | peak MiB |");
    println!("|---|---|--:|--:|--:|--:|--:|--:|");
    for (index, cell) in cells.iter_mut().enumerate() {
        let (name, kind) = (recorders[index / KINDS.len()].name, KINDS[index % KINDS.len()].name());
        let [cpu, ratio, rate, size, lost, memory] =
            [&mut cell.cpu, &mut cell.ratio, &mut cell.rate, &mut cell.size, &mut cell.lost, &mut cell.memory]
                .map(|values| clock::median(values));
        println!("| {name} | {kind} | {cpu:.1} | {ratio:.2} | {rate:.2} | {size:.1} | {lost:.0} | {memory:.1} |");
    }
    println!();
    for subject in recorders {
        println!("- {}: {}", subject.name, subject.note);
    }
    println!("- fastrace, tracy-client, hotpath and plain tracing write no file by themselves\n");
}
