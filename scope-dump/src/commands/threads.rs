//! `scope-dump threads`: who recorded what.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::filter::Filter;
use crate::render::threads;

/// The threads: when each was first and last heard of, what it recorded, what was lost, its deepest stack
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump threads run.scope", "scope-dump threads run.scope --format csv"]))]
pub(crate) struct ThreadsArgs {
    /// The log to read
    pub log: PathBuf,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for ThreadsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        context.show(&self.log, |reader, rendered, out| {
            let filter = Filter::new(&self.select, reader);
            threads::render(reader, &filter, self.look.format, paint, out, rendered)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
