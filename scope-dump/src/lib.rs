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
//! One job a file: `cli` (the arguments as typed), `options` (the same, checked), `filter` (what is
//! shown), `export` (for other programs), `render` (one file per format), `paint` (colour), `units` and `moment` (times), `error`.

mod cli;
mod error;
mod exit;
mod export;
mod filter;
mod log;
mod moment;
mod options;
mod paint;
mod pattern;
mod recover;
mod render;
mod report;
mod units;

use std::ffi::OsString;
use std::io::{self, BufWriter, Write};

use clap::error::ErrorKind;
use clap::{CommandFactory, Parser};

use crate::error::DumpError;
pub use crate::exit::Exit;
use crate::options::Options;

/// Does what the command line `args` asks for (the first is the program's name, as in [`std::env::args_os`]).
///
/// The log's content goes to `out`, messages go to `err`; `terminal` says whether `out` is one, which
/// decides about colour where the arguments and `NO_COLOR` don't. Nothing is ever written to the log.
pub fn run<I, A>(args: I, out: &mut dyn Write, err: &mut dyn Write, terminal: bool) -> Exit
where
    I: IntoIterator<Item = A>,
    A: Into<OsString> + Clone,
{
    let cli = match cli::Cli::try_parse_from(args) {
        Ok(cli) => cli,
        Err(error) => return usage(&error, out, err, terminal),
    };
    if let Some(cli::Command::Recover(args)) = &cli.command {
        return recover::recover(args, err).unwrap_or_else(|error| {
            report::error(err, &error);
            error.exit()
        });
    }
    if let Some(cli::Command::Export(args)) = &cli.command {
        return buffered(out, err, |out, err| export::export(args, out, err, terminal));
    }
    let Some(options) = Options::new(cli, terminal) else {
        let error = cli::Cli::command().error(ErrorKind::MissingRequiredArgument, "which log?");
        return usage(&error, out, err, terminal);
    };
    buffered(out, err, |out, err| show(&options, out, err))
}

/// Does something that writes much, and reports how it ended.
fn buffered(
    out: &mut dyn Write,
    err: &mut dyn Write,
    show: impl FnOnce(&mut dyn Write, &mut dyn Write) -> Result<Exit, DumpError>,
) -> Exit {
    let mut buffered = BufWriter::with_capacity(64 * 1024, out);
    let result = show(&mut buffered, err).and_then(|exit| {
        buffered.flush()?;
        Ok(exit)
    });
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

/// Renders what `options` asks for, then says what state the log is in.
fn show(options: &Options, out: &mut dyn Write, err: &mut dyn Write) -> Result<Exit, DumpError> {
    let (reader, rendered) = render::render(options, out)?;
    // The events first, also where both streams are one terminal; a reader that is gone (`| head`) wants no notes.
    out.flush()?;
    Ok(report::state(err, &options.log, &reader, &rendered))
}

/// Shows help or what is wrong with the arguments.
fn usage(error: &clap::Error, out: &mut dyn Write, err: &mut dyn Write, terminal: bool) -> Exit {
    let text = error.render();
    let styled = terminal && options::colour_wanted();
    let text = if styled { text.ansi().to_string() } else { text.to_string() };
    let written = if error.use_stderr() { err.write_all(text.as_bytes()) } else { out.write_all(text.as_bytes()) };
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Exit::Output,
        _ if error.use_stderr() => Exit::Usage,
        _ => Exit::Success,
    }
}
