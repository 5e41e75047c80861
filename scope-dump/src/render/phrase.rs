//! The phrases that the two text views share.

use std::fmt::Write;

use crate::log::{Event, EventKind, Mark, Outcome, RECORDER, SiteDef, ThreadDef, ThreadId, Value};
use crate::paint::{Paint, Style};
use crate::units::{Clean, Duration};

/// The path of the function that a site is in.
pub(crate) fn function(site: Option<&SiteDef>) -> Clean<&str> {
    Clean(site.map_or("<unknown function>", |site| &site.function))
}

/// `src/main.rs:12`
pub(crate) fn place(site: &SiteDef, line: Option<u32>) -> Clean<String> {
    Clean(format!("{}:{}", site.file, line.unwrap_or(site.line)))
}

/// `main (1)`, or `thread 3` where it has no name.
pub(crate) fn thread(id: ThreadId, def: Option<&ThreadDef>) -> String {
    match def.and_then(|def| def.name.as_deref()) {
        Some(name) => format!("{} ({})", Clean(name), id.0),
        None if id == RECORDER => "recorder".to_owned(),
        None => format!("thread {}", id.0),
    }
}

/// The names of a site's values.
pub(crate) fn names(site: Option<&SiteDef>) -> &[String] {
    site.map_or(&[], |site| &site.names)
}

/// `a = 1, b = "x"`
pub(crate) fn values(names: &[String], values: &[Value], paint: Paint) -> String {
    let mut text = String::new();
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            text.push_str(", ");
        }
        match names.get(index) {
            Some(name) => _ = write!(text, "{} = ", Clean(name)),
            None => _ = write!(text, "#{index} = "),
        }
        _ = write!(text, "{}", paint.value(Style::Value, value));
    }
    text
}

/// How a call ended, to stand behind an arrow: `Ok(3)`, ``Err(Empty) by `?` at src/a.rs:12``, `panicked`. Empty for a plain
/// return without a value.
pub(crate) fn outcome(event: &Event, site: Option<&SiteDef>, paint: Paint) -> String {
    let EventKind::Exit { outcome, value, line, .. } = &event.kind else { return String::new() };
    let style = if *outcome == Outcome::Early { Style::Bad } else { Style::Value };
    let mut text = value.as_ref().map(|value| paint.value(style, value).to_string()).unwrap_or_default();
    let (style, word) = match outcome {
        Outcome::Returned => return text,
        Outcome::Left => (Style::Odd, "returned, value not seen"),
        Outcome::Early => (Style::Bad, "by `?`"),
        Outcome::Panicked => (Style::Bad, "panicked"),
        Outcome::Cancelled => (Style::Odd, "cancelled"),
        _ => (Style::Odd, "exit lost"),
    };
    if !text.is_empty() {
        text.push(' ');
    }
    _ = write!(text, "{}", paint.paint(style, word));
    if let (Some(site), Some(_)) = (site, line) {
        _ = write!(text, "{}", paint.paint(style, format_args!(" at {}", place(site, *line))));
    }
    text
}

/// `   1.25 µs`: the duration of the call that ends here, or nothing.
pub(crate) fn duration(event: &Event, paint: Paint) -> String {
    match event.kind {
        EventKind::Exit { duration: Some(ns), .. } => format!("   {}", paint.paint(Style::Dim, Duration(ns))),
        _ => String::new(),
    }
}

/// `17 records lost here`
pub(crate) fn lost(count: u64) -> String {
    if count == 1 { "1 record lost here".to_owned() } else { format!("{count} records lost here") }
}

/// What the recorder tells.
pub(crate) fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Start => "recording begins".to_owned(),
        Mark::Stop => "recording ends".to_owned(),
        Mark::Snapshot(reason) => format!("snapshot: {}", Clean(reason)),
        Mark::Limit(reason) => format!("recording stopped: {reason}"),
        Mark::Other(code) => format!("mark {code}, which this version doesn't know"),
        _ => "a mark that this version doesn't know".to_owned(),
    }
}

/// What the program tells by itself: states, metrics, messages, events of its own.
pub(crate) fn own(event: &Event, site: Option<&SiteDef>, paint: Paint) -> String {
    let (name, rest) = match names(site).split_first() {
        Some((name, rest)) => (Clean(name.as_str()).to_string(), rest),
        None => ("?".to_owned(), &[][..]),
    };
    let fields = |fields: &[Value]| {
        let separator = if fields.is_empty() { "" } else { "  " };
        format!("{separator}{}", values(rest, fields, paint))
    };
    let value = |value| paint.value(Style::Value, value);
    match &event.kind {
        EventKind::State { old, new } => format!("{name}: {} → {}", value(old), value(new)),
        EventKind::Metric { value: found } => format!("{name} = {}", value(found)),
        EventKind::Sent { message, fields: more } | EventKind::Received { message, fields: more } => {
            format!("{name} {}{}", value(message), fields(more))
        }
        EventKind::Custom { fields: all } => format!("{name}{}", fields(all)),
        EventKind::Correlated { id: Some(id) } => id.to_string(),
        EventKind::Correlated { id: None } => "none any more".to_owned(),
        EventKind::Unknown { code, bytes } => format!("kind {code}, {} bytes", bytes.len()),
        _ => String::new(),
    }
}
