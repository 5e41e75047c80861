//! Which files are read: those that were named, and the further segments beside them.

use crate::error::ReadError;
use crate::reader::LogReader;
use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// Opens the logs, and their further segments.
pub(super) fn open(paths: Vec<PathBuf>) -> Result<Vec<LogReader>, ReadError> {
    let mut logs: Vec<LogReader> = Vec::new();
    let mut seen: Vec<PathBuf> = Vec::new();
    let mut is_new = |path: &Path| {
        let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let is_new = !seen.contains(&path);
        if is_new {
            seen.push(path);
        }
        is_new
    };
    for path in paths {
        if !is_new(&path) {
            continue;
        }
        let named = LogReader::open(&path)?;
        let further = further(&path);
        let process = (named.header().pid, named.header().program.clone());
        logs.push(named);
        for path in further {
            if !is_new(&path) {
                continue;
            }
            match LogReader::open(&path) {
                // One that an earlier run left there is another log, which was not asked for.
                Ok(log) if (log.header().pid, log.header().program.clone()) == process => logs.push(log),
                Ok(_) => {}
                // Logs are cleaned up while others read them.
                Err(ReadError::Open { source, .. }) if source.kind() == ErrorKind::NotFound => {}
                Err(error) => return Err(error),
            }
        }
    }
    Ok(logs)
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
