//! A list whose `Debug` follows pointers, and functions of its own that find it half changed.
use std::fmt;
struct Node {
    val: u8,
    next: *mut Node,
}
pub struct List {
    head: *mut Node,
    len: usize,
}
impl fmt::Debug for List {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (mut list, mut at) = (f.debug_list(), self.head);
        for _ in 0..self.len {
            unsafe {
                list.entry(&(*at).val);
                at = (*at).next;
            }
        }
        list.finish()
    }
}
#[scope::instrument]
impl List {
    pub fn push(&mut self, val: u8) {
        self.len += 1;
        self.link(Box::into_raw(Box::new(Node { val, next: self.head })));
    }
    fn link(&mut self, node: *mut Node) {
        self.head = node;
    }
    pub fn pop(&mut self) -> Option<u8> {
        if self.head.is_null() {
            return None;
        }
        let node = unsafe { Box::from_raw(self.head) };
        self.head = node.next;
        self.shrink();
        Some(node.val)
    }
    fn shrink(&mut self) {
        self.len -= 1;
    }
}
fn main() {
    let mut list = List { head: std::ptr::null_mut(), len: 0 };
    list.push(1);
    list.push(2);
    assert_eq!((list.pop(), list.pop(), list.pop()), (Some(2), Some(1), None));
}
//> List::push(self = [], val = 1)
//>   List::link()
//>   List::link Returned
//> List::push Returned
//> List::push(self = [1], val = 2)
//>   List::link()
//>   List::link Returned
//> List::push Returned
//> List::pop(self = [2, 1])
//>   List::shrink()
//>   List::shrink Returned
//> List::pop Returned Some(2)
//> List::pop(self = [1])
//>   List::shrink()
//>   List::shrink Returned
//> List::pop Returned Some(1)
//> List::pop(self = [])
//>   branch if self.head.is_null()
//> List::pop Returned None
