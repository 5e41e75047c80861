//! `errors`: the way of each error.

use std::io::Write;

use scope_store::store::{ErrorEnd, ErrorPath, ErrorStep, Left};
use serde_json::{Map, Value as Json, json};

use super::objects::To;
use super::value_json::to_json;
use super::{Rendered, insert_log, phrase};
use crate::cli::Format;
use crate::context::Answer;
use crate::error::DumpError;
use crate::ids;
use crate::log::{CallId, EventId, SiteDef, Store};
use crate::paint::{Paint, Style};
use crate::units::{TimeOfDay, Timestamp};
use crate::width::pad;
use scope_store::event::SiteId;

/// The most characters of a value.
const VALUE: usize = 200;

/// The columns of an error that is no JSON: its fields.
const COLUMNS: &[&str] =
    &["kind", "time", "time_ns", "thread", "thread_name", "value", "steps", "end", "handled", "log"];

/// Writes each error that the filter lets through.
pub(crate) fn render(
    answer: &Answer<'_>,
    format: Format,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let store = answer.store;
    let mut to = To::new(format, Paint { width: VALUE, ..paint }, out, &[COLUMNS])?;
    let mut first = true;
    for error in store.errors(answer.filter) {
        let Some(error) = rendered.answer(error) else { continue };
        match &mut to {
            To::Text(paint, out) => {
                if !std::mem::take(&mut first) {
                    writeln!(out)?;
                }
                text(store, &error, *paint, *out)?;
            }
            To::Objects(objects) => objects.write(&object(store, &error))?,
        }
    }
    Ok(())
}

/// What is known of a function in a log.
fn site(store: &Store, log: usize, site: Option<SiteId>) -> Option<&SiteDef> {
    site.and_then(|site| store.logs().get(log)?.site(site))
}

/// ```text
/// Empty  12:30:05.123456789  main (1)
///   born in    app::parse  gave back an `Err`  src/app.rs:54  call 1.3, event 1:16
///   passed     app::load   by `?`              src/app.rs:33  call 1.2, event 1:17
///   handled in app::main                       src/app.rs:11  call 1.1
/// ```
fn text(store: &Store, error: &ErrorPath, paint: Paint, out: &mut dyn Write) -> Result<(), DumpError> {
    let Some(born) = error.steps.first() else { return Ok(()) };
    let what = match (&born.value, born.left) {
        (Some(value), _) => paint.value(Style::Bad, value).to_string(),
        (None, Left::Unwound) => paint.paint(Style::Bad, "panic").to_string(),
        (None, _) => paint.paint(Style::Bad, "an error whose value was not captured").to_string(),
    };
    let dim = |text: String| paint.paint(Style::Dim, text);
    writeln!(out, "{what}  {}  {}", dim(TimeOfDay(born.time).to_string()), dim(thread(store, born)))?;
    let mut rows: Vec<[String; 4]> = Vec::new();
    let mut before = born.value.as_ref();
    for (index, step) in error.steps.iter().enumerate() {
        let def = site(store, step.log, step.site);
        let how = match step.left {
            Left::Question => "by `?`",
            Left::Returned => "gave back an `Err`",
            _ => "unwound",
        };
        let changed = step.value.as_ref().filter(|value| Some(*value) != before);
        let changed = changed.map(|value| format!(", as {}", Paint { on: false, ..paint }.value(Style::Bad, value)));
        before = step.value.as_ref().or(before);
        rows.push([
            if index == 0 { "born in" } else { "passed" }.to_owned(),
            phrase::function(def).to_string(),
            format!("{how}{}", changed.unwrap_or_default()),
            place(def, step.line) + &numbers(step.call, Some(step.event)),
        ]);
    }
    rows.push(end(store, &error.end));
    let widths = [0, 1, 2].map(|at| rows.iter().map(|row| crate::width::width(&row[at])).max().unwrap_or(0));
    for [word, function, how, place] in rows {
        let [word_width, function_width, how_width] = widths;
        let line = format!(
            "  {}  {}  {}  {}",
            paint.paint(Style::Mark, pad(&word, word_width)),
            paint.paint(Style::Function, pad(&function, function_width)),
            pad(&how, how_width),
            paint.paint(Style::Dim, place),
        );
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn thread(store: &Store, step: &ErrorStep) -> String {
    let def = store.logs().get(step.log).and_then(|log| log.thread(step.thread));
    phrase::thread(step.thread, def)
}

fn place(def: Option<&SiteDef>, line: Option<u32>) -> String {
    def.map(|def| phrase::place(def, line).to_string()).unwrap_or_default()
}

/// `  call 1.3, event 1:16`
fn numbers(call: Option<CallId>, event: Option<EventId>) -> String {
    let call = call.map(|call| format!("call {}", ids::shown(call)));
    let event = event.map(|event| format!("event {event}"));
    let all: Vec<String> = [call, event].into_iter().flatten().collect();
    if all.is_empty() { String::new() } else { format!("  {}", all.join(", ")) }
}

fn end(store: &Store, end: &ErrorEnd) -> [String; 4] {
    let row = |word: &str, log: usize, id: Option<SiteId>, call: CallId, next: Option<(u32, EventId)>| {
        let def = site(store, log, id);
        let place = next.map(|(line, _)| place(def, Some(line))).unwrap_or_default();
        let numbers = numbers(Some(call), next.map(|(_, event)| event));
        [
            word.to_owned(),
            phrase::function(def).to_string(),
            String::new(),
            format!("{place}{numbers}").trim().to_owned(),
        ]
    };
    let alone = |word: &str| [word.to_owned(), String::new(), String::new(), String::new()];
    match *end {
        ErrorEnd::Handled { log, call, site, next } => row("handled in", log, site, call, next),
        ErrorEnd::Panicked { log, call, site } => row("ended by a panic in", log, site, call, None),
        ErrorEnd::Cancelled { log, call, site } => row("dropped in", log, site, call, None),
        ErrorEnd::Left => alone("left what is recorded"),
        _ => alone("what became of it is not in the log"),
    }
}

fn object(store: &Store, error: &ErrorPath) -> Map<String, Json> {
    let Some(born) = error.steps.first() else { return Map::new() };
    let def = store.logs().get(born.log).and_then(|log| log.thread(born.thread));
    let mut object = Map::new();
    object.insert("kind".into(), if born.left == Left::Unwound { "panic_path" } else { "error_path" }.into());
    object.insert("time".into(), Timestamp(born.time).to_string().into());
    object.insert("time_ns".into(), born.time.into());
    object.insert("thread".into(), born.thread.0.into());
    object.insert("thread_name".into(), def.and_then(|def| def.name.as_deref()).into());
    if let Some(value) = &born.value {
        object.insert("value".into(), to_json(value));
    }
    object.insert("steps".into(), error.steps.iter().map(|step| Json::Object(step_object(store, step))).collect());
    let (end, handled) = match error.end {
        ErrorEnd::Handled { log, call, site, next } => ("handled", Some((log, call, site, next))),
        ErrorEnd::Panicked { log, call, site } => ("panicked", Some((log, call, site, None))),
        ErrorEnd::Cancelled { log, call, site } => ("cancelled", Some((log, call, site, None))),
        ErrorEnd::Left => ("left", None),
        _ => ("unknown", None),
    };
    object.insert("end".into(), end.into());
    let handled = handled.map(|(log, call, id, next)| {
        let (line, event) = next.unzip();
        let def = site(store, log, id);
        json!({
            "call": call.0,
            "function": def.map(|def| &def.function),
            "file": def.map(|def| &def.file),
            "line": line,
            "event": event.map(|event| event.to_string()),
        })
    });
    object.insert("handled".into(), handled.into());
    insert_log(&mut object, store, born.log);
    object
}

fn step_object(store: &Store, step: &ErrorStep) -> Map<String, Json> {
    let def = site(store, step.log, step.site);
    let left = match step.left {
        Left::Question => "question",
        Left::Returned => "returned",
        _ => "unwound",
    };
    let mut object = Map::new();
    object.insert("event".into(), step.event.to_string().into());
    object.insert("time_ns".into(), step.time.into());
    object.insert("thread".into(), step.thread.0.into());
    object.insert("call".into(), step.call.map(|call| call.0).into());
    object.insert("function".into(), def.map(|def| def.function.as_str()).into());
    object.insert("file".into(), def.map(|def| def.file.as_str()).into());
    object.insert("line".into(), step.line.or(def.map(|def| def.line)).into());
    object.insert("left".into(), left.into());
    if let Some(value) = &step.value {
        object.insert("value".into(), to_json(value));
    }
    object
}
