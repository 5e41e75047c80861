//! What the targets share.

use scope_core::value::{Items, Omitted, Text, Value};
use scope_store::LogReader;
use scope_store::event::{Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId};
use scope_store::info::{SiteDef, SiteKind};
use scope_store::query::Filter;
use scope_store::store::{CallKey, Store};
use std::sync::OnceLock;

/// Reads all there is to read of what may be a log.
pub fn read_all(bytes: Vec<u8>) {
    let Ok(reader) = LogReader::from_bytes(bytes) else { return };
    for event in reader.events() {
        match event {
            Ok(event) => drop(format!("{event:?} {:?}", event.site.and_then(|id| reader.site(id)))),
            Err(error) => assert!(!error.to_string().is_empty()),
        }
    }
    for thread in reader.threads() {
        reader.thread_events(thread.id).for_each(drop);
    }
    reader.damage().iter().for_each(|damage| drop(damage.to_string()));
    drop(format!("{:?} {:?} {:?} {}", reader.header(), reader.state(), reader.totals(), reader.lost()));
    ask_all(reader);
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

/// A header of format 1.0: see `docs/log-format.md`.
pub fn header() -> Vec<u8> {
    let mut header = b"\x89SCOPE\r\n\x1a\n\0\0\x01\0\0\0\x20\0\0\0".to_vec();
    header.resize(28, 0);
    header.extend_from_slice(&crc32c::crc32c(&header).to_le_bytes());
    header
}

/// Appends a frame.
pub fn frame(kind: u8, payload: &[u8], log: &mut Vec<u8>) {
    let mut head = vec![0xF5, 0x66, 0x72, 0xAE];
    head.extend_from_slice(&(payload.len() as u32).to_le_bytes());
    head.extend_from_slice(&[kind, 0]);
    let check = crc32c::crc32c(&head) as u16;
    head.extend_from_slice(&check.to_le_bytes());
    let crc = crc32c::crc32c_append(crc32c::crc32c(&head), payload);
    head.extend_from_slice(&crc.to_le_bytes());
    log.extend_from_slice(&head);
    log.extend_from_slice(payload);
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
            Value::Debug(text("1.5ms", false)),
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
