//! `&'a mut` field taken and returned.
struct M<'a> {
    s: &'a mut [u8],
}
impl<'a> M<'a> {
    #[scope::instrument]
    fn next(&mut self) -> Option<&'a mut u8> {
        let s = std::mem::take(&mut self.s);
        let (a, b) = s.split_first_mut()?;
        self.s = b;
        Some(a)
    }
}
fn main() {
    let mut d = [1, 2];
    let mut m = M { s: &mut d };
    *m.next().unwrap() = 5;
    assert_eq!(*m.next().unwrap(), 2);
    assert!(m.next().is_none());
}
//> next(self = <Opaque: mem_take_slice::M<'_>, 16 bytes>)
//>   s = b"\x01\x02"
//>   a = 1
//>   b = b"\x02"
//> next Returned Some(1)
//> next(self = <Opaque: mem_take_slice::M<'_>, 16 bytes>)
//>   s = b"\x02"
//>   a = 2
//>   b = b""
//> next Returned Some(2)
//> next(self = <Opaque: mem_take_slice::M<'_>, 16 bytes>)
//>   s = b""
//> next Early None
