//! Which files are read: those that were named, and the further segments beside them.

use super::processes;
use crate::error::ReadError;
use crate::reader::LogReader;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Opens the logs, and their further segments. Each file once.
pub(super) fn open(paths: Vec<PathBuf>) -> Result<Vec<LogReader>, ReadError> {
    let mut logs: Vec<LogReader> = Vec::new();
    let mut taken: Vec<PathBuf> = Vec::new();
    for path in paths {
        let itself = whole(&path);
        if taken.contains(&itself) {
            continue;
        }
        let named = LogReader::open(&path)?;
        let at = logs.len();
        taken.push(itself);
        logs.push(named);
        for path in further(&path) {
            let itself = whole(&path);
            if taken.contains(&itself) {
                continue;
            }
            match LogReader::open(&path) {
                Ok(log) if processes::are_same(&logs[at], &log) => {
                    taken.push(itself);
                    logs.push(log);
                }
                // One that an earlier run left there is another log, which was not asked for here.
                Ok(_) => {}
                Err(error) if is_of_others(&error) => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(logs)
}

/// The path by which a file is known, however it was named.
fn whole(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_owned())
}

/// Does what can't be opened, and was not asked for, belong to nobody, or to another process?
fn is_of_others(error: &ReadError) -> bool {
    match error {
        // Logs are cleaned up while others read them.
        ReadError::Open { source, .. } => matches!(source.kind(), ErrorKind::NotFound | ErrorKind::IsADirectory),
        // Segments have their names once they are whole, and all of a process have one format.
        ReadError::Empty { .. } | ReadError::NotALog { text_mode: false, .. } | ReadError::Version { .. } => true,
        _ => false,
    }
}

/// The files `NAME.<number>.scope` beside `NAME.scope`, by number.
fn further(path: &Path) -> Vec<PathBuf> {
    let (Some(stem), Some("scope")) = (path.file_stem(), path.extension().and_then(|end| end.to_str())) else {
        return Vec::new();
    };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut found = BTreeMap::new();
    for entry in entries.flatten() {
        let name = PathBuf::from(entry.file_name());
        let (Some(of), Some("scope")) = (name.file_stem(), name.extension().and_then(|end| end.to_str())) else {
            continue;
        };
        let of = Path::new(of);
        let digits = of.extension().and_then(|end| end.to_str()).filter(|end| end.bytes().all(|b| b.is_ascii_digit()));
        if of.file_stem() == Some(stem)
            && let Some(number) = digits.and_then(|digits| digits.parse::<u64>().ok())
        {
            found.insert(number, folder.join(&name));
        }
    }
    found.into_values().collect()
}
