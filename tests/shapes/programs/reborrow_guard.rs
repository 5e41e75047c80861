//! Returns a struct that borrows `&mut self`.
#[derive(Debug)]
struct G<'a> {
    v: std::vec::Drain<'a, u8>,
}
struct S {
    v: Vec<u8>,
}
impl S {
    #[scope::instrument]
    fn drain(&mut self) -> G<'_> {
        let n = self.v.len();
        G { v: self.v.drain(..n) }
    }
}
fn main() {
    let mut s = S { v: vec![1] };
    assert_eq!(s.drain().v.next(), Some(1));
}
//> drain(self = <Opaque: reborrow_guard::S, 24 bytes>)
//>   n = 1
//> drain Returned G { v: Drain([1]) }
