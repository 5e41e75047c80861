//! A log of each version of the format stays readable, and says what it always said.

use crate::support;

use scope_core::value::{Items, Omitted, Text, Value};
use scope_store::event::{EventKind, Mark, Outcome, PlaceKind, SiteId, StopReason, ThreadId};
use scope_store::info::{Counts, SiteKind, Totals};
use scope_store::reader::LogEnd;
use scope_store::{LogReader, VERSION};
use std::path::Path;

/// The versions of which there is a file, the newest last: all hold the same.
const VERSIONS: [(&str, (u16, u16)); 4] =
    [("v1.scope", (1, 0)), ("v1_1.scope", (1, 1)), ("v1_2.scope", (1, 2)), ("v2.scope", (2, 0))];

fn file(name: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// That of the newest version.
fn golden() -> std::path::PathBuf {
    file(VERSIONS[VERSIONS.len() - 1].0)
}

/// For a new version of the format: then under a new name. `cargo test -p scope-store --test log -- --ignored`
#[test]
#[ignore = "writes the file that the other tests read"]
fn write_golden() {
    assert!(!golden().exists(), "a golden file is never written again");
    std::fs::write(golden(), support::log()).unwrap();
}

#[test]
fn what_is_written_today_are_the_same_bytes() {
    assert!(support::log() == std::fs::read(golden()).unwrap(), "the format changed: is it a new version?");
}

#[test]
fn header_and_definitions_of_each_version() {
    assert_eq!(VERSIONS[VERSIONS.len() - 1].1, VERSION);
    VERSIONS.into_iter().for_each(|(name, version)| header_and_definitions(&file(name), version));
}

fn header_and_definitions(path: &Path, version: (u16, u16)) {
    let log = LogReader::open(path).unwrap();
    assert_eq!(log.version(), version);
    let mut process = support::process();
    if version.0 == 1 {
        // Told since version 2.
        (process.host, process.executable, process.build) = Default::default();
    }
    assert_eq!(*log.header(), process);
    assert_eq!(log.state(), LogEnd::Sealed);
    assert_eq!(log.damage(), []);
    let threads: Vec<_> = log.threads().map(|t| (t.id.0, t.name.as_deref(), t.os_id)).collect();
    assert_eq!(threads, [(1, Some("main"), 100), (2, None, 100)]);
    let place = log.site(SiteId(1)).unwrap();
    assert_eq!(place.function, "shop::orders::Order::place");
    assert_eq!(
        (&place.module[..], &place.name[..], &place.file[..], place.line),
        ("shop::orders", "Order::place", "src/orders.rs", 10)
    );
    assert_eq!(place.kind, SiteKind::Function { args: vec!["self".to_owned(), "qty".to_owned()] });
    let kinds: Vec<_> = (2..6).map(|id| log.site(SiteId(id)).map(|s| (s.kind.clone(), s.line))).collect();
    let expected =
        [(PlaceKind::Line, 11), (PlaceKind::Variables, 12), (PlaceKind::Question, 13), (PlaceKind::Return, 14)];
    assert_eq!(kinds, expected.map(|(kind, line)| Some((SiteKind::Place(kind), line))));
    assert_eq!(log.site(SiteId(3)).unwrap().names, ["total"]);
    assert_eq!(log.site(SiteId(6)).unwrap().function, "shop::check");
    assert_eq!((log.site(SiteId(7)), log.sites().count()), (None, 6));
    let counts =
        Counts { entries: 9, exits: 9, lines: 2, values: 1, suspended: 1, resumed: 1, loss_marks: 1, inferred: 1 };
    assert_eq!(log.totals(), Some(&Totals { events: 23, lost: 10, refused: 11, counts }));
    assert_eq!(log.lost(), 21);
}

type Row = (u64, u32, u32, Option<(u32, u64)>, u32, EventKind);

/// Time, thread, depth, call, site and kind of an event.
fn row(time: u64, thread: u32, depth: u32, call: (u32, u64), site: u32, kind: EventKind) -> Row {
    (time, thread, depth, (call.1 != 0).then_some(call), site, kind)
}

fn entry(args: Vec<Value>) -> EventKind {
    EventKind::Entry { args, is_async: false }
}

fn exit(outcome: Outcome, value: Option<Value>, duration: Option<u64>, line: Option<u32>) -> EventKind {
    EventKind::Exit { outcome, value, duration, line }
}

fn expected() -> Vec<Row> {
    use Outcome::*;
    let text = |text: &str| Value::Str(Text { text: text.to_owned(), cut: false });
    let order = Value::Opaque { type_name: "shop::orders::Order".to_owned(), size: 24 };
    let items = Value::Tuple(Items { items: vec![text("sold out")], omitted: Omitted::None });
    let error = Value::Variant { name: "Err".to_owned(), value: Box::new(items) };
    vec![
        row(2000, 1, 0, (1, 1), 1, entry(vec![order, Value::Uint(3)])),
        row(2033, 1, 1, (1, 1), 2, EventKind::Line),
        row(2050, 2, 0, (2, 1), 1, EventKind::Entry { args: vec![Value::Unit], is_async: true }),
        row(2060, 2, 0, (2, 1), 1, EventKind::Suspended),
        row(2066, 1, 1, (1, 1), 3, EventKind::Values { values: vec![Value::F64(29.25)] }),
        row(2070, 2, 0, (2, 2), 6, entry(vec![])),
        row(2080, 2, 1, (2, 3), 6, entry(vec![])),
        row(2100, 1, 1, (1, 2), 6, entry(vec![])),
        row(2150, 1, 1, (1, 2), 6, exit(Returned, None, Some(50), None)),
        row(2200, 2, 2, (0, 0), 0, EventKind::Lost { count: 7 }),
        row(2210, 2, 1, (2, 3), 6, exit(Unknown, None, None, None)),
        row(2210, 2, 0, (2, 2), 6, exit(Returned, None, Some(140), None)),
        row(2220, 2, 0, (0, 0), 6, exit(Returned, None, None, None)),
        row(2250, 2, 0, (2, 1), 1, EventKind::Resumed),
        row(2260, 2, 0, (2, 1), 1, exit(Returned, Some(Value::Int(-5)), Some(210), Some(14))),
        row(2270, 2, 0, (1, 9), 1, exit(Cancelled, None, Some(215), None)),
        row(2300, 1, 0, (1, 1), 1, exit(Early, Some(error), Some(300), Some(13))),
        row(2400, 1, 0, (1, 3), 6, entry(vec![])),
        row(2450, 1, 0, (1, 3), 6, exit(Panicked, None, Some(50), None)),
        row(2500, 1, 0, (1, 4), 1, entry(vec![Value::Redacted, Value::Uint(0)])),
        row(2600, 1, 0, (1, 4), 1, exit(Returned, Some(Value::Bool(true)), Some(100), Some(14))),
        row(2610, 1, 0, (1, 5), 1, entry(vec![])),
        row(2615, 1, 1, (1, 5), 2, EventKind::Line),
        row(2620, 1, 0, (1, 5), 1, exit(Left, None, Some(10), Some(11))),
        row(2650, 1, 0, (0, 0), 0, EventKind::Lost { count: 3 }),
        row(2700, 2, 0, (2, 6), 6, entry(vec![])),
        row(2900, 0, 0, (0, 0), 0, EventKind::Mark { mark: Mark::Limit(StopReason::MaxSize) }),
    ]
}

#[test]
fn events_of_each_version() {
    VERSIONS.into_iter().for_each(|(name, _)| events(&file(name)));
}

fn events(path: &Path) {
    let log = LogReader::open(path).unwrap();
    let rows: Vec<Row> = log
        .events()
        .map(|event| event.unwrap())
        .map(|e| {
            let call = e.call.map(|call| (call.thread().0, call.number()));
            (e.time, e.thread.0, e.depth, call, e.site.map_or(0, |site| site.0), e.kind)
        })
        .collect();
    for (row, expected) in rows.iter().zip(expected()) {
        assert_eq!(*row, expected);
    }
    assert_eq!(rows.len(), expected().len());
    let parents = log
        .events()
        .map(|event| event.unwrap())
        .filter_map(|e| Some((e.time, e.parent?.thread().0, e.parent?.number())));
    assert_eq!(parents.collect::<Vec<_>>(), [(2080, 2, 2), (2100, 1, 1), (2150, 1, 1), (2210, 2, 2)]);
    let mut ids: Vec<_> = log.events().map(|event| event.unwrap().id).collect();
    assert!(ids.is_sorted());
    ids.dedup();
    assert_eq!(ids.len(), rows.len());
    for thread in 0..4 {
        let alone: Vec<_> = log.thread_events(ThreadId(thread)).map(|event| event.unwrap()).collect();
        let merged: Vec<_> =
            log.events().map(|event| event.unwrap()).filter(|event| event.thread.0 == thread).collect();
        assert_eq!(alone, merged);
    }
}
