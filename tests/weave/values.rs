//! Values of every type: what is shown of them.

use crate::shape::shape;
use scope::instrument;
use std::borrow::Cow;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, BinaryHeap, HashMap, HashSet, LinkedList, VecDeque};
use std::ops::{Bound, ControlFlow};
use std::rc::Rc;
use std::sync::{Arc, Mutex, OnceLock, RwLock};
use std::task::Poll;
use std::time::Duration;

/// Has no `Debug`.
#[derive(Clone, Copy)]
struct Bare;

/// `name (arguments) (values) "entry"`: what is recorded of arguments alone.
macro_rules! seen {
    ($name:ident ($($args:tt)*) ($($value:expr),*) $entry:literal) => {
        shape! {
            $name
            { #[instrument(level = "full")] #[allow(unused_variables, reason = "they are recorded")] fn f($($args)*) {} }
            { f($($value),*); }
            $entry "f Returned"
        }
    };
}

seen! { integers (a: u8, b: i8, c: u64, d: i64, e: usize, g: u128) (0, i8::MIN, u64::MAX, i64::MIN, 7, 1 << 100)
"f(a = 0, b = -128, c = 18446744073709551615, d = -9223372036854775808, e = 7, g = 1267650600228229401496703205376)" }
seen! { floats (a: f32, b: f64, c: f64, d: f64) (0.1, -0.0, f64::NAN, f64::INFINITY)
"f(a = 0.1, b = -0.0, c = NaN, d = inf)" }
seen! { characters (a: char, b: char, c: char) ('a', '\'', '\u{1f600}')
"f(a = 'a', b = '\\'', c = '😀')" }
seen! { strings (a: &str, b: String, c: Box<str>, d: Rc<str>, e: Cow<'_, str>, g: &&str) ("", "x\ty".to_owned(), "é".into(), "d".into(), Cow::Borrowed("e"), &"g")
"f(a = \"\", b = \"x\\ty\", c = \"é\", d = \"d\", e = \"e\", g = \"g\")" }
seen! { bytes (a: &[u8], b: Vec<u8>, c: [u8; 2], d: Box<[u8]>) (b"a\n", vec![0, 255], *b"xy", Box::new([]))
"f(a = b\"a\\n\", b = b\"\\x00\\xff\", c = b\"xy\", d = b\"\")" }
seen! { tuples (a: (), b: (u16,), c: (u16, (char, bool)), d: (u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8, u8)) ((), (1,), (1, ('x', true)), (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))
"f(a = (), b = (1,), c = (1, ('x', true)), d = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12))" }
seen! { options_and_results (a: Option<u16>, b: Option<Option<&str>>, c: Result<u16, String>, d: Result<(), Box<u16>>) (None, Some(None), Ok(1), Err(Box::new(2)))
"f(a = None, b = Some(None), c = Ok(1), d = Err(2))" }
seen! { control_flow_poll_and_bounds (a: ControlFlow<u16>, b: Poll<u16>, c: Poll<()>, d: Bound<u16>) (ControlFlow::Break(1), Poll::Ready(1), Poll::Pending, Bound::Included(3))
"f(a = Break(1), b = Ready(1), c = Pending, d = Included(3))" }
seen! { sequences (a: &[i32], b: Vec<bool>, c: [char; 2], d: VecDeque<u16>, e: LinkedList<u16>, g: BinaryHeap<u16>) (&[-1], vec![true], ['a', 'b'], [1, 2].into(), [3].into(), [4].into())
"f(a = [-1], b = [true], c = ['a', 'b'], d = [1, 2], e = [3], g = [4])" }
seen! { maps_and_sets (a: BTreeMap<u16, &str>, b: HashMap<&str, u16>, c: BTreeSet<u16>, d: HashSet<char>) ([(2, "b"), (1, "a")].into(), [("x", 1)].into(), [3, 1].into(), ['z'].into())
"f(a = {1: \"a\", 2: \"b\"}, b = {\"x\": 1}, c = {1, 3}, d = {'z'})" }
seen! { pointers (a: &u16, b: &mut u16, c: Box<u16>, d: Rc<u16>, e: Arc<u16>, g: &&&u16) (&1, &mut 2, Box::new(3), Rc::new(4), Arc::new(5), &&&6)
"f(a = 1, b = 2, c = 3, d = 4, e = 5, g = 6)" }
seen! { weak_pointers (a: std::rc::Weak<u16>, b: std::sync::Weak<u16>) (std::rc::Weak::new(), std::sync::Weak::new())
"f(a = (Weak), b = (Weak))" }
seen! { cells (a: Cell<u16>, b: RefCell<u16>, c: OnceCell<u16>, d: Mutex<u16>, e: RwLock<u16>, g: OnceLock<u16>) (Cell::new(1), RefCell::new(2), OnceCell::from(3), Mutex::new(4), RwLock::new(5), OnceLock::new())
"f(a = Cell(1), b = RefCell(2), c = Some(3), d = Mutex(4), e = RwLock(5), g = None)" }
seen! { numbers_that_wrap (a: std::num::Wrapping<u8>, b: std::num::NonZeroU16, c: std::cmp::Reverse<u16>) (std::num::Wrapping(1), std::num::NonZeroU16::MIN, std::cmp::Reverse(3))
"f(a = 1, b = 1, c = Reverse(3))" }
seen! { durations_and_paths (a: Duration, b: &std::path::Path, c: std::ffi::OsString, d: std::net::Ipv4Addr) (Duration::from_millis(1500), "a/b".as_ref(), "c".into(), std::net::Ipv4Addr::LOCALHOST)
"f(a = 1.5s, b = \"a/b\", c = \"c\", d = 127.0.0.1)" }
seen! { orderings_and_types (a: std::cmp::Ordering, b: std::marker::PhantomData<u16>, c: std::alloc::Layout) (std::cmp::Ordering::Less, std::marker::PhantomData, std::alloc::Layout::new::<u16>())
"f(a = Less, b = PhantomData, c = Layout { size: 2, align: 2 (1 << 1) })" }
seen! { bare_values_in_collections (a: Bare, b: Vec<Bare>, c: Option<Bare>, d: (u16, Bare), e: BTreeMap<u16, Bare>, g: Result<Bare, u16>) (Bare, vec![Bare], Some(Bare), (1, Bare), [(1, Bare)].into(), Err(2))
"f(a = <Opaque: weave::values::Bare, 0 bytes>, b = [<Opaque: weave::values::Bare, 0 bytes>], c = Some(<Opaque: weave::values::Bare, 0 bytes>), d = (1, <Opaque: weave::values::Bare, 0 bytes>), e = {1: <Opaque: weave::values::Bare, 0 bytes>}, g = Err(2))" }
seen! { bare_values_behind_pointers (a: &Bare, b: Box<Bare>, c: Rc<[Bare]>, d: &[Bare]) (&Bare, Box::new(Bare), Rc::new([Bare]), &[Bare])
"f(a = <Opaque: weave::values::Bare, 0 bytes>, b = <Opaque: alloc::boxed::Box<weave::values::Bare>, 8 bytes>, c = [<Opaque: weave::values::Bare, 0 bytes>], d = [<Opaque: weave::values::Bare, 0 bytes>])" }
seen! { threes_of_bare_values (a: (Bare, u16, Bare), b: Vec<Vec<Bare>>) ((Bare, 1, Bare), vec![vec![Bare]])
"f(a = <Opaque: (weave::values::Bare, u16, weave::values::Bare), 2 bytes>, b = [<Opaque: alloc::vec::Vec<weave::values::Bare>, 24 bytes>])" }

shape! {
    structs_and_enums_by_debug
    {
        #[derive(Debug)]
        struct Unit;
        #[derive(Debug)]
        struct Point { x: u16, name: &'static str }
        #[derive(Debug)]
        enum Shape { Nothing, Circle(Point, f32), Rect { at: Point, unit: Unit } }
        #[instrument(level = "full")]
        fn f(a: Shape, b: Shape, c: Shape) -> [Shape; 3] { [a, b, c] }
    }
    {
        let all = f(Shape::Nothing, Shape::Circle(Point { x: 1, name: "a" }, 0.5), Shape::Rect { at: Point { x: 2, name: "b" }, unit: Unit });
        let [Shape::Nothing, Shape::Circle(a, r), Shape::Rect { at, unit: Unit }] = all else { panic!("{all:?}") };
        assert_eq!((a.x, a.name, r, at.x, at.name), (1, "a", 0.5, 2, "b"));
    }
    "f(a = Nothing, b = Circle(Point { x: 1, name: \"a\" }, 0.5), c = Rect { at: Point { x: 2, name: \"b\" }, unit: Unit })"
    "f Returned [Nothing, Circle(Point { x: 1, name: \"a\" }, 0.5), Rect { at: Point { x: 2, name: \"b\" }, unit: Unit }]"
}
shape! {
    serialize_before_debug
    {
        #[derive(Debug)]
        struct Both(u16);
        impl serde::Serialize for Both { fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.serialize_str(&format!("number {}", self.0)) } }
        #[instrument(level = "full")]
        fn f(a: Both) -> Both { a }
    }
    { assert_eq!(f(Both(1)).0, 1); }
    "f(a = \"number 1\")" "f Returned \"number 1\""
}
shape! {
    capture_before_all
    {
        #[derive(Debug)]
        struct Mine(u16);
        impl serde::Serialize for Mine { fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { to.serialize_unit() } }
        impl scope::Capture for Mine { fn capture(&self, w: &mut scope::value::ValueWriter<'_>) { w.structure("Mine").field("n", &self.0).finish(); } }
        #[instrument(level = "full")]
        fn f(a: Mine, b: Vec<Mine>) -> u16 { a.0 + b[0].0 }
    }
    { assert_eq!(f(Mine(1), vec![Mine(2)]), 3); }
    "f(a = Mine { n: 1 }, b = [Mine { n: 2 }])" "f Returned 3"
}
shape! {
    serialize_that_fails
    {
        struct Fails;
        impl serde::Serialize for Fails { fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> { Err(serde::ser::Error::custom("won't")) } }
        #[instrument(level = "full")]
        fn f(a: &Fails) -> usize { size_of_val(a) }
    }
    { assert_eq!(f(&Fails), 0); }
    "f(a = <failed: won\\'t>)" "f Returned 0"
}
shape! {
    within_a_serializer_nothing_is_serialized_again
    {
        thread_local! { static AT: std::cell::Cell<u8> = const { std::cell::Cell::new(0) }; }
        struct Marks(u8);
        impl serde::Serialize for Marks { fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> { AT.set(self.0); to.serialize_unit() } }
        #[instrument(level = "full")]
        fn serialize_some<T: ?Sized + serde::Serialize>(value: &T) -> u8 { let at = AT.get(); at + u8::from(size_of_val(value) == 0) }
    }
    { AT.set(3); assert_eq!(serialize_some(&Marks(1)), 3); }
    "serialize_some()" "serialize_some Returned"
}
shape! {
    debug_that_writes_nothing_or_fails
    {
        struct Silent;
        impl std::fmt::Debug for Silent { fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { Ok(()) } }
        struct Fails;
        impl std::fmt::Debug for Fails { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str("half")?; Err(std::fmt::Error) } }
        #[instrument(level = "full")]
        fn f(a: Silent, b: Fails, c: u16) -> u16 { let _ = (&a, &b); c }
    }
    { assert_eq!(f(Silent, Fails, 1), 1); }
    "f(a = , b = half…, c = 1)" "f Returned 1"
}
shape! {
    zero_sized_and_uninhabited
    {
        #[derive(Debug, Clone, Copy)]
        enum Never {}
        #[derive(Debug)]
        struct Nothing;
        #[instrument(level = "full")]
        fn f(a: Nothing, b: [Never; 0], c: Option<Never>, d: Result<u16, std::convert::Infallible>) -> usize { let _ = a; b.len() + c.iter().count() + usize::from(d.unwrap()) }
    }
    { assert_eq!(f(Nothing, [], None, Ok(1)), 1); }
    "f(a = Nothing, b = [], c = None, d = Ok(1))" "f Returned 1"
}
shape! {
    huge_values
    {
        #[instrument(level = "full")]
        fn f(a: Box<[u64; 100_000]>, b: &[u16]) -> usize { let c = [0_u16; 1000]; a.len() + b.len() + c.len() }
    }
    { assert_eq!(f(vec![0; 100_000].try_into().unwrap(), &[7; 50]), 101_050); }
    "f(a = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …99968 more], b = [7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, …18 more])"
    "  c = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, …968 more]" "f Returned 101050"
}
shape! {
    deep_values
    {
        #[derive(Debug)]
        struct Nest(#[allow(dead_code, reason = "Debug reads it")] Option<Box<Nest>>);
        fn nest(n: usize) -> Nest { if n == 0 { Nest(None) } else { Nest(Some(Box::new(nest(n - 1)))) } }
        #[instrument(level = "full")]
        fn f(a: Nest, b: Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<Vec<u16>>>>>>>>>>) -> usize { size_of_val(&a) + b.len() }
    }
    { assert_eq!(f(nest(20), vec![vec![vec![vec![vec![vec![vec![vec![vec![vec![1]]]]]]]]]]), 9); }
    "f(a = Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(Some(Nest(None))))))))))))))))))))))))))))))))))))))))), b = [[[[[[[[…]]]]]]]])"
    "f Returned 9"
}
shape! {
    long_strings
    { #[instrument(level = "full", skip(s))] fn f(s: &str) -> usize { let t = &s[..300]; t.len() } }
    { assert_eq!(f(&"0123456789".repeat(100)), 300); }
    "f()"
    "  t = \"0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345\"…"
    "f Returned 300"
}
shape! {
    an_argument_in_an_escaped_text
    { #[instrument(level = "full")] fn f(x: u8) -> String { format!("\x7bx}") } }
    { assert_eq!(f(4), "4"); }
    "f(x = 4)" "f Returned \"4\""
}
shape! {
    an_argument_that_is_made_in_the_function
    {
        #[derive(Debug)]
        struct Node(Vec<u8>);
        #[instrument(level = "full")]
        fn init(node: &mut Node, k: u8) {
            // SAFETY: what was there is not dropped.
            unsafe { std::ptr::write(node, Node(vec![k])) }
        }
    }
    { let mut node = Node(Vec::new()); init(&mut node, 3); assert_eq!(node.0, [3]); }
    "init(k = 3)" "init Returned"
}
