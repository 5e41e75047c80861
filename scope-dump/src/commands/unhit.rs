//! `scope-dump unhit`: what of a program was never recorded.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::unhit;

/// The functions of a program that the log has no event of: those that were woven, and never hit
///
/// Of several logs of one program, those that none has an event of. Logs of several programs answer for each.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump unhit run.scope",
    "scope-dump unhit run.scope other.scope",
    "scope-dump unhit run.scope --format json",
]))]
pub(crate) struct UnhitArgs {
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// The file of the program, or of a library that it loads [default: the one that wrote the log]
    #[arg(short, long, value_name = "FILE")]
    pub program: Option<PathBuf>,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for UnhitArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let look = (self.look.format, context.paint(&self.look));
        context.read(&self.logs, &SelectArgs::default(), |answer, rendered, out| {
            unhit::render(answer.store, self.program.as_deref(), look, out, rendered)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
