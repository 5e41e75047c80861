//! `scope-dump info`: what log this is.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::LookArgs;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::log::LogReader;
use crate::render::Rendered;
use crate::render::info::Report;
use crate::report;

/// What program left the log, how much is in it, and what was lost or damaged
///
/// Each log answers for itself, and one that can't be opened does not keep the others from it.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump info run.scope",
    "scope-dump info run.scope other.scope",
    "scope-dump info run.scope --format json",
]))]
pub(crate) struct InfoArgs {
    /// The logs to read
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for InfoArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        let mut worst = Exit::Success;
        let mut report = Report::new(self.look.format, paint, self.logs.len() > 1, context.out)?;
        for path in &self.logs {
            // Also what is not read for the events may be damaged.
            let exit = match LogReader::scan(path) {
                Ok(reader) => {
                    let mut rendered = Rendered::new(context.progress);
                    rendered.damage(&reader);
                    context.progress.expect(reader.totals().map_or(0, |totals| totals.counts.all()));
                    report.log(&reader, &mut rendered)?;
                    // Before what is said of it.
                    report.flush()?;
                    report::state(context.err, &reader, &rendered)
                }
                Err(error) => {
                    let error = DumpError::Log(error);
                    report::error(context.err, &error);
                    error.exit()
                }
            };
            worst = worst.or(exit);
        }
        Ok(worst)
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
