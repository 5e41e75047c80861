//! Files that are written.

use std::fs::OpenOptions;

/// To open a file that is as private as the log is: it holds the same values.
pub(crate) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
