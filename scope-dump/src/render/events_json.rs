//! `events --format json`: one object per event and line. The fields are documented in `docs/dump-json.md`.

use std::io::Write;

use serde_json::{Map, Value as Json};

use super::value_json::{named, to_json};
use super::{Rendered, about, phrase};
use crate::error::DumpError;
use crate::filter::{Filter, kind_of};
use crate::log::{Event, EventKind, LogReader, Outcome, SiteDef, ThreadDef};
use crate::units::Timestamp;

/// Writes every event that the filter lets through.
pub(crate) fn render(
    reader: &LogReader,
    filter: &Filter<'_>,
    out: &mut dyn Write,
    rendered: &mut Rendered,
) -> Result<(), DumpError> {
    for event in reader.events() {
        let Some(event) = rendered.keep(event) else { continue };
        let (site, thread) = about(reader, &event);
        if filter.event(&event, site, thread) {
            write_line(out, &object(&event, site, thread))?;
        }
    }
    Ok(())
}

/// Writes one object on one line.
pub(crate) fn write_line(out: &mut dyn Write, object: &Map<String, Json>) -> Result<(), DumpError> {
    serde_json::to_writer(&mut *out, object).map_err(std::io::Error::from)?;
    out.write_all(b"\n")?;
    Ok(())
}

/// The event as an object.
pub(crate) fn object(event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> Map<String, Json> {
    let mut object = head(kind_of(event, site).map_or("unknown", |kind| kind.name()), event, site, thread);
    let names = phrase::names(site);
    match &event.kind {
        EventKind::Entry { parent, args, is_async } => {
            object.insert("parent".into(), parent.map(|call| call.0).into());
            object.insert("async".into(), (*is_async).into());
            object.insert("args".into(), named(names, args));
        }
        EventKind::Exit { .. } => insert_exit(&mut object, event),
        EventKind::Line if !names.is_empty() => _ = object.insert("text".into(), names.join(", ").into()),
        EventKind::Values { values } => _ = object.insert("values".into(), named(names, values)),
        EventKind::Lost { count } => _ = object.insert("count".into(), (*count).into()),
        EventKind::Stopped { reason } => _ = object.insert("reason".into(), reason.to_string().into()),
        _ => {}
    }
    object
}

/// The fields that every object begins with.
pub(crate) fn head(kind: &str, event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> Map<String, Json> {
    let mut object = Map::new();
    object.insert("kind".into(), kind.into());
    object.insert("time".into(), Timestamp(event.time).to_string().into());
    object.insert("time_ns".into(), event.time.into());
    object.insert("thread".into(), event.thread.0.into());
    object.insert("thread_name".into(), thread.and_then(|thread| thread.name.as_deref()).into());
    object.insert("depth".into(), event.depth.into());
    object.insert("call".into(), event.call.map(|call| call.0).into());
    object.insert("function".into(), site.map(|site| site.function.as_str()).into());
    object.insert("file".into(), site.map(|site| site.file.as_str()).into());
    object.insert("line".into(), site.map(|site| site.line).into());
    object
}

/// How a call ended.
pub(crate) fn insert_exit(object: &mut Map<String, Json>, event: &Event) {
    let EventKind::Exit { outcome, value, duration, line } = &event.kind else { return };
    object.insert("outcome".into(), outcome_name(*outcome).into());
    // Absent, not null: null is a value that may have been captured.
    if let Some(value) = value {
        object.insert("value".into(), to_json(value));
    }
    object.insert("exit_line".into(), (*line).into());
    object.insert("duration_ns".into(), (*duration).into());
}

const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Returned => "returned",
        Outcome::Early => "early",
        Outcome::Left => "left",
        Outcome::Panicked => "panicked",
        Outcome::Cancelled => "cancelled",
        _ => "unknown",
    }
}
