//! A shape: code with the attribute in it, a run of it, and the events that the run leaves.
//!
//! An event is a line of text, indented by how deep in calls it is. A call is `name(args)` where it begins and `name Returned value` where
//! it ends; a call that ends otherwise also has the line, counted from that of the function's name: `at +2`. Inside are
//! `x = 1`, `branch if x > 0`, `round for x in xs`, and in shapes with `lines` the lines that are reached: `+1`.

use crate::common::Recorded;
use scope::value::Value;
use scope_store::event::{CallId, Event, EventKind, Outcome, PlaceKind};
use scope_store::info::{SiteDef, SiteKind};
use std::collections::HashMap;

/// `name { code } { run } "event" "event" …`: a test. The code comes as it is written, not as a `$body`, which would be another shape.
macro_rules! shape {
    ($name:ident { $($code:tt)* } { $($run:tt)* } $($event:literal)*) => {
        $crate::shape::shape!(@ $name false { $($code)* } { $($run)* } $($event)*);
    };
    ($name:ident lines { $($code:tt)* } { $($run:tt)* } $($event:literal)*) => {
        $crate::shape::shape!(@ $name true { $($code)* } { $($run)* } $($event)*);
    };
    (@ $name:ident $lines:literal { $($code:tt)* } { $($run:tt)* } $($event:literal)*) => {
        #[test]
        fn $name() {
            $($code)*
            let recorded = $crate::common::record(|| { $($run)* });
            $crate::shape::check(&recorded, $lines, &[$($event),*]);
        }
    };
}
pub(crate) use shape;

/// Compares all events.
#[track_caller]
pub fn check(recorded: &Recorded, lines: bool, expected: &[&str]) {
    let events = events(recorded, lines);
    let pasted: Vec<_> = events.iter().map(|event| format!("    {event:?}\n")).collect();
    assert!(events == expected, "expected\n{expected:#?}\nrecorded, to be looked at and pasted:\n{}", pasted.concat());
}

/// All events, threads one after the other, the first one first.
pub fn events(recorded: &Recorded, lines: bool) -> Vec<String> {
    let mut text = Text { recorded, lines, calls: HashMap::new() };
    let calls = recorded.events.iter().filter(|event| matches!(event.kind, EventKind::Entry { .. }));
    text.calls.extend(calls.filter_map(|event| Some((event.call?, recorded.reader.site(event.site?)?))));
    let mut threads: Vec<_> = recorded.reader.threads().map(|thread| thread.id).collect();
    threads.sort_unstable();
    let mut told = Vec::new();
    for thread in threads {
        let events: Vec<_> = recorded
            .reader
            .thread_events(thread)
            .map(|event| event.expect("no damage"))
            .filter(|event| !event.is_bookkeeping())
            .collect();
        let events: Vec<_> = events.iter().filter_map(|event| text.of(event)).collect();
        if !told.is_empty() && !events.is_empty() {
            told.push("on another thread".to_owned());
        }
        told.extend(events);
    }
    assert_eq!(recorded.reader.lost(), 0);
    told
}

struct Text<'r> {
    recorded: &'r Recorded,
    lines: bool,
    /// The function of each call.
    calls: HashMap<CallId, &'r SiteDef>,
}

impl Text<'_> {
    fn of(&self, event: &Event) -> Option<String> {
        let site = event.site.and_then(|id| self.recorded.reader.site(id));
        let name = site.map_or("?", |site| site.name.as_str());
        let names = site.map_or(&[][..], |site| &site.names);
        let function = event.call.and_then(|call| self.calls.get(&call));
        let offset = |line: u32| format!("{:+}", i64::from(line) - function.map_or(0, |site| i64::from(site.line)));
        let text = match &event.kind {
            EventKind::Entry { args, .. } => format!("{name}({})", pairs(names, args)),
            EventKind::Exit { outcome, value, line, .. } => {
                let value = value.as_ref().map_or(String::new(), |value| format!(" {value}"));
                let line = line.filter(|_| self.lines || *outcome != Outcome::Returned);
                let line = line.map_or(String::new(), |line| format!(" at {}", offset(line)));
                format!("{name} {outcome:?}{value}{line}")
            }
            EventKind::Line => match site.map(|site| &site.kind) {
                Some(SiteKind::Place(PlaceKind::Branch)) => format!("branch {}", names.join(" ")),
                Some(SiteKind::Place(PlaceKind::Iteration)) => format!("round {}", names.join(" ")),
                _ if !self.lines => return None,
                _ => offset(site?.line),
            },
            EventKind::Values { values } => pairs(names, values),
            other => format!("{name} {other:?}"),
        };
        let indent = "  ".repeat(event.depth as usize);
        // What is inside belongs to the function that it says.
        let foreign = function.is_some_and(|function| function.name != name);
        let whose = if foreign { format!(" of {name}, not {}", function?.name) } else { String::new() };
        Some(format!("{indent}{}{whose}", without_addresses(&text)))
    }
}

fn pairs(names: &[String], values: &[Value]) -> String {
    let pairs: Vec<_> = names.iter().zip(values).map(|(name, value)| format!("{name} = {value}")).collect();
    pairs.join(", ")
}

/// `0x7ffe…` is another one each time.
fn without_addresses(line: &str) -> String {
    let mut text = String::new();
    let mut rest = line;
    while let Some(at) = rest.find("0x") {
        let end = rest[at + 2..].find(|c: char| !c.is_ascii_hexdigit()).map_or(rest.len(), |end| at + 2 + end);
        // What is short was meant.
        let is_address = end - at > 8;
        text.push_str(if is_address { &rest[..at] } else { &rest[..end] });
        if is_address {
            text.push_str("0x…");
        }
        rest = &rest[end..];
    }
    text + rest
}
