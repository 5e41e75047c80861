//! Every kind of event, in every format: a test.

use std::collections::BTreeSet;

use super::{events_json, events_text};
use crate::filter::kind_of;
use crate::log::{CallId, Event, EventKind, Kind, Mark, Outcome, SiteDef, Text, ThreadId, Value};
use crate::paint::Paint;
use scope_store::event::{CorrelationId, EventId, PlaceKind, SiteId, StopReason};
use scope_store::info::SiteKind;

const PLAIN: Paint = Paint { on: false, width: usize::MAX };

/// What each kind of place is asked with.
fn site(place: Option<PlaceKind>, names: &[&str]) -> SiteDef {
    let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
    SiteDef {
        id: SiteId(1),
        function: "app::f".to_owned(),
        module: "app".to_owned(),
        name: "f".to_owned(),
        file: "src/app.rs".to_owned(),
        line: 7,
        kind: place.map_or(SiteKind::Function { args: names.clone() }, SiteKind::Place),
        names,
    }
}

fn event(kind: EventKind) -> Event {
    let (time, thread) = (1_000_000_000, ThreadId(3));
    let id = EventId::new(time, thread, 5);
    let (call, parent) = (Some(CallId::new(thread, 2)), Some(CallId::new(thread, 1)));
    Event { id, time, ticks: 9, thread, depth: 1, call, parent, correlation: None, site: Some(SiteId(1)), kind }
}

fn text(text: &str) -> Value {
    Value::Str(Text { text: text.to_owned(), cut: false })
}

/// An event, its site, what text says of it, and what its object has beyond what all have.
type Case = (EventKind, Option<SiteDef>, &'static str, &'static str);

fn cases() -> Vec<Case> {
    let exit = |outcome, value| EventKind::Exit { outcome, value, duration: Some(1250), line: Some(8) };
    let function = || Some(site(None, &["n"]));
    let place = |kind, names: &[&str]| Some(site(Some(kind), names));
    let id = CorrelationId::from_bytes([1; 16]);
    vec![
        (
            EventKind::Entry { args: vec![Value::Int(4)], is_async: true },
            function(),
            "async n = 4",
            r#"{"async":true,"args":{"n":4}}"#,
        ),
        (
            exit(Outcome::Returned, Some(Value::Int(4))),
            function(),
            "4   1.25 µs",
            r#"{"outcome":"returned","value":4,"exit_line":8,"duration_ns":1250}"#,
        ),
        (
            exit(Outcome::Early, Some(text("no"))),
            function(),
            "\"no\" by `?`   1.25 µs",
            r#"{"outcome":"early","value":"no","exit_line":8,"duration_ns":1250}"#,
        ),
        (
            exit(Outcome::Panicked, None),
            function(),
            "panicked   1.25 µs",
            r#"{"outcome":"panicked","exit_line":8,"duration_ns":1250}"#,
        ),
        (
            exit(Outcome::Cancelled, None),
            function(),
            "cancelled   1.25 µs",
            r#"{"outcome":"cancelled","exit_line":8,"duration_ns":1250}"#,
        ),
        (EventKind::Line, place(PlaceKind::Line, &[]), "", "{}"),
        (EventKind::Line, place(PlaceKind::Branch, &["if a"]), "if a", r#"{"text":"if a"}"#),
        (EventKind::Line, place(PlaceKind::Iteration, &["for a in b"]), "for a in b", r#"{"text":"for a in b"}"#),
        (
            EventKind::Values { values: vec![Value::Int(1), Value::None] },
            place(PlaceKind::Variables, &["a", "b"]),
            "a = 1, b = None",
            r#"{"values":{"a":1,"b":null}}"#,
        ),
        (
            EventKind::Values { values: vec![Value::Int(1)] },
            place(PlaceKind::Expression, &["a + b"]),
            "a + b = 1",
            r#"{"values":{"a + b":1}}"#,
        ),
        (
            EventKind::State { old: Value::Int(1), new: Value::Int(2) },
            place(PlaceKind::State, &["phase"]),
            "phase: 1 → 2",
            r#"{"name":"phase","old":1,"new":2}"#,
        ),
        (
            EventKind::Metric { value: Value::F64(0.5) },
            place(PlaceKind::Metric, &["load"]),
            "load = 0.5",
            r#"{"name":"load","value":0.5}"#,
        ),
        (
            EventKind::Sent { message: Value::Int(7), fields: vec![text("x")] },
            place(PlaceKind::Sent, &["jobs", "what"]),
            "jobs 7  what = \"x\"",
            r#"{"channel":"jobs","message":7,"fields":{"what":"x"}}"#,
        ),
        (
            EventKind::Received { message: Value::Int(7), fields: Vec::new() },
            place(PlaceKind::Received, &["jobs"]),
            "jobs 7",
            r#"{"channel":"jobs","message":7,"fields":{}}"#,
        ),
        (
            EventKind::Custom { fields: vec![Value::Int(3)] },
            place(PlaceKind::Custom, &["cache", "hits"]),
            "cache  hits = 3",
            r#"{"name":"cache","fields":{"hits":3}}"#,
        ),
        (
            EventKind::Correlated { id: Some(id) },
            place(PlaceKind::Correlation, &[]),
            "01010101-0101-0101-0101-010101010101",
            "{}",
        ),
        (EventKind::Correlated { id: None }, place(PlaceKind::Correlation, &[]), "none any more", "{}"),
        (EventKind::Suspended, function(), "", "{}"),
        (EventKind::Resumed, function(), "", "{}"),
        (EventKind::ThreadStarted, None, "", "{}"),
        (EventKind::ThreadEnded, None, "", "{}"),
        (EventKind::Lost { count: 3 }, None, "3 records lost here", r#"{"count":3}"#),
        (
            EventKind::Mark { mark: Mark::Limit(StopReason::MaxSize) },
            None,
            "recording stopped: the log has reached `max_size`",
            r#"{"mark":"limit","reason":"the log has reached `max_size`"}"#,
        ),
        (EventKind::Mark { mark: Mark::Start }, None, "recording begins", r#"{"mark":"start","reason":null}"#),
        (EventKind::Mark { mark: Mark::Stop }, None, "recording ends", r#"{"mark":"stop","reason":null}"#),
        (
            EventKind::Mark { mark: Mark::Snapshot("a\nb".into()) },
            None,
            "snapshot: a\\nb",
            r#"{"mark":"snapshot","reason":"a\nb"}"#,
        ),
        (
            EventKind::Unknown { code: 99, bytes: vec![0, 255] },
            None,
            "kind 99, 2 bytes",
            r#"{"code":99,"bytes":"00ff"}"#,
        ),
    ]
}

#[test]
fn every_kind_is_shown_in_text_and_for_programs() {
    let mut met = BTreeSet::new();
    for (kind, site, says, fields) in cases() {
        let event = event(kind);
        let kind = kind_of(&event, site.as_ref());
        met.insert(kind);
        assert_eq!(events_text::details(&event, site.as_ref(), PLAIN), says, "{kind:?}");
        let object = events_json::object(&event, site.as_ref(), None);
        assert_eq!(object["kind"], kind.name());
        let own: serde_json::Map<_, _> = object.clone().into_iter().skip(13).collect();
        assert_eq!(serde_json::Value::Object(own).to_string(), fields, "{kind:?}");
        for name in object.keys() {
            assert!(events_json::COLUMNS.concat().contains(&name.as_str()), "{kind:?} has no column for {name}");
        }
    }
    assert_eq!(met, BTreeSet::from(Kind::ALL));
}
