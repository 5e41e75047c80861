//! Guards that are given back, that pass through what `Option` and `Result` have, that are taken out of their variables, and locked values with methods
//! that are called like a lock's: no `Debug` that waits for the same lock is run.
//@ edition 2024
#![deny(warnings)]
use std::cell::{RefCell, RefMut};
use std::fmt;
use std::sync::{LazyLock, Mutex, MutexGuard};

/// Its `Debug` waits for the table.
#[derive(Clone, Copy)]
struct Symbol(usize);
impl fmt::Debug for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(TABLE.lock().unwrap().names[self.0])
    }
}

#[derive(Debug)]
struct Table {
    names: Vec<&'static str>,
    all: Vec<Symbol>,
}
impl Table {
    fn unlock(&mut self) {
        self.names.push("c");
    }
}

static TABLE: LazyLock<Mutex<Table>> =
    LazyLock::new(|| Mutex::new(Table { names: vec!["a", "b"], all: vec![Symbol(0), Symbol(1)] }));

/// Its `Debug` borrows.
struct Scene(RefCell<Vec<u32>>);
impl fmt::Debug for Scene {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Scene({})", self.0.borrow().len())
    }
}

#[scope::instrument(level = "full")]
fn see(symbol: Symbol) -> usize {
    symbol.0
}
#[scope::instrument(level = "full")]
fn table() -> MutexGuard<'static, Table> {
    TABLE.lock().unwrap()
}
#[scope::instrument(level = "full")]
fn table_perhaps(c: bool) -> Option<MutexGuard<'static, Table>> {
    if c {
        return TABLE.try_lock().ok();
    }
    None
}
#[scope::instrument(level = "full")]
fn other_errors() -> Result<usize, String> {
    let table = TABLE.lock().or(Err("poisoned".to_owned()))?;
    Ok(see(table.all[1]))
}
#[scope::instrument(level = "full")]
fn either_way() -> usize {
    let table = TABLE.lock().map_or_else(|e| e.into_inner(), |table| table);
    see(table.all[1])
}
#[scope::instrument(level = "full")]
fn filtered() -> usize {
    let table = TABLE.lock().ok().filter(|table| table.names.len() > 1);
    let n = see(Symbol(1));
    drop(table);
    n + see(Symbol(0))
}
#[scope::instrument(level = "full")]
fn door() -> usize {
    let mut table = TABLE.lock().unwrap();
    table.unlock();
    see(table.all[1])
}
#[scope::instrument(level = "full")]
fn taken_out() -> usize {
    let mut first = Some(TABLE.lock().unwrap());
    let second = first.take();
    drop(first);
    second.map_or(0, |table| see(table.all[1]))
}
#[scope::instrument(level = "full")]
fn out_of_the_value() -> usize {
    let mut table = TABLE.lock().unwrap();
    let symbols = std::mem::take(&mut table.all);
    drop(table);
    see(symbols[1])
}
#[scope::instrument(level = "full")]
fn handed(scene: &Scene, mut all: RefMut<'_, Vec<u32>>) -> usize {
    all.push(1);
    scene.0.try_borrow().iter().count()
}

fn main() {
    std::panic::set_hook(Box::new(|_| std::process::abort()));
    assert_eq!(table().all.len(), 2);
    assert!(table_perhaps(true).is_some() && table_perhaps(false).is_none());
    assert_eq!((other_errors(), either_way(), filtered(), door(), taken_out()), (Ok(1), 1, 1, 1, 1));
    assert_eq!(out_of_the_value(), 1);
    let scene = Scene(RefCell::default());
    assert_eq!(handed(&scene, scene.0.borrow_mut()), 0);
}
//> table()
//> table Returned <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//> table_perhaps(c = true)
//>   branch if c
//> table_perhaps Returned Some(<Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>)
//> table_perhaps(c = false)
//> table_perhaps Returned None
//> other_errors()
//>   table = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//>   see(symbol = <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>)
//>   see Returned 1
//> other_errors Returned Ok(1)
//> either_way()
//>   table = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//>   see(symbol = <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>)
//>   see Returned 1
//> either_way Returned 1
//> filtered()
//>   table = Some(<Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>)
//>   see(symbol = <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>)
//>   see Returned 1
//>   n = 1
//>   see(symbol = a)
//>   see Returned 0
//> filtered Returned 1
//> door()
//>   table = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//>   see(symbol = <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>)
//>   see Returned 1
//> door Returned 1
//> taken_out()
//>   first = Some(<Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>)
//>   second = Some(<Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>)
//>   first = None
//>   see(symbol = <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>)
//>   see Returned 1
//> taken_out Returned 1
//> out_of_the_value()
//>   table = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//>   symbols = [<Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>, <Opaque: guards_by_the_way::Symbol (a lock may be held), 8 bytes>]
//>   table = <Opaque: std::sync::poison::mutex::MutexGuard<'_, guards_by_the_way::Table> (a lock may be held), 16 bytes>
//>   see(symbol = b)
//>   see Returned 1
//> out_of_the_value Returned 1
//> handed(scene = <Opaque: guards_by_the_way::Scene (a lock may be held), 32 bytes>, all = [])
//> handed Returned 0
