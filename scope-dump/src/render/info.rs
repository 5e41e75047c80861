//! `info`: what program left the log, and what is in it.

use std::io::Write;

use serde_json::{Map, json};

use super::objects::write_line;
use super::{Rendered, phrase};
use crate::cli::Format;
use crate::error::DumpError;
use crate::log::{EventKind, LogEnd, LogReader};
use crate::paint::{Paint, Style};
use crate::units::{Clean, Duration, Timestamp};

/// Counted over the whole log.
#[derive(Debug, Default)]
struct Totals {
    events: u64,
    calls: u64,
    last: u64,
}

/// Reads the whole log and writes a summary.
pub(crate) fn render(
    reader: &LogReader,
    format: Format,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let mut totals = Totals::default();
    for event in reader.events() {
        let Some(event) = rendered.keep(event) else { continue };
        totals.events += 1;
        totals.last = totals.last.max(event.time);
        totals.calls += u64::from(matches!(event.kind, EventKind::Entry { .. }));
    }
    match format {
        Format::Text => text(reader, &totals, paint, out),
        Format::Json | Format::Csv => json(reader, &totals, out),
    }
}

const fn end_name(end: LogEnd) -> &'static str {
    match end {
        LogEnd::Sealed => "sealed",
        LogEnd::Torn { .. } => "torn",
        _ => "open",
    }
}

fn text(reader: &LogReader, totals: &Totals, paint: Paint, out: &mut dyn Write) -> Result<(), DumpError> {
    let header = reader.header();
    let mut line =
        |name: &str, value: String| writeln!(out, "{}  {value}", paint.paint(Style::Dim, format_args!("{name:<8}")));
    line("program", format!("{} (process {})", Clean(&header.program), header.pid))?;
    line("command", Clean(header.command.join(" ")).to_string())?;
    line("version", format!("scope {}", Clean(&header.version)))?;
    line("started", Timestamp(header.start).to_string())?;
    if let Some(reason) = header.setting("snapshot") {
        line("snapshot", Clean(reason).to_string())?;
    }
    if totals.events > 0 {
        line("covers", Duration(totals.last.saturating_sub(header.start)).to_string())?;
    }
    let threads: Vec<_> = reader.threads().map(|thread| phrase::thread(thread.id, Some(thread))).collect();
    line("threads", format!("{}: {}", threads.len(), threads.join(", ")))?;
    line("calls", totals.calls.to_string())?;
    line("events", totals.events.to_string())?;
    line("lost", format!("{} records", reader.lost()))?;
    if let Some(resolution) = reader.resolution() {
        line("clock", format!("coarse for some functions: up to {} behind", Duration(resolution)))?;
    }
    line("end", end_name(reader.state()).to_owned())?;
    Ok(())
}

fn json(reader: &LogReader, totals: &Totals, out: &mut dyn Write) -> Result<(), DumpError> {
    let header = reader.header();
    let threads: Vec<_> = reader
        .threads()
        .map(|thread| json!({"thread": thread.id.0, "thread_name": thread.name, "os_id": thread.os_id}))
        .collect();
    let fields = [
        ("kind", json!("info")),
        ("program", json!(header.program)),
        ("pid", json!(header.pid)),
        ("command", json!(header.command)),
        ("version", json!(header.version)),
        ("time", json!(Timestamp(header.start).to_string())),
        ("time_ns", json!(header.start)),
        ("end_ns", json!(totals.last)),
        ("snapshot", json!(header.setting("snapshot"))),
        ("snapshot_of", json!(header.setting("snapshot_of"))),
        ("threads", json!(threads)),
        ("calls", json!(totals.calls)),
        ("events", json!(totals.events)),
        ("lost", json!(reader.lost())),
        ("clock_resolution_ns", json!(reader.resolution())),
        ("end", json!(end_name(reader.state()))),
    ];
    let object: Map<_, _> = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    write_line(out, &object)
}
