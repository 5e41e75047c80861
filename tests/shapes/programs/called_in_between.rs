//! A method for others that is called while its value is half changed.
use std::fmt;
struct Node {
    v: u32,
    next: *mut Node,
}
pub struct List {
    head: *mut Node,
    len: usize,
}
impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut at = self.head;
        let mut list = f.debug_list();
        while !at.is_null() {
            unsafe {
                list.entry(&(*at).v);
                at = (*at).next;
            }
        }
        list.finish()
    }
}
#[scope::instrument]
impl List {
    pub fn new() -> Self {
        List { head: std::ptr::null_mut(), len: 0 }
    }
    pub fn len(&self) -> usize {
        self.len
    }
    pub fn push(&mut self, v: u32) {
        let node = Box::into_raw(Box::new(Node { v, next: std::ptr::dangling_mut() }));
        let old = std::mem::replace(&mut self.head, node);
        self.len += 1;
        assert!(self.len() < 100, "too long");
        unsafe { (*node).next = old };
    }
}
fn main() {
    let mut list = List::new();
    list.push(1);
    list.push(2);
    assert_eq!(format!("{list:?} {}", list.len()), "[2, 1] 2");
}
//> List::new()
//> List::new Returned []
//> List::push(self = [], v = 1)
//>   List::len()
//>   List::len Returned
//> List::push Returned
//> List::push(self = [1], v = 2)
//>   List::len()
//>   List::len Returned
//> List::push Returned
//> List::len()
//> List::len Returned
