//! The library part of `scope-dump`: everything but `main`.
//!
//! A program can show its own log with it:
//!
//! ```
//! use std::io;
//! # let log = "no-such.scope";
//! let exit = scope_dump::run(["scope-dump", "tree", log], &mut io::stdout(), &mut io::stderr(), false);
//! assert_eq!(exit, scope_dump::Exit::BadLog); // there is no such log
//! ```
//!
//! One job a file: `cli` (the arguments as typed), `commands` (what each does), `context` (what they work with), `filter` (what is
//! shown), `export` (for other programs), `render` (one file per view and format), `console`, `pager` and `progress` (what goes with a terminal only), `paint`, `width`
//! and `csv` (how output looks), `units` and `moment` (times), `error`.

mod cli;
mod commands;
mod console;
mod context;
mod csv;
mod error;
mod exit;
mod export;
mod filter;
mod ids;
mod log;
mod moment;
mod pager;
mod paint;
mod private;
mod progress;
mod render;
mod report;
mod source;
mod units;
mod width;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::cli::{Cli, Command};
use crate::commands::Run;
pub use crate::console::main;
use crate::context::{Context, Screen};
use crate::error::DumpError;
pub use crate::exit::Exit;
use crate::progress::Progress;
use crate::width::Cut;

/// Does what the command line `args` asks for (the first is the program's name, as in [`std::env::args_os`]).
///
/// The log's content goes to `out`, messages go to `err`; `terminal` says whether `out` is one, which
/// decides about colour where the arguments and `NO_COLOR` don't. Nothing is ever written to the log. What only a
/// program with a terminal of its own has, a pager and a progress bar, is with [`main`].
pub fn run<I, A>(args: I, out: &mut dyn Write, err: &mut dyn Write, terminal: bool) -> Exit
where
    I: IntoIterator<Item = A>,
    A: Into<OsString> + Clone,
{
    let screen = Screen { terminal, columns: None };
    match parse(args) {
        Ok(command) => perform(command.as_run(), Context { out, err, screen, progress: &Progress::default() }),
        Err(error) => usage(&error, out, err, terminal),
    }
}

/// The command that the arguments ask for.
fn parse<I, A>(args: I) -> Result<Command, clap::Error>
where
    I: IntoIterator<Item = A>,
    A: Into<OsString> + Clone,
{
    let missing = || Cli::command().error(ErrorKind::MissingRequiredArgument, "which log?");
    Cli::try_parse_from(args)?.chosen().ok_or_else(missing)
}

/// Runs a command: buffers what it writes, cuts its lines, and says what went wrong.
fn perform(command: &dyn Run, context: Context<'_>) -> Exit {
    let Context { out, err, screen, progress } = context;
    let mut buffered = BufWriter::with_capacity(64 * 1024, out);
    let result = match command.look().and_then(|look| context::columns(look, screen)) {
        Some(columns) => {
            whole(command, Context { out: &mut Cut::new(&mut buffered, columns), err: &mut *err, screen, progress })
        }
        None => whole(command, Context { out: &mut buffered, err: &mut *err, screen, progress }),
    };
    progress.silence();
    // What is still buffered after a failed write would only fail again when dropped.
    let (_out, _unwritten) = buffered.into_parts();
    match result {
        Ok(exit) => exit,
        Err(DumpError::Output(error)) if error.kind() == io::ErrorKind::BrokenPipe => Exit::Success,
        Err(error) => {
            report::error(err, &error);
            error.exit()
        }
    }
}

/// Runs a command, and writes what it left in buffers, also where it could not go on.
fn whole(command: &dyn Run, mut context: Context<'_>) -> Result<Exit, DumpError> {
    let result = command.run(&mut context);
    if !matches!(result, Err(DumpError::Output(_))) {
        context.out.flush()?;
    }
    result
}

/// Shows help or what is wrong with the arguments.
fn usage(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write, terminal: bool) -> Exit {
    let text = error.render();
    let styled = terminal && context::colour_wanted();
    let text = if styled { text.ansi().to_string() } else { text.to_string() };
    let written = if error.use_stderr() { err.write_all(text.as_bytes()) } else { out.write_all(text.as_bytes()) };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Output,
        _ if error.use_stderr() => Exit::Usage,
        _ => Exit::Success,
    }
}
