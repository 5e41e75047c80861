//! Removes the logs of a program's earlier runs from its folder, where the configuration says how many are kept.

use crate::info::Process;
use crate::peek;
use crate::rings::rings_of;
use crate::segments::next_of;
use scope_core::hooks;
use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};

/// The files of one run: its log, segments and snapshots.
#[derive(Debug, Default)]
struct Run {
    files: Vec<PathBuf>,
    /// A process writes one of them.
    lives: bool,
}

/// Removes the oldest runs' logs beside `log`, which has just been begun, until with this one's there are `keep`. Only logs with a default name
/// that say that they are this program's, and none of a process that lives.
pub(super) fn remove(log: &Path, process: &Process, keep: u32) {
    let Some(folder) = log.parent() else { return };
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    // By age: the process that began first is the oldest.
    let mut runs: BTreeMap<(u64, u32), Run> = BTreeMap::new();
    for entry in entries.flatten() {
        let path = entry.path();
        // Not through a link, which may lead anywhere.
        if !entry.file_type().is_ok_and(|kind| kind.is_file()) || !is_named(&path, &process.program) {
            continue;
        }
        let Some((of, lives)) = look(&path) else { continue };
        let is_this = (of.start, of.pid) == (process.start, process.pid);
        if of.program == process.program && !is_this {
            let run = runs.entry((of.start, of.pid)).or_default();
            run.lives |= lives;
            run.files.push(path);
        }
    }
    let too_many = (runs.len() + 1).saturating_sub(keep as usize);
    for ((_, pid), run) in runs.into_iter().filter(|(_, run)| !run.lives).take(too_many) {
        for file in run.files {
            // Another process may be about the same.
            _ = std::fs::remove_file(rings_of(&file));
            _ = std::fs::remove_file(next_of(&file, pid));
            _ = std::fs::remove_file(file);
        }
    }
}

/// Whether it has the name of a log of this program, in a folder: `<program>-….scope`.
fn is_named(path: &Path, program: &str) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.strip_prefix(program).is_some_and(|rest| rest.starts_with('-')) && name.ends_with(".scope")
}

/// The process that the log says it is of, and whether somebody writes it. `None`: it is no log that this version can read.
fn look(path: &Path) -> Option<(Process, bool)> {
    let file = File::open(path).ok()?;
    Some((peek::process(&file)?, hooks::is_locked(&file)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::LogWriter;

    #[test]
    fn the_oldest_run_goes_with_all_that_it_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = |name: &str| folder.path().join(name);
        let run = |start| Process { program: "app".to_owned(), pid: 7, start, ..Process::default() };
        // The first one died when it had given its log another name, and the next segment was ready.
        for (name, start) in [("app-1.scope", 1), ("app-2.scope", 2), ("app-3.scope", 3)] {
            drop(LogWriter::create(&path(name), u64::MAX, &run(start)).expect("a log"));
        }
        std::fs::hard_link(path("app-1.scope"), path("app-1.000001.scope")).expect("a second name");
        std::fs::write(path("app-1.scope.7.next"), "").expect("a file");
        std::fs::write(path("app-1.scope.8.next"), "").expect("a file");
        remove(&path("app-3.scope"), &run(3), 2);
        let mut left: Vec<_> = std::fs::read_dir(folder.path())
            .expect("a folder")
            .map(|entry| entry.expect("an entry").file_name().into_string().expect("text"))
            .collect();
        left.sort();
        assert_eq!(left, ["app-1.scope.8.next", "app-2.scope", "app-3.scope"]);
    }
}
