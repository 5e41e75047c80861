//! Two threads at once: what a probe of one costs while the other makes the same calls.

use crate::subject::{self, Bare, Call, Subject, UNIT};
use crate::subjects::{LIMIT, SCOPE, UNTRACED, check_scope};
use crate::{child, clock, limit};
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

const PASSES: usize = 5;
const ROUNDS: usize = 15;
/// How often two threads are started for them to run together once.
const TRIES: usize = 20;
/// Long enough that two threads that start together run together.
const UNITS: u64 = 50;
/// Holds what one loop records.
const RING: u64 = 8 << 20;
const SUBJECTS: [&Subject; 3] = [&UNTRACED, &LIMIT, &SCOPE];

/// What one thread took for a loop.
#[derive(Clone, Copy)]
struct Loop {
    cpu: f64,
    start: f64,
    end: f64,
}

impl Loop {
    fn time(call: Call) -> Self {
        let (start, cpu) = (clock::wall_ns(), clock::thread_ns());
        subject::units(call, &Bare, UNITS);
        Self { cpu: clock::thread_ns() - cpu, start, end: clock::wall_ns() }
    }

    fn per_call(self) -> f64 {
        self.cpu / (UNITS * UNIT) as f64
    }
}

/// Whether both ran all the time, at the same time: on a busy machine one may have waited for a core.
fn together(a: Loop, b: Loop) -> bool {
    let both = a.end.min(b.end) - a.start.max(b.start);
    both > 0.8 * a.cpu.max(b.cpu) && [a, b].iter().all(|l| l.end - l.start < 1.2 * l.cpu)
}

/// Runs loops in a second thread, each at the same time as one of the caller.
struct Pair {
    /// Which call is next: an index; `STOP` ends the thread.
    next: AtomicUsize,
    ready: Barrier,
    spin: AtomicUsize,
    done: Barrier,
    result: std::sync::Mutex<Option<Loop>>,
}

const STOP: usize = usize::MAX;

impl Pair {
    fn other(&self, calls: &[Call]) {
        limit::start();
        loop {
            self.ready.wait();
            let next = self.next.load(Ordering::Acquire);
            if next == STOP {
                return;
            }
            self.meet();
            let result = Loop::time(calls[next]);
            *self.result.lock().expect("no panic") = Some(result);
            self.done.wait();
        }
    }

    /// Returns in both threads within some nanoseconds.
    fn meet(&self) {
        let arrived = self.spin.fetch_add(1, Ordering::AcqRel) + 1;
        let all = arrived.next_multiple_of(2);
        while self.spin.load(Ordering::Acquire) < all {
            std::hint::spin_loop();
        }
    }

    fn both(&self, index: usize, call: Call) -> (Loop, Loop) {
        self.next.store(index, Ordering::Release);
        self.ready.wait();
        self.meet();
        let mine = Loop::time(call);
        self.done.wait();
        let other = self.result.lock().expect("no panic").take().expect("a result");
        (mine, other)
    }

    fn stop(&self) {
        self.next.store(STOP, Ordering::Release);
        self.ready.wait();
    }
}

/// Tells for limit and scope what one thread takes for a call, what each of two takes, the ratio, and how many rounds counted.
pub fn measure() {
    limit::start();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("threads.scope");
    let recorder = scope::Recorder::builder().ring_size(RING).flush_interval(Duration::from_secs(3600));
    let guard = recorder.log(&path).start().expect("the recorder starts");
    let settle = || guard.flush().expect("the log is written");
    let calls = SUBJECTS.map(|subject| Call::Plain(subject.calls.nothing));
    let pair = Pair {
        next: AtomicUsize::new(0),
        ready: Barrier::new(2),
        spin: AtomicUsize::new(0),
        done: Barrier::new(2),
        result: std::sync::Mutex::new(None),
    };
    let mut rounds: Vec<[(f64, f64); SUBJECTS.len()]> = vec![];
    std::thread::scope(|threads| {
        threads.spawn(|| pair.other(&calls));
        // Until every ring was gone round once.
        for _ in 0..8 {
            calls.iter().enumerate().for_each(|(index, call)| _ = pair.both(index, *call));
            settle();
        }
        // What one thread takes and what two take, of the first try in which the two ran together.
        let measured = |index: usize| {
            (0..TRIES).find_map(|_| {
                let one = Loop::time(calls[index]);
                settle();
                let (mine, other) = pair.both(index, calls[index]);
                settle();
                together(mine, other).then(|| (one.per_call(), f64::midpoint(mine.per_call(), other.per_call())))
            })
        };
        for _ in 0..ROUNDS {
            if let (Some(base), Some(limit), Some(scope)) = (measured(0), measured(1), measured(2)) {
                rounds.push([base, limit, scope]);
            }
        }
        pair.stop();
    });
    guard.finish().expect("the log is whole");
    check_scope(&path);
    for index in 1..SUBJECTS.len() {
        let median = |of: fn((f64, f64), (f64, f64)) -> f64| {
            let mut values: Vec<f64> = rounds.iter().map(|round| of(round[0], round[index])).collect();
            if values.is_empty() { f64::NAN } else { clock::median(&mut values) }
        };
        let one = median(|base, call| call.0 - base.0);
        let two = median(|base, call| call.1 - base.1);
        let ratio = median(|base, call| (call.1 - base.1) / (call.0 - base.0));
        child::tell(&[one, two, ratio, rounds.len() as f64]);
    }
}

pub fn run() {
    println!("### Two threads at once\n");
    println!(
        "CPU ns of a thread for one call (entry + exit, nothing captured), net of the untraced call: of one thread alone, and"
    );
    println!(
        "of each of two threads that make the same calls at the same time. Only rounds where both ran all the time count."
    );
    println!("Median of {PASSES} processes of {ROUNDS} rounds.\n");
    let names = &SUBJECTS[1..];
    let mut cells = vec![[const { vec![] }; 4]; names.len()];
    for _ in 0..PASSES {
        for (cells, told) in cells.iter_mut().zip(child::run(&["threads"])) {
            cells
                .iter_mut()
                .zip(told)
                .filter(|(_, number)| !number.is_nan())
                .for_each(|(cell, number)| cell.push(number));
        }
    }
    println!("| | one thread | each of two | ratio | rounds that counted |\n|---|--:|--:|--:|--:|");
    for (subject, [one, two, ratio, rounds]) in names.iter().zip(&mut cells) {
        let all: f64 = rounds.iter().sum();
        if one.is_empty() {
            println!("| {} | – | – | – | {all} |", subject.name);
            continue;
        }
        let [one, two, ratio] = [one, two, ratio].map(|values| clock::median(values));
        println!("| {} | {one:.1} | {two:.1} | {ratio:.3} | {all} |", subject.name);
    }
    println!();
}
