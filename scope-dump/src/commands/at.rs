//! `scope-dump at`: what was known at an event.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::ids;
use crate::log::ThreadId;
use crate::render::at;

/// The state at an event: the calls that were open, what their variables were last, and the source line
///
/// The source is read where the program ran, or here; of a file that was changed since that is said. A selection chooses among the open calls.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump at 1:5 run.scope", "scope-dump at 1:5 run.scope --format json"]))]
pub(crate) struct AtArgs {
    /// The event: its thread, and its number there, as `events` shows them
    #[arg(value_name = "EVENT", value_parser = ids::event)]
    pub event: (ThreadId, u64),
    /// Lines of source before and behind the event's
    #[arg(short = 'C', long, value_name = "LINES", default_value_t = 2)]
    pub around: u32,
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for AtArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| {
            let found = at::render(answer, self, paint, out, rendered)?;
            if found { Ok(()) } else { Err(DumpError::Usage("there is no such event in these logs".to_owned())) }
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
