//! Which logs are of one process.

use crate::reader::LogReader;
use std::path::Path;

/// Gives each log the number of its process, and sorts them: processes as they were named first, the segments of one as they follow
/// each other. A segment that is there twice is kept once: a process that dies while it cuts its log leaves one under two names.
pub(super) fn sort(logs: &mut Vec<LogReader>) -> Vec<usize> {
    let mut known: Vec<Option<Process>> = Vec::new();
    let mut numbered: Vec<(usize, Place, LogReader)> = Vec::new();
    for log in logs.drain(..) {
        let process = Process::of(&log);
        let number = known.iter().position(|other| process.is_some() && *other == process).unwrap_or_else(|| {
            known.push(process);
            known.len() - 1
        });
        numbered.push((number, Place::of(&log), log));
    }
    numbered.sort_by_key(|(number, place, _)| (*number, *place));
    numbered.dedup_by(|a, b| {
        let same_segment = a.0 == b.0 && a.1.segment == b.1.segment;
        same_segment && (a.1.segment > 0 || a.1.begins == b.1.begins)
    });
    let processes = numbered.iter().map(|(number, ..)| *number).collect();
    logs.extend(numbered.into_iter().map(|(.., log)| log));
    processes
}

/// What tells a process from others. Its number alone would not: in a container each run's is 1.
#[derive(PartialEq, Eq)]
struct Process {
    pid: u32,
    start: u64,
    program: String,
}

impl Process {
    /// `None`: the log stands by itself. A snapshot has what other logs of the process may have, too; where the head is damaged it is not known.
    fn of(log: &LogReader) -> Option<Self> {
        let header = log.header();
        let stands_alone = header.pid == 0 || header.setting("snapshot").is_some();
        (!stands_alone).then(|| Self { pid: header.pid, start: header.start, program: header.program.clone() })
    }
}

/// Whether both logs are of one process: segments of one log.
pub(super) fn are_same(a: &LogReader, b: &LogReader) -> bool {
    Process::of(a).is_some_and(|process| Some(process) == Process::of(b))
}

/// Where a log stands among those of its process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Place {
    /// Its number, as the log says it; 0: it does not.
    segment: u64,
    /// When it began.
    begins: u64,
    /// The number in its name; the file without one is the newest.
    name: u64,
}

impl Place {
    fn of(log: &LogReader) -> Self {
        let segment = log.header().setting("segment").and_then(|number| number.parse().ok()).unwrap_or(0);
        let begins = log.span().map_or(log.header().start, |(first, _)| first);
        let stem = log.path().file_stem().map(Path::new);
        let number = stem.and_then(Path::extension).and_then(|end| end.to_str()).and_then(|end| end.parse().ok());
        Self { segment, begins, name: number.unwrap_or(u64::MAX) }
    }
}
