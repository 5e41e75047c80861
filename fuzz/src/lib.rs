//! What the targets share.

mod make;

pub use make::log;

use scope_core::value::{Items, Omitted, Text, Value};
use scope_store::LogReader;
use scope_store::event::{Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId, deserialize, serialize};
use scope_store::info::{SiteDef, SiteKind};
use scope_store::query::Filter;
use scope_store::reader::LogEnd;
use scope_store::store::{CallKey, Store};
use std::sync::OnceLock;

/// Reads all there is to read of what may be a log: by its index, where it has one, and frame by frame.
pub fn read_all(bytes: Vec<u8>) {
    if let Ok(reader) = LogReader::scan_bytes(bytes.clone()) {
        read_events(&reader);
        reader.damage().iter().for_each(|damage| drop(damage.to_string()));
    }
    let Ok(reader) = LogReader::from_bytes(bytes) else { return };
    read_events(&reader);
    drop(format!("{:?} {:?} {:?} {}", reader.header(), reader.state(), reader.totals(), reader.lost()));
    drop((reader.plan_defs(), reader.sources(), reader.resolution()));
    if let Some((first, last)) = reader.span() {
        reader.events_from(first / 2 + last / 2).for_each(drop);
    }
    for thread in reader.threads() {
        reader.thread_events(thread.id).for_each(drop);
        reader.thread_events_from_number(thread.id, 3).for_each(drop);
    }
    ask_all(reader);
}

fn read_events(reader: &LogReader) {
    for event in reader.events() {
        match event {
            Ok(event) => drop(format!("{event:?} {:?}", event.site.and_then(|id| reader.site(id)))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
}

/// A copy of what may be a log has no damage, and the same events.
pub fn recover(bytes: Vec<u8>) {
    let length = bytes.len() as u64;
    let Ok(reader) = LogReader::scan_bytes(bytes) else { return };
    let mut copy = Vec::new();
    let left = reader.repair(&mut copy).expect("neither can memory not be read, nor not be written");
    assert_eq!(copy.len() as u64 + left, length, "what is not left out is there");
    if reader.damage().is_empty() && !matches!(reader.state(), LogEnd::Torn { .. }) {
        assert_eq!(left, 0, "nothing was damaged");
    }
    let read = LogReader::scan_bytes(copy).expect("a copy is a log");
    assert!(read.damage().is_empty(), "{:?}", read.damage());
    assert!(!matches!(read.state(), LogEnd::Torn { .. }), "{:?}", read.state());
    assert_eq!(read.totals(), reader.totals());
    let (mut old, mut new) = (reader.events().flatten(), read.events().flatten());
    loop {
        match (old.next(), new.next()) {
            // As bytes: a value may be NaN.
            (Some(old), Some(new)) => assert_eq!(serialize(&old), serialize(&new)),
            (None, None) => return,
            (old, new) => panic!("one more event: {old:?} in the log, {new:?} in its copy"),
        }
    }
}

/// What is read as an event is written and read as the same.
pub fn event(bytes: &[u8]) {
    match deserialize(bytes) {
        Ok(event) => {
            let written = serialize(&event);
            let read = deserialize(&written).expect("what was written is read");
            // As text, and as bytes: a value may be NaN.
            assert_eq!(format!("{read:?}"), format!("{event:?}"));
            assert_eq!(serialize(&read), written);
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Asks such a log all that a store answers.
fn ask_all(reader: LogReader) {
    let store = Store::new(vec![reader]);
    let filter = Filter::default();
    let mut first = None;
    for call in store.calls(&filter).flatten() {
        first = first.or(call.id());
    }
    store.errors(&filter).for_each(drop);
    store.statistics(&filter, &mut |_| {});
    if let Some(call) = first {
        let key = CallKey { process: 0, call };
        store.tree(key).for_each(drop);
        store.path_to(key, &mut |_| {});
        store.state_at(0, call.thread(), 5, &mut |_| {});
    }
}

/// Events with values of all sorts, to ask conditions of.
pub fn events() -> &'static [(Event, SiteDef)] {
    static EVENTS: OnceLock<Vec<(Event, SiteDef)>> = OnceLock::new();
    EVENTS.get_or_init(|| {
        let text = |text: &str, cut| Text { text: text.to_owned(), cut };
        let items = |items| Items { items, omitted: Omitted::None };
        let values = vec![
            Value::Int(-3),
            Value::Uint(u128::MAX),
            Value::F64(f64::NAN),
            Value::Str(text("text", true)),
            Value::Printed(text("1.5ms", false)),
            Value::Seq(items(vec![Value::Some(Box::new(Value::F32(0.1))), Value::None])),
            Value::Map { entries: vec![(Value::Str(text("k", false)), Value::Char('c'))], omitted: Omitted::None },
            Value::Struct { name: "S".into(), fields: vec![("x".into(), Value::Bool(true))], omitted: Omitted::None },
            Value::Redacted,
        ];
        let error = Value::Variant { name: "Err".into(), value: Box::new(Value::Tuple(items(values.clone()))) };
        let exit = EventKind::Exit { outcome: Outcome::Early, value: Some(error), duration: Some(5), line: Some(1) };
        let kinds = [
            (EventKind::Entry { args: values.clone(), is_async: false }, None),
            (exit, None),
            (EventKind::Values { values: values.clone() }, Some(PlaceKind::Variables)),
            (EventKind::State { old: Value::Unit, new: Value::Cut }, Some(PlaceKind::State)),
            (EventKind::Sent { message: Value::Int(1), fields: values }, Some(PlaceKind::Sent)),
        ];
        let names = ["a", "b", "c", "d", "e", "f", "g", "x", "secret"];
        let told = |(kind, place): (EventKind, Option<PlaceKind>)| {
            let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
            let site = SiteDef {
                id: SiteId(1),
                function: "m::f".into(),
                module: "m".into(),
                name: "f".into(),
                file: "f.rs".into(),
                line: 1,
                kind: place.map_or(SiteKind::Function { args: names.clone() }, SiteKind::Place),
                names,
            };
            let (id, thread) = (EventId::new(5, ThreadId(1), 0), ThreadId(1));
            let (call, parent, correlation) = (None, None, None);
            (
                Event {
                    id,
                    time: 5,
                    ticks: 5,
                    thread,
                    depth: 1,
                    call,
                    parent,
                    correlation,
                    site: Some(SiteId(1)),
                    kind,
                },
                site,
            )
        };
        kinds.into_iter().map(told).collect()
    })
}
