//! Which logs are of one process.

use crate::reader::LogReader;
use std::path::{Path, PathBuf};

/// Gives each log the number of its process, and sorts them: processes as they were named first, the segments of one as they follow
/// each other. A segment that is there twice is kept once: a process that dies while it cuts its log leaves one under two names.
pub(super) fn sort(logs: &mut Vec<LogReader>) -> Vec<usize> {
    let mut known: Vec<Process> = Vec::new();
    let mut numbered: Vec<(usize, Place, LogReader)> = Vec::new();
    for log in logs.drain(..) {
        let process = Process::of(&log);
        let number = known.iter().position(|other| other.is(&process)).unwrap_or_else(|| {
            known.push(process);
            known.len() - 1
        });
        numbered.push((number, Place::of(&log), log));
    }
    numbered.sort_by_key(|(number, place, _)| (*number, *place));
    numbered.dedup_by(|a, b| {
        let same_segment = a.0 == b.0 && a.1.segment == b.1.segment;
        same_segment && (a.1.segment > 0 || a.1.begins == b.1.begins && name(a.2.path()) == name(b.2.path()))
    });
    let processes = numbered.iter().map(|(number, ..)| *number).collect();
    logs.extend(numbered.into_iter().map(|(.., log)| log));
    processes
}

/// What tells a process from others.
struct Process {
    pid: u32,
    program: String,
    start: u64,
    /// Its log without the number of a segment.
    name: PathBuf,
    /// A snapshot has what other logs of the process may have, too: it stands by itself.
    is_snapshot: bool,
}

impl Process {
    fn of(log: &LogReader) -> Self {
        let header = log.header();
        let is_snapshot = header.setting("snapshot").is_some();
        let (pid, start) = (header.pid, header.start);
        Self { pid, program: header.program.clone(), start, name: name(log.path()), is_snapshot }
    }

    /// The start is the process's, or its segment's: then the name tells which it is.
    fn is(&self, other: &Self) -> bool {
        let told = self.pid != 0 && self.pid == other.pid && self.program == other.program;
        let whole = !self.is_snapshot && !other.is_snapshot;
        told && whole && (self.start == other.start || self.name == other.name && !self.name.as_os_str().is_empty())
    }
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

/// `run.scope` of `run.3.scope`.
fn name(path: &Path) -> PathBuf {
    let Some(stem) = path.file_stem().map(Path::new) else { return PathBuf::new() };
    let is_number = |end: &str| !end.is_empty() && end.bytes().all(|b| b.is_ascii_digit());
    match stem.extension().and_then(|end| end.to_str()) {
        Some(end) if is_number(end) => path.with_file_name(stem.with_extension("")).with_extension("scope"),
        _ => path.to_owned(),
    }
}
