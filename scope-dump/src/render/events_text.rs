//! `events`, for people: one event a line.
//!
//! ```text
//! 12:30:05.123456789     1:16  main (1)    2  app::parse::record                entry       line = "x"  src/parse.rs:12
//! ```

use std::io::{self, Write};

use super::{Rendered, about, label, phrase, thread_of};
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::kind_of;
use crate::log::{Event, EventKind, LogReader, Outcome, SiteDef, Store};
use crate::paint::{Paint, Style};
use crate::units::{Clean, TimeOfDay};
use crate::width::{fit_end, pad, width};

/// The width of the columns; what is longer pushes the rest of its line to the right.
const FUNCTION: usize = 32;
const WHAT: usize = 10;

/// How the lines look.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Look {
    pub paint: Paint,
    /// Where lines are cut.
    pub columns: Option<usize>,
    /// How wide the threads' column is.
    pub label: usize,
}

impl Look {
    /// For a log with these threads.
    pub fn new(paint: Paint, columns: Option<usize>, reader: &LogReader) -> Self {
        let labels = reader.threads().map(|thread| width(&phrase::thread(thread.id, Some(thread))));
        Self { paint, columns, label: labels.max().unwrap_or(0).min(24) }
    }

    /// For these logs.
    pub fn of_store(paint: Paint, columns: Option<usize>, store: &Store) -> Self {
        let logs = store.logs().iter().enumerate();
        let labels = logs.flat_map(|(log, reader)| reader.threads().map(move |def| (log, def)));
        let labels = labels.map(|(log, def)| width(&label(store, log, def.id, Some(def))));
        Self { paint, columns, label: labels.max().unwrap_or(0).min(if store.is_many() { 40 } else { 24 }) }
    }

    /// Writes one event of this log.
    pub fn line(self, reader: &LogReader, event: &Event, out: &mut dyn Write) -> io::Result<()> {
        let (site, thread) = about(reader, event);
        self.write(&phrase::thread(event.thread, thread), site, event, out)
    }

    /// Writes one event, of a thread that is called `thread`.
    fn write(self, thread: &str, site: Option<&SiteDef>, event: &Event, out: &mut dyn Write) -> io::Result<()> {
        let Self { paint, columns, label } = self;
        write!(
            out,
            "{}  {:>7}  {}  {:>3}  {}  {}",
            paint.paint(Style::Dim, TimeOfDay(event.time)),
            event.id.to_string(),
            paint.paint(Style::Dim, pad(thread, label)),
            event.depth,
            paint.paint(Style::Function, function(site, columns)),
            paint.paint(style(event), format_args!("{:<WHAT$}", what(event, site))),
        )?;
        let details = details(event, site, paint);
        if !details.is_empty() {
            write!(out, "  {details}")?;
        }
        if let Some(site) = site {
            let line = if let EventKind::Exit { line, .. } = event.kind { line } else { None };
            write!(out, "  {}", paint.paint(Style::Dim, phrase::place(site, line)))?;
        }
        writeln!(out)
    }
}

/// Writes every event that the filter lets through.
pub(crate) fn render(
    answer: &Answer<'_>,
    look: Look,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    for located in answer.store.events(answer.filter) {
        let Some(located) = rendered.answer(located) else { continue };
        look.write(&thread_of(answer.store, &located), answer.store.site(&located), &located.event, out)?;
    }
    Ok(())
}

/// The path of the function, or a dash where the event belongs to none. Where lines are cut, paths that are longer than their
/// column lose their beginning, so that what follows stays in its column.
fn function(site: Option<&SiteDef>, columns: Option<usize>) -> String {
    let function = if site.is_some() { phrase::function(site).to_string() } else { "-".to_owned() };
    match columns {
        None => pad(&function, FUNCTION),
        Some(columns) => {
            let room = (columns / 4).clamp(16, 48);
            pad(&fit_end(&function, room), room)
        }
    }
}

fn what(event: &Event, site: Option<&SiteDef>) -> &'static str {
    kind_of(event, site).name()
}

fn style(event: &Event) -> Style {
    match event.kind {
        EventKind::Exit { outcome: Outcome::Early | Outcome::Panicked, .. } => Style::Bad,
        EventKind::Exit { outcome: Outcome::Cancelled | Outcome::Unknown, .. } => Style::Odd,
        EventKind::Lost { .. } | EventKind::Mark { .. } | EventKind::Unknown { .. } => Style::Odd,
        _ => Style::Mark,
    }
}

/// The values, and what else there is to say.
pub(super) fn details(event: &Event, site: Option<&SiteDef>, paint: Paint) -> String {
    match &event.kind {
        EventKind::Entry { args, is_async } => {
            let values = phrase::values(phrase::names(site), args, paint);
            let is_async = if *is_async { paint.paint(Style::Mark, "async ").to_string() } else { String::new() };
            format!("{is_async}{values}").trim_end().to_owned()
        }
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
