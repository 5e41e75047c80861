//! `events`, for people: one event a line.
//!
//! ```text
//! 12:30:05.123456789  main (1)    2  app::parse::record                entry       line = "x"  src/parse.rs:12
//! ```

use std::io::Write;

use super::{Rendered, about, phrase};
use crate::error::DumpError;
use crate::filter::{Filter, kind_of};
use crate::log::{Event, EventKind, LogReader, SiteDef};
use crate::paint::{Paint, Style};
use crate::units::{Clean, TimeOfDay};

/// The width of the columns; what is longer pushes the rest of its line to the right.
const FUNCTION: usize = 32;
const WHAT: usize = 10;

/// Writes every event that the filter lets through.
pub(crate) fn render(
    reader: &LogReader,
    filter: &Filter<'_>,
    paint: Paint,
    out: &mut dyn Write,
    rendered: &mut Rendered,
) -> Result<(), DumpError> {
    let labels = reader.threads().map(|thread| phrase::thread(thread.id, Some(thread)).chars().count());
    let width = labels.max().unwrap_or(0).min(24);
    for event in reader.events() {
        let Some(event) = rendered.keep(event) else { continue };
        let (site, thread) = about(reader, &event);
        if !filter.event(&event, site, thread) {
            continue;
        }
        let thread = phrase::thread(event.thread, thread);
        write!(
            out,
            "{}  {}  {:>3}  {}  {}",
            paint.paint(Style::Dim, TimeOfDay(event.time)),
            paint.paint(Style::Dim, format_args!("{thread:<width$}")),
            event.depth,
            paint.paint(Style::Function, format_args!("{:<FUNCTION$}", function(site).to_string())),
            paint.paint(style(&event), format_args!("{:<WHAT$}", what(&event, site))),
        )?;
        let details = details(&event, site, paint);
        if !details.is_empty() {
            write!(out, "  {details}")?;
        }
        // An operation begins in a call, and has no place beside that.
        if let Some(site) = site.filter(|site| !site.file.is_empty()) {
            let line = if let EventKind::Exit { line, .. } = event.kind { line } else { None };
            write!(out, "  {}", paint.paint(Style::Dim, phrase::place(site, line)))?;
        }
        writeln!(out)?;
    }
    Ok(())
}

/// The path of the function, or a dash where the event belongs to none.
fn function(site: Option<&SiteDef>) -> String {
    if site.is_some() { phrase::function(site).to_string() } else { "-".to_owned() }
}

fn what(event: &Event, site: Option<&SiteDef>) -> &'static str {
    kind_of(event, site).name()
}

fn style(event: &Event) -> Style {
    match event.kind {
        EventKind::Lost { .. } | EventKind::Mark { .. } => Style::Odd,
        _ => Style::Mark,
    }
}

/// The values, and what else there is to say.
fn details(event: &Event, site: Option<&SiteDef>, paint: Paint) -> String {
    match &event.kind {
        EventKind::Entry { args, .. } => phrase::values(phrase::names(site), args, paint),
        EventKind::Line => Clean(phrase::names(site).join(", ")).to_string(),
        EventKind::Values { values } => phrase::values(phrase::names(site), values, paint),
        // The place of a `?` is at the line's end, as every event's place is.
        EventKind::Exit { .. } => {
            format!("{}{}", phrase::outcome(event, None, paint), phrase::duration(event, paint)).trim_start().to_owned()
        }
        EventKind::Lost { count } => paint.paint(Style::Odd, phrase::lost(*count)).to_string(),
        EventKind::Mark { mark } => paint.paint(Style::Odd, phrase::mark(mark)).to_string(),
        _ => phrase::own(event, site, paint),
    }
}
