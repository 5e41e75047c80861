//! `scope-dump call`: one call.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::ids::{self, Which};
use crate::render::call;

/// One call: the calls around it, and all that happened in it, with lines and values
#[derive(Debug, Args)]
#[command(after_help = exit::help(&["scope-dump call 1.2 run.scope", "scope-dump call 1:5 run.scope --format json"]))]
pub(crate) struct CallArgs {
    /// The call: its number in JSON, its thread and its number there (`1.17`), or an event in it (`1:1024`)
    #[arg(value_name = "CALL", value_parser = ids::which)]
    pub call: Which,
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for CallArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| {
            let found = call::render(answer, self, paint, out, rendered)?;
            if found { Ok(()) } else { Err(DumpError::Usage("there is no such call in these logs".to_owned())) }
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
