//! Debug of a RefCell argument while it is borrowed; Debug must not borrow for long.
use std::cell::RefCell;
#[scope::instrument]
fn f(c: &RefCell<Vec<u8>>) -> usize {
    c.borrow_mut().push(1);
    c.borrow().len()
}
fn main() {
    let c = RefCell::new(vec![]);
    assert_eq!(f(&c), 1);
}
//> f(c = RefCell(b""))
//> f Returned 1
