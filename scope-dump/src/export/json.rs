//! `--to json` and `--to jsonl`: all that is in logs. `docs/export.md` says which fields there are.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::Context;
use super::player::Played;
use crate::error::DumpError;
use crate::log::{LogReader, PlaceKind, SiteDef, SiteKind, Store};
use crate::render::{Rendered, events_json, fields, info, insert_log};

/// How the parts stand beside each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// One object, with lists in it.
    Document,
    /// An object a line, which says what it is.
    Lines,
}

/// Writes the logs: processes, threads, sites, events, end.
pub(crate) fn write(
    context: &Context<'_>,
    shape: Shape,
    out: &mut dyn Write,
    rendered: &mut Rendered<'_>,
) -> Result<Played, DumpError> {
    let Context { store, filter, window, .. } = context;
    let mut parts = Parts { out, shape, first: true, any: false };
    if store.is_many() {
        parts.list("processes", "process", each(store, |log| [process(log)]))?;
    } else if let [log] = store.logs() {
        parts.one("process", process(log))?;
    }
    let threads = |log| LogReader::threads(log).map(info::thread_object);
    parts.list("threads", "thread", each(store, threads))?;
    parts.list("sites", "site", each(store, |log| log.sites().map(site_json)))?;

    let mut played = Played { events: 0, cut: None };
    let mut last = 0;
    parts.begin("events")?;
    for located in store.all_events() {
        let Some(located) = rendered.answer(located) else { continue };
        let event = &located.event;
        if !filter.event(event, store.site(&located), store.thread(&located)) {
            continue;
        }
        if window.max_events.is_some_and(|max| played.events >= max) {
            played.cut = Some(last);
            break;
        }
        (played.events, last) = (played.events + 1, event.time);
        let mut object = events_json::of_store(store, &located);
        object.insert("site".to_owned(), event.site.map(|site| site.0).into());
        parts.item("event", object)?;
    }
    parts.end()?;
    let sum = |count: fn(&LogReader) -> u64| store.logs().iter().map(count).fold(0, u64::saturating_add);
    let mut end = fields([
        ("events", json!(played.events)),
        ("cut", json!(played.cut.is_some())),
        ("lost", json!(sum(LogReader::lost))),
        ("recovered", json!(sum(LogReader::recovered))),
    ]);
    match store.logs() {
        [log] => end.extend(state(log)),
        _ => {
            let counts = |log: &LogReader| {
                let mut object = fields([("lost", json!(log.lost())), ("recovered", json!(log.recovered()))]);
                object.extend(state(log));
                [object]
            };
            end.insert("logs".into(), each(store, counts).collect());
        }
    }
    parts.one("end", end)?;
    parts.finish()?;
    Ok(played)
}

/// What each log gives, with its path where there are several.
fn each<'s, I: IntoIterator<Item = Map<String, Json>> + 's>(
    store: &'s Store,
    give: impl Fn(&'s LogReader) -> I + 's,
) -> impl Iterator<Item = Map<String, Json>> + 's {
    store.logs().iter().enumerate().flat_map(move |(index, log)| {
        give(log).into_iter().map(move |mut object| {
            insert_log(&mut object, store, index);
            object
        })
    })
}

fn process(log: &LogReader) -> Map<String, Json> {
    let header = log.header();
    let (major, minor) = log.version();
    fields([
        ("program", json!(header.program)),
        ("command", json!(header.command)),
        ("pid", json!(header.pid)),
        ("start_ns", json!(header.start)),
        ("scope", json!(header.version)),
        ("os", json!(header.os)),
        ("arch", json!(header.arch)),
        ("cwd", json!(header.cwd)),
        ("config", json!(header.config)),
        ("log_version", json!(format!("{major}.{minor}"))),
    ])
}

/// How a log ends, and where it is damaged.
fn state(log: &LogReader) -> Map<String, Json> {
    let damage = log.damage().iter().map(|damage| json!({"offset": damage.offset, "length": damage.length}));
    fields([("end", json!(info::end_name(log.state()))), ("damage", damage.collect())])
}

fn site_json(site: &SiteDef) -> Map<String, Json> {
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
    fields([
        ("site", json!(site.id.0)),
        ("site_kind", json!(kind)),
        ("function", json!(site.function)),
        ("module", json!(site.module)),
        ("name", json!(site.name)),
        ("file", json!(site.file)),
        ("line", json!(site.line)),
        ("names", json!(site.names)),
    ])
}

/// Writes parts with what separates them.
struct Parts<'o> {
    out: &'o mut dyn Write,
    shape: Shape,
    /// Nothing stands before in this list.
    first: bool,
    /// A part stands before.
    any: bool,
}

impl Parts<'_> {
    /// What stands before a part of a document.
    fn name(&mut self, name: &str) -> Result<(), DumpError> {
        let before = if std::mem::replace(&mut self.any, true) { "," } else { "{" };
        write!(self.out, "{before}\n\"{name}\":")?;
        Ok(())
    }

    /// A part that there is one of.
    fn one(&mut self, name: &str, object: Map<String, Json>) -> Result<(), DumpError> {
        match self.shape {
            Shape::Lines => self.item(name, object),
            Shape::Document => {
                self.name(name)?;
                write!(self.out, "{}", Json::Object(object))?;
                Ok(())
            }
        }
    }

    /// A list of what is each a `record`.
    fn list(
        &mut self,
        name: &str,
        record: &str,
        mut objects: impl Iterator<Item = Map<String, Json>>,
    ) -> Result<(), DumpError> {
        self.begin(name)?;
        objects.try_for_each(|object| self.item(record, object))?;
        self.end()
    }

    /// A list begins.
    fn begin(&mut self, name: &str) -> Result<(), DumpError> {
        self.first = true;
        if self.shape == Shape::Document {
            self.name(name)?;
            self.out.write_all(b"[")?;
        }
        Ok(())
    }

    /// One of the list.
    fn item(&mut self, name: &str, object: Map<String, Json>) -> Result<(), DumpError> {
        match self.shape {
            Shape::Document => {
                write!(self.out, "{}\n{}", if self.first { "" } else { "," }, Json::Object(object))?;
            }
            Shape::Lines => {
                let mut line = fields([("record", json!(name))]);
                line.extend(object);
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
