//! Events of the program's own: what the macros record is what a reader gives.

#[path = "common/mod.rs"]
mod common;

use common::{Recorded, record, record_with};
use scope::Filter;
use scope::utils::CorrelationId;
use scope::value::Value;
use scope_store::event::{Event, EventKind};
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
