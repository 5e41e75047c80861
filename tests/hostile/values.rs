//! Values that do what values should not.

use crate::Scenario;
use crate::child::Child;
use crate::ends::step;
use serde::ser::{Serialize, SerializeSeq, Serializer};
use std::fmt::{self, Debug, Formatter};
use std::sync::Mutex;

pub const ALL: &[Scenario] = &[
    Scenario { name: "debug_is_instrumented", child: instrumented, check: check_instrumented },
    Scenario { name: "debug_and_serialize_panic", child: panics, check: check_panics },
    Scenario { name: "debug_panics_while_unwinding", child: unwinding, check: check_unwinding },
    Scenario { name: "debug_never_ends", child: endless, check: check_endless },
    Scenario { name: "debug_takes_long", child: slow, check: check_slow },
    Scenario { name: "large_values", child: large, check: check_large },
    Scenario { name: "locked_values", child: locked, check: check_locked },
    Scenario { name: "debug_waits_for_another", child: waits, check: check_waits },
];

struct Nested(u32);

#[scope::instrument(level = "full")]
impl Debug for Nested {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let inner = self.0;
        f.debug_tuple("Nested").field(&step(inner.into())).finish()
    }
}

#[scope::instrument(level = "full")]
fn shows(value: Nested) -> Nested {
    let again = value;
    again
}

fn instrumented() {
    assert_eq!(shows(Nested(4)).0, 4);
    assert_eq!(format!("{:?}", Nested(6)), "Nested(7)");
}

fn check_instrumented(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!(log.args("shows"), ["Nested(5)"]);
    // Not those of the captures: only the program's own.
    assert_eq!(log.entries("step"), 1);
}

struct Bad;

impl Debug for Bad {
    fn fmt(&self, _: &mut Formatter<'_>) -> fmt::Result {
        panic!("no text")
    }
}

struct BadData;

impl Serialize for BadData {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        items.serialize_element(&1)?;
        panic!("no data")
    }
}

#[scope::instrument(level = "full")]
fn takes(bad: &Bad, data: &BadData, last: u32) -> Result<u32, Bad> {
    let (_b, _d) = (bad, data);
    if last == 0 { Err(Bad) } else { Ok(last) }
}

#[scope::instrument(level = "detailed")]
fn leaves(last: u32) -> Result<u32, Bad> {
    let twice = takes(&Bad, &BadData, last)?;
    Ok(twice)
}

fn panics() {
    std::panic::set_hook(Box::new(|_| {}));
    for n in 0..100 {
        assert_eq!(leaves(n % 2).is_ok(), n % 2 == 1);
    }
}

fn check_panics(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    let args = log.args("takes");
    assert_eq!(args.len(), 100);
    assert!(args[0].contains("no text") && args[0].contains("no data"), "{}", args[0]);
    // Three panics of a type are enough.
    assert!(args[3..].iter().all(|args| args.matches("(showing it panics)").count() == 2), "{}", args[3]);
    assert!(args[0].ends_with(", 0") && args[1].ends_with(", 1"), "{}", args[0]);
}

/// Reads text by text: all of it would be looked through at each call, for what is to be escaped.
#[derive(Debug)]
struct Lexer<'t> {
    rest: &'t str,
    depth: usize,
}

#[scope::instrument(level = "full")]
fn next(lexer: &mut Lexer<'_>, small: &Small) -> Option<char> {
    let first = lexer.rest.chars().next()?;
    lexer.rest = &lexer.rest[first.len_utf8()..];
    lexer.depth += small.0;
    Some(first)
}

#[derive(Debug)]
struct Small(usize);

fn slow() {
    let text = "{#}".repeat(400_000);
    let mut lexer = Lexer { rest: &text, depth: 0 };
    while lexer.depth < 2000 {
        next(&mut lexer, &Small(1));
    }
}

fn check_slow(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    let args = log.args("next");
    assert_eq!(args.len(), 2000);
    assert!(args[0].starts_with("Lexer { rest: \"{#}{#}") && args[0].ends_with("…, Small(1)"), "{}", args[0]);
    let last = args.last().expect("the last");
    assert!(last.contains(" (showing it takes long), 24 bytes") && last.ends_with("Small(1)"), "{last}");
}

/// Its destructor calls instrumented code, with a value that panics.
struct Dropped;

impl Drop for Dropped {
    fn drop(&mut self) {
        let _ = takes(&Bad, &BadData, 1);
    }
}

#[scope::instrument(level = "full")]
fn falls() {
    let _dropped = Dropped;
    panic!("falls");
}

fn unwinding() {
    std::panic::set_hook(Box::new(|_| {}));
    assert!(std::panic::catch_unwind(falls).is_err());
    step(1);
}

fn check_unwinding(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!((log.entries("takes"), log.entries("step")), (1, 1));
}

/// Goes on for ever, as long as it is let.
struct Endless {
    deaf: bool,
}

impl Debug for Endless {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        loop {
            let result = f.write_str("more ");
            if !self.deaf {
                result?;
            }
        }
    }
}

impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut items = serializer.serialize_seq(None)?;
        loop {
            items.serialize_element(self)?;
        }
    }
}

/// A list of such lists, without end.
struct List;

/// Contains itself.
struct Ring;

impl Debug for Ring {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ring").field("next", &Ring).finish()
    }
}

#[scope::instrument(level = "full")]
fn ends(endless: &Endless, ring: &Ring, list: &List) -> u32 {
    let (_a, _b, _c) = (endless, ring, list);
    3
}

fn endless() {
    assert_eq!(ends(&Endless { deaf: false }, &Ring, &List), 3);
    assert_eq!(ends(&Endless { deaf: true }, &Ring, &List), 3);
}

fn check_endless(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    let args = log.args("ends");
    assert_eq!(args.len(), 2);
    for args in args {
        let start: String = args.chars().take(500).collect();
        assert!(args.len() < 50_000 && args.contains("more more") && args.contains("next: Ring"), "{start}");
    }
}

struct Blob(Vec<u8>);

impl Serialize for Blob {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_bytes(&self.0)
    }
}

#[scope::instrument(level = "full")]
fn carries(text: String, bytes: &[u8], blob: Blob, nested: Vec<Vec<String>>) -> String {
    let copy = text;
    assert_eq!(bytes.len() + blob.0.len() + nested.len(), (20 << 20) + 1000);
    copy
}

fn large() {
    let nested: Vec<Vec<String>> = (0..1000).map(|n| vec!["long ".repeat(n); 10]).collect();
    let bytes = vec![7; 10 << 20];
    for _ in 0..20 {
        let text = "x".repeat(10 << 20);
        assert_eq!(carries(text, &bytes, Blob(bytes.clone()), nested.clone()).len(), 10 << 20);
    }
}

fn check_large(child: Child) {
    let log = child.env("SCOPE_OVERFLOW", "block").env("SCOPE_RING_SIZE", "64 KiB").log().whole().nested();
    let args = log.args("carries");
    assert_eq!(args.len(), 20);
    assert!(args.iter().all(|args| args.len() < 40_000 && args.starts_with("\"xxxx")), "{}", args[0].len());
}

#[scope::instrument(level = "full")]
fn holds(lock: &Mutex<u32>) -> u32 {
    let guard = lock.lock().expect("nobody panics");
    let value = *guard + look(lock);
    value
}

#[scope::instrument(level = "full")]
fn look(lock: &Mutex<u32>) -> u32 {
    u32::from(lock.try_lock().is_ok())
}

fn locked() {
    assert_eq!(holds(&Mutex::new(4)), 4);
}

fn check_locked(child: Child) {
    let log = child.run().code(0).quiet().log().whole().nested();
    assert_eq!((log.entries("holds"), log.entries("look")), (1, 1));
}

/// It waits for whoever has the lock.
struct Waits(Mutex<u32>);

impl Debug for Waits {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0.lock().expect("nobody panics"))
    }
}

#[scope::instrument(level = "detailed")]
fn meets(first: u32, waits: &Waits) -> u32 {
    std::hint::black_box(waits);
    first
}

/// The thread that holds the lock waits for the one that looks: nobody can see that coming.
fn waits() {
    let waits = Waits(Mutex::new(1));
    std::thread::scope(|scope| {
        let held = waits.0.lock().expect("nobody panics");
        let other = std::thread::Builder::new().name("other".to_owned());
        let other = other.spawn_scoped(scope, || meets(1, &waits)).expect("a thread");
        // For ever, were it not a test.
        std::thread::sleep(std::time::Duration::from_secs(4));
        assert!(!other.is_finished());
        drop(held);
        assert_eq!(other.join().expect("no panic"), 1);
    });
    assert_eq!(meets(2, &waits), 2);
}

fn check_waits(child: Child) {
    let ended = child.run().code(0);
    let told: Vec<_> = ended.stderr.lines().collect();
    assert_eq!(told.len(), 1, "once: {told:?}");
    for part in [
        "thread `other` (1) has been in the `Debug` or `Serialize` of `hostile::values::Waits`",
        "to show `waits` of `hostile::values::meets` (tests/hostile/values.rs:",
        "`opaque = [\"hostile::values::Waits\"]`",
    ] {
        assert!(told[0].contains(part), "{part}: {}", told[0]);
    }
    assert_eq!(ended.log().whole().nested().args("meets"), ["1, 1", "2, 1"]);
}
