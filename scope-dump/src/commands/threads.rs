//! `scope-dump threads`: who recorded what.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::threads;

/// The threads: when each was first and last heard of, what it recorded, what was lost, its deepest stack
///
/// Of several logs, each answers for itself.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump threads run.scope",
    "scope-dump threads run.scope other.scope",
    "scope-dump threads run.scope --format csv",
]))]
pub(crate) struct ThreadsArgs {
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for ThreadsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context
            .ask(&self.ask, |answer, rendered, out| threads::render(answer, self.ask.look.format, paint, out, rendered))
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
