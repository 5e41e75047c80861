//! `scope-dump errors`: where errors come from, and where they go.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs};
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
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for ErrorsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context
            .ask(&self.ask, |answer, rendered, out| errors::render(answer, self.ask.look.format, paint, out, rendered))
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
