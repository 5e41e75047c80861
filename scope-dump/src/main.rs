//! `scope-dump`: reads the event logs that scope records. All of it is in the library part.

use std::io::{self, IsTerminal};
use std::process::ExitCode;

fn main() -> ExitCode {
    let stdout = io::stdout();
    let terminal = stdout.is_terminal();
    scope_dump::run(std::env::args_os(), &mut stdout.lock(), &mut io::stderr(), terminal).into()
}
