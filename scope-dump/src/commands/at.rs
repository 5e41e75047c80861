//! `scope-dump at`: what was known at an event.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::ids;
use crate::log::ThreadId;
use crate::render::at;

/// The state at an event: the calls that were open, what their variables were last, and the source line
///
/// The source is read where the program ran, or here; of a file that was changed since that is said.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump at 1:5 run.scope", "scope-dump at 1:5 run.scope --format json"]))]
pub(crate) struct AtArgs {
    /// The event: its thread, and its number there, as `events` shows them
    #[arg(value_name = "EVENT", value_parser = ids::event)]
    pub event: (ThreadId, u64),
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// Lines of source before and behind the event's
    #[arg(short = 'C', long, value_name = "LINES", default_value_t = 2)]
    pub around: u32,
    /// Of the open calls, only those that this says are shown
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for AtArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        context.ask(&self.logs, &self.select, |answer, rendered, out| {
            let found = at::render(answer, self, paint, out, rendered)?;
            if found { Ok(()) } else { Err(DumpError::Usage("there is no such event in these logs".to_owned())) }
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
