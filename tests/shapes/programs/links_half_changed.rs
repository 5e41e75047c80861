//! A `Debug` that walks links, which are a ring of one while they are changed: it would never end.
use std::fmt;
struct Node {
    v: u32,
    prev: usize,
    next: usize,
}
pub struct Ring {
    nodes: Vec<Node>,
}
#[scope::instrument]
impl Ring {
    pub fn push(&mut self, v: u32) {
        let at = self.alloc(v);
        let last = self.nodes[0].prev;
        self.link(last, at);
        self.link(at, 0);
    }
    fn alloc(&mut self, v: u32) -> usize {
        let at = self.nodes.len();
        self.nodes.push(Node { v, prev: at, next: at });
        at
    }
    fn link(&mut self, a: usize, b: usize) {
        self.nodes[a].next = b;
        self.nodes[b].prev = a;
    }
}
impl Ring {
    fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        let mut at = self.nodes[0].next;
        std::iter::from_fn(move || {
            (at != 0).then(|| {
                let node = &self.nodes[at];
                at = node.next;
                node.v
            })
        })
    }
}
impl fmt::Debug for Ring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.iter()).finish()
    }
}
fn main() {
    let mut ring = Ring { nodes: vec![Node { v: 0, prev: 0, next: 0 }] };
    ring.push(1);
    ring.push(2);
    assert_eq!(format!("{ring:?}"), "[1, 2]");
}
//> Ring::push(self = [], v = 1)
//>   Ring::alloc()
//>   Ring::alloc Returned
//>   at = 1
//>   last = 0
//>   Ring::link()
//>   Ring::link Returned
//>   Ring::link()
//>   Ring::link Returned
//> Ring::push Returned
//> Ring::push(self = [1], v = 2)
//>   Ring::alloc()
//>   Ring::alloc Returned
//>   at = 2
//>   last = 1
//>   Ring::link()
//>   Ring::link Returned
//>   Ring::link()
//>   Ring::link Returned
//> Ring::push Returned
