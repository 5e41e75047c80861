//! `Debug` for those values of a type that live for ever, and others of it.
use std::fmt;

struct Row<'a>(&'a str);

impl fmt::Debug for Row<'static> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

#[scope::instrument]
mod table {
    use super::Row;

    pub fn rows<'a>(text: &'a str) -> Vec<Row<'a>> {
        text.split(' ').map(Row).collect()
    }

    impl<'a> Row<'a> {
        pub fn first(&self) -> Option<Self> {
            let word = self.0.get(..1)?;
            Some(Self(word))
        }

        pub fn text(&self) -> &'a str {
            self.0
        }
    }
}

#[scope::instrument]
fn longest<'r, 'a>(rows: &'r [Row<'a>]) -> Option<&'r Row<'a>> {
    let mut longest = rows.first()?;
    for row in rows {
        if row.0.len() > longest.0.len() {
            longest = row;
        }
    }
    Some(longest)
}

#[scope::instrument]
fn count(text: &str) -> usize {
    let rows = table::rows(text);
    let first = rows.iter().find_map(|row| row.first());
    let text = first.map(|row| row.text().len());
    rows.len() + text.unwrap_or_default()
}

fn main() {
    let text = String::from("a bcd ef");
    let rows = table::rows(&text);
    assert_eq!(longest(&rows).map(Row::text), Some("bcd"));
    assert_eq!(count(&text), 4);
    assert_eq!(format!("{:?}", Row("x")), "x");
}
//> rows()
//> rows Returned
//> longest()
//>   round for row in rows
//>   round for row in rows
//>   branch if row.0.len() > longest.0.len()
//>   round for row in rows
//> longest Returned
//> Row<'a>::text()
//> Row<'a>::text Returned
//> count(text = "a bcd ef")
//>   rows()
//>   rows Returned
//>   rows = <Opaque: alloc::vec::Vec<debug_for_ever::Row<'_>>, 24 bytes>
//>   Row<'a>::first()
//>   Row<'a>::first Returned
//>   first = <Opaque: core::option::Option<debug_for_ever::Row<'_>>, 16 bytes>
//>   Row<'a>::text()
//>   Row<'a>::text Returned
//>   text = <Opaque: core::option::Option<usize>, 16 bytes>
//> count Returned 4
