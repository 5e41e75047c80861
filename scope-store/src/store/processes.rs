//! Which logs are of one process.

use crate::reader::LogReader;
use std::path::{Path, PathBuf};

/// Gives each log the number of its process, and sorts them: processes as they were named first, the segments of one as they follow
/// each other.
pub(super) fn sort(logs: &mut Vec<LogReader>) -> Vec<usize> {
    let mut known: Vec<Process> = Vec::new();
    let mut numbered: Vec<(usize, (u64, u64), LogReader)> = Vec::new();
    for log in logs.drain(..) {
        let process = Process::of(&log);
        let number = known.iter().position(|other| other.is(&process)).unwrap_or_else(|| {
            known.push(process);
            known.len() - 1
        });
        numbered.push((number, begins(&log), log));
    }
    numbered.sort_by_key(|(number, begins, _)| (*number, *begins));
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
}

impl Process {
    fn of(log: &LogReader) -> Self {
        let header = log.header();
        Self { pid: header.pid, program: header.program.clone(), start: header.start, name: name(log.path()) }
    }

    /// The start is the process's, or its segment's: then the name tells which it is.
    fn is(&self, other: &Self) -> bool {
        let told = self.pid != 0 && self.pid == other.pid && self.program == other.program;
        told && (self.start == other.start || self.name == other.name && !self.name.as_os_str().is_empty())
    }
}

/// When the first event happened, and which segment it is, the file that is written last being the newest.
fn begins(log: &LogReader) -> (u64, u64) {
    let first = log.threads().filter_map(|thread| log.thread_events(thread.id).find_map(Result::ok)).map(|e| e.time);
    let stem = log.path().file_stem().map(Path::new);
    let number = stem.and_then(Path::extension).and_then(|end| end.to_str()).and_then(|end| end.parse().ok());
    (first.min().unwrap_or(log.header().start), number.unwrap_or(u64::MAX))
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
