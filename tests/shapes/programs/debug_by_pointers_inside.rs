//! As `debug_by_pointers.rs`: the pointers have another name, and are inside what the list holds.
use std::fmt;
use std::sync::atomic::{AtomicPtr, Ordering::Relaxed};
type Link = *mut Node;
struct Node {
    val: Box<u8>,
    next: Link,
}
struct Raw {
    head: Link,
}
pub struct List {
    raw: Raw,
    len: usize,
}
impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.raw.head, f)
    }
}
fn show(mut at: Link, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut list = f.debug_list();
    while let Some(node) = unsafe { at.as_ref() } {
        list.entry(&node.val);
        at = node.next;
    }
    list.finish()
}
#[scope::instrument]
impl List {
    pub fn push(&mut self, val: u8) {
        self.raw.head = Box::into_raw(Box::new(Node { val: Box::new(val), next: self.raw.head }));
        self.len += 1;
    }
    pub fn pop(&mut self) -> u8 {
        let Node { val, next } = *unsafe { Box::from_raw(self.raw.head) };
        self.shrink(next);
        *val
    }
    fn shrink(&mut self, head: Link) {
        self.len -= 1;
        self.raw.head = head;
    }
}
struct Shared(AtomicPtr<Node>);
impl fmt::Debug for Shared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        show(self.0.load(Relaxed), f)
    }
}
#[derive(Debug)]
pub struct Stack {
    shared: Shared,
}
#[scope::instrument]
impl Stack {
    pub fn clear(&mut self) {
        drop(unsafe { Box::from_raw(*self.shared.0.get_mut()) });
        self.empty();
    }
    fn empty(&mut self) {
        *self.shared.0.get_mut() = std::ptr::null_mut();
    }
}
fn main() {
    let mut list = List { raw: Raw { head: std::ptr::null_mut() }, len: 0 };
    list.push(1);
    list.push(2);
    assert_eq!((list.pop(), list.pop()), (2, 1));
    let node = Box::into_raw(Box::new(Node { val: Box::new(3), next: std::ptr::null_mut() }));
    let mut stack = Stack { shared: Shared(AtomicPtr::new(node)) };
    stack.clear();
}
//> List::push(self = [], val = 1)
//> List::push Returned
//> List::push(self = [1], val = 2)
//> List::push Returned
//> List::pop(self = [2, 1])
//>   List::shrink()
//>   List::shrink Returned
//> List::pop Returned 2
//> List::pop(self = [1])
//>   List::shrink()
//>   List::shrink Returned
//> List::pop Returned 1
//> Stack::clear(self = Stack { shared: [3] })
//>   Stack::empty()
//>   Stack::empty Returned
//> Stack::clear Returned
