//! Types whose `Debug` is for some lifetimes and that go by other names; and types of which nobody can tell whether they have one.
use std::cell::Cell;
use std::fmt;
pub struct Row<'a> {
    a: Cell<&'a str>,
}
impl fmt::Debug for Row<'static> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("row")
    }
}
pub type RowRef<'a> = Row<'a>;
#[scope::instrument]
fn alias(row: &RowRef<'_>) -> usize {
    row.a.get().len()
}
struct Rows<'a>(Option<&'a str>);
#[scope::instrument]
impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;
    fn next(&mut self) -> Option<Self::Item> {
        let text = self.0.take()?;
        Some(Row { a: Cell::new(text) })
    }
}
pub trait Phase {
    type Kids;
}
#[derive(Debug, Clone)]
pub struct Node<P: Phase> {
    kids: P::Kids,
    name: String,
}
#[derive(Debug, Clone)]
pub struct Parsed;
impl Phase for Parsed {
    type Kids = Vec<Node<Parsed>>;
}
#[scope::instrument]
fn count(node: &Node<Parsed>) -> usize {
    let mut n = 1;
    for kid in &node.kids {
        n += count(kid);
    }
    n
}
#[scope::instrument]
fn longest(node: &Node<Parsed>) -> usize {
    let kids = node.kids.iter().map(longest).max();
    node.name.len().max(kids.unwrap_or_default())
}
fn main() {
    let text = String::from("ab");
    assert_eq!(alias(&Row { a: Cell::new(&text) }), 2);
    assert_eq!(Rows(Some(&text)).map(|row| row.a.get().len()).sum::<usize>(), 2);
    let leaf = Node { kids: vec![], name: "leaf".to_owned() };
    let node = Node { kids: vec![leaf], name: "n".to_owned() };
    assert_eq!(count(&node), 2);
    assert_eq!(longest(&node), 4);
}
//> alias()
//> alias Returned
//> <Rows<'a> as Iterator>::next()
//> <Rows<'a> as Iterator>::next Returned
//> <Rows<'a> as Iterator>::next()
//> <Rows<'a> as Iterator>::next Returned
//> count()
//>   round for kid in &node.kids
//>   count()
//>   count Returned
//> count Returned
//> longest(node = <Opaque: debug_without_end::Node<debug_without_end::Parsed>, 48 bytes>)
//>   longest(node = <Opaque: debug_without_end::Node<debug_without_end::Parsed>, 48 bytes>)
//>     kids = <Opaque: core::option::Option<usize>, 16 bytes>
//>   longest Returned 4
//>   kids = <Opaque: core::option::Option<usize>, 16 bytes>
//> longest Returned 4
