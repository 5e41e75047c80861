//! The command line as typed.

use std::path::PathBuf;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use crate::exit;
use crate::export::{self, ExportArgs};
use crate::log::Kind;
use crate::moment::Moment;
use crate::pattern::{FunctionPattern, ThreadPattern};

/// Shows what is in an event log of scope.
///
/// `scope-dump LOG` is short for `scope-dump events LOG`. Logs are never written to.
#[derive(Debug, Parser)]
#[command(
    name = "scope-dump",
    version,
    after_help = exit::HELP,
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    pub command: Option<Command>,
    /// The log to read
    pub log: Option<PathBuf>,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// The views.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Every event, one a line, in time order across threads
    #[command(after_help = exit::HELP)]
    Events(EventsArgs),
    /// The calls of each thread, indented, with arguments, results and durations
    #[command(after_help = exit::HELP)]
    Tree(TreeArgs),
    /// What program left the log, its threads, how much is in it, and what was lost or damaged
    #[command(after_help = exit::HELP)]
    Info(InfoArgs),
    /// Writes a log for other programs: Perfetto, Chrome's DevTools, speedscope, flame graphs, JSON
    #[command(after_help = export::help())]
    Export(ExportArgs),
    /// Writes a whole copy of a damaged log, or of one whose program died, with what was still in its rings
    #[command(after_help = exit::HELP)]
    Recover(RecoverArgs),
}

/// `events`
#[derive(Debug, Args)]
pub(crate) struct EventsArgs {
    /// The log to read (a log named like a command: `scope-dump events tree`)
    pub log: PathBuf,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// `tree`
#[derive(Debug, Args)]
pub(crate) struct TreeArgs {
    /// The log to read
    pub log: PathBuf,
    /// Show lines, variables and expressions too
    #[arg(long)]
    pub details: bool,
    /// Fold what repeats: show the first N of successive calls of one function, then only how many more there were; calls
    /// that returned an `Err`, left early, panicked or lost something are always shown (text only)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub fold: Option<u32>,
    /// The most characters of a value, 0 for all (text only)
    #[arg(long, value_name = "N", default_value_t = 72)]
    pub width: usize,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
}

/// `info`
#[derive(Debug, Args)]
pub(crate) struct InfoArgs {
    /// The log to read
    pub log: PathBuf,
    #[command(flatten)]
    pub look: LookArgs,
}

/// `recover`
#[derive(Debug, Args)]
pub(crate) struct RecoverArgs {
    /// The log to read; it stays as it is
    pub log: PathBuf,
    /// The file to write, which must not exist [default: the log's name with `.recovered.scope` at its end]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

/// What is shown.
#[derive(Debug, Default, Args)]
pub(crate) struct SelectArgs {
    /// Only functions whose path contains this text, or, with a `*`, matches it as a whole; a tree shows the whole call
    #[arg(short, long, value_name = "PATTERN")]
    pub function: Vec<FunctionPattern>,
    /// Only this thread: its number in the log, or its name (`*` stands for any text)
    #[arg(short, long, value_name = "ID|NAME")]
    pub thread: Vec<ThreadPattern>,
    /// Only these kinds of events
    #[arg(short, long, value_name = "KIND", value_delimiter = ',', value_parser = kind)]
    pub kind: Vec<Kind>,
    /// Only what happened at or after this time: an offset from the log's start (`1.5s`, `20ms`), a time of day (UTC, as
    /// printed by `events`) or an RFC 3339 time
    #[arg(long, value_name = "TIME")]
    pub since: Option<Moment>,
    /// Only what happened at or before this time
    #[arg(long, value_name = "TIME")]
    pub until: Option<Moment>,
}

/// How it is shown.
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    /// Text for people, or one JSON object a line (its fields: docs/dump-json.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Colour; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
}

/// A kind of events, by its name.
fn kind(name: &str) -> Result<Kind, String> {
    Kind::from_name(name).ok_or_else(|| {
        let names: Vec<_> = Kind::ALL.iter().map(|kind| kind.name()).collect();
        format!("no kind of events; there are {}", names.join(", "))
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_parser_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_log_alone_means_events() {
        let cli = Cli::try_parse_from(["scope-dump", "x.scope", "--kind", "entry,exit"]).expect("valid");
        assert!(cli.command.is_none());
        assert_eq!((cli.log, cli.select.kind), (Some(PathBuf::from("x.scope")), vec![Kind::Entry, Kind::Exit]));
    }

    #[test]
    fn a_log_may_be_named_like_a_command() {
        for name in ["tree", "events", "info", "help"] {
            let cli = Cli::try_parse_from(["scope-dump", "events", name]).expect("valid");
            assert!(matches!(cli.command, Some(Command::Events(args)) if args.log.as_os_str() == name));
        }
    }

    #[test]
    fn nothing_asked_is_an_error() {
        assert!(Cli::try_parse_from(["scope-dump"]).is_err());
        assert!(Cli::try_parse_from(["scope-dump", "tree"]).is_err());
        assert!(Cli::try_parse_from(["scope-dump", "tree", "x", "--fold", "0"]).is_err());
    }
}
