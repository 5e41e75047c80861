//! `events` for programs: one object per event. The fields are documented in `docs/dump-json.md` and `docs/dump-csv.md`.

use serde_json::{Map, Value as Json};

use super::objects::{LOG, Objects};
use super::value_json::{named, to_json};
use super::{Rendered, insert_log, phrase};
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::kind_of;
use crate::log::{Event, EventKind, Located, Mark, Outcome, SiteDef, Store, ThreadDef};
use crate::units::Timestamp;

/// The fields of [`head`].
pub(super) const HEAD: &[&str] = &[
    "kind",
    "time",
    "time_ns",
    "thread",
    "thread_name",
    "event",
    "depth",
    "call",
    "parent",
    "correlation",
    "function",
    "file",
    "line",
];
/// Those of an entry.
pub(super) const ENTRY: &[&str] = &["async", "args"];
/// Those of an exit.
pub(super) const EXIT: &[&str] = &["outcome", "value", "exit_line", "duration_ns"];
/// Those of all other events.
pub(super) const OTHER: &[&str] = &[
    "text", "values", "name", "old", "new", "channel", "message", "fields", "count", "mark", "reason", "code", "bytes",
];

/// The columns of an event that is no JSON: its fields. New ones come last.
pub(crate) const COLUMNS: &[&[&str]] = &[HEAD, ENTRY, EXIT, OTHER, LOG];

/// Writes every event that the filter lets through.
pub(crate) fn render(answer: &Answer<'_>, out: &mut Objects<'_>, rendered: &mut Rendered<'_>) -> Result<(), DumpError> {
    for located in answer.store.events(answer.filter) {
        if let Some(located) = rendered.answer(located) {
            out.write(&of_store(answer.store, &located))?;
        }
    }
    Ok(())
}

/// An event as an object, with its log where there are several.
pub(crate) fn of_store(store: &Store, located: &Located) -> Map<String, Json> {
    let mut object = object(&located.event, store.site(located), store.thread(located));
    insert_log(&mut object, store, located.log);
    object
}

/// The event as an object.
pub(crate) fn object(event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> Map<String, Json> {
    let mut object = head(kind_of(event, site).name(), event, site, thread);
    let names = phrase::names(site);
    match &event.kind {
        EventKind::Entry { args, is_async } => {
            object.insert("async".into(), (*is_async).into());
            object.insert("args".into(), named(names, args));
        }
        EventKind::Exit { .. } => insert_exit(&mut object, event),
        EventKind::Line if !names.is_empty() => _ = object.insert("text".into(), names.join(", ").into()),
        EventKind::Values { values } => _ = object.insert("values".into(), named(names, values)),
        EventKind::Lost { count } => _ = object.insert("count".into(), (*count).into()),
        EventKind::State { old, new } => {
            object.insert("name".into(), names.first().map(String::as_str).into());
            object.insert("old".into(), to_json(old));
            object.insert("new".into(), to_json(new));
        }
        EventKind::Metric { value } => {
            object.insert("name".into(), names.first().map(String::as_str).into());
            object.insert("value".into(), to_json(value));
        }
        EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
            object.insert("channel".into(), names.first().map(String::as_str).into());
            object.insert("message".into(), to_json(message));
            object.insert("fields".into(), named(names.get(1..).unwrap_or_default(), fields));
        }
        EventKind::Custom { fields } => {
            object.insert("name".into(), names.first().map(String::as_str).into());
            object.insert("fields".into(), named(names.get(1..).unwrap_or_default(), fields));
        }
        EventKind::Mark { mark } => insert_mark(&mut object, mark),
        EventKind::Unknown { code, bytes } => {
            object.insert("code".into(), (*code).into());
            object.insert("bytes".into(), bytes.iter().map(|byte| format!("{byte:02x}")).collect::<String>().into());
        }
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
    object.insert("event".into(), event.id.to_string().into());
    object.insert("depth".into(), event.depth.into());
    object.insert("call".into(), event.call.map(|call| call.0).into());
    object.insert("parent".into(), event.parent.map(|call| call.0).into());
    object.insert("correlation".into(), event.correlation.map(|id| id.to_string()).into());
    object.insert("function".into(), site.map(|site| site.function.as_str()).into());
    object.insert("file".into(), site.map(|site| site.file.as_str()).into());
    object.insert("line".into(), site.map(|site| site.line).into());
    object
}

/// What the recorder tells.
fn insert_mark(object: &mut Map<String, Json>, mark: &Mark) {
    let (name, reason) = match mark {
        Mark::Start => ("start", None),
        Mark::Stop => ("stop", None),
        Mark::Snapshot(reason) => ("snapshot", Some(reason.clone())),
        Mark::Limit(reason) => ("limit", Some(reason.to_string())),
        _ => ("unknown", None),
    };
    object.insert("mark".into(), name.into());
    object.insert("reason".into(), reason.into());
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

/// An outcome, for programs.
pub(crate) const fn outcome_name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Returned => "returned",
        Outcome::Early => "early",
        Outcome::Left => "left",
        Outcome::Panicked => "panicked",
        Outcome::Cancelled => "cancelled",
        _ => "unknown",
    }
}
