//! `scope-dump recover`: a whole copy of a log.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use scope_store::reader::RepairError;

use super::Run;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::log::LogReader;
use crate::private::private;
use crate::report::say;

/// Writes a whole copy of a damaged log, or of one whose program died, with what was still in its rings
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump recover run.scope", "scope-dump recover run.scope -o whole.scope"]))]
pub(crate) struct RecoverArgs {
    /// The log to read; it stays as it is
    pub log: PathBuf,
    /// The file to write, which must not exist [default: the log's name with `.recovered.scope` at its end]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl Run for RecoverArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        recover(self, context.err)
    }
}

/// Writes the copy and says what is in it.
fn recover(args: &RecoverArgs, err: &mut dyn Write) -> Result<Exit, DumpError> {
    let reader = LogReader::scan(&args.log)?;
    let path = args.output.clone().unwrap_or_else(|| beside(&args.log));
    let failed = |source| DumpError::Copy { path: path.clone(), source };
    let file = private().create_new(true).open(&path).map_err(failed)?;
    let left = reader.repair(&mut BufWriter::new(file)).map_err(|error| {
        // Half a copy would be taken for a whole one. It is ours: it was not there before.
        _ = fs::remove_file(&path);
        match error {
            RepairError::Read(error) => DumpError::Log(error),
            RepairError::Write(error) => failed(error),
            other => failed(io::Error::other(format!("{other:?}"))),
        }
    })?;
    let events = count(reader.recovered(), "event");
    let text = format!("`{}`: {events} from rings added, {} left out", path.display(), count(left, "byte"));
    say(err, &text);
    Ok(Exit::Success)
}

fn count(number: u64, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

fn beside(log: &Path) -> PathBuf {
    let mut path = log.with_extension("").into_os_string();
    path.push(".recovered.scope");
    path.into()
}
