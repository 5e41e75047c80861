//! Conditions as text, there and back, and what they say of values.

use super::ast::{Comparison, Expr, Literal, Operand, Path, Root, Step};
use super::{Query, Subject};
use crate::event::{CallId, Event, EventId, EventKind, Outcome, PlaceKind, SiteId, ThreadId};
use crate::info::{SiteDef, SiteKind, ThreadDef};
use proptest::prelude::*;
use scope_core::value::{Items, Omitted, Text, Value};

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => "[a-z_][a-z0-9_]{0,6}",
        1 => prop::sample::select(vec!["and", "not", "is", "true", "ret", "args", "contains", "kind"]).prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

fn path() -> impl Strategy<Value = Path> {
    let words = Root::WORDS.map(|(_, root)| root).to_vec();
    let root = prop_oneof![name().prop_map(Root::Name), prop::sample::select(words)];
    let step = prop_oneof![name().prop_map(Step::Field), any::<u64>().prop_map(Step::Item), Just(Step::Every)];
    (root, prop::collection::vec(step, 0..4)).prop_map(|(root, steps)| Path { root, steps })
}

fn literal() -> impl Strategy<Value = Literal> {
    prop_oneof![
        any::<i128>().prop_map(Literal::Int),
        any::<f64>().prop_filter("finite", |float| float.is_finite()).prop_map(Literal::Float),
        any::<String>().prop_map(Literal::Text),
        any::<bool>().prop_map(Literal::Bool),
        any::<u64>().prop_map(Literal::Duration),
        (0..1000u64).prop_map(|ms| Literal::Duration(ms * 1_000_000)),
    ]
}

fn expr() -> impl Strategy<Value = Expr> {
    let comparison = prop::sample::select(Comparison::ALL.map(|(_, comparison)| comparison).to_vec());
    let operand = prop_oneof![literal().prop_map(Operand::Literal), path().prop_map(Operand::Path)];
    let leaf = prop_oneof![
        path().prop_map(Expr::Holds),
        (path(), name()).prop_map(|(path, name)| Expr::Is(path, name)),
        (path(), comparison, operand).prop_map(|(path, how, operand)| Expr::Compare(path, how, operand)),
        (path(), literal()).prop_map(|(path, literal)| Expr::Contains(path, literal)),
        (path(), any::<String>()).prop_map(|(path, pattern)| Expr::Like(path, pattern)),
    ];
    leaf.prop_recursive(5, 40, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..5).prop_map(Expr::Any),
            prop::collection::vec(inner.clone(), 2..5).prop_map(Expr::All),
            inner.prop_map(|inner| Expr::Not(Box::new(inner))),
        ]
    })
}

/// Words of the language in any order: nearer to what people mistype than any text.
fn words() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "a", "ret", "args", ".", "[", "]", "(", ")", "*", "not", "and", "or", "is", "contains", "~", "=", "<=", "!",
        "\"x\"", "'", "`n`", "1", "-2.5", "5ms", "1m30s", "9e9", "_", "Err", "0", " ",
    ]);
    prop::collection::vec(word, 0..20).prop_map(|words| words.join(" "))
}

fn told(text: &str) {
    match text.parse::<Query>() {
        Ok(query) => assert_eq!(query.to_string().parse::<Query>().as_ref(), Ok(&query), "{text}"),
        Err(error) => {
            assert!((1..=text.chars().count() + 1).contains(&error.column()), "{text}: {error:?}");
            let shown = error.to_string();
            assert_eq!((shown.lines().count(), shown.ends_with('^')), (3, true), "{shown}");
        }
    }
}

proptest! {
    #[test]
    fn what_is_shown_reads_as_the_same(expr in expr()) {
        let query = Query(expr);
        let text = query.to_string();
        prop_assert_eq!(text.parse::<Query>(), Ok(query), "{}", text);
    }

    #[test]
    fn any_text_is_a_condition_or_an_error(text in any::<String>()) {
        told(&text);
        _ = text.parse::<Path>();
    }

    #[test]
    fn any_words_are_a_condition_or_an_error(text in words()) {
        told(&text);
    }
}

#[test]
fn errors_say_where_and_what_was_expected() {
    let shown = |text: &str| text.parse::<Query>().unwrap_err().to_string();
    assert_eq!(
        shown("args.qty > )"),
        "expected a value or a name, found `)` at column 12\n  args.qty > )\n             ^"
    );
    assert_eq!(shown("äß and"), "expected a name, `not` or `(`, found the end at column 7\n  äß and\n        ^");
    for (text, column, message) in [
        ("", 1, "expected a name, `not` or `(`, found the end"),
        ("a b", 3, "expected `and`, `or` or the end, found `b`"),
        ("(a", 3, "expected `and`, `or` or `)`, found the end"),
        ("a is 5", 6, "expected a name, as in `is Err`, found a number"),
        ("a.", 3, "expected a name, a number or `*`, found the end"),
        ("a[x]", 3, "expected a number, a text or `*`, found `x`"),
        ("a[0", 4, "expected `]`, found the end"),
        ("a ~ b", 5, "expected a pattern in quotes, found `b`"),
        ("a contains b", 12, "expected a text, a number or a duration, found `b`"),
        ("a = \"x", 5, "there is no \" that ends this"),
        ("a = \"\\q\"", 6, "expected `\\n`, `\\r`, `\\t`, `\\u{…}`, a quote or a `\\`"),
        ("a > 5 lightyears", 7, "expected `and`, `or` or the end, found `lightyears`"),
        ("a > 5x", 6, "`x` is no unit of time: these are ns, us, ms, s, m, h and d"),
        ("a > -5s", 5, "no duration: it is negative or too large"),
        ("a > 9999999999d", 5, "no duration: it is negative or too large"),
        ("a > 1e999", 5, "this number is too large"),
        ("a & b", 3, "expected `&&`"),
        ("a = #", 5, "`#` means nothing here"),
        ("10 < a", 1, "expected a name, `not` or `(`, found a number"),
    ] {
        let error = text.parse::<Query>().unwrap_err();
        assert_eq!((error.column(), error.message()), (column, message), "{text}");
    }
    let deep = |n: usize| format!("{}a{}", "(".repeat(n), ")".repeat(n)).parse::<Query>();
    assert!(deep(63).is_ok() && deep(64).is_err() && deep(1_000_000).is_err());
    assert!(format!("{}a", "not ".repeat(1_000_000)).parse::<Query>().is_err());
    // What is long but not deep is fine.
    let wide = vec!["a"; 100_000].join(" and ");
    assert_eq!(wide.parse::<Query>().unwrap().to_string(), wide);
}

fn text(text: &str) -> Value {
    Value::Str(Text { text: text.to_owned(), cut: false })
}

fn items(items: Vec<Value>) -> Items {
    Items { items, omitted: Omitted::None }
}

fn variant(name: &str, value: Value) -> Value {
    Value::Variant { name: name.into(), value: Box::new(Value::Tuple(items(vec![value]))) }
}

fn record(name: &str, fields: Vec<(&str, Value)>) -> Value {
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    Value::Struct { name: name.into(), fields, omitted: Omitted::None }
}

fn site(kind: SiteKind, names: &[&str]) -> SiteDef {
    SiteDef {
        id: SiteId(3),
        function: "shop::orders::Order::place".into(),
        module: "shop::orders".into(),
        name: "Order::place".into(),
        file: "src/orders.rs".into(),
        line: 12,
        kind,
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    }
}

fn event(kind: EventKind) -> Event {
    Event {
        id: EventId::new(5000, ThreadId(2), 7),
        time: 5000,
        ticks: 5000,
        thread: ThreadId(2),
        depth: 3,
        call: Some(CallId::new(ThreadId(2), 9)),
        parent: None,
        correlation: None,
        site: Some(SiteId(3)),
        kind,
    }
}

/// Of each text: does it hold?
fn check(event: &Event, site: &SiteDef, expected: &[(&str, bool)]) {
    let thread = ThreadDef { id: ThreadId(2), name: Some("worker-1".into()), os_id: 0 };
    for (text, holds) in expected {
        let query: Query = text.parse().unwrap_or_else(|error| panic!("{error}"));
        assert_eq!(query.matches(&Subject::event(event, Some(site), Some(&thread))), *holds, "{text}");
    }
}

#[test]
fn arguments_of_an_entry() {
    let price = |price| record("Item", vec![("price", Value::F32(price)), ("name", text("tea"))]);
    let order =
        record("Order", vec![("items", Value::Seq(items(vec![price(0.1), price(12.5)]))), ("vip", Value::Bool(true))]);
    let args = vec![
        Value::Uint(11),
        order,
        text("Ann \"the\" First"),
        Value::Some(Box::new(Value::Int(-3))),
        Value::Redacted,
        Value::Printed(Text { text: "1.5ms".into(), cut: false }),
        Value::TupleStruct { name: "Id".into(), items: items(vec![Value::Uint(u128::MAX)]) },
    ];
    let names = ["qty", "order", "name", "low", "password", "wait", "id"];
    let site = site(SiteKind::Function { args: Vec::new() }, &names);
    check(
        &event(EventKind::Entry { args, is_async: false }),
        &site,
        &[
            ("args.qty > 10", true),
            ("qty > 11", false),
            ("qty >= 11 and qty <= 11 and qty = 11 and qty == 11.0", true),
            ("qty != 10", true),
            ("qty = \"11\"", false),
            ("qty != \"11\"", false),
            ("not qty = \"11\"", true),
            ("args[0] = 11", true),
            ("args.0 = 11", true),
            ("args.* = 11", true),
            ("args.* = 12", false),
            ("vars.qty = 11", false),
            ("order.items[0].price = 0.1", true),
            ("order.items.0.price < 0.1", false),
            ("order.items[*].price > 10", true),
            ("order.items.*.price > 20", false),
            ("order[\"vip\"]", true),
            ("not order.vip", false),
            ("order is Order and order is `Order`", true),
            ("order is Item", false),
            ("order.missing", false),
            ("name contains \"the\"", true),
            ("name ~ \"Ann*\" and name ~ '*First' and not name ~ \"Ann\"", true),
            ("low = -3 and low is Some and low < 0", true),
            ("low is None", false),
            ("password = \"x\"", false),
            ("password != \"x\"", false),
            ("password", true),
            ("wait > 1ms and wait < 2ms and wait = 1500us", true),
            ("id > 99 and id is Id", true),
            ("qty < id and id > qty", true),
            ("name = args.name", true),
            ("function ~ \"*::place\" and kind = \"entry\" and kind is entry and depth = 3", true),
            ("thread = 2 and thread = \"worker-1\" and thread ~ \"worker-*\" and thread != 3", true),
            ("file = \"src/orders.rs\" and line = 12", true),
            ("ret", false),
            ("panicked or duration > 1ns", false),
            ("qty = 1 or qty = 2 or (qty > 10 and not qty > 11)", true),
            ("qty = 1 && vip || !vip", true),
        ],
    );
}

#[test]
fn the_end_of_a_call() {
    let exit = |outcome, value| EventKind::Exit { outcome, value, duration: Some(5_500_000), line: Some(99) };
    let site = site(SiteKind::Function { args: Vec::new() }, &[]);
    let failed = record("Sold", vec![("left", Value::Uint(2))]);
    check(
        &event(exit(Outcome::Returned, Some(variant("Ok", Value::Uint(7))))),
        &site,
        &[
            ("ret is Ok and not ret is Err", true),
            ("ret = 7 and ret.0 = 7 and ret[0] = 7 and ret.* = 7 and ret > 6.5", true),
            ("error", false),
            ("outcome = \"returned\" and outcome is returned and kind is exit", true),
            ("duration > 5ms and duration < 6ms and duration = 5500us", true),
            ("duration = 5500000", true),
            ("panicked", false),
            ("line = 99", true),
        ],
    );
    for (kind, is) in [
        (exit(Outcome::Early, Some(failed.clone())), "early"),
        (exit(Outcome::Returned, Some(variant("Err", failed))), "returned"),
    ] {
        check(
            &event(kind),
            &site,
            &[
                ("ret is Err and ret", true),
                ("ret is Sold or ret is Ok", false),
                ("error is Sold and error.left = 2", true),
                ("ret.left = 2", true),
                ("ret.0.left = 2", true),
                (&format!("outcome is {is}"), true),
            ],
        );
    }
    check(
        &event(exit(Outcome::Early, Some(Value::None))),
        &site,
        &[("ret is None", true), ("ret is Err", false), ("error is None", true), ("kind is error", true)],
    );
    check(&event(exit(Outcome::Panicked, None)), &site, &[("panicked", true), ("ret", false), ("kind is panic", true)]);
}

#[test]
fn values_of_all_kinds() {
    let map =
        Value::Map { entries: vec![(text("a"), Value::Int(1)), (Value::Int(5), text("five"))], omitted: Omitted::None };
    let values = vec![
        Value::Seq(items(vec![text("x"), Value::Int(4)])),
        map,
        Value::Printed(Text { text: "Full(3)".into(), cut: false }),
        Value::Str(Text { text: "begin".into(), cut: true }),
        Value::F64(f64::NAN),
        Value::Char('c'),
        Value::Opaque { type_name: "a::b::Thing".into(), size: 8 },
        Value::Tuple(items(vec![Value::Int(1), Value::Int(2)])),
    ];
    let names = ["list", "map", "state", "long", "nan", "letter", "thing", "a + b"];
    check(
        &event(EventKind::Values { values }),
        &site(SiteKind::Place(PlaceKind::Variables), &names),
        &[
            ("list contains \"x\" and list contains 4 and vars.list contains 4.0", true),
            ("list contains 5", false),
            ("map contains \"a\" and map.a = 1 and map[5] = \"five\" and map.* = 1", true),
            ("state is Full and state ~ \"Full*\" and not state is Ful", true),
            ("long = \"begin\" or long != \"beginning\" or long = \"beginning\"", false),
            ("long != \"other\" and long contains \"gin\"", true),
            ("nan = 0 or nan < 0 or nan > 0", false),
            ("nan != 0", true),
            ("letter = \"c\" and letter < \"d\"", true),
            ("thing is Thing and thing", true),
            ("`a + b`.1 = 2 and `a + b` contains 1", true),
            ("kind is variables", true),
            ("list = vars.list and list != map", true),
        ],
    );
}

#[test]
fn events_of_the_programs_own() {
    let place = |kind, names: &[&str]| site(SiteKind::Place(kind), names);
    let message = || Value::Uint(40);
    check(
        &event(EventKind::State { old: Value::Int(1), new: Value::Int(2) }),
        &place(PlaceKind::State, &["stock"]),
        &[("old = 1 and new = 2 and stock = 2 and name = \"stock\" and old < new", true), ("other = 2", false)],
    );
    check(
        &event(EventKind::Metric { value: Value::F64(0.5) }),
        &place(PlaceKind::Metric, &["load"]),
        &[("load > 0.4 and value < 0.6 and name ~ \"lo*\"", true)],
    );
    check(
        &event(EventKind::Sent { message: message(), fields: vec![text("hi")] }),
        &place(PlaceKind::Sent, &["orders", "subject"]),
        &[("message = 40 and channel = \"orders\" and subject = \"hi\" and fields.subject contains \"h\"", true)],
    );
    check(
        &event(EventKind::Custom { fields: vec![Value::Int(3), text("own")] }),
        &place(PlaceKind::Custom, &["retry", "attempt", "name"]),
        &[("attempt = 3 and fields[0] = 3 and fields.* = 3 and name = \"own\"", true), ("name = \"retry\"", false)],
    );
}

#[test]
fn names_that_are_asked_for() {
    let query: Query = "args.qty > 10 and (ret is Err or not order.total = vars.sum) and panicked".parse().unwrap();
    assert_eq!(query.names().into_iter().collect::<Vec<_>>(), ["order", "qty", "sum"]);
}
