//! `scope-dump completions`: what a shell completes commands and options with.

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use super::Run;
use crate::cli::Cli;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};

/// Writes the completions of commands and options for a shell
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump completions bash > scope-dump.bash", "scope-dump completions fish"]))]
pub(crate) struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

impl Run for CompletionsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        // It would panic where the output can't be written.
        let mut script = Vec::new();
        generate(self.shell, &mut Cli::command(), "scope-dump", &mut script);
        context.out.write_all(&script)?;
        Ok(Exit::Success)
    }
}
