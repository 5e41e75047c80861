//! `scope-dump events`: every event.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, Format, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::objects::Objects;
use crate::render::{events_json, events_text};

/// Every event, one a line, in time order across threads
///
/// A log that is named like a command is read by `scope-dump events tree`.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump events run.scope",
    "scope-dump events run.scope --function '*::read' --kind entry,exit,error",
    "scope-dump events run.scope --since 1ms --format json",
]))]
pub(crate) struct EventsArgs {
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for EventsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        let columns = context.columns(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| match self.ask.look.format {
            Format::Text => {
                let look = events_text::Look::of_store(paint, columns, answer.store);
                events_text::render(answer, look, out, rendered)
            }
            format => {
                let mut out = Objects::new(format, out, events_json::COLUMNS)?;
                events_json::render(answer, &mut out, rendered)
            }
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
