//! How `check` tells what it found: text, or an object for each finding and each log.

use std::error::Error;
use std::io::Write;
use std::path::{Path, PathBuf};

use scope_store::DamageKind;
use serde_json::{Map, Value as Json, json};

use super::{Finding, Sum};
use crate::cli::Format;
use crate::error::DumpError;
use crate::exit::Exit;
use crate::log::ReadError;
use crate::paint::{Paint, Style};
use crate::render::fields;
use crate::render::objects::To;
use crate::units::{Clean, TimeOfDay, Timestamp};

/// The columns of what is no JSON: the fields.
const COLUMNS: &[&str] = &[
    "kind", "log", "offset", "bytes", "damage", "time", "time_ns", "thread", "count", "told", "read", "text",
    "verdict", "events", "calls", "lost",
];

/// Tells what is found.
pub(crate) struct Report<'o> {
    to: To<'o>,
    log: PathBuf,
    /// Nothing was found in this log so far.
    is_first: bool,
}

impl<'o> Report<'o> {
    /// In this format.
    pub fn new(format: Format, paint: Paint, out: &'o mut dyn Write) -> Result<Self, DumpError> {
        let to = To::new(format, paint, out, &[COLUMNS])?;
        Ok(Self { to, log: PathBuf::new(), is_first: true })
    }

    /// What follows is of this log.
    pub fn begin(&mut self, log: &Path) {
        self.log = log.to_owned();
        self.is_first = true;
    }

    /// Tells one thing.
    pub fn finding(&mut self, finding: &Finding<'_>) -> Result<(), DumpError> {
        let log = self.log.display();
        match &mut self.to {
            To::Text(paint, out) => {
                if self.is_first {
                    writeln!(out, "{}", paint.paint(Style::Head, Clean(&log)))?;
                }
                let style = if is_damage(finding) { Style::Bad } else { Style::Odd };
                writeln!(out, "  {}", paint.paint(style, text(finding)))?;
            }
            To::Objects(objects) => {
                let mut object = object(finding);
                object.shift_insert(1, "log".into(), log.to_string().into());
                object.insert("text".into(), text(finding).into());
                objects.write(&object)?;
            }
        }
        self.is_first = false;
        Ok(())
    }

    /// Tells what it comes to.
    pub fn end(&mut self, sum: &Sum) -> Result<(), DumpError> {
        let verdict = match sum.exit() {
            Exit::Success => "whole",
            Exit::Partial => "not whole",
            _ if sum.is_unreadable => "unreadable",
            _ => "damaged",
        };
        let log = self.log.display();
        match &mut self.to {
            // There is nothing to sum up.
            To::Text(..) if sum.is_unreadable => {}
            To::Text(paint, out) => {
                let style = if sum.is_damaged { Style::Bad } else { Style::Value };
                let Sum { events, calls, lost, .. } = sum;
                let verdict = paint.paint(style, verdict);
                let text = format!("{verdict}: {events} events, {calls} calls, {lost} records lost");
                if self.is_first {
                    writeln!(out, "{}: {text}", paint.paint(Style::Head, Clean(&log)))?;
                } else {
                    writeln!(out, "  {text}")?;
                }
            }
            To::Objects(objects) => objects.write(&fields([
                ("kind", json!("check")),
                ("log", json!(log.to_string())),
                ("verdict", json!(verdict.replace(' ', "_"))),
                ("events", json!(sum.events)),
                ("calls", json!(sum.calls)),
                ("lost", json!(sum.lost)),
            ]))?,
        }
        Ok(())
    }
}

const fn is_damage(finding: &Finding<'_>) -> bool {
    matches!(finding, Finding::Unreadable(_) | Finding::Damage(_) | Finding::Nameless { .. } | Finding::Totals { .. })
}

fn text(finding: &Finding<'_>) -> String {
    match finding {
        Finding::Unreadable(error) => match error.source() {
            Some(cause) => format!("{error}: {cause}"),
            None => error.to_string(),
        },
        Finding::Damage(damage) => format!("damaged: {damage}"),
        Finding::Torn { offset, bytes } => {
            format!(
                "torn at offset {offset}, {bytes} bytes behind it can't be read: its program was killed, or still runs"
            )
        }
        Finding::Open => "no end: its program was killed, or still runs".to_owned(),
        Finding::Rings { events } => {
            format!(
                "{events} events are from the rings of its program, which died: `scope-dump recover` writes a log that has them"
            )
        }
        Finding::Lost { event, thread, count } => {
            format!("lost: {count} records at {} in {thread}", TimeOfDay(event.time))
        }
        Finding::LostSomewhere { count } => format!("lost: {count} records, it is not known where"),
        Finding::Nameless { events } => format!("definitions: those of the places of {events} events are missing"),
        Finding::Totals { told, read } => {
            format!("totals: the log says that it holds {told} recorded events, and {read} can be read")
        }
    }
}

fn object(finding: &Finding<'_>) -> Map<String, Json> {
    match finding {
        Finding::Unreadable(error) => {
            let offset = if let ReadError::Io { offset, .. } | ReadError::Header { offset, .. } = error {
                Some(offset)
            } else {
                None
            };
            fields([("kind", json!("unreadable")), ("offset", json!(offset))])
        }
        Finding::Damage(damage) => fields([
            ("kind", json!("damage")),
            ("offset", json!(damage.offset)),
            ("bytes", json!(damage.length)),
            ("damage", json!(damage_name(damage.kind))),
        ]),
        Finding::Torn { offset, bytes } => {
            fields([("kind", json!("torn")), ("offset", json!(offset)), ("bytes", json!(bytes))])
        }
        Finding::Open => fields([("kind", json!("open"))]),
        Finding::Rings { events } => fields([("kind", json!("rings")), ("count", json!(events))]),
        Finding::Lost { event, count, .. } => fields([
            ("kind", json!("lost")),
            ("time", json!(Timestamp(event.time).to_string())),
            ("time_ns", json!(event.time)),
            ("thread", json!(event.thread.0)),
            ("count", json!(count)),
        ]),
        Finding::LostSomewhere { count } => fields([("kind", json!("lost")), ("count", json!(count))]),
        Finding::Nameless { events } => fields([("kind", json!("nameless")), ("count", json!(events))]),
        Finding::Totals { told, read } => {
            fields([("kind", json!("totals")), ("told", json!(told)), ("read", json!(read))])
        }
    }
}

/// The kind's name for programs.
const fn damage_name(kind: DamageKind) -> &'static str {
    match kind {
        DamageKind::Head => "head",
        DamageKind::Length => "length",
        DamageKind::Checksum => "checksum",
        DamageKind::Undecodable => "undecodable",
        DamageKind::Trailing => "trailing",
        _ => "other",
    }
}
