//! What is made when it is first asked for: meanwhile no `Debug` that asks for it is run.
//@ edition 2024
#![deny(warnings)]
use std::cell::{LazyCell, RefCell};
use std::fmt;
use std::sync::{LazyLock, Mutex, Once, OnceLock};

static NAMES: LazyLock<Vec<String>> =
    LazyLock::new(|| ["a", "b"].iter().enumerate().map(|(at, text)| named(Id(at), text)).collect());
static TABLE: LazyLock<Mutex<Table>> = LazyLock::new(|| {
    let mut table = Table::default();
    table.add("a");
    Mutex::new(table)
});
/// Nobody's `Debug` asks for it.
static LIMIT: LazyLock<Limit> = LazyLock::new(|| Limit::of(Id(0)));
static CONFIG: OnceLock<Vec<String>> = OnceLock::new();
static READY: Once = Once::new();
thread_local! {
    static LOCAL: RefCell<Table> = RefCell::new(Table::of(&["a"]));
}

/// Its `Debug` asks for them all.
#[derive(Clone, Copy)]
pub struct Id(usize);
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        READY.call_once(|| unreachable!("somebody was here before"));
        let table = TABLE.lock().unwrap();
        let more = (config().len(), LOCAL.with(|local| local.borrow().0.len()), table.0.len());
        write!(f, "Id({} {more:?})", NAMES[self.0])
    }
}
struct Limit(Id);
#[scope::instrument]
impl Limit {
    fn of(id: Id) -> Self {
        Limit(id)
    }
}
#[derive(Default)]
pub struct Table(Vec<&'static str>);
#[scope::instrument]
impl Table {
    fn of(texts: &[&'static str]) -> Self {
        let mut table = Table(vec![]);
        texts.iter().for_each(|text| _ = table.add(text));
        table
    }
    fn add(&mut self, text: &'static str) -> Id {
        self.0.push(text);
        Id(self.0.len() - 1)
    }
}
#[scope::instrument]
fn named(id: Id, text: &str) -> String {
    format!("{text}{}", id.0)
}
#[scope::instrument]
fn config() -> &'static Vec<String> {
    CONFIG.get_or_init(|| load("x=1"))
}
#[scope::instrument]
fn load(text: &str) -> Vec<String> {
    let id = parse(text);
    vec![format!("{text}{}", id.0)]
}
#[scope::instrument]
fn parse(text: &str) -> Id {
    Id(text.len() - 3)
}
#[scope::instrument]
fn once(id: Id) -> usize {
    READY.call_once(|| {
        parse("ready");
    });
    let lazy = LazyCell::new(|| named(id, "lazy"));
    let by_name = OnceLock::new();
    by_name.get_or_init(made);
    lazy.len() + id.0
}
#[scope::instrument]
fn made() -> Id {
    Id(0)
}
#[scope::instrument]
fn shown(id: Id) -> usize {
    id.0
}
fn main() {
    assert_eq!(NAMES.len(), 2);
    assert_eq!(TABLE.lock().unwrap().0.len(), 1);
    assert_eq!(LOCAL.with(|local| local.borrow().0.len()), 1);
    assert_eq!(config().len(), 1);
    READY.call_once(|| ());
    assert_eq!(once(Id(1)), 6);
    assert_eq!(shown(Id(1)) + LIMIT.0.0 + Limit::of(Id(1)).0.0, 2);
}
//> named(id = <Opaque: initialisers::Id (a lock may be held), 8 bytes>, text = "a")
//> named Returned "a0"
//> named(id = <Opaque: initialisers::Id (a lock may be held), 8 bytes>, text = "b")
//> named Returned "b1"
//> Table::add(self = <Opaque: initialisers::Table, 24 bytes>, text = "a")
//> Table::add Returned <Opaque: initialisers::Id (a lock may be held), 8 bytes>
//> Table::of(texts = ["a"])
//>   table = <Opaque: initialisers::Table, 24 bytes>
//>   text = "a"
//>   Table::add(self = <Opaque: initialisers::Table, 24 bytes>, text = "a")
//>   Table::add Returned <Opaque: initialisers::Id (a lock may be held), 8 bytes>
//>   table = <Opaque: initialisers::Table, 24 bytes>
//> Table::of Returned <Opaque: initialisers::Table, 24 bytes>
//> config()
//>   load(text = "x=1")
//>     parse(text = "x=1")
//>     parse Returned <Opaque: initialisers::Id (a lock may be held), 8 bytes>
//>     id = <Opaque: initialisers::Id (a lock may be held), 8 bytes>
//>   load Returned ["x=10"]
//> config Returned ["x=10"]
//> once(id = Id(b1 (1, 1, 1)))
//>   lazy = LazyCell(<uninit>)
//>   by_name = OnceLock(<uninit>)
//>   made()
//>   made Returned <Opaque: initialisers::Id (a lock may be held), 8 bytes>
//>   named(id = <Opaque: initialisers::Id (a lock may be held), 8 bytes>, text = "lazy")
//>   named Returned "lazy1"
//> once Returned 6
//> shown(id = Id(b1 (1, 1, 1)))
//> shown Returned 1
//> Limit::of(id = Id(a0 (1, 1, 1)))
//> Limit::of Returned <Opaque: initialisers::Limit, 8 bytes>
//> Limit::of(id = Id(b1 (1, 1, 1)))
//> Limit::of Returned <Opaque: initialisers::Limit, 8 bytes>
