//! `scope-dump`: reads the event logs that scope records. All of it is in the library part.

use std::process::ExitCode;

fn main() -> ExitCode {
    scope_dump::main(std::env::args_os()).into()
}
