//! `info`: what program left the log, and what is in it.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::objects::{LOG, write_line};
use super::{Rendered, about, fields, heading, phrase};
use crate::cli::Format;
use crate::csv::Csv;
use crate::error::DumpError;
use crate::filter::kind_of;
use crate::log::{EventKind, Kind, LogEnd, LogReader, ThreadDef};
use crate::paint::{Paint, Style};
use crate::units::{Bytes, Clean, Duration, Timestamp};

/// Counted over the whole log.
#[derive(Debug, Default)]
struct Totals {
    events: u64,
    calls: u64,
    kinds: BTreeMap<Kind, u64>,
    last: u64,
    /// The file's length.
    bytes: u64,
    /// The paths of the plans in force, and of the source files that the log has; how long these texts are.
    plans: Vec<(String, u64)>,
    sources: Vec<(String, u64)>,
}

impl Totals {
    /// Reads the whole log.
    fn of(reader: &LogReader, rendered: &mut Rendered<'_>) -> Self {
        let bytes = fs::metadata(reader.path()).map_or(0, |about| about.len());
        let texts =
            |texts: Vec<(String, String)>| texts.into_iter().map(|(path, text)| (path, text.len() as u64)).collect();
        let [plans, sources] =
            [reader.plans(), reader.sources()].map(|read| rendered.answer(read).map(texts).unwrap_or_default());
        let mut totals = Self { bytes, plans, sources, ..Self::default() };
        for event in reader.events() {
            let Some(event) = rendered.keep(event) else { continue };
            totals.events += 1;
            totals.last = totals.last.max(event.time);
            totals.calls += u64::from(matches!(event.kind, EventKind::Entry { .. }));
            *totals.kinds.entry(kind_of(&event, about(reader, &event).0)).or_default() += 1;
        }
        totals
    }

    fn bytes_per_event(&self) -> Option<f64> {
        (self.events > 0).then(|| self.bytes as f64 / self.events as f64)
    }
}

/// Tells of logs, one after the other.
pub(crate) struct Report<'o> {
    to: To<'o>,
    /// Are there several?
    is_many: bool,
    is_first: bool,
}

enum To<'o> {
    Text(Paint, &'o mut dyn Write),
    Json(&'o mut dyn Write),
    Csv(Csv<'o>),
}

impl<'o> Report<'o> {
    /// In this format, of one log or of several.
    pub fn new(format: Format, paint: Paint, is_many: bool, out: &'o mut dyn Write) -> Result<Self, DumpError> {
        let columns: &[&[&str]] = if is_many { &[&["field", "value"], LOG] } else { &[&["field", "value"]] };
        let to = match format {
            Format::Text => To::Text(paint, out),
            Format::Json => To::Json(out),
            Format::Csv => To::Csv(Csv::new(out, columns)?),
        };
        Ok(Self { to, is_many, is_first: true })
    }

    /// Reads the whole log and writes a summary.
    pub fn log(&mut self, reader: &LogReader, rendered: &mut Rendered<'_>) -> Result<(), DumpError> {
        let totals = Totals::of(reader, rendered);
        let path = self.is_many.then(|| json!(reader.path().to_string_lossy()));
        match &mut self.to {
            To::Text(paint, out) => {
                if self.is_many {
                    heading(reader, self.is_first, *paint, out)?;
                }
                text(reader, &totals, *paint, out)?;
            }
            To::Json(out) => {
                let mut object = object(reader, &totals);
                object.extend(path.map(|path| ("log".to_owned(), path)));
                write_line(*out, &object)?;
            }
            To::Csv(csv) => {
                for (name, value) in object(reader, &totals) {
                    csv.object(&fields([("field", json!(name)), ("value", value), ("log", json!(path))]), &[])?;
                }
            }
        }
        self.is_first = false;
        Ok(())
    }

    /// Hands on what was written.
    pub fn flush(&mut self) -> io::Result<()> {
        match &mut self.to {
            To::Text(_, out) | To::Json(out) => out.flush(),
            To::Csv(csv) => csv.flush(),
        }
    }
}

/// How a log ends, for programs.
pub(crate) const fn end_name(end: LogEnd) -> &'static str {
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
    if !header.executable.is_empty() {
        let build = if header.build.is_empty() { String::new() } else { format!(" ({})", header.build) };
        line("file", Clean(format!("{}{build}", header.executable)).to_string())?;
    }
    line("folder", Clean(&header.cwd).to_string())?;
    let host = if header.host.is_empty() { String::new() } else { format!("{}: ", header.host) };
    line("system", Clean(format!("{host}{} {}", header.os, header.arch)).to_string())?;
    let (major, minor) = reader.version();
    line("version", format!("scope {}, log format {major}.{minor}", Clean(&header.version)))?;
    line("started", Timestamp(header.start).to_string())?;
    for (name, key) in [("snapshot", "snapshot"), ("of", "snapshot_of")] {
        if let Some(value) = header.setting(key) {
            line(name, Clean(value).to_string())?;
        }
    }
    if totals.events > 0 {
        line("covers", Duration(totals.last.saturating_sub(header.start)).to_string())?;
    }
    let threads: Vec<_> = reader.threads().map(|thread| phrase::thread(thread.id, Some(thread))).collect();
    line("threads", format!("{}: {}", threads.len(), threads.join(", ")))?;
    line("sites", reader.sites().count().to_string())?;
    line("calls", totals.calls.to_string())?;
    line("events", totals.events.to_string())?;
    let widest = totals.kinds.values().max().map_or(0, |count| count.to_string().len());
    for (kind, count) in &totals.kinds {
        line("", format!("{count:>widest$} {}", kind.name()))?;
    }
    let each = totals.bytes_per_event().map(|each| format!(", {each:.1} bytes per event")).unwrap_or_default();
    line("size", format!("{}{each}", Bytes(totals.bytes)))?;
    line("lost", format!("{} records", reader.lost()))?;
    if !reader.damage().is_empty() {
        let (places, bytes) = (reader.damage().len(), Bytes(damaged(reader)));
        let text = format!("{places} places, {bytes}: `scope-dump check` tells where");
        line("damaged", paint.paint(Style::Bad, text).to_string())?;
    }
    if reader.recovered() > 0 {
        line("rings", format!("{} of the events are from the rings of the program, which died", reader.recovered()))?;
    }
    if let Some(resolution) = reader.resolution() {
        line("clock", format!("coarse for some functions: up to {} behind", Duration(resolution)))?;
    }
    for setting in settings(&header.config) {
        line("config", Clean(setting).to_string())?;
    }
    for (name, texts) in [("plan", &totals.plans), ("source", &totals.sources)] {
        for (path, length) in texts {
            line(name, format!("{}, {}", Clean(path), Bytes(*length)))?;
        }
    }
    line("end", end_name(reader.state()).to_owned())?;
    Ok(())
}

/// The lines of a configuration, without those that have a place of their own.
fn settings(config: &str) -> impl Iterator<Item = &str> {
    config.lines().filter(|line| !line.starts_with("snapshot=") && !line.starts_with("snapshot_of="))
}

/// How many bytes of the log are damaged.
fn damaged(reader: &LogReader) -> u64 {
    reader.damage().iter().fold(0, |sum, damage| sum.saturating_add(damage.length))
}

/// What a log says of a thread.
pub(crate) fn thread_object(thread: &ThreadDef) -> Map<String, Json> {
    fields([("thread", json!(thread.id.0)), ("thread_name", json!(thread.name)), ("os_id", json!(thread.os_id))])
}

fn object(reader: &LogReader, totals: &Totals) -> Map<String, Json> {
    let header = reader.header();
    let threads: Vec<_> = reader.threads().map(thread_object).collect();
    let config = settings(&header.config).filter_map(|line| line.split_once('='));
    let config: Map<String, Json> = config.map(|(key, value)| (key.to_owned(), json!(value))).collect();
    let kinds: Map<String, Json> =
        totals.kinds.iter().map(|(kind, count)| (kind.name().to_owned(), json!(count))).collect();
    let (major, minor) = reader.version();
    // Empty: not known.
    let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
    fields([
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
        ("format", json!(format!("{major}.{minor}"))),
        ("os", json!(header.os)),
        ("arch", json!(header.arch)),
        ("cwd", json!(header.cwd)),
        ("config", json!(config)),
        ("kinds", json!(kinds)),
        ("sites", json!(reader.sites().count())),
        ("bytes", json!(totals.bytes)),
        ("bytes_per_event", json!(totals.bytes_per_event())),
        ("damaged_bytes", json!(damaged(reader))),
        ("recovered", json!(reader.recovered())),
        ("host", json!(text(&header.host))),
        ("executable", json!(text(&header.executable))),
        ("build", json!(text(&header.build))),
        ("plans", json!(totals.plans.iter().map(|(path, _)| path).collect::<Vec<_>>())),
        ("sources", json!(totals.sources.iter().map(|(path, _)| path).collect::<Vec<_>>())),
    ])
}
