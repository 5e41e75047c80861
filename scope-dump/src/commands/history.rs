//! `scope-dump history`: the values of one variable.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, LookArgs, condition};
use crate::context::{Context, unknown_names};
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
    #[arg(value_name = "VARIABLE", value_parser = condition::<query::Path>)]
    pub variable: query::Path,
    /// Only where the value is another one than before in the same call
    #[arg(long)]
    pub changes: bool,
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for HistoryArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| {
            rendered.remarks.extend(unknown_names(answer.store, self.variable.name()));
            history::render(answer, self, paint, out, rendered)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
