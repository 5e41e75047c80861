//! The arguments, checked: what the renderers work from.

use std::path::PathBuf;

use clap::ColorChoice;

use crate::cli::{Cli, Command, Format, LookArgs, SelectArgs};
use crate::paint::Paint;

/// What to show, and how.
#[derive(Debug)]
pub(crate) struct Options {
    pub log: PathBuf,
    pub view: View,
    pub format: Format,
    pub paint: Paint,
    pub select: SelectArgs,
}

/// The views.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum View {
    Events,
    Tree { details: bool, fold: Option<u32> },
    Info,
}

impl Options {
    /// `terminal`: is the output one?
    pub fn new(cli: Cli, terminal: bool) -> Option<Self> {
        let mut width = usize::MAX;
        let (log, view, select, look) = match (cli.command, cli.log) {
            (Some(Command::Tree(args)), _) => {
                width = if args.width == 0 { usize::MAX } else { args.width };
                (args.log, View::Tree { details: args.details, fold: args.fold }, args.select, args.look)
            }
            (Some(Command::Info(args)), _) => (args.log, View::Info, SelectArgs::default(), args.look),
            (Some(Command::Events(args)), _) => (args.log, View::Events, args.select, args.look),
            (None, Some(log)) => (log, View::Events, cli.select, cli.look),
            // It shows nothing.
            (Some(Command::Recover(_) | Command::Export(_)), _) | (None, None) => return None,
        };
        let LookArgs { format, color } = look;
        let on = format == Format::Text
            && match color {
                ColorChoice::Always => true,
                ColorChoice::Never => false,
                ColorChoice::Auto => terminal && colour_wanted(),
            };
        Some(Self { log, view, format, paint: Paint { on, width }, select })
    }
}

/// Does the environment leave colour on? `NO_COLOR` set to anything but nothing switches it off, and so does a
/// terminal that calls itself dumb.
pub(crate) fn colour_wanted() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    set("NO_COLOR").is_none() && set("TERM").is_none_or(|term| term != "dumb")
}
