//! `at`: the event, its source, and what was known there.

use std::io::Write;

use scope_store::store::{Frame, State, Variable};
use serde_json::{Map, Value as Json, json};

use super::objects::{LOG, Objects};
use super::value_json::to_json;
use super::{Rendered, events_json, events_text, insert_log, phrase, thread_of};
use crate::cli::Format;
use crate::commands::at::AtArgs;
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::kind_of;
use crate::ids;
use crate::log::{EventKind, Store};
use crate::paint::{Paint, Style};
use crate::source::{Excerpt, Sources};
use crate::units::{Clean, TimeOfDay};

/// The most characters of a value.
const VALUE: usize = 200;

/// Writes the state of each log that has the event. Was there one?
pub(crate) fn render(
    answer: &Answer<'_>,
    args: &AtArgs,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<bool, DumpError> {
    let store = answer.store;
    let mut sources = Sources::default();
    let mut states = Vec::new();
    for log in 0..store.logs().len() {
        states.extend(store.state_at(log, args.event.0, args.event.1, &mut |error| rendered.note(error)));
    }
    for state in &mut states {
        // The outermost calls give way to what was asked for, not the event.
        state.frames.retain(|frame| answer.filter.rest(&store.subject(&frame.entry)));
    }
    let paint = Paint { width: VALUE, ..paint };
    if args.ask.look.format == Format::Text {
        for (index, state) in states.iter().enumerate() {
            if index > 0 {
                writeln!(out)?;
            }
            text(store, state, args.around, &mut sources, paint, out)?;
        }
    } else {
        let mut out = Objects::new(args.ask.look.format, out, COLUMNS)?;
        for state in &states {
            out.write(&object(store, state, args.around, &mut sources))?;
        }
    }
    Ok(!states.is_empty())
}

/// Where the event happened, and the source there.
fn place(store: &Store, state: &State, around: u32, sources: &mut Sources) -> Option<(String, u32, Option<Excerpt>)> {
    let site = store.site(&state.at)?;
    let line = if let EventKind::Exit { line: Some(line), .. } = state.at.event.kind { line } else { site.line };
    let excerpt = sources.excerpt(store.logs().get(state.at.log)?, &site.file, line, around);
    Some((site.file.clone(), line, excerpt))
}

fn text(
    store: &Store,
    state: &State,
    around: u32,
    sources: &mut Sources,
    paint: Paint,
    out: &mut dyn Write,
) -> Result<(), DumpError> {
    let (event, site) = (&state.at.event, store.site(&state.at));
    writeln!(
        out,
        "{}  {}  {}  {} {}",
        paint.paint(Style::Head, event.id),
        paint.paint(Style::Dim, TimeOfDay(event.time)),
        paint.paint(Style::Dim, thread_of(store, &state.at)),
        paint.paint(Style::Mark, kind_of(event, site).name()),
        events_text::details(event, site, paint),
    )?;
    if let Some((file, line, excerpt)) = place(store, state, around, sources) {
        let note = match &excerpt {
            Some(Excerpt { is_newer: true, .. }) => "  (changed since it was recorded)",
            Some(_) => "",
            None => "  (not found here)",
        };
        writeln!(out, "\n{}", paint.paint(Style::Dim, format_args!("{}:{line}{note}", Clean(&file))))?;
        for (number, text) in excerpt.into_iter().flat_map(|excerpt| excerpt.lines) {
            let mark = if number == line { ">" } else { " " };
            writeln!(out, "{} {number:>5} | {}", paint.paint(Style::Mark, mark), Clean(text.replace('\t', "    ")))?;
        }
    }
    writeln!(out, "\n{}", paint.paint(Style::Head, "stack, innermost first"))?;
    for frame in state.frames.iter().rev() {
        frame_text(store, frame, paint, out)?;
    }
    let note = |out: &mut dyn Write, text: &str| writeln!(out, "{}", paint.paint(Style::Odd, format_args!("! {text}")));
    if state.frames.is_empty() && state.is_complete {
        note(out, "no call is open here")?;
    } else if !state.is_complete {
        note(out, "which calls are open further out is not known")?;
    }
    if state.lost > 0 {
        note(
            out,
            &format!("{} records were lost on this thread before: values may be older than they look", state.lost),
        )?;
    }
    Ok(())
}

fn frame_text(store: &Store, frame: &Frame, paint: Paint, out: &mut dyn Write) -> Result<(), DumpError> {
    let site = store.site(&frame.entry);
    let line = frame.line.or(site.map(|site| site.line));
    let place = site.map(|site| phrase::place(site, line).to_string()).unwrap_or_default();
    let call = frame.entry.event.call.map(|call| format!("  call {}", ids::shown(call))).unwrap_or_default();
    writeln!(
        out,
        "{}  {}",
        paint.paint(Style::Function, phrase::function(site)),
        paint.paint(Style::Dim, format_args!("{place}{call}")),
    )?;
    for Variable { name, value, line, is_argument, seen } in &frame.variables {
        let from = match (is_argument, line) {
            (true, _) => "argument".to_owned(),
            (false, Some(line)) => format!("line {line}, {seen}"),
            (false, None) => seen.to_string(),
        };
        writeln!(
            out,
            "  {} = {}  {}",
            Clean(name),
            paint.value(Style::Value, value),
            paint.paint(Style::Dim, format_args!("({from})")),
        )?;
    }
    Ok(())
}

/// The columns of a state that is no JSON: its fields.
const COLUMNS: &[&[&str]] =
    &[events_json::HEAD, &["what", "frames", "complete", "lost", "source", "source_changed"], LOG];

fn object(store: &Store, state: &State, around: u32, sources: &mut Sources) -> Map<String, Json> {
    let (event, site) = (&state.at.event, store.site(&state.at));
    let mut object = events_json::head("state_at", event, site, store.thread(&state.at));
    object.insert("what".into(), kind_of(event, site).name().into());
    object.insert("frames".into(), state.frames.iter().map(|frame| frame_object(store, frame)).collect());
    object.insert("complete".into(), state.is_complete.into());
    object.insert("lost".into(), state.lost.into());
    let found = place(store, state, around, sources);
    if let Some((_, line, _)) = &found {
        object.insert("line".into(), (*line).into());
    }
    let excerpt = found.and_then(|(_, _, excerpt)| excerpt);
    let lines = |excerpt: &Excerpt| -> Json {
        excerpt.lines.iter().map(|(line, text)| json!({"line": line, "text": text})).collect()
    };
    object.insert("source".into(), excerpt.as_ref().map(lines).into());
    object.insert("source_changed".into(), excerpt.map(|excerpt| excerpt.is_newer).into());
    insert_log(&mut object, store, state.at.log);
    object
}

fn frame_object(store: &Store, frame: &Frame) -> Json {
    let (entry, site) = (&frame.entry.event, store.site(&frame.entry));
    let variables: Json = frame
        .variables
        .iter()
        .map(|Variable { name, value, seen, line, is_argument }| {
            json!({
                "name": name,
                "value": to_json(value),
                "event": seen.to_string(),
                "line": line,
                "argument": is_argument,
            })
        })
        .collect();
    json!({
        "call": entry.call.map(|call| call.0),
        "function": site.map(|site| &site.function),
        "file": site.map(|site| &site.file),
        "line": frame.line.or(site.map(|site| site.line)),
        "thread": entry.thread.0,
        "entry": entry.id.to_string(),
        "time_ns": entry.time,
        "variables": variables,
    })
}
