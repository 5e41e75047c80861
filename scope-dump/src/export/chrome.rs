//! `--to chrome`: the trace event format, in JSON. Written as it comes; `docs/export.md` says what is in it.

use std::io::{self, Write};

use serde_json::{Map, Value as Json, json};

use super::describe::{outcome_name, place, title};
use super::messages::{Messages, unique};
use super::processes::Process;
use super::timeline::{End, Slice, ThreadKey, Timeline, Told};
use crate::log::{CallId, EventKind, Located, RECORDER, SiteDef};
use crate::render::phrase;
use crate::render::value_json::{named, to_json};

/// See the module's text.
pub(crate) struct Chrome<'a> {
    out: &'a mut dyn Write,
    /// By process.
    pids: Vec<u32>,
    /// Times are told from here: what is read as an `f64` keeps its nanoseconds.
    base: u64,
    messages: Messages,
}

/// One trace event, but for its time and process.
struct Head<'a> {
    /// `B`, `E`, `i`, …
    phase: &'static str,
    name: &'a str,
    category: &'static str,
    at: ThreadKey,
    time: u64,
}

impl<'a> Chrome<'a> {
    /// Begins the document, with the processes and their threads.
    pub fn new(out: &'a mut dyn Write, processes: &[Process<'_>], base: u64) -> io::Result<Self> {
        out.write_all(b"{\"displayTimeUnit\":\"ns\",\"traceEvents\":[\n")?;
        let mut separator = "";
        for (index, process) in processes.iter().enumerate() {
            let mut meta = |tid: u32, name: &str, args: Json| {
                let event = json!({
                    "ph": "M", "cat": "__metadata", "name": name, "pid": process.pid, "tid": tid, "ts": 0, "args": args,
                });
                write!(out, "{}{event}", std::mem::replace(&mut separator, ",\n"))
            };
            meta(0, "process_name", json!({"name": process.program()}))?;
            if processes.len() > 1 {
                meta(0, "process_labels", json!({"labels": process.label()}))?;
                meta(0, "process_sort_index", json!({"sort_index": index}))?;
            }
            meta(0, "thread_name", json!({"name": "recorder"}))?;
            for thread in &process.threads {
                let id = thread.id.0;
                let name = thread.name.clone().unwrap_or_else(|| format!("thread {id}"));
                meta(id, "thread_name", json!({"name": name, "os_id": thread.os_id}))?;
                meta(id, "thread_sort_index", json!({"sort_index": id}))?;
            }
        }
        let pids = processes.iter().map(|process| process.pid).collect();
        Ok(Self { out, pids, base, messages: Messages::default() })
    }

    /// Ends the document.
    pub fn finish(self, processes: &[Process<'_>], cut: bool) -> io::Result<()> {
        let lost = processes.iter().fold(0u64, |lost, process| lost.saturating_add(process.lost()));
        let mut other = Map::new();
        if let [Process { header, .. }] = processes {
            other.insert("program".into(), json!(header.program));
            other.insert("command".into(), json!(header.command));
            other.insert("start_ns".into(), json!(header.start));
        }
        other.insert("zero_ns".into(), json!(self.base));
        other.insert("lost".into(), json!(lost));
        other.insert("cut".into(), json!(cut));
        match processes {
            [process] => other.insert("recorded_by".into(), json!(recorded_by(process))),
            several => other.insert("processes".into(), several.iter().map(about).collect()),
        };
        let other = Json::Object(other);
        write!(self.out, "\n],\"otherData\":{other}}}\n")
    }

    /// Writes one event. `more`: further fields, each with its comma before it.
    fn write(&mut self, head: &Head<'_>, more: &str, args: Option<Map<String, Json>>) -> io::Result<()> {
        let Head { phase, name, category, at, time } = *head;
        let pid = self.pids.get(at.process).copied().unwrap_or_default();
        let (sign, ns) = if time < self.base { ("-", self.base - time) } else { ("", time - self.base) };
        write!(self.out, ",\n{{\"ph\":\"{phase}\",\"cat\":\"{category}\",\"name\":")?;
        serde_json::to_writer(&mut *self.out, name)?;
        let (micros, rest) = (ns / 1000, ns % 1000);
        write!(self.out, ",\"pid\":{pid},\"tid\":{},\"ts\":{sign}{micros}.{rest:03}{more}", at.thread.0)?;
        if let Some(args) = args {
            self.out.write_all(b",\"args\":")?;
            serde_json::to_writer(&mut *self.out, &args)?;
        }
        self.out.write_all(b"}")
    }

    fn begin(&mut self, at: ThreadKey, time: u64, slice: &Slice<'_>) -> io::Result<()> {
        let head = Head { phase: "B", name: slice.name(), category: "call", at, time };
        self.write(&head, "", Some(begin_args(slice)))?;
        if let (true, Some(call)) = (slice.waits > 0, slice.call) {
            let hop = hop(at, call, slice.waits);
            let head = Head { phase: "f", name: "goes on", category: "async", ..head };
            self.write(&head, &format!(",\"id\":\"{hop}\",\"bp\":\"e\""), None)?;
        }
        Ok(())
    }

    fn end(&mut self, at: ThreadKey, time: u64, slice: &Slice<'_>, end: &End<'_>) -> io::Result<()> {
        if let (End::Suspended, Some(call)) = (end, slice.call) {
            // The arrow leads from inside the slice.
            let hop = hop(at, call, slice.waits.saturating_add(1));
            let head = Head { phase: "s", name: "goes on", category: "async", at, time };
            self.write(&head, &format!(",\"id\":\"{hop}\""), None)?;
        }
        let head = Head { phase: "E", name: slice.name(), category: "call", at, time };
        self.write(&head, "", Some(end_args(end)))
    }

    fn task(
        &mut self,
        phase: &'static str,
        at: ThreadKey,
        time: u64,
        slice: &Slice<'_>,
        args: Map<String, Json>,
    ) -> io::Result<()> {
        let Some(call) = slice.call else { return Ok(()) };
        let head = Head { phase, name: slice.name(), category: "async", at, time };
        self.write(&head, &format!(",\"id\":\"{:#x}\"", unique(at.process, call.0)), Some(args))
    }

    fn event(&mut self, at: ThreadKey, time: u64, located: &Located, site: Option<&SiteDef>) -> io::Result<()> {
        let (event, names) = (&located.event, phrase::names(site));
        let own = names.first().map_or("?", String::as_str);
        let rest = names.get(1..).unwrap_or_default();
        let mut args = Map::new();
        match &event.kind {
            EventKind::Metric { value } => {
                if let Some(value) = value.as_f64().filter(|value| value.is_finite()) {
                    args.insert("value".into(), json!(value));
                    let head = Head { phase: "C", name: own, category: "metric", at, time };
                    return self.write(&head, "", Some(args));
                }
                args.insert("value".into(), to_json(value));
            }
            EventKind::State { old, new } => {
                args.insert("old".into(), to_json(old));
                args.insert("new".into(), to_json(new));
            }
            EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
                args.insert("message".into(), to_json(message));
                args.insert("fields".into(), named(rest, fields));
                let (phase, flow) = match event.kind {
                    EventKind::Sent { .. } => ("s", Some(self.messages.sent(own, message, event, at.process))),
                    // There may be further receivers.
                    _ => ("t", self.messages.received(own, message)),
                };
                if let Some(flow) = flow {
                    let head = Head { phase, name: own, category: "message", at, time };
                    self.write(&head, &format!(",\"id\":\"m{flow:x}\""), None)?;
                }
            }
            EventKind::Custom { fields } => _ = args.insert("fields".into(), named(rest, fields)),
            EventKind::Values { values } => _ = args.insert("values".into(), named(names, values)),
            EventKind::Lost { count } => _ = args.insert("count".into(), json!(count)),
            EventKind::Exit { outcome, value, line, .. } => {
                args = end_args(&End::Exit { outcome: *outcome, value: value.as_ref(), line: *line });
            }
            _ => {}
        }
        let (name, category) = title(event, site);
        if let Some(site) = site {
            args.insert("at".into(), place(site).into());
        }
        let scope = if at.thread == RECORDER { ",\"s\":\"p\"" } else { ",\"s\":\"t\"" };
        self.write(&Head { phase: "i", name: &name, category, at, time }, scope, Some(args))
    }
}

impl Timeline for Chrome<'_> {
    fn tell(&mut self, at: ThreadKey, time: u64, told: Told<'_>) -> io::Result<()> {
        match told {
            Told::Begin(slice) => self.begin(at, time, &slice),
            Told::End(slice, end) => self.end(at, time, &slice, &end),
            Told::TaskBegin(slice) => self.task("b", at, time, &slice, begin_args(&slice)),
            Told::TaskEnd(slice, end) => self.task("e", at, time, &slice, end_args(&end)),
            Told::Event(located, site) => self.event(at, time, located, site),
        }
    }
}

/// One of several processes.
fn about(process: &Process<'_>) -> Json {
    let Process { pid, header, logs, .. } = process;
    let logs: Vec<_> = logs.iter().map(|log| log.path().to_string_lossy()).collect();
    json!({
        "pid": pid, "program": header.program, "command": header.command, "start_ns": header.start,
        "recorded_by": recorded_by(process), "logs": logs, "lost": process.lost(),
    })
}

fn recorded_by(process: &Process<'_>) -> String {
    format!("scope {}", process.header.version)
}

/// The arrow that leads to where a call goes on after so many waits.
fn hop(at: ThreadKey, call: CallId, waits: u32) -> String {
    format!("{:#x}.{waits}", unique(at.process, call.0))
}

fn begin_args(slice: &Slice<'_>) -> Map<String, Json> {
    let mut args = Map::new();
    if !slice.args.is_empty() {
        args.insert("args".into(), named(phrase::names(slice.site), slice.args));
    }
    args.extend(slice.site.map(|site| ("at".to_owned(), place(site).into())));
    args.extend(slice.call.map(|call| ("call".to_owned(), call.0.into())));
    args.extend(slice.correlation.map(|id| ("correlation".to_owned(), id.into())));
    if slice.waits > 0 {
        args.insert("waits_before".into(), slice.waits.into());
    }
    if slice.is_clipped {
        args.insert("began".into(), "before".into());
    }
    args
}

fn end_args(end: &End<'_>) -> Map<String, Json> {
    let mut args = Map::new();
    args.insert("outcome".into(), outcome_name(end).into());
    if let End::Exit { value, line, .. } = end {
        args.extend(value.map(|value| ("value".to_owned(), to_json(value))));
        args.extend(line.map(|line| ("exit_line".to_owned(), line.into())));
    }
    args
}
