//! `scope-dump events`: every event.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{Format, LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::objects::Objects;
use crate::render::{events_json, events_text};

/// Every event, one a line, in time order across threads
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump events run.scope",
    "scope-dump events run.scope --function '*::read' --kind entry,exit,error",
    "scope-dump events run.scope --since 1ms --format json",
]))]
pub(crate) struct EventsArgs {
    /// The logs to read: segments, or logs of several processes (one named like a command: `scope-dump events tree`)
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

impl Run for EventsArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        let columns = context.columns(&self.look);
        context.ask(&self.logs, &self.select, |answer, rendered, out| match self.look.format {
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
        Some(&self.look)
    }
}
