//! `Debug` with bounds that hold for some lifetimes only.
//@ edition 2024
#![deny(warnings)]
use std::any::Any;
use std::cell::Cell;
use std::fmt::{self, Debug, Formatter};

struct Row<T>(T);
struct Dated<T>(T);
struct Pair<A, B>(A, B);

impl<T: 'static> Debug for Row<T> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("row")
    }
}

impl<T> Debug for Dated<T>
where
    T: Any,
{
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("dated")
    }
}

impl<A> Debug for Pair<A, A> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("pair")
    }
}

struct Tied<'a, 'b> {
    a: Cell<&'a str>,
    b: Cell<&'b str>,
}

impl<'a, 'b: 'a> Debug for Tied<'a, 'b> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.a.set(self.b.get());
        f.write_str(self.a.get())
    }
}

#[scope::instrument]
fn tied<'a, 'b>(tied: &Tied<'a, 'b>) -> usize {
    tied.a.get().len() + tied.b.get().len()
}

#[scope::instrument]
fn len(row: &Row<&str>) -> usize {
    row.0.len()
}

mod renamed {
    use super::{Dated, Row as R};
    type D<'a> = Dated<&'a str>;

    #[scope::instrument]
    pub fn len(row: &R<&str>) -> usize {
        row.0.len()
    }

    #[scope::instrument]
    pub fn dated(dated: D<'_>) -> usize {
        dated.0.len()
    }
}

#[scope::instrument]
fn dated(text: &str) -> usize {
    let dated = Dated(text);
    dated.0.len()
}

#[scope::instrument]
fn pair<'a, 'b>(a: Cell<&'a str>, b: Cell<&'b str>) -> usize {
    let pair = Pair(a, b);
    pair.0.get().len() + pair.1.get().len()
}

#[scope::instrument]
mod makes {
    pub fn row<T>(of: T) -> super::Row<T> {
        super::Row(of)
    }
}

#[scope::instrument]
fn unnamed(text: &str) -> usize {
    let row = makes::row(text);
    let len: usize = row.0.len();
    len
}

fn main() {
    let text = String::from("ab");
    assert_eq!(tied(&Tied { a: Cell::new("a"), b: Cell::new("bc") }), 3);
    assert_eq!(len(&Row(&text)), 2);
    assert_eq!(renamed::len(&Row(&text)), 2);
    assert_eq!(renamed::dated(Dated(&text)), 2);
    assert_eq!(dated(&text), 2);
    assert_eq!(pair(Cell::new(&text), Cell::new("c")), 3);
    assert_eq!(unnamed(&text), 2);
    assert_eq!(format!("{:?} {:?} {:?}", Row(1), Dated(1), Pair(1, 2)), "row dated pair");
}
//> tied()
//> tied Returned
//> len()
//> len Returned
//> len()
//> len Returned
//> dated()
//> dated Returned
//> dated()
//> dated Returned
//> pair()
//> pair Returned
//> unnamed(text = "ab")
//>   row()
//>   row Returned
//>   row = <Opaque: debug_for_some::Row<&str>, 16 bytes>
//>   len = 2
//> unnamed Returned 2
