//! `scope-dump report`: what the calls of each function come to.

use clap::{Args, ValueEnum};

use super::Run;
use crate::cli::{AskArgs, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::render::report;

/// Statistics of each function: calls, errors, panics, total and own time, percentiles
///
/// A percentile is at most 1.6 % off. `self` is the time in the function without the calls that it made. A call inside another one of the
/// same function is not counted again in `total`. Waits are a part of the time of async calls.
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump report run.scope",
    "scope-dump report run.scope other.scope",
    "scope-dump report run.scope --sort p99 --top 10",
    "scope-dump report run.scope --where 'ret is Err' --format csv",
]))]
pub(crate) struct ReportArgs {
    /// What comes first: the functions with the most of this
    #[arg(long, value_enum, default_value_t = Sort::Total)]
    pub sort: Sort,
    /// Only the first N functions
    #[arg(long, value_name = "N")]
    pub top: Option<usize>,
    #[command(flatten)]
    pub ask: AskArgs,
}

/// What functions are sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Sort {
    Total,
    #[value(name = "self")]
    Own,
    Calls,
    P50,
    P90,
    P99,
    Max,
    Errors,
    Panics,
    Name,
}

impl Run for ReportArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let paint = context.paint(&self.ask.look);
        context.ask(&self.ask, |answer, rendered, out| {
            let statistics = answer.store.statistics(answer.filter, &mut |error| rendered.note(error));
            report::render(statistics, self, paint, out)
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
