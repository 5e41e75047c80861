//! What a log says, a line an event.

use scope::value::Value;
use scope_store::LogReader;
use scope_store::event::{Event, EventKind, PlaceKind};
use scope_store::info::{SiteDef, SiteKind};
use std::path::Path;

/// How many events at each end of a long record are told.
const ENDS: usize = 40;

/// All events but the lines that were reached; threads one after the other, the first one first. The middle of a long record is only
/// counted.
pub fn events(log: &Path) -> Vec<String> {
    // A program that calls nothing that was woven leaves none.
    if !log.exists() {
        return Vec::new();
    }
    let reader = LogReader::open(log).expect("a log");
    let mut lines = Vec::new();
    let mut threads: Vec<_> = reader.threads().map(|thread| thread.id).collect();
    threads.sort_unstable();
    for thread in threads {
        for event in reader.thread_events(thread) {
            let event = event.expect("no damage");
            if event.is_bookkeeping() {
                continue;
            }
            let site = event.site.and_then(|id| reader.site(id));
            lines.extend(line(&event, site).map(|line| without_addresses(&line)));
        }
    }
    assert_eq!(reader.lost(), 0);
    if lines.len() > 2 * ENDS {
        let middle = ENDS..lines.len() - ENDS;
        let count = middle.len();
        lines.splice(middle, [format!("… {count} more")]);
    }
    lines
}

fn line(event: &Event, site: Option<&SiteDef>) -> Option<String> {
    let name = site.map_or("?", |site| site.name.as_str());
    let names = site.map_or(&[][..], |site| &site.names);
    let indent = "  ".repeat(event.depth as usize);
    Some(match &event.kind {
        EventKind::Entry { args, .. } => format!("{indent}{name}({})", pairs(names, args)),
        EventKind::Exit { outcome, value, .. } => {
            let value = value.as_ref().map_or(String::new(), |value| format!(" {value}"));
            format!("{indent}{name} {outcome:?}{value}")
        }
        EventKind::Line => match site.map(|site| &site.kind) {
            Some(SiteKind::Place(PlaceKind::Branch)) => format!("{indent}branch {}", names.join(" ")),
            Some(SiteKind::Place(PlaceKind::Iteration)) => format!("{indent}round {}", names.join(" ")),
            _ => return None,
        },
        EventKind::Values { values } => format!("{indent}{}", pairs(names, values)),
        other => format!("{indent}{name} {other:?}"),
    })
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
        text.push_str(if end - at > 8 { &rest[..at] } else { &rest[..end] });
        if end - at > 8 {
            text.push_str("0x…");
        }
        rest = &rest[end..];
    }
    text + rest
}
