//! `slow`: a line per call.

use std::io::Write;

use serde_json::{Map, Value as Json};

use super::objects::Objects;
use super::tree_json::{begin, end};
use super::{insert_log, phrase, thread_of, tree_json};
use crate::cli::Format;
use crate::error::DumpError;
use crate::ids;
use crate::log::{Call, EventKind, Store};
use crate::paint::{Paint, Style};
use crate::units::{Duration, TimeOfDay};
use crate::width::{pad, pad_left, width};

/// The most characters of a value.
const VALUE: usize = 72;

/// Writes the calls, in their order.
pub(crate) fn render(
    store: &Store,
    calls: &[Call],
    format: Format,
    paint: Paint,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    if format != Format::Text {
        let mut out = Objects::new(format, out, tree_json::COLUMNS)?;
        return calls.iter().try_for_each(|call| out.write(&object(store, call)));
    }
    let rows: Vec<[String; 4]> = calls.iter().map(|call| cells(store, call)).collect();
    let widths = [0, 1, 2, 3].map(|at| rows.iter().map(|row| width(&row[at])).max().unwrap_or(0));
    for ([duration, time, call, thread], told) in rows.iter().zip(calls) {
        let [wide, _, call_width, thread_width] = widths;
        writeln!(
            out,
            "{}  {}  {}  {}  {}",
            paint.paint(Style::Value, pad_left(duration, wide)),
            paint.paint(Style::Dim, time),
            paint.paint(Style::Dim, pad(call, call_width)),
            paint.paint(Style::Dim, pad(thread, thread_width)),
            whole(store, told, Paint { width: VALUE, ..paint }),
        )?;
    }
    Ok(())
}

fn cells(store: &Store, call: &Call) -> [String; 4] {
    [
        call.duration().map_or_else(|| "-".to_owned(), |ns| Duration(ns).to_string()),
        TimeOfDay(call.began().unwrap_or(0)).to_string(),
        call.id().map_or_else(|| "-".to_owned(), ids::shown),
        thread_of(store, call.told()),
    ]
}

/// `app::read(text = "x") → Err(Empty)   src/app.rs:12`
fn whole(store: &Store, call: &Call, paint: Paint) -> String {
    let site = store.site(call.told());
    let name = paint.paint(Style::Function, phrase::function(site));
    let args = match call.entry() {
        Some(entry) => phrase::values(phrase::names(store.site(entry)), call.args(), paint),
        None => "…".to_owned(),
    };
    let outcome = call.exit().map(|exit| phrase::outcome(&exit.event, store.site(exit), paint)).unwrap_or_default();
    let arrow = if outcome.is_empty() { String::new() } else { paint.paint(Style::Mark, " → ").to_string() };
    let place = site.map(|site| format!("   {}", paint.paint(Style::Dim, phrase::place(site, None))));
    format!("{name}({args}){arrow}{outcome}{}", place.unwrap_or_default())
}

/// The same object as a tree's.
pub(super) fn object(store: &Store, call: &Call) -> Map<String, Json> {
    let told = call.told();
    let (site, thread) = (store.site(told), store.thread(told));
    let mut object = begin(&told.event, site, thread);
    object = match call.exit() {
        Some(exit) if matches!(exit.event.kind, EventKind::Exit { .. }) => end(object, &exit.event),
        _ => {
            object.insert("outcome".into(), "open".into());
            object
        }
    };
    insert_log(&mut object, store, told.log);
    object
}
