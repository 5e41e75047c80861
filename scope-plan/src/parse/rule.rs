//! `[defaults]`, `[[module]]` and `[[function]]`.

use std::ops::RangeInclusive;
use std::time::Duration;

use toml::de::DeTable;

use crate::capture::{Capture, Clock, Level};
use crate::glob::PathGlob;
use crate::model::{Filter, Rule, RuleKind};
use crate::parse::capture;
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;

/// What `snapshot_over` may be.
pub const SNAPSHOT_OVER: RangeInclusive<Duration> = Duration::from_micros(1)..=Duration::from_secs(24 * 3600);

/// Reads a `[defaults]` table: the rule about everything.
pub(crate) fn defaults(field: &Field<'_>, profile: Option<&str>, sink: &mut Sink<'_>) -> Option<Rule> {
    let table = field.table(sink)?;
    let parts = parts(table, Table::Defaults, sink);
    // It can't fail, and if it could the fault would be ours: the rule is then left out rather than wrong.
    let everything = PathGlob::new("**").ok()?;
    Some(parts.rule(RuleKind::Defaults, everything, sink.line(field.key_at), profile))
}

/// Reads all tables of a `[[module]]` or `[[function]]`.
pub(crate) fn list(field: &Field<'_>, place: Table, profile: Option<&str>, sink: &mut Sink<'_>) -> Vec<Rule> {
    let kind = if place == Table::Module { RuleKind::Module } else { RuleKind::Function };
    let mut rules = Vec::new();
    for (at, table) in field.tables(sink) {
        let mut parts = parts(table, place, sink);
        if !table.contains_key("path") {
            let message = format!("no `path` {}; add one, as in `path = \"my_app::orders\"`", place.place());
            sink.at(at, message);
        }
        if let Some(path) = parts.path.take() {
            rules.push(parts.rule(kind, path, sink.line(at), profile));
        }
    }
    rules
}

/// What the three kinds of rules share.
#[derive(Default)]
struct Parts {
    path: Option<PathGlob>,
    level: Option<Level>,
    clock: Option<Clock>,
    snapshot_over: Option<Duration>,
    capture: Capture,
    filter: Filter,
}

impl Parts {
    fn rule(self, kind: RuleKind, path: PathGlob, line: u32, profile: Option<&str>) -> Rule {
        let Self { level, clock, snapshot_over, capture, filter, .. } = self;
        let profile = profile.map(str::to_owned);
        Rule { kind, path, level, clock, snapshot_over, capture, filter, line, profile }
    }
}

fn parts(table: &DeTable<'_>, place: Table, sink: &mut Sink<'_>) -> Parts {
    let mut parts = Parts::default();
    for (key, value) in table {
        let field = Field::new(key, value);
        if !place.keys().contains(&field.key) {
            sink.unknown_key(&field, place);
            continue;
        }
        match field.key {
            "path" => parts.path = path(&field, sink),
            "level" => parts.level = field.choice(&Level::NAMES, Level::from_name, sink),
            "clock" => parts.clock = field.choice(&Clock::NAMES, Clock::from_name, sink),
            "snapshot_over" => parts.snapshot_over = field.duration_in(SNAPSHOT_OVER, sink),
            "include" => parts.filter.include = field.list(PathGlob::new, sink),
            "exclude" => parts.filter.exclude = field.list(PathGlob::new, sink),
            "capture" => parts.capture = capture::read(&field, sink),
            _ => sink.unknown_key(&field, place),
        }
    }
    parts
}

fn path(field: &Field<'_>, sink: &mut Sink<'_>) -> Option<PathGlob> {
    let text = field.text(sink)?;
    match PathGlob::new(text) {
        Ok(glob) => Some(glob),
        Err(error) => {
            sink.at_value(field, format!("bad glob in `path`: {error}"));
            None
        }
    }
}
