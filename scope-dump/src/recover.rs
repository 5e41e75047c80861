//! `scope-dump recover`: a whole copy of a log.

use std::fs::{File, OpenOptions};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use scope_store::reader::RepairError;

use crate::cli::RecoverArgs;
use crate::error::DumpError;
use crate::exit::Exit;
use crate::log::LogReader;
use crate::report::say;

/// Writes the copy and says what is in it.
pub(crate) fn recover(args: &RecoverArgs, err: &mut dyn Write) -> Result<Exit, DumpError> {
    let reader = LogReader::open(&args.log)?;
    let path = args.output.clone().unwrap_or_else(|| beside(&args.log));
    let failed = |source| DumpError::Copy { path: path.clone(), source };
    let file = create(&path).map_err(failed)?;
    let left = reader.repair(&mut BufWriter::new(file)).map_err(|error| match error {
        RepairError::Read(error) => DumpError::Log(error),
        RepairError::Write(error) => failed(error),
        other => failed(std::io::Error::other(format!("{other:?}"))),
    })?;
    let rings = reader.recovered();
    say(err, &format!("`{}`: {rings} events from rings added, {left} bytes left out", path.display()));
    Ok(Exit::Success)
}

/// As private as the log is.
fn create(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn beside(log: &Path) -> PathBuf {
    let mut path = log.with_extension("").into_os_string();
    path.push(".recovered.scope");
    path.into()
}
