//! `scope-dump history`: the values of one variable.

use std::path::PathBuf;

use clap::Args;

use super::Run;
use crate::cli::{LookArgs, SelectArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::log::query;
use crate::render::history;

/// Each value that a variable, an argument, a field or a state had: what it was, and what it became
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump history number run.scope",
    "scope-dump history even run.scope --changes --function '*::ways'",
    "scope-dump history ret run.scope --where 'ret is Err'",
]))]
pub(crate) struct HistoryArgs {
    /// The variable, or a part of it, as in a condition: `total`, `args.order.items[0].price`, `ret`
    #[arg(value_name = "VARIABLE", value_parser = path)]
    pub variable: query::Path,
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// Only where the value is another one than before in the same call
    #[arg(long)]
    pub changes: bool,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

fn path(text: &str) -> Result<query::Path, String> {
    text.parse().map_err(|error| format!("\n  {error}").replace('\n', "\n  "))
}

impl Run for HistoryArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.look);
        context
            .ask(&self.logs, &self.select, |answer, rendered, out| history::render(answer, self, paint, out, rendered))
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.look)
    }
}
