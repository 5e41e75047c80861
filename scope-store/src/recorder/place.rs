//! Where a log goes: the file named, or a default name in the folder named; never over another file.

use scope_core::utils::civil_from_days;
use std::path::{Path, PathBuf};

/// The paths to try for a log that is wanted at `wanted`, the first free one to be taken.
///
/// `wanted` is a folder where it ends in a separator or is one; the name then is `<program>-<time>-<pid>.scope`, the time in UTC as
/// `20260131-123005`. A name that is taken gets a number: `run.scope`, `run-2.scope`, …
pub(super) fn candidates(
    wanted: &Path,
    program: &str,
    start_ns: u64,
    pid: u32,
) -> impl Iterator<Item = PathBuf> + use<> {
    let file = if is_folder(wanted) {
        wanted.join(format!("{program}-{}-{pid}.scope", compact_utc(start_ns / 1_000_000_000)))
    } else {
        wanted.to_owned()
    };
    (1_u32..=9999).map(move |n| if n == 1 { file.clone() } else { numbered(&file, n) })
}

/// Whether `path` names a folder for a log.
pub(super) fn is_folder(path: &Path) -> bool {
    path.is_dir() || path.as_os_str().to_string_lossy().ends_with(std::path::is_separator)
}

fn numbered(file: &Path, n: u32) -> PathBuf {
    beside(file, &n.to_string())
}

/// `run-more.scope` of `run.scope`.
pub(crate) fn beside(file: &Path, more: &str) -> PathBuf {
    let mut name = file.file_stem().unwrap_or_default().to_owned();
    name.push(format!("-{more}"));
    if let Some(extension) = file.extension() {
        name.push(".");
        name.push(extension);
    }
    file.with_file_name(name)
}

/// `20260131-123005` of seconds since the Unix epoch.
fn compact_utc(seconds: u64) -> String {
    let second = seconds % 86400;
    let (year, month, day) = civil_from_days(seconds / 86400);
    format!("{year:04}{month:02}{day:02}-{:02}{:02}{:02}", second / 3600, second / 60 % 60, second % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_utc() {
        assert_eq!(compact_utc(0), "19700101-000000");
        assert_eq!(compact_utc(951_782_400), "20000229-000000");
        assert_eq!(compact_utc(1_769_862_605), "20260131-123005");
        assert_eq!(compact_utc(4_107_542_399), "21000228-235959");
    }

    #[test]
    fn a_file_is_taken_as_named_and_then_numbered() {
        let mut paths = candidates(Path::new("no-such-dir/run.scope"), "p", 0, 7);
        assert_eq!(paths.next(), Some(PathBuf::from("no-such-dir/run.scope")));
        assert_eq!(paths.next(), Some(PathBuf::from("no-such-dir/run-2.scope")));
        assert_eq!(candidates(Path::new("run"), "p", 0, 7).nth(2), Some(PathBuf::from("run-3")));
    }

    #[test]
    fn a_folder_gets_the_default_name() {
        let folder = std::env::temp_dir();
        let name = "p-19700101-000000-7.scope";
        assert_eq!(candidates(&folder, "p", 0, 7).next(), Some(folder.join(name)));
        assert_eq!(candidates(Path::new("new/"), "p", 0, 7).next(), Some(Path::new("new").join(name)));
    }
}
