//! `history`: a line per value.

use std::io::Write;

use scope_store::store::Change;
use serde_json::{Map, Value as Json};

use super::objects::To;
use super::value_json::to_json;
use super::{Rendered, events_json, insert_log, phrase, thread_of};
use crate::commands::history::HistoryArgs;
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::kind_of;
use crate::log::{EventKind, Store};
use crate::paint::{Paint, Style};
use crate::units::{Clean, TimeOfDay};

/// Writes each value that passes.
pub(crate) fn render(
    answer: &Answer<'_>,
    args: &HistoryArgs,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let store = answer.store;
    let mut to = To::new(args.ask.look.format, paint, out, events_json::COLUMNS)?;
    for change in store.history(&args.variable, answer.filter) {
        let Some(change) = rendered.answer(change) else { continue };
        if args.changes && !change.is_change() {
            continue;
        }
        match &mut to {
            To::Text(paint, out) => text(store, args, &change, *paint, *out)?,
            To::Objects(objects) => objects.write(&object(store, args, change))?,
        }
    }
    Ok(())
}

/// `12:30:05.123456789  1:16  main (1)  app::main  total: 5 → 20  src/app.rs:12`
fn text(
    store: &Store,
    args: &HistoryArgs,
    change: &Change,
    paint: Paint,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    let (event, site) = (&change.at.event, store.site(&change.at));
    let new = paint.value(Style::Value, &change.new);
    let value = match &change.old {
        Some(old) if *old == change.new => format!("{new}  {}", paint.paint(Style::Dim, "(as before)")),
        Some(old) => format!("{} {} {new}", paint.value(Style::Value, old), paint.paint(Style::Mark, "→")),
        None => new.to_string(),
    };
    let line = if let EventKind::Exit { line, .. } = event.kind { line } else { None };
    let place = site.map(|site| format!("  {}", paint.paint(Style::Dim, phrase::place(site, line))));
    writeln!(
        out,
        "{}  {:>7}  {}  {}  {}: {value}{}",
        paint.paint(Style::Dim, TimeOfDay(event.time)),
        event.id.to_string(),
        paint.paint(Style::Dim, thread_of(store, &change.at)),
        paint.paint(Style::Function, phrase::function(site)),
        Clean(&args.variable),
        place.unwrap_or_default(),
    )?;
    Ok(())
}

fn object(store: &Store, args: &HistoryArgs, change: Change) -> Map<String, Json> {
    let Change { at, old, new } = change;
    let (site, thread) = (store.site(&at), store.thread(&at));
    let mut object = events_json::head(kind_of(&at.event, site).name(), &at.event, site, thread);
    object.insert("name".into(), args.variable.to_string().into());
    // Absent, not null: null is a value.
    if let Some(old) = &old {
        object.insert("old".into(), to_json(old));
    }
    object.insert("new".into(), to_json(&new));
    insert_log(&mut object, store, at.log);
    object
}
