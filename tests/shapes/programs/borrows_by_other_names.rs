//! A `RefCell` that is borrowed by other names: no `Debug` that borrows, too, perhaps by a method, is run, since it would panic.
//@ edition 2024
#![deny(warnings)]
use std::cell::RefCell;
use std::fmt;

#[derive(Clone, Copy)]
struct Id(usize);
thread_local!(static NAMES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) });
impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        NAMES.with_borrow(|names| f.write_str(&names[self.0]))
    }
}
#[scope::instrument]
fn add(name: &str) -> Id {
    NAMES.with_borrow_mut(|names| {
        let id = Id(names.len());
        names.push(name.to_owned());
        id
    })
}
#[scope::instrument]
fn look(id: Id) -> usize {
    id.0
}
#[scope::instrument]
fn swap(cell: &RefCell<usize>) -> usize {
    cell.replace_with(|old| *old + 1)
}
struct Node(RefCell<(String, usize)>);
impl fmt::Debug for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}
impl Node {
    fn name(&self) -> String {
        self.inner(|inner| inner.0.clone())
    }
    fn inner<R>(&self, f: impl FnOnce(&(String, usize)) -> R) -> R {
        f(&RefCell::borrow(&self.0))
    }
}
#[scope::instrument]
impl Node {
    fn method(&self) {
        let mut inner = self.0.borrow_mut();
        inner.1 = self.next(inner.1);
    }
    fn path(&self) {
        let mut inner = RefCell::borrow_mut(&self.0);
        inner.1 = self.next(inner.1);
    }
    fn next(&self, n: usize) -> usize {
        n + 1
    }
}
fn main() {
    std::panic::set_hook(Box::new(|_| std::process::abort()));
    assert_eq!((add("a").0, swap(&RefCell::new(1)), look(Id(0))), (0, 1, 0));
    let node = Node(RefCell::new(("n".to_owned(), 1)));
    node.method();
    node.path();
    assert_eq!(node.next(1), 2);
    assert_eq!(format!("{node:?}"), "n");
}
//> add(name = "a")
//>   names = []
//>   id = <Opaque: borrows_by_other_names::Id (a lock may be held), 8 bytes>
//> add Returned a
//> swap(cell = RefCell(1))
//> swap Returned 1
//> look(id = a)
//> look Returned 0
//> Node::method(self = n)
//>   inner = ("n", 1)
//>   Node::next(self = <Opaque: borrows_by_other_names::Node (a lock may be held), 40 bytes>, n = 1)
//>   Node::next Returned 2
//> Node::method Returned
//> Node::path(self = n)
//>   inner = ("n", 2)
//>   Node::next(self = <Opaque: borrows_by_other_names::Node (a lock may be held), 40 bytes>, n = 2)
//>   Node::next Returned 3
//> Node::path Returned
//> Node::next(self = n, n = 1)
//> Node::next Returned 2
