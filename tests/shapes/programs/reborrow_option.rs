//! `Option<&mut T>` out of a match with an early return.
struct L {
    x: Option<Box<L>>,
    v: u8,
}
impl L {
    #[scope::instrument]
    fn end(&mut self) -> Option<&mut u8> {
        if let Some(ref mut n) = self.x {
            return Some(&mut n.v);
        }
        Some(&mut self.v)
    }
}
fn main() {
    let mut l = L { x: None, v: 3 };
    *l.end().unwrap() = 4;
    assert_eq!(l.v, 4);
}
//> end(self = <Opaque: reborrow_option::L, 16 bytes>)
//> end Returned Some(3)
