//! Values of every kind, captured while a lock is held that they would take.

use crate::common::record;
use serde::{Serialize, Serializer};
use std::cell::{RefCell, RefMut};
use std::fmt::{self, Debug, Formatter};
use std::sync::{LockResult, Mutex, MutexGuard, TryLockError};
use std::time::Duration;

/// Locks of others, with their names.
struct Other(Mutex<u8>);

impl Other {
    fn upgradable_read(&self) -> Option<MutexGuard<'_, u8>> {
        self.0.lock().ok()
    }

    fn try_lock_for(&self, _: Duration) -> Option<MutexGuard<'_, u8>> {
        self.0.try_lock().ok()
    }

    fn write_arc(&self) -> MutexGuard<'_, u8> {
        self.0.lock().unwrap()
    }
}

impl Debug for Other {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.try_lock() {
            Err(TryLockError::WouldBlock) => std::process::abort(),
            _ => f.write_str("Other"),
        }
    }
}

#[scope::instrument(level = "full")]
fn others(other: &Other) -> Result<&Other, &Other> {
    {
        let g = other.upgradable_read().unwrap();
        let first = other;
        assert!(*g == 1 && size_of_val(first) > 0);
    }
    {
        let g = other.try_lock_for(Duration::ZERO);
        let second = other;
        assert!(g.is_some() && size_of_val(second) > 0);
    }
    let _g = other.write_arc();
    // What leaves is seen while the guard is there.
    Err(other)?
}

#[test]
fn values_of_every_kind() {
    let recorded = record(|| assert!(others(&Other(Mutex::new(1))).is_err()));
    let text = recorded.lines().join("\n");
    let hidden = "<Opaque: &locks::values::Other (a lock may be held), 8 bytes>";
    assert!(text.contains("enter others(other = Other)"), "{text}");
    for name in ["first", "second"] {
        assert!(text.contains(&format!("values others {name} = {hidden}")), "{text}");
    }
    assert!(text.contains(&format!("exit others Early {hidden}")), "{text}");
}

/// As serde's own `Serialize` of a `Mutex`.
struct Data(Mutex<u8>);

impl Serialize for Data {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.0.try_lock() {
            Ok(value) => serializer.serialize_u8(*value),
            Err(_) => std::process::abort(),
        }
    }
}

#[scope::instrument(level = "full")]
fn serializes(data: &Data) -> u8 {
    let before = data;
    let g = before.0.lock().unwrap();
    let during = data;
    *g + shares(during, &[7])
}

#[scope::instrument(level = "full")]
fn shares(data: &Data, plain: &[u8]) -> u8 {
    assert!(size_of_val(data) > 0);
    plain[0]
}

#[test]
fn serialize_may_take_a_lock_too() {
    let text = record(|| assert_eq!(serializes(&Data(Mutex::new(1))), 8)).lines().join("\n");
    let hidden = |name, size| format!("<Opaque: {name} (a lock may be held), {size} bytes>");
    assert!(text.contains("enter serializes(data = 1)") && text.contains("values serializes before = 1"), "{text}");
    let during = hidden("&locks::values::Data", 8);
    assert!(text.contains(&format!("values serializes during = {during}")), "{text}");
    let data = hidden("locks::values::Data", size_of::<Data>());
    assert!(text.contains(&format!("enter shares(data = {data}, plain = b\"\\x07\")")), "{text}");
}

/// A `RefCell` panics where a lock would wait.
struct Cells(RefCell<Vec<u8>>);

impl Debug for Cells {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.try_borrow() {
            Ok(_) => write!(f, "Cells({:?})", self.0.borrow()),
            Err(_) => std::process::abort(),
        }
    }
}

#[scope::instrument(level = "full")]
impl Cells {
    fn all(&self) {
        for x in self.0.borrow_mut().iter_mut() {
            *x += self.step();
        }
        let mut own = self.0.borrow_mut();
        own.push(self.step());
        drop(own);
        self.step();
    }

    fn own(&self) -> RefMut<'_, Vec<u8>> {
        self.0.borrow_mut()
    }

    fn through_another(&self) {
        let mut own = self.own();
        own.push(self.step());
        drop(own);
        self.step();
    }

    fn step(&self) -> u8 {
        1
    }
}

#[test]
fn a_cell_that_is_borrowed_is_as_a_lock() {
    let text = record(|| Cells(RefCell::new(vec![1])).all()).lines().join("\n");
    let hidden = "<Opaque: locks::values::Cells (a lock may be held), 32 bytes>";
    let steps: Vec<_> = text.lines().filter(|line| line.starts_with("enter Cells::step")).collect();
    let expected = [hidden, hidden, "Cells([2, 1])"].map(|this| format!("enter Cells::step(self = {this})"));
    assert_eq!(steps, expected, "{text}");
    assert!(text.contains("enter Cells::all(self = Cells([1]))"), "{text}");

    let text = record(|| Cells(RefCell::new(vec![1])).through_another()).lines().join("\n");
    let steps: Vec<_> = text.lines().filter(|line| line.starts_with("enter Cells::step")).collect();
    let expected = [hidden, "Cells([1, 1])"].map(|this| format!("enter Cells::step(self = {this})"));
    assert_eq!(steps, expected, "{text}");
}

trait OrPanic {
    type Guard;
    fn or_panic(self) -> Self::Guard;
}

impl<G> OrPanic for LockResult<G> {
    type Guard = G;

    fn or_panic(self) -> G {
        self.unwrap_or_else(|_| panic!("poisoned"))
    }
}

/// The guard of one behind a name that says nothing of it.
struct Lease<'a> {
    inner: MutexGuard<'a, u8>,
}

/// A lock behind such a name.
struct Shared(Mutex<u8>);

impl Debug for Shared {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.0.try_lock() {
            Ok(inner) => write!(f, "Shared({inner})"),
            // Another one would wait.
            Err(_) => std::process::abort(),
        }
    }
}

#[scope::instrument(level = "full")]
impl Shared {
    fn inner(&self) -> MutexGuard<'_, u8> {
        self.0.lock().unwrap()
    }

    fn add_or_panic(&self) -> u8 {
        let mut inner = self.0.lock().or_panic();
        *inner += self.step();
        drop(inner);
        self.step()
    }

    fn lease(&self) -> Lease<'_> {
        Lease { inner: self.0.lock().unwrap() }
    }

    fn add_leased(&self) -> u8 {
        let mut lease = self.lease();
        *lease.inner += self.step();
        Self::end(lease, self);
        self.step()
    }

    fn end(lease: Lease<'_>, shared: &Self) {
        shared.step();
        drop(lease);
    }

    fn add(&self) -> u8 {
        let mut inner = self.inner();
        *inner += self.step();
        drop(inner);
        self.step()
    }

    fn step(&self) -> u8 {
        1
    }
}

#[test]
fn a_function_that_gives_back_a_guard_is_as_a_lock() {
    let text = record(|| assert_eq!(Shared(Mutex::new(1)).add(), 1)).lines().join("\n");
    let hidden = "<Opaque: locks::values::Shared (a lock may be held), 8 bytes>";
    let steps: Vec<_> = text.lines().filter(|line| line.starts_with("enter Shared::step")).collect();
    assert_eq!(steps, [hidden, "Shared(2)"].map(|this| format!("enter Shared::step(self = {this})")), "{text}");
}

#[test]
fn a_type_that_holds_a_guard_is_as_the_guard() {
    let text = record(|| assert_eq!(Shared(Mutex::new(1)).add_leased(), 1)).lines().join("\n");
    let hidden = "<Opaque: locks::values::Shared (a lock may be held), 8 bytes>";
    let steps: Vec<_> = text.lines().filter(|line| line.starts_with("enter Shared::step")).collect();
    assert_eq!(steps, [hidden, hidden, hidden].map(|this| format!("enter Shared::step(self = {this})")), "{text}");
}

#[test]
fn a_method_of_what_a_lock_gives_back_gives_the_guard() {
    let text = record(|| assert_eq!(Shared(Mutex::new(1)).add_or_panic(), 1)).lines().join("\n");
    let hidden = "<Opaque: locks::values::Shared (a lock may be held), 8 bytes>";
    let steps: Vec<_> = text.lines().filter(|line| line.starts_with("enter Shared::step")).collect();
    assert_eq!(steps, [hidden, "Shared(2)"].map(|this| format!("enter Shared::step(self = {this})")), "{text}");
}
