//! A small real tool, recorded: it reads a week of weather readings, checks them on three threads, reports the
//! records that are bad, survives a bug in its own code, prints a summary, and then shows its own call tree.
//!
//!     cargo run --release --example tour [FILE]
//!
//! All that makes it recorded is the attribute on the items in `examples/tour/`, and the plan in `scope.toml`.
//! `scope::init` is there to know where the log is, and to have it complete before it is read again.

#[path = "tour/batch.rs"]
mod batch;
#[path = "tour/parse.rs"]
mod parse;
#[path = "tour/summary.rs"]
mod summary;

use std::error::Error;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, IsTerminal};
use std::panic;
use std::process::ExitCode;

use summary::Summary;

const DATA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/tour/data/readings.csv");

fn main() -> ExitCode {
    let guard = match scope::init() {
        Ok(guard) => guard,
        Err(error) => {
            eprintln!("tour: the recorder can't start: {error}");
            return ExitCode::FAILURE;
        }
    };

    // A panic is part of this tour: what it says is in the log, and in the summary.
    let hook = panic::take_hook();
    panic::set_hook(Box::new(|_| {}));
    let file = std::env::args().nth(1).unwrap_or_else(|| DATA.to_owned());
    let result = run(&file, 3);
    panic::set_hook(hook);

    // The log is where the plan says, so it is known when the first probe was hit; and whole when this returns.
    let log = guard.path().unwrap_or_default();
    drop(guard);
    match &result {
        Ok(summary) => print!("{summary}"),
        Err(error) => eprintln!("tour: {file}: {error}"),
    }
    println!("\nWhat the program did (calls of one function that went well are folded):\n");
    let (mut out, mut err) = (io::stdout(), io::stderr());
    let terminal = out.is_terminal();
    let how = ["scope-dump", "tree", "--fold", "1", "--value-width", "60"].map(OsStr::new);
    let tree = how.into_iter().chain([log.as_os_str()]);
    let exit = scope_dump::run(tree, &mut out, &mut err, terminal);
    println!("\nThe log: {}", log.display());
    println!("All of it: cargo run --release -p scope-dump -- events {}", log.display());
    if result.is_ok() { exit.into() } else { ExitCode::FAILURE }
}

/// Reads the file, has its records checked by `workers` threads, and adds up what they found.
#[scope::instrument]
fn run(file: &str, workers: usize) -> Result<Summary, Box<dyn Error>> {
    let text = fs::read_to_string(file)?;
    let batches = batch::split(&text, 48);
    let mut summary = Summary::default();
    for outcome in batch::work(&batches, workers)? {
        summary.add(outcome);
    }
    Ok(summary)
}
