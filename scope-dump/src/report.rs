//! Messages: what is wrong, where, and what it means.

use std::error::Error;
use std::io::Write;

use crate::error::DumpError;
use crate::exit::Exit;
use crate::log::{LogEnd, LogReader};
use crate::render::Rendered;

/// Says what stopped the program, with its causes, on one line.
pub(crate) fn error(err: &mut dyn Write, error: &DumpError) {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        text = format!("{text}: {error}");
        cause = error.source();
    }
    say(err, &text);
}

/// Says what state the log was found in, and what that means for the exit code.
pub(crate) fn state(err: &mut dyn Write, reader: &LogReader, rendered: &Rendered<'_>) -> Exit {
    for problem in &rendered.problems {
        say(err, problem);
    }
    if rendered.more > 0 {
        say(err, &format!("and {} more problems", rendered.more));
    }
    let log = reader.path().display();
    if reader.recovered() > 0 {
        let events = reader.recovered();
        let text = format!(
            "note: the program of `{log}` died; {events} events of those shown are from its rings: `scope-dump recover {log}` writes \
             a log that has them"
        );
        say(err, &text);
        return if rendered.problems.is_empty() { Exit::Success } else { Exit::BadLog };
    }
    match reader.state() {
        LogEnd::Sealed => {}
        LogEnd::Torn { offset } => {
            say(
                err,
                &format!(
                    "note: `{log}` is torn at offset {offset}: its program was killed, or still runs; all before is shown"
                ),
            );
        }
        _ => say(err, &format!("note: `{log}` has no end: its program was killed, or still runs; all so far is shown")),
    }
    if rendered.problems.is_empty() { Exit::Success } else { Exit::BadLog }
}

/// A message that can't be written has nowhere else to go.
pub(crate) fn say(err: &mut dyn Write, text: &str) {
    _ = writeln!(err, "scope-dump: {text}");
}
