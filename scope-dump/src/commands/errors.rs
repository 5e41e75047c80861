//! `scope-dump errors`: where errors come from, and where they go.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::errors;

/// Each error and each panic: from where it was born, through every `?` that it passed, to where it was handled
///
/// Which failure a call goes on with is told by its value, else it is that of the call that ended last in it. A selection lets through
/// those errors that one of the selected calls failed with.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump errors run.scope",
    "scope-dump errors run.scope --where 'error is ParseIntError'",
    "scope-dump errors run.scope --function '*::read' --format json",
]))]
pub(crate) struct ErrorsArgs {
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for ErrorsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        context.ask(&self.logs, &self.select, |answer, rendered, out| {
            errors::render(answer, self.look.format, paint, out, rendered)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
