//! The work: batches of lines, shared out to threads.

use std::any::Any;
use std::io;
use std::panic::{self, AssertUnwindSafe};
use std::thread;

use crate::parse::{BadRecord, Reading};

/// Lines of the file that belong together.
#[derive(Clone, Copy, Debug)]
pub struct Batch<'a> {
    /// The number of its first line in the file, from 1.
    pub first: usize,
    pub lines: &'a [&'a str],
}

/// What became of a batch.
#[derive(Debug, Default)]
pub struct Outcome {
    pub readings: Vec<Reading>,
    /// The number of the line, and what is wrong with it.
    pub rejected: Vec<(usize, BadRecord)>,
    /// The most records that a station sent in an hour.
    pub rate: u64,
    /// The bug that ended the work on it.
    pub failed: Option<String>,
}

/// The lines of the file, owned by a list that batches can borrow from.
pub struct Batches<'a> {
    lines: Vec<&'a str>,
    size: usize,
}

/// The records of the file, its heading aside, in batches of `size`.
pub fn split(text: &str, size: usize) -> Batches<'_> {
    Batches { lines: text.lines().skip(1).collect(), size }
}

impl Batches<'_> {
    fn iter(&self) -> impl Iterator<Item = Batch<'_>> {
        let first = |index| 2 + index * self.size;
        self.lines.chunks(self.size).enumerate().map(move |(index, lines)| Batch { first: first(index), lines })
    }
}

/// Works on all batches with `workers` threads.
pub fn work(batches: &Batches<'_>, workers: usize) -> io::Result<Vec<Outcome>> {
    thread::scope(|scope| {
        let mut threads = Vec::new();
        for number in 0..workers {
            let mine: Vec<_> = batches.iter().skip(number).step_by(workers).collect();
            let thread = thread::Builder::new().name(format!("worker-{}", number + 1));
            threads.push(thread.spawn_scoped(scope, move || worker(&mine))?);
        }
        Ok(threads.into_iter().flat_map(|thread| thread.join().unwrap_or_default()).collect())
    })
}

/// What one thread does.
fn worker(batches: &[Batch<'_>]) -> Vec<Outcome> {
    batches.iter().map(|batch| checks::survive(*batch)).collect()
}

/// Every function of an inline module is recorded by one attribute.
#[scope::instrument]
mod checks {
    use super::*;

    /// A bug that one batch brings to light must not cost the others.
    pub fn survive(batch: Batch<'_>) -> Outcome {
        match panic::catch_unwind(AssertUnwindSafe(|| check(batch.first, batch.lines))) {
            Ok(outcome) => outcome,
            Err(panic) => Outcome { failed: Some(message(&*panic)), ..Outcome::default() },
        }
    }

    /// Tells the good records of a batch from the bad ones.
    fn check(first: usize, lines: &[&str]) -> Outcome {
        let mut outcome = Outcome::default();
        for (index, line) in lines.iter().enumerate() {
            match line.parse::<Reading>() {
                Ok(reading) => outcome.readings.push(reading),
                Err(problem) => outcome.rejected.push((first + index, problem)),
            }
        }
        for pair in outcome.readings.windows(2) {
            if pair[0].station == pair[1].station {
                outcome.rate = outcome.rate.max(rate(pair[0].time, pair[1].time));
            }
        }
        outcome
    }

    /// How many records an hour that makes. The bug: a clock that stands still.
    fn rate(earlier: u64, later: u64) -> u64 {
        3600 / (later - earlier)
    }

    #[scope::skip]
    fn message(panic: &(dyn Any + Send)) -> String {
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned())
            .unwrap_or_else(|| "a panic without a message".to_owned())
    }
}
