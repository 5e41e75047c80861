//! What captured values look like, where they are cut, and what is done about code that misbehaves.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt::{self, Debug};
use std::rc::Rc;
use std::time::Duration;

use scope_core::capture::{ByCapture, ByDebug, BySerialize, Capture, Strategy};
use scope_core::value::{Limits, Value, ValueWriter, decode_all};
use serde::Serialize;
use serde::ser::{Error as _, SerializeStruct, Serializer};

const LIMITS: &Limits = &Limits::DEFAULT;

fn values(limits: &'static Limits, size: usize, f: impl FnOnce(&mut ValueWriter<'_>)) -> Vec<Value> {
    let mut buf = vec![0xff; size];
    let mut w = ValueWriter::new(&mut buf, limits);
    f(&mut w);
    let used = w.finish();
    decode_all(&buf[..used]).unwrap_or_else(|e| panic!("{e}: {:?}", &buf[..used]))
}

fn one<T: ?Sized, S: Strategy<T>>(limits: &'static Limits, value: &T, _: S) -> String {
    let values = values(limits, 4096, |w| S::write(value, w));
    assert_eq!(values.len(), 1);
    values[0].to_string()
}

fn captured<T: Capture + ?Sized>(value: &T) -> String {
    one(LIMITS, value, ByCapture)
}

fn sent<T: Serialize + ?Sized>(value: &T) -> String {
    one(LIMITS, value, BySerialize)
}

#[test]
fn the_standard_types_look_like_their_debug() {
    macro_rules! same {
        ($($value:expr),* $(,)?) => {$(
            assert_eq!(captured(&$value), format!("{:?}", $value));
        )*};
    }
    same!(
        0u8,
        127u8,
        128u8,
        u64::MAX,
        u128::MAX,
        -1i8,
        31,
        -32,
        32,
        -33,
        i64::MIN,
        i128::MIN,
        i128::MAX,
        usize::MAX,
        1.5f32,
        -0.0f64,
        f64::NAN,
        f64::INFINITY,
        1e300,
        true,
        false,
        'x',
        '\'',
        '\u{1f600}',
        (),
        "",
        "a \"b\" ä",
        String::from("s"),
        Some(1),
        None::<u8>,
        Ok::<u8, ()>(1),
        Err::<(), _>("e"),
        (1,),
        (1, 'a', "b"),
        [1, 2],
        [0u16; 0],
        vec![Some(vec![1])],
        VecDeque::from([1]),
        BTreeMap::from([(1, 'a'), (2, 'b')]),
        BTreeSet::from([1, 2]),
        Duration::from_millis(1500),
        std::cmp::Ordering::Less,
        std::ops::Bound::Included(1),
        std::ops::ControlFlow::<u8, u8>::Break(3),
        Rc::new(3),
        Box::new([1]),
        std::net::Ipv4Addr::LOCALHOST,
        std::path::Path::new("/tmp/x"),
        std::borrow::Cow::Borrowed("x"),
        std::num::NonZero::<u32>::MIN,
    );
    assert_eq!(captured(&b"a\0"[..]), r#"b"a\x00""#);
    assert_eq!(captured(&(1..3)), "Range { start: 1, end: 3 }");
    assert!(captured(&std::ptr::from_ref(LIMITS)).starts_with("0x"));
}

#[derive(Serialize)]
struct Order {
    id: u64,
    items: Vec<Item>,
    note: Option<&'static str>,
    api_key: &'static str,
    status: Status,
}

#[derive(Serialize)]
struct Item(u32, f64);

#[derive(Serialize)]
struct Unit;

#[derive(Serialize)]
enum Status {
    New,
    Paid(u32),
    Sent { by: &'static str, password: u8 },
    Both(u8, u8),
}

#[test]
fn what_serde_says_is_structured() {
    let order = Order {
        id: 7,
        items: vec![Item(1, 0.5)],
        note: Some("x"),
        api_key: "k",
        status: Status::Sent { by: "post", password: 1 },
    };
    assert_eq!(
        sent(&order),
        r#"Order { id: 7, items: [Item(1, 0.5)], note: Some("x"), api_key: <redacted>, status: Sent { by: "post", password: <redacted> } }"#
    );
    assert_eq!(sent(&[Status::New, Status::Paid(3), Status::Both(1, 2)]), "(New, Paid(3), Both(1, 2))");
    assert_eq!(sent(&(Unit, (), Ok::<u8, ()>(1), i128::MIN)), format!("(Unit, (), Ok(1), {})", i128::MIN));
    assert_eq!(sent(&BTreeMap::from([("token", 1), ("user", 2)])), r#"{"token": <redacted>, "user": 2}"#);
}

#[test]
fn the_keys_of_a_map_are_names() {
    assert_eq!(captured(&BTreeMap::from([("Password", 1), ("user", 2)])), r#"{"Password": <redacted>, "user": 2}"#);
}

#[test]
fn a_debug_text_is_redacted_too() {
    #[derive(Debug)]
    #[expect(dead_code, reason = "printed")]
    struct Login {
        user: &'static str,
        password: Option<&'static str>,
    }
    struct Pretty(Login);
    impl std::fmt::Debug for Pretty {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, "{:#?}", self.0)
        }
    }
    let login = Login { user: "bob", password: Some("hunter2, }") };
    assert_eq!(one(LIMITS, &login, ByDebug), r#"Login { user: "bob", password: <redacted> }"#);
    assert_eq!(one(LIMITS, &Pretty(login), ByDebug), r#"Login { user: "bob", password: <redacted>, }"#);
}

static SMALL: Limits = Limits { max_depth: 2, max_string: 8, max_items: 3, ..Limits::DEFAULT };
static NO_DEBUG: Limits = Limits { debug: false, ..Limits::DEFAULT };

#[test]
fn limits_leave_marks() {
    assert_eq!(one(&SMALL, &[1, 2, 3, 4, 5], ByCapture), "[1, 2, 3, …2 more]");
    assert_eq!(one(&SMALL, &[1, 2, 3, 4, 5][..], BySerialize), "[1, 2, 3, …2 more]");
    assert_eq!(one(&SMALL, &[[[1]]], ByCapture), "[[…]]");
    assert_eq!(one(&SMALL, &vec![vec![vec![1]]], BySerialize), "[[…]]");
    assert_eq!(one(&SMALL, "123456789", ByCapture), r#""12345678"…"#);
    assert_eq!(one(&SMALL, "1234567ä", ByCapture), r#""1234567"…"#);
    assert_eq!(one(&SMALL, &b"123456789"[..], ByCapture), r#"b"12345678"…"#);
    assert_eq!(one(&SMALL, &"123456789", ByDebug), r#""1234567…"#);
    assert_eq!(
        one(&SMALL, &BTreeMap::from([(1, 1), (2, 2), (3, 3), (4, 4)]), BySerialize),
        "{1: 1, 2: 2, 3: 3, …1 more}"
    );
    assert_eq!(one(&NO_DEBUG, &"x", ByDebug), "<Opaque: &str, 16 bytes>");
    assert_eq!(
        one(&SMALL, &(1..9).collect::<Vec<_>>().iter().map(|i| vec![*i; 5]).collect::<Vec<_>>(), ByCapture),
        "[[1, 1, 1, …2 more], [2, 2, 2, …2 more], [3, 3, 3, …2 more], …5 more]"
    );
}

/// Counts how often it is walked.
struct Counted<'a>(&'a std::cell::Cell<u32>);

impl Serialize for Counted<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.0.set(self.0.get() + 1);
        serializer.serialize_u64(u64::MAX)
    }
}

#[test]
fn a_walk_stops_where_it_is_cut() {
    let count = std::cell::Cell::new(0);
    let many: Vec<Vec<_>> = (0..1000).map(|_| (0..1000).map(|_| Counted(&count)).collect()).collect();
    let text = sent(&many);
    assert!(text.ends_with("more], …988 more]"), "{text}");
    assert!(count.get() <= 32 * 32, "{}", count.get());
    count.set(0);
    let values = values(LIMITS, 64, |w| BySerialize::write(&many, w));
    assert!(count.get() < 10, "{}", count.get());
    assert!(values[0].is_partial());
}

/// Breaks off in the way it is told, in the middle of a struct.
struct Broken(u8);

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 == 0 {
            return Err(S::Error::custom("no idea"));
        }
        let mut s = serializer.serialize_struct("Broken", 2)?;
        s.serialize_field("a", &1)?;
        match self.0 {
            1 => Err(S::Error::custom("half way")),
            2 => panic!("half way"),
            3 => {
                s.serialize_field("b", &Broken(2))?;
                s.end()
            }
            4 => {
                s.serialize_field("b", &Broken(1))?;
                s.serialize_field("c", &2)?;
                s.end()
            }
            // A struct that says it has two fields, and has one.
            _ => s.end(),
        }
    }
}

#[test]
fn a_serialize_that_breaks_off_is_kept_as_far_as_it_came() {
    for (broken, text) in [
        (0, "<failed: no idea>"),
        (1, "Broken { a: 1, <failed: half way> }"),
        (2, "Broken { a: 1, <panicked: half way> }"),
        (3, "Broken { a: 1, b: Broken { a: 1, <panicked: half way> } }"),
        (4, "Broken { a: 1, b: Broken { a: 1, <failed: half way> }, c: 2 }"),
        (5, "Broken { a: 1, …1 more }"),
    ] {
        assert_eq!(sent(&Broken(broken)), text);
        assert!(sent(&vec![Broken(broken)]).starts_with('['));
        assert!(sent(&BTreeMap::from([(1, Broken(broken))])).starts_with("{1: "));
    }
}

/// A `Capture` that does all it should not.
struct Wild(u8);

impl Capture for Wild {
    fn capture(&self, w: &mut ValueWriter<'_>) {
        match self.0 {
            0 => {}
            1 => {
                w.uint(1);
                w.uint(2);
                w.seq(None).item(&3).finish();
            }
            2 => drop(w.seq(None).item(&1)),
            3 => drop(w.structure("W").field("a", &1).field_with("b", |_| ())),
            4 => {
                w.tuple_struct("W").item_with(|w| {
                    w.some_with(|_| panic!("{}", "oh"));
                });
            }
            5 => std::panic::panic_any(5),
            _ => w.some_with(|w| Wild(6).capture(w)),
        }
    }
}

#[test]
fn a_wild_capture_does_no_harm() {
    for (wild, text) in
        [(0, "…"), (1, "1"), (2, "[1]"), (3, "W { a: 1, b: … }"), (4, "W(Some(<panicked: oh>))"), (5, "<panicked>")]
    {
        assert_eq!(captured(&Wild(wild)), text);
        let around = values(LIMITS, 4096, |w| {
            ByCapture::write(&(7, Wild(wild), 8), w);
            ByCapture::write(&9, w);
        });
        assert_eq!(around.len(), 2, "{around:?}");
        assert_eq!(around[1], Value::Int(9));
    }
    let endless = captured(&Wild(6));
    assert!(endless.starts_with("Some(Some(") && endless.contains('…'), "{endless}");
}

/// A `Debug` without end, of both kinds.
struct Endless(bool);

impl Debug for Endless {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0 {
            return f.debug_tuple("Endless").field(self).finish();
        }
        loop {
            f.write_str("gigabytes ")?;
        }
    }
}

#[test]
fn a_debug_without_end_is_stopped() {
    assert!(one(LIMITS, &Endless(false), ByDebug).ends_with("gigaby…"));
    assert!(one(LIMITS, &Endless(true), ByDebug).ends_with('…'));
}

/// Hands the walk on into ever deeper containers.
struct Deep(u32);

impl Serialize for Deep {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_some(&Deep(self.0 + 1))
    }
}

static DEEP: Limits = Limits { max_depth: u16::MAX, ..Limits::DEFAULT };

#[test]
fn depth_is_bounded_whatever_the_limits() {
    assert!(one(&DEEP, &Deep(0), BySerialize).contains('…'));
    let mut nested = Value::Unit.to_string();
    for _ in 0..3 {
        nested = one(&DEEP, &nested, ByCapture);
    }
    assert!(!nested.is_empty());
}

#[test]
fn values_follow_each_other_and_the_small_ones_find_room() {
    let long = "x".repeat(200);
    let all = values(LIMITS, 64, |w| {
        w.expect_values(3);
        ByCapture::write(&[&long, &long][..], w);
        w.next_value();
        ByCapture::write(&7, w);
        w.next_value();
        w.redacted();
    });
    assert_eq!(all.len(), 3, "{all:?}");
    assert_eq!(all[1..], [Value::Int(7), Value::Redacted]);
    assert!(all[0].is_partial());
}

#[test]
fn a_serializer_is_for_people() {
    struct Asks;
    impl Serialize for Asks {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            let people = serializer.is_human_readable();
            serializer.collect_str(&format_args!("{people}"))
        }
    }
    assert_eq!(sent(&Asks), r#""true""#);
    assert_eq!(sent(&std::net::Ipv4Addr::LOCALHOST), r#""127.0.0.1""#);
}
