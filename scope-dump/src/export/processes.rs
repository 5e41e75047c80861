//! The processes whose logs are exported.

use std::collections::BTreeSet;

use scope_store::info;

use crate::log::{LogReader, Store, ThreadDef};

/// How many processes are named in a title.
const NAMED: usize = 3;

/// A process, with its logs: one, or its segments.
#[derive(Debug)]
pub(crate) struct Process<'a> {
    /// Its own, or a free number where a process that was named before has the same.
    pub pid: u32,
    /// What its first log says of it.
    pub header: &'a info::Process,
    pub logs: Vec<&'a LogReader>,
    /// By number, as its last log knows them.
    pub threads: Vec<&'a ThreadDef>,
}

/// The processes of these logs, by their numbers in the store.
pub(crate) fn processes(store: &Store) -> Vec<Process<'_>> {
    let own: BTreeSet<u32> = store.logs().iter().map(|log| log.header().pid).collect();
    let mut taken = BTreeSet::new();
    let of = |process| {
        let logs = store.logs().iter().enumerate().filter(move |(log, _)| store.process(*log) == process);
        let logs: Vec<&LogReader> = logs.map(|(_, log)| log).collect();
        let header = logs.first()?.header();
        let mut pids = (header.pid..=u32::MAX).chain(1..header.pid);
        let pid = pids.find(|pid| (*pid == header.pid || !own.contains(pid)) && taken.insert(*pid))?;
        let threads = store.threads_of(process);
        let threads = threads.filter_map(|id| logs.iter().rev().find_map(|log| log.thread(id))).collect();
        Some(Process { pid, header, logs, threads })
    };
    store.processes().filter_map(of).collect()
}

impl Process<'_> {
    /// The program's name.
    pub fn program(&self) -> &str {
        if self.header.program.is_empty() { "unknown program" } else { &self.header.program }
    }

    /// The program and its process, as titles have them.
    pub fn title(&self) -> String {
        format!("{} ({})", self.header.program, self.pid)
    }

    /// What tells it from others: its log, and its number, where another process has the same.
    pub fn label(&self) -> String {
        let name = self.logs.first().and_then(|log| log.path().file_name()).unwrap_or_default().to_string_lossy();
        if self.pid == self.header.pid { name.into_owned() } else { format!("{name}, process {}", self.header.pid) }
    }

    /// Records that are known to be lost.
    pub fn lost(&self) -> u64 {
        self.logs.iter().fold(0, |lost, log| lost.saturating_add(log.lost()))
    }
}

/// What all of them are called together.
pub(crate) fn title(processes: &[Process<'_>]) -> String {
    let names: Vec<String> = processes.iter().take(NAMED).map(Process::title).collect();
    let more = processes.len().saturating_sub(NAMED);
    let more = if more > 0 { format!(" and {more} more") } else { String::new() };
    format!("{}{more}", names.join(", "))
}

/// What a thread is called where there may be several processes: `main (1)`, `main (1) of shop (4711)`.
pub(crate) fn thread_of(processes: &[Process<'_>], process: &Process<'_>, def: &ThreadDef) -> String {
    let name = thread_name(def);
    if processes.len() > 1 { format!("{name} of {}", process.title()) } else { name }
}

/// What a thread is called among those of one process: `main (1)`.
fn thread_name(def: &ThreadDef) -> String {
    match &def.name {
        Some(name) => format!("{name} ({})", def.id.0),
        None => format!("thread {}", def.id.0),
    }
}
