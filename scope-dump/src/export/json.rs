//! `--to json` and `--to jsonl`: all that is in a log. `docs/export.md` says which fields there are.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::Context;
use super::player::Played;
use crate::error::DumpError;
use crate::log::{LogEnd, PlaceKind, SiteDef, SiteKind};
use crate::render::{Rendered, about, events_json};

/// How the parts stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One object, with lists in it.
    Document,
    /// An object a line, which says what it is.
    Lines,
}

/// Writes the log: process, threads, sites, events, end.
pub(crate) fn write(
    context: &Context<'_>,
    shape: Shape,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let Context { reader, filter, window } = context;
    let mut parts = Parts { out, shape, first: true };
    let header = reader.header();
    let (major, minor) = reader.version();
    parts.one(
        "process",
        json!({
            "program": header.program, "command": header.command, "pid": header.pid, "start_ns": header.start,
            "scope": header.version, "os": header.os, "arch": header.arch, "cwd": header.cwd, "config": header.config,
            "log_version": format!("{major}.{minor}"),
        }),
    )?;
    parts.begin("threads")?;
    for thread in reader.threads() {
        let object = json!({"thread": thread.id.0, "thread_name": thread.name, "os_id": thread.os_id});
        parts.item("thread", object)?;
    }
    parts.end()?;
    parts.begin("sites")?;
    for site in reader.sites() {
        parts.item("site", site_json(site))?;
    }
    parts.end()?;

    let mut played = Played { events: 0, cut: None };
    let mut last = 0;
    parts.begin("events")?;
    for event in reader.events() {
        let Some(event) = rendered.keep(event) else { continue };
        let (site, thread) = about(reader, &event);
        if !filter.event(&event, site, thread) {
            continue;
        }
        if window.max_events.is_some_and(|max| played.events >= max) {
            played.cut = Some(last);
            break;
        }
        (played.events, last) = (played.events + 1, event.time);
        let mut object = events_json::object(&event, site, thread);
        object.insert("site".to_owned(), event.site.map(|site| site.0).into());
        parts.item("event", Json::Object(object))?;
    }
    parts.end()?;
    let end = match reader.state() {
        LogEnd::Sealed => "sealed",
        LogEnd::Torn { .. } => "torn",
        _ => "open",
    };
    let damage: Vec<Json> =
        reader.damage().iter().map(|damage| json!({"offset": damage.offset, "length": damage.length})).collect();
    parts.one("end", json!({
        "events": played.events, "cut": played.cut.is_some(), "lost": reader.lost(), "recovered": reader.recovered(),
        "end": end, "damage": damage,
    }))?;
    parts.finish()?;
    Ok(played)
}

fn site_json(site: &SiteDef) -> Json {
    let kind = match &site.kind {
        SiteKind::Function { .. } => "function",
        SiteKind::Place(place) => match place {
            PlaceKind::Line => "line",
            PlaceKind::Variables => "variables",
            PlaceKind::Expression => "expression",
            PlaceKind::Return => "return",
            PlaceKind::Question => "question",
            PlaceKind::Branch => "branch",
            PlaceKind::Iteration => "iteration",
            PlaceKind::Custom => "custom",
            PlaceKind::Metric => "metric",
            PlaceKind::State => "state",
            PlaceKind::Sent => "sent",
            PlaceKind::Received => "received",
            PlaceKind::Correlation => "correlation",
            _ => "unknown",
        },
        _ => "unknown",
    };
    json!({
        "site": site.id.0, "site_kind": kind, "function": site.function, "module": site.module, "name": site.name,
        "file": site.file, "line": site.line, "names": site.names,
    })
}

/// Writes parts with what separates them.
struct Parts<'o> {
    out: &'o mut dyn Write,
    shape: Shape,
    /// Nothing stands before in this list.
    first: bool,
}

impl Parts<'_> {
    /// A part that there is one of.
    fn one(&mut self, name: &str, object: Json) -> Result<(), DumpError> {
        match self.shape {
            Shape::Lines => self.item(name, object),
            Shape::Document => {
                let before = if name == "process" { "{\n" } else { ",\n" };
                write!(self.out, "{before}\"{name}\":{object}")?;
                Ok(())
            }
        }
    }

    /// A list begins.
    fn begin(&mut self, name: &str) -> Result<(), DumpError> {
        self.first = true;
        if self.shape == Shape::Document {
            write!(self.out, ",\n\"{name}\":[")?;
        }
        Ok(())
    }

    /// One of the list.
    fn item(&mut self, name: &str, object: Json) -> Result<(), DumpError> {
        match self.shape {
            Shape::Document => write!(self.out, "{}\n{object}", if self.first { "" } else { "," })?,
            Shape::Lines => {
                let mut line = Map::from_iter([("record".to_owned(), Json::from(name))]);
                if let Json::Object(object) = object {
                    line.extend(object);
                }
                writeln!(self.out, "{}", Json::Object(line))?;
            }
        }
        self.first = false;
        Ok(())
    }

    fn end(&mut self) -> Result<(), DumpError> {
        if self.shape == Shape::Document {
            self.out.write_all(b"\n]")?;
        }
        Ok(())
    }

    fn finish(&mut self) -> Result<(), DumpError> {
        if self.shape == Shape::Document {
            self.out.write_all(b"\n}\n")?;
        }
        Ok(())
    }
}
