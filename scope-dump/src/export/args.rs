//! `export` as typed.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use crate::cli::SelectArgs;
use crate::exit;

/// Writes logs for other programs: Perfetto, Chrome's DevTools, speedscope, flame graphs, JSON
#[derive(Debug, Args)]
#[command(after_help = exit::help(&[
    "scope-dump export run.scope --to perfetto -o run.pftrace",
    "scope-dump export run.scope --to flamegraph -o run.svg",
    "scope-dump export run.scope --to chrome --since 1ms --until 2s -o part.json",
    "scope-dump export run.scope other.scope --to perfetto -o both.pftrace",
]))]
pub(crate) struct ExportArgs {
    /// The logs to read: segments, or logs of several processes
    #[arg(required = true, value_name = "LOG")]
    pub logs: Vec<PathBuf>,
    /// For which program
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub to: To,
    /// The file to write; one that exists is written over [default: the standard output]
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The most events that are written, 0 for all; calls that are open then end there [default: 1000000 for `chrome` and
    /// `speedscope`, whose viewers hold all of a file in memory, and else all]
    #[arg(long, value_name = "N")]
    pub max_events: Option<u64>,
    /// Lines, variables and expressions too (`chrome` and `perfetto`; `json` always has them)
    #[arg(long)]
    pub details: bool,
    /// What the width of a frame is (`folded` and `flamegraph`)
    #[arg(long, value_enum, default_value_t = Weight::Time)]
    pub weight: Weight,
    /// Each thread for itself (`folded` and `flamegraph`)
    #[arg(long)]
    pub per_thread: bool,
    #[command(flatten)]
    pub select: SelectArgs,
}

/// Who reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum To {
    /// Trace events in JSON: Perfetto's page, Chrome's DevTools, speedscope
    Chrome,
    /// Perfetto's own: <https://ui.perfetto.dev>
    Perfetto,
    /// A stack and a number a line: flamegraph.pl, inferno, speedscope
    Folded,
    /// A picture to open in a browser, and to zoom and search in
    Flamegraph,
    /// <https://www.speedscope.app>
    Speedscope,
    /// All of the logs as one JSON document
    Json,
    /// The same, one JSON object a line
    Jsonl,
}

impl To {
    /// How many events are written if nobody says.
    pub fn max_events(self) -> Option<u64> {
        matches!(self, Self::Chrome | Self::Speedscope).then_some(1_000_000)
    }
}

/// What is counted for a stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Weight {
    /// The nanoseconds that were spent in it itself
    Time,
    /// How often it was called
    Calls,
}
