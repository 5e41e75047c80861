//! `scope-dump info`: what log this is.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::LookArgs;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::log::LogReader;
use crate::render::info;

/// What program left the log, how much is in it, and what was lost or damaged
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump info run.scope", "scope-dump info run.scope --format json"]))]
pub(crate) struct InfoArgs {
    /// The log to read
    pub log: PathBuf,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for InfoArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        // Also what is not read for the events may be damaged.
        let reader = LogReader::scan(&self.log)?;
        context.show_opened(&self.log, reader, |reader, rendered, out| {
            info::render(reader, self.look.format, paint, out, rendered)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
