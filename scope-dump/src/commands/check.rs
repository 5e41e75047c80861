//! `scope-dump check`: is it all there?

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::LookArgs;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::check::{self, Report};

/// Reads whole logs, and says what is damaged, torn off, missing or lost, and where
///
/// It ends with 0 where each log is whole, with 3 where one has no end or records were lost, and with 2 where one is damaged or can't be
/// read.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump check run.scope",
    "scope-dump check run.scope other.scope",
    "scope-dump check run.scope --format json",
]))]
pub(crate) struct CheckArgs {
    /// The logs to read
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for CheckArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        let mut report = Report::new(self.look.format, paint, context.out)?;
        let mut worst = Exit::Success;
        for log in &self.logs {
            worst = worst.or(check::check(log, context.progress, &mut report)?);
        }
        Ok(worst)
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
