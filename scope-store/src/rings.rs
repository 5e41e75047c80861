//! The file that the rings of a recorder live in: see `docs/ring-file.md`.

use std::path::{Path, PathBuf};

/// The file of the rings whose log is `log`.
pub fn rings_of(log: &Path) -> PathBuf {
    let mut path = log.as_os_str().to_owned();
    path.push(".rings");
    path.into()
}
