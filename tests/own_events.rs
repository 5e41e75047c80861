//! Events of the program's own: what the macros record is what a reader gives.

#[path = "common/mod.rs"]
mod common;

use common::{Recorded, record, record_with};
use scope::Filter;
use scope::utils::CorrelationId;
use scope::value::Value;
use scope_store::event::{Event, EventKind, Kind};
use serde::{Serialize, Serializer, ser::SerializeStruct};
use std::cell::Cell;
use std::fmt;

/// What was told, one line an event: its kind, the names of its site, its values.
fn told(recorded: &Recorded) -> Vec<String> {
    recorded.events.iter().filter_map(|event| line(recorded, event)).collect()
}

fn line(recorded: &Recorded, event: &Event) -> Option<String> {
    let site = recorded.reader.site(event.site?)?;
    let values: Vec<&Value> = match &event.kind {
        EventKind::Custom { fields } => fields.iter().collect(),
        EventKind::Metric { value } => vec![value],
        EventKind::State { old, new } => vec![old, new],
        EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
            std::iter::once(message).chain(fields).collect()
        }
        _ => return None,
    };
    let values: Vec<_> = values.into_iter().map(ToString::to_string).collect();
    Some(format!("{} {} [{}]", event.named(site.place()).name(), site.names.join(" "), values.join(", ")))
}

#[derive(Debug, Clone, Copy)]
enum Status {
    Placed,
    Paid,
}

/// Nothing is known of it but its type.
struct Plain(#[expect(dead_code, reason = "nobody looks at it")] u32);

struct Login {
    user: &'static str,
    password: &'static str,
}

impl Serialize for Login {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Login", 2)?;
        fields.serialize_field("user", self.user)?;
        fields.serialize_field("password", self.password)?;
        fields.end()
    }
}

#[test]
fn each_kind_is_read_as_it_was_told() {
    let first_line = line!() + 3;
    let recorded = record(|| {
        let (customer, r#type, total) = ("Ada", 'x', 30);
        scope::event!("order.placed", id = 7, total = &total, customer, r#type,);
        scope::event!("shop.opened");
        scope::metric!("queue.length", [1, 2, 3].len());
        scope::state!("order.status", Status::Placed, Status::Paid);
        scope::sent!("orders", 7_u64);
        scope::sent!("orders", "a-8", size = 3);
        scope::received!("orders", (1, 'b'), total, customer = customer.len());
    });
    assert_eq!(
        told(&recorded),
        [
            r#"custom order.placed id total customer type [7, 30, "Ada", 'x']"#,
            "custom shop.opened []",
            "metric queue.length [3]",
            "state order.status [Placed, Paid]",
            "sent orders [7]",
            r#"sent orders size ["a-8", 3]"#,
            "received orders total customer [(1, 'b'), 30, 3]",
        ]
    );
    assert_eq!(recorded.events.len(), 7);
    let sites: Vec<_> = recorded.events.iter().filter_map(|event| recorded.reader.site(event.site?)).collect();
    for (site, line) in sites.iter().zip(first_line..) {
        assert_eq!((site.function.as_str(), site.name.as_str(), site.line), (module_path!(), "", line));
        assert_eq!(site.file, file!());
    }
}

#[test]
fn each_has_a_time_of_its_own() {
    let nap = std::time::Duration::from_millis(3);
    let recorded = record(|| {
        for number in 0..4 {
            scope::metric!("number", number);
            std::thread::sleep(nap);
        }
        let _operation = scope::correlate(CorrelationId::new());
    });
    let times: Vec<_> = recorded.events.iter().map(|event| event.time).collect();
    assert_eq!(times.len(), 6);
    assert!(times[..5].windows(2).all(|pair| pair[1] - pair[0] >= nap.as_nanos() as u64), "{times:?}");
}

#[test]
fn values_of_whatever_type_are_shown() {
    fn generic<T>(value: T) {
        scope::event!("generic", value);
    }
    let recorded = record(|| {
        let login = Login { user: "bob", password: "hunter2" };
        scope::event!("types", plain = Plain(1), login = &login, result = Err::<u8, _>(Plain(2)), text = *"str");
        scope::event!("odd", unit = (), float = 1.5, list = vec![Some(1), None], status = Status::Paid);
        generic(7_u8);
        generic(vec![1]);
        let long = "x".repeat(10_000);
        scope::event!("long", long, after = 1);
    });
    let told = told(&recorded);
    assert!(told[0].contains("<Opaque: own_events::Plain, 4 bytes>"), "{}", told[0]);
    assert!(told[0].contains(r#"user: "bob""#) && !told[0].contains("hunter2"), "{}", told[0]);
    assert!(told[0].contains("Err(") && told[0].ends_with(r#""str"]"#), "{}", told[0]);
    assert_eq!(told[1], "custom odd unit float list status [(), 1.5, [Some(1), None], Paid]");
    assert_eq!(told[2], "custom generic value [7]");
    assert!(told[3].contains("Vec<i32>"), "{}", told[3]);
    assert!(told[4].len() < 400 && told[4].ends_with(", 1]"), "{}", told[4]);
}

#[test]
fn what_has_the_name_of_a_secret_is_hidden() {
    let recorded = record(|| {
        let password = "hunter2";
        scope::event!("login", user = "bob", password, api_key = 3);
        scope::state!("user.password", password, "hunter3");
        scope::sent!("mail", "id-1", password);
        scope::received!("mail", password, token = 1, size = 2);
        scope::metric!("password.length", password.len());
    });
    assert_eq!(
        told(&recorded),
        [
            r#"custom login user password api_key ["bob", <redacted>, <redacted>]"#,
            "state user.password [<redacted>, <redacted>]",
            r#"sent mail password ["id-1", <redacted>]"#,
            r#"received mail token size ["hunter2", <redacted>, 2]"#,
            "metric password.length [7]",
        ]
    );
}

#[test]
fn expressions_are_evaluated_where_they_are_recorded_and_nowhere_else() {
    let count = Cell::new(0);
    let next = || {
        count.set(count.get() + 1);
        count.get()
    };
    let tell = || {
        scope::event!("a", one = next(), two = next());
        scope::metric!("b", next());
        scope::state!("c", next(), next());
        scope::sent!("d", next(), five = next());
        scope::received!("d", next());
    };
    let recorded = record(tell);
    assert_eq!(count.get(), 8, "once each, in order");
    assert_eq!(told(&recorded)[2], "state c [4, 5]");
    // The filter is the process's, and stays.
    let filtered = |functions: &str| {
        record_with(
            |builder| builder.filter(Filter::new(functions).expect("a filter")),
            || {
                let _operation = scope::correlate(CorrelationId::new());
                tell();
                scope::set_filter("").expect("a filter");
            },
        )
    };
    let events = |recorded: Recorded| recorded.events.len();
    assert_eq!((events(filtered("nobody::here")), count.get()), (2, 8), "which operation goes on is told all the same");
    assert_eq!((events(filtered(module_path!())), count.get()), (7, 16));
    // The recorder has ended: its log is whole, and nothing starts another one.
    let _one = common::alone();
    tell();
    assert_eq!(count.get(), 16);
}

#[test]
fn expressions_see_the_names_around_them() {
    fn leaves(value: Result<u8, Status>) -> Result<u8, Status> {
        scope::event!("tried", value = value?);
        Ok(1)
    }
    let recorded = record(|| {
        // The names that the macros themselves use.
        let (value, sites, seen) = (1, 2, 3);
        scope::event!(
            "names",
            value,
            sites,
            seen,
            sum = value + sites + seen,
            again = {
                scope::event!("inner", value = sites);
                value
            }
        );
        assert!(leaves(Err(Status::Paid)).is_err());
        assert!(leaves(Ok(4)).is_ok());
    });
    assert_eq!(
        told(&recorded),
        ["custom inner value [2]", "custom names value sites seen sum again [1, 2, 3, 6, 1]", "custom tried value [4]",]
    );
}

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
    assert!(words(ends[2]).starts_with("own_events::woven custom in sum = 3 tests/own_events.rs:"), "{out}");
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
    let id = CorrelationId::new();
    let recorded = record(|| {
        let runtime = runtime();
        let tasks: Vec<_> =
            (0..8).map(|number| runtime.spawn(is_send(scope::correlated(id, woven::asynchronous(number))))).collect();
        for task in tasks {
            runtime.block_on(task).expect("it ends");
        }
    });
    let told = recorded.events.iter().filter(|event| matches!(event.kind, EventKind::Custom { .. }));
    assert_eq!(told.clone().count(), 16);
    assert!(told.clone().all(|event| event.correlation == Some(id) && event.call.is_some()));
}

#[test]
fn a_value_that_tells_of_itself_tells_nothing_while_it_is_shown() {
    struct Talks;
    impl fmt::Debug for Talks {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            scope::event!("inner");
            f.write_str("Talks")
        }
    }
    struct Panics;
    impl fmt::Debug for Panics {
        fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
            panic!("shy");
        }
    }
    let recorded = record(|| {
        scope::event!("outer", talks = Talks);
        scope::event!("outer", panics = Panics, after = 1);
    });
    let told = told(&recorded);
    assert_eq!(told[0], "custom outer talks [Talks]");
    assert!(told[1].contains("shy") && told[1].ends_with(", 1]"), "{}", told[1]);
    assert_eq!(told.len(), 2);
}
