//! `scope-dump slow`: the calls that took longest.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs};
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
    /// How many calls
    #[arg(short = 'n', long, value_name = "N", default_value_t = 10)]
    pub count: usize,
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for SlowArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| {
            let calls = answer.store.slowest(self.count, answer.filter, &mut |error| rendered.note(error));
            slow::render(answer.store, &calls, self.ask.look.format, paint, out)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
