//! The commands, one file each: its arguments, and what it does with them.

pub(crate) mod at;
pub(crate) mod call;
pub(crate) mod check;
pub(crate) mod completions;
pub(crate) mod errors;
pub(crate) mod events;
pub(crate) mod follow;
pub(crate) mod history;
pub(crate) mod info;
pub(crate) mod man;
pub(crate) mod recover;
pub(crate) mod report;
pub(crate) mod slow;
pub(crate) mod threads;
pub(crate) mod tree;

use crate::cli::LookArgs;
use crate::context::Context;
use crate::error::DumpError;
use crate::exit::Exit;

/// A command with its arguments.
pub(crate) trait Run {
    /// Does it.
    fn run(&self, context: &mut Context<'_>) -> Result<Exit, DumpError>;

    /// How what it shows should look. `None`: its output is no text for people, and is left as it is.
    fn look(&self) -> Option<&LookArgs> {
        None
    }

    /// May a pager show its output?
    fn is_paged(&self) -> bool {
        self.look().is_some_and(|look| !look.no_pager)
    }
}
