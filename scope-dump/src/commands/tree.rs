//! `scope-dump tree`: the calls.

use clap::Args;

use super::Run;
use crate::cli::{AskArgs, Format, LookArgs};
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::{self, Exit};
use crate::paint::Paint;
use crate::render::objects::Objects;
use crate::render::{tree_json, tree_text};

/// The calls of each thread, indented, with arguments, results and durations
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump tree run.scope",
    "scope-dump tree run.scope --fold 3 --function '*::read'",
    "scope-dump tree run.scope --details --thread 1",
]))]
pub(crate) struct TreeArgs {
    /// Show lines, variables and expressions too
    #[arg(long)]
    pub details: bool,
    /// Fold what repeats: show the first N of successive calls of one function, then only how many more there were; calls
    /// that returned an `Err`, left early, panicked or lost something are always shown (text only)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub fold: Option<u32>,
    /// The most characters of a value, 0 for all (text only)
    #[arg(long, value_name = "N", default_value_t = 72)]
    pub value_width: usize,
    #[command(flatten)]
    pub ask: AskArgs,
}

impl Run for TreeArgs {
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError> {
        let width = if self.value_width == 0 { usize::MAX } else { self.value_width };
        let paint = Paint { width, ..context.paint(&self.ask.look) };
        context.ask(&self.ask, |answer, rendered, out| {
            let details = self.details || !answer.filter.kinds.is_empty();
            let look = tree_text::Look { details, fold: self.fold, paint };
            match self.ask.look.format {
                Format::Text => tree_text::render(answer, look, out, rendered),
                format => {
                    let mut out = Objects::new(format, out, tree_json::COLUMNS)?;
                    tree_json::render(answer, details, &mut out, rendered)
                }
            }
        })
    }

    fn look(&self) -> Option<&LookArgs> {
        Some(&self.ask.look)
    }
}
