//! `threads`: one row per thread.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::objects::{LOG, To};
use super::table::{Side, Table};
use super::{Rendered, about, fields, heading, insert_log, phrase};
use crate::cli::Format;
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::Filter;
use crate::log::{Event, EventKind, LogReader, RECORDER, ThreadDef, ThreadId};
use crate::paint::Paint;
use crate::units::{Duration, TimeOfDay, Timestamp};

/// The columns of a thread that is no JSON: its fields.
const COLUMNS: &[&str] = &[
    "kind",
    "thread",
    "thread_name",
    "os_id",
    "first",
    "first_ns",
    "last",
    "last_ns",
    "events",
    "calls",
    "lost",
    "depth",
];

/// What one thread recorded.
#[derive(Debug, Default)]
struct Sum {
    /// The times of the first and the last event.
    span: Option<(u64, u64)>,
    events: u64,
    calls: u64,
    lost: u64,
    /// Calls that were open at once.
    depth: u32,
    /// There is more than that recording began and ended.
    tells: bool,
}

impl Sum {
    fn add(&mut self, event: &Event) {
        let (first, last) = self.span.unwrap_or((event.time, event.time));
        self.span = Some((first.min(event.time), last.max(event.time)));
        self.tells |= !event.is_bookkeeping();
        match event.kind {
            EventKind::Lost { count } => {
                self.lost = self.lost.saturating_add(count);
                return;
            }
            EventKind::Entry { .. } => {
                self.calls += 1;
                self.depth = self.depth.max(event.depth.saturating_add(1));
            }
            EventKind::Resumed => self.depth = self.depth.max(event.depth.saturating_add(1)),
            _ => self.depth = self.depth.max(event.depth),
        }
        self.events += 1;
    }
}

/// Writes a row for each thread that the filter lets through; only what it lets through is counted. Each log has its own.
pub(crate) fn render(
    answer: &Answer<'_>,
    format: Format,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let (store, filter) = (answer.store, &Filter::of(answer.filter));
    let mut to = To::new(format, paint, out, if store.is_many() { &[COLUMNS, LOG] } else { &[COLUMNS] })?;
    for (index, log) in store.logs().iter().enumerate() {
        let mut rows = rows(log, filter, rendered);
        match &mut to {
            To::Text(paint, out) => {
                if store.is_many() {
                    heading(log, index == 0, *paint, *out)?;
                }
                text(rows, *paint, *out)?;
            }
            To::Objects(objects) => rows.try_for_each(|(id, thread, sum)| {
                let mut object = object(id, thread, &sum);
                insert_log(&mut object, store, index);
                objects.write(&object)
            })?,
        }
    }
    Ok(())
}

type Row<'r> = (ThreadId, Option<&'r ThreadDef>, Sum);

/// The threads of a log, and what each recorded.
fn rows<'r>(reader: &'r LogReader, filter: &'r Filter, rendered: &mut Rendered<'_>) -> impl Iterator<Item = Row<'r>> {
    let mut sum = |id: ThreadId| {
        let mut sum = Sum::default();
        for event in reader.thread_events(id) {
            let Some(event) = rendered.keep(event) else { continue };
            let (site, thread) = about(reader, &event);
            if filter.event(&event, site, thread) {
                sum.add(&event);
            }
        }
        sum
    };
    // What the recorder itself says belongs to no thread: a row only where there is something.
    let ids = reader.threads().map(|thread| thread.id).chain([RECORDER]);
    let ids = ids.filter(|id| filter.thread(*id, reader.thread(*id)));
    ids.map(move |id| (id, reader.thread(id), sum(id))).filter(|(id, _, sum)| *id != RECORDER || sum.tells)
}

fn text<'r>(rows: impl Iterator<Item = Row<'r>>, paint: Paint, out: &mut dyn Write) -> Result<(), DumpError> {
    let mut table = Table::new([
        ("thread", Side::Left),
        ("os id", Side::Right),
        ("first event", Side::Left),
        ("last event", Side::Left),
        ("between", Side::Right),
        ("events", Side::Right),
        ("calls", Side::Right),
        ("lost", Side::Right),
        ("deepest", Side::Right),
    ]);
    for (id, thread, sum) in rows {
        let time = |time: Option<u64>| time.map_or_else(|| "-".to_owned(), |time| TimeOfDay(time).to_string());
        table.row([
            phrase::thread(id, thread),
            os_id(thread).map_or_else(|| "-".to_owned(), |id| id.to_string()),
            time(sum.span.map(|(first, _)| first)),
            time(sum.span.map(|(_, last)| last)),
            sum.span.map_or_else(|| "-".to_owned(), |(first, last)| Duration(last.saturating_sub(first)).to_string()),
            sum.events.to_string(),
            sum.calls.to_string(),
            sum.lost.to_string(),
            sum.depth.to_string(),
        ]);
    }
    Ok(table.write(paint, out)?)
}

/// The operating system's number, where it is known.
fn os_id(thread: Option<&ThreadDef>) -> Option<u64> {
    thread.map(|thread| thread.os_id).filter(|id| *id != 0)
}

fn object(id: ThreadId, thread: Option<&ThreadDef>, sum: &Sum) -> Map<String, Json> {
    let stamp = |time: Option<u64>| json!(time.map(|time| Timestamp(time).to_string()));
    let (first, last) = sum.span.unzip();
    fields([
        ("kind", json!("thread")),
        ("thread", json!(id.0)),
        ("thread_name", json!(thread.and_then(|thread| thread.name.as_deref()))),
        ("os_id", json!(os_id(thread))),
        ("first", stamp(first)),
        ("first_ns", json!(first)),
        ("last", stamp(last)),
        ("last_ns", json!(last)),
        ("events", json!(sum.events)),
        ("calls", json!(sum.calls)),
        ("lost", json!(sum.lost)),
        ("depth", json!(sum.depth)),
    ])
}
