//! Operations: what a call does while one is in force, and what it calls, is a part of it; on other threads, and in futures, too.

#[path = "common/mod.rs"]
mod common;

use common::{Recorded, record};
use scope::utils::CorrelationId;
use scope_store::Store;
use scope_store::event::{Event, EventKind, Kind};
use scope_store::store::CallKey;

#[scope::instrument]
mod woven {
    use super::CorrelationId;

    pub fn outer(id: CorrelationId) -> u32 {
        scope::event!("before");
        let operation = scope::correlate(id);
        scope::event!("in", sum = inner(1) + inner(2));
        drop(operation);
        inner(3)
    }

    pub fn inner(of: u32) -> u32 {
        scope::metric!("of", of);
        of
    }

    /// The guard is dropped by the return, and by an unwind.
    pub fn may_panic(id: CorrelationId, panics: bool) {
        let _operation = scope::correlate(id);
        assert!(!panics);
    }

    pub async fn asynchronous(of: u32) -> u32 {
        scope::event!("first", of);
        super::pending().await;
        let of = inner(of);
        scope::event!("second", of);
        of
    }
}

/// Waits once.
async fn pending() {
    let mut waited = false;
    std::future::poll_fn(|context| {
        context.waker().wake_by_ref();
        if std::mem::replace(&mut waited, true) { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    })
    .await;
}

/// The kind and the name of each event that is in a call, its function's name, and whether it is a part of which of these operations.
fn parts(recorded: &Recorded, ids: &[CorrelationId]) -> Vec<String> {
    let mut open = std::collections::HashMap::new();
    let mut lines = Vec::new();
    for event in &recorded.events {
        let site = event.site.and_then(|site| recorded.reader.site(site)).expect("a site");
        if let (EventKind::Entry { .. }, Some(call)) = (&event.kind, event.call) {
            open.insert(call, site.name.clone());
        }
        let call = event.call.and_then(|call| open.get(&call)).map_or("-", String::as_str);
        let part = event
            .correlation
            .map_or("-".to_owned(), |id| ids.iter().position(|known| *known == id).expect("one of ours").to_string());
        let name = match event.kind {
            EventKind::Custom { .. } | EventKind::Metric { .. } => site.names.first().map_or("", String::as_str),
            _ => event.named(site.place()).name(),
        };
        lines.push(format!("{call} {name} {part}"));
    }
    lines
}

#[test]
fn what_a_call_does_and_calls_is_a_part_of_its_operation() {
    let id = CorrelationId::new();
    let recorded = record(|| {
        woven::outer(id);
    });
    assert_eq!(
        parts(&recorded, &[id]),
        [
            "outer entry -",
            "outer before -",
            "outer correlated 0",
            "inner entry 0",
            "inner of 0",
            "inner exit 0",
            "inner entry 0",
            "inner of 0",
            "inner exit 0",
            "outer in 0",
            "outer correlated -",
            "inner entry -",
            "inner of -",
            "inner exit -",
            "outer exit -",
        ]
    );
}

#[test]
fn what_is_told_is_shown() {
    let recorded = record(|| _ = woven::outer(CorrelationId::from_u128(7)));
    let log = recorded.reader.path().to_owned();
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let args = ["scope-dump".into(), log.into_os_string(), "--kind".into(), "custom,metric,correlated".into()];
    assert_eq!(scope_dump::run(args, &mut out, &mut err, false), scope_dump::Exit::Success);
    let out = String::from_utf8(out).expect("text");
    let ends: Vec<_> = out.lines().filter_map(|line| line.split_once("  1  ")).map(|(_, end)| end).collect();
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(words(ends[1]), "scope::correlate correlated 00000000-0000-0000-0000-000000000007");
    assert!(words(ends[2]).starts_with("operations::woven custom in sum = 3 tests/operations.rs:"), "{out}");
}

#[test]
fn operations_nest_and_end_with_their_guards() {
    let ids = [CorrelationId::new(), CorrelationId::new()];
    let recorded = record(|| {
        assert_eq!(scope::correlation(), None);
        let outer = scope::correlate(ids[0]);
        {
            let _inner = scope::correlate(ids[1]);
            assert_eq!(scope::correlation(), Some(ids[1]));
            woven::inner(1);
        }
        woven::inner(2);
        woven::may_panic(ids[1], false);
        assert!(std::panic::catch_unwind(|| woven::may_panic(ids[1], true)).is_err());
        assert_eq!(scope::correlation(), Some(ids[0]));
        scope::event!("told");
        drop(outer);
        scope::event!("told");
    });
    let parts = parts(&recorded, &ids);
    let of =
        |what: &str| -> Vec<&str> { parts.iter().filter_map(|part| part.strip_prefix(what)).map(str::trim).collect() };
    assert_eq!(of("- correlated"), ["0", "1", "0", "-"]);
    assert_eq!(of("inner of"), ["1", "0"]);
    assert_eq!(of("may_panic correlated"), ["1", "0", "1", "0"]);
    assert_eq!(of("may_panic entry"), ["0", "0"]);
    assert_eq!(of("- told"), ["0", "-"]);
    let store = Store::new(vec![recorded.reader]);
    for event in recorded.events.iter().filter(|event| matches!(event.kind, EventKind::Entry { .. })) {
        let key = CallKey { process: 0, call: event.call.expect("a call") };
        let path = store.path_to(key, &mut |error| panic!("{error}")).expect("a path");
        assert_eq!(path.calls.last().and_then(|call| call.entry()).map(|entry| &entry.event), Some(event));
        let tree = store.tree(key).next().expect("an entry").expect("no damage");
        assert_eq!(&tree.event, event);
    }
    let _one = common::alone();
    let _kept = scope::correlate(ids[0]);
    assert_eq!(scope::correlation(), Some(ids[0]), "also where no recorder runs");
}

#[test]
fn an_operation_is_handed_to_another_thread_and_its_messages_are_linked() {
    let id = CorrelationId::new();
    let recorded = record(|| {
        let _operation = scope::correlate(id);
        let (sender, receiver) = std::sync::mpsc::channel();
        let current = scope::correlation();
        let receives = std::thread::spawn(move || {
            assert_eq!(scope::correlation(), None, "a thread inherits nothing");
            let _operation = current.map(scope::correlate);
            for number in receiver {
                scope::received!("numbers", number);
                woven::inner(number);
            }
        });
        for number in [7, 8] {
            scope::sent!("numbers", number);
            sender.send(number).expect("a receiver");
        }
        drop(sender);
        receives.join().expect("it ends");
    });
    let messages = |sent: bool| -> Vec<(u32, String)> {
        let of = |event: &Event| match &event.kind {
            EventKind::Sent { message, .. } if sent => Some(message.to_string()),
            EventKind::Received { message, .. } if !sent => Some(message.to_string()),
            _ => None,
        };
        recorded.events.iter().filter_map(|event| Some((event.thread.0, of(event)?))).collect()
    };
    let (sent, received) = (messages(true), messages(false));
    assert_eq!(sent.iter().map(|(_, id)| id).collect::<Vec<_>>(), ["7", "8"]);
    assert_eq!(
        sent.iter().map(|(_, id)| id).collect::<Vec<_>>(),
        received.iter().map(|(_, id)| id).collect::<Vec<_>>()
    );
    assert_ne!(sent[0].0, received[0].0, "two threads");
    let inside = recorded.events.iter().filter(|event| event.named(None) != Kind::Correlated);
    assert!(inside.clone().count() >= 8 && inside.clone().all(|event| event.correlation == Some(id)));
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().expect("a runtime")
}

#[test]
fn futures_that_take_turns_are_parts_of_their_own_operations() {
    let ids = [CorrelationId::new(), CorrelationId::new()];
    let recorded = record(|| {
        let both = futures::future::join3(
            scope::correlated(ids[0], woven::asynchronous(10)),
            scope::correlated(ids[1], woven::asynchronous(11)),
            woven::asynchronous(12),
        );
        assert_eq!(runtime().block_on(both), (10, 11, 12));
        assert_eq!(scope::correlation(), None);
    });
    let mut seen = 0;
    for event in &recorded.events {
        let value = match &event.kind {
            EventKind::Custom { fields } => fields[0].as_i128(),
            EventKind::Metric { value } => value.as_i128(),
            _ => continue,
        };
        let expected = ids.get(value.expect("a number") as usize - 10).copied();
        assert_eq!(event.correlation, expected, "{event:?}");
        seen += 1;
    }
    assert_eq!(seen, 9, "three of each");
    let ends = recorded.events.iter().filter(|event| matches!(event.kind, EventKind::Exit { .. }));
    let of = |id| ends.clone().filter(move |event| event.correlation == id).count();
    assert_eq!([of(Some(ids[0])), of(Some(ids[1])), of(None)], [2, 2, 2], "`asynchronous` and `inner` of each");
}

#[test]
fn a_future_that_is_told_of_may_move_between_threads() {
    fn is_send<T: Send>(value: T) -> T {
        value
    }
    let ids = [CorrelationId::new(), CorrelationId::new()];
    let recorded = record(|| {
        let mut futures = ids.map(|id| Box::pin(is_send(scope::correlated(id, woven::asynchronous(1)))));
        // Two polls of each, in turns, and each on a thread of its own.
        for _ in 0..2 {
            for future in &mut futures {
                std::thread::scope(|scope| {
                    let poll = || {
                        let mut context = std::task::Context::from_waker(std::task::Waker::noop());
                        _ = future.as_mut().poll(&mut context);
                    };
                    scope.spawn(poll).join().expect("it ends");
                });
            }
        }
    });
    let of = |id| recorded.events.iter().filter(move |event| event.correlation == Some(id));
    for id in ids {
        let names: Vec<_> = of(id).map(|event| event.named(None).name()).collect();
        let inside = ["entry", "custom", "suspended", "resumed", "entry", "metric", "exit", "custom", "exit"];
        let inside: Vec<_> = inside.into_iter().collect();
        assert_eq!(names.into_iter().filter(|name| *name != "correlated").collect::<Vec<_>>(), inside);
        assert_eq!(of(id).map(|event| event.thread).collect::<std::collections::BTreeSet<_>>().len(), 2);
    }
    let outside = recorded.events.iter().filter(|event| event.correlation.is_none());
    assert!(outside.clone().all(|event| matches!(event.kind, EventKind::Correlated { id: None })), "{outside:?}");
}
