//! `scope-dump slow`: the calls that took longest.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::slow;

/// The calls that took longest, with arguments and results
///
/// A condition is asked of a whole call: of its arguments, its result and its duration.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump slow run.scope",
    "scope-dump slow run.scope -n 3 --function '*::read'",
    "scope-dump slow run.scope --where 'duration > 1us and not ret is Err'",
]))]
pub(crate) struct SlowArgs {
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// How many calls
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub count: usize,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for SlowArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        context.ask(&self.logs, &self.select, |answer, rendered, out| {
            let calls = answer.store.slowest(self.count, answer.filter, &mut |error| rendered.note(error));
            slow::render(answer.store, &calls, self.look.format, paint, out)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
