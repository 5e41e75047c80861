//! The command line as typed, and which command does what it asks for.

use std::path::PathBuf;
use std::str::FromStr;

use clap::{Args, ColorChoice, Parser, Subcommand, ValueEnum};

use scope_store::event::CorrelationId;
use scope_store::query::{FunctionPattern, Query, QueryError, ThreadPattern};

use crate::commands::{
    Run, at, call, check, completions, errors, events, follow, history, info, man, recover, report, slow, threads,
    tree, unhit,
};
use crate::exit;
use crate::export::ExportArgs;
use crate::ids;
use crate::log::{CallId, Kind};
use crate::moment::Moment;

/// Shows what is in an event log of scope.
///
/// `scope-dump LOG` is short for `scope-dump events LOG`. Logs are never written to.
#[derive(Debug, Parser)]
#[command(
    name = "scope-dump",
    version,
    after_help = exit::help(&["scope-dump run.scope", "scope-dump run.scope --kind error,panic"]),
    args_conflicts_with_subcommands = true,
    arg_required_else_help = true
)]
pub(crate) struct Cli {
    #[command(subcommand)]
    command: Option<Command>,
    /// The logs to read
    #[arg(value_name = "LOG")]
    logs: Vec<PathBuf>,
    #[command(flatten)]
    select: SelectArgs,
    #[command(flatten)]
    look: LookArgs,
}

impl Cli {
    /// What to do; `None` where no log is named.
    pub fn chosen(self) -> Option<Command> {
        let Self { command, logs, select, look } = self;
        let events = (!logs.is_empty()).then_some(events::EventsArgs { ask: AskArgs { logs, select, look } });
        command.or(events.map(Command::Events))
    }
}

/// The commands: each has a file of its own in `commands/`.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Events(events::EventsArgs),
    Tree(tree::TreeArgs),
    Report(report::ReportArgs),
    Slow(slow::SlowArgs),
    Call(call::CallArgs),
    At(at::AtArgs),
    History(history::HistoryArgs),
    Errors(errors::ErrorsArgs),
    Info(info::InfoArgs),
    Threads(threads::ThreadsArgs),
    Check(check::CheckArgs),
    Unhit(unhit::UnhitArgs),
    Recover(recover::RecoverArgs),
    Export(ExportArgs),
    Follow(follow::FollowArgs),
    Man(man::ManArgs),
    Completions(completions::CompletionsArgs),
}

impl Command {
    /// The command as something that can be run.
    pub fn as_run(&self) -> &dyn Run {
        match self {
            Self::Events(args) => args,
            Self::Tree(args) => args,
            Self::Report(args) => args,
            Self::Slow(args) => args,
            Self::Call(args) => args,
            Self::At(args) => args,
            Self::History(args) => args,
            Self::Errors(args) => args,
            Self::Info(args) => args,
            Self::Threads(args) => args,
            Self::Check(args) => args,
            Self::Unhit(args) => args,
            Self::Recover(args) => args,
            Self::Export(args) => args,
            Self::Follow(args) => args,
            Self::Man(args) => args,
            Self::Completions(args) => args,
        }
    }
}

/// What several logs are asked with.
#[derive(Debug, Args)]
pub(crate) struct AskArgs {
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    #[command(flatten)]
    pub select: SelectArgs,
    #[command(flatten)]
    pub look: LookArgs,
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
    /// Only what this holds for, as in `args.qty > 10 and ret is Err` (docs/query.md)
    #[arg(short = 'w', long = "where", value_name = "CONDITION", value_parser = condition::<Query>)]
    pub condition: Option<Query>,
    /// Only what happened in this call itself: its number in JSON, or its thread and its number there (`1.17`)
    #[arg(long, value_name = "CALL", value_parser = ids::call)]
    pub in_call: Vec<CallId>,
    /// Only what is a part of this operation
    #[arg(long, value_name = "ID", value_parser = correlation)]
    pub correlation: Vec<CorrelationId>,
    /// Only what was recorded at this site: its number in the log
    #[arg(long, value_name = "NUMBER")]
    pub site: Vec<u32>,
}

/// How it is shown.
#[derive(Debug, Args)]
pub(crate) struct LookArgs {
    /// Text for people, one JSON object a line (docs/dump-json.md), or comma-separated values (docs/dump-csv.md)
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
    /// Colour; `auto`: on a terminal, unless NO_COLOR is set
    #[arg(long, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    pub color: ColorChoice,
    /// Cut lines of text at so many columns, 0: nowhere [default: the terminal's width]
    #[arg(long, value_name = "COLUMNS")]
    pub width: Option<usize>,
    /// Straight to the terminal, through no pager; else SCOPE_PAGER, PAGER or `less`
    #[arg(long)]
    pub no_pager: bool,
}

/// Who reads the output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    Text,
    Json,
    Csv,
}

/// A condition, or a path in one. What is wrong begins on a line of its own, so that its caret stands below the place.
pub(crate) fn condition<T: FromStr<Err = QueryError>>(text: &str) -> Result<T, String> {
    text.parse().map_err(|error| format!("\n  {error}").replace('\n', "\n  "))
}

fn correlation(text: &str) -> Result<CorrelationId, String> {
    text.parse().map_err(|error| format!("no id of an operation: {error}"))
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
        let Some(Command::Events(args)) = cli.chosen() else { panic!("it means events") };
        assert_eq!(
            (args.ask.logs, args.ask.select.kind),
            (vec![PathBuf::from("x.scope")], vec![Kind::Entry, Kind::Exit])
        );
    }

    #[test]
    fn a_log_may_be_named_like_a_command() {
        for name in ["tree", "events", "info", "help"] {
            let cli = Cli::try_parse_from(["scope-dump", "events", name]).expect("valid");
            assert!(matches!(cli.chosen(), Some(Command::Events(args)) if args.ask.logs == [PathBuf::from(name)]));
        }
    }

    #[test]
    fn nothing_asked_is_an_error() {
        assert!(Cli::try_parse_from(["scope-dump"]).is_err());
        assert!(Cli::try_parse_from(["scope-dump", "tree"]).is_err());
        assert!(Cli::try_parse_from(["scope-dump", "tree", "x", "--fold", "0"]).is_err());
    }
}
