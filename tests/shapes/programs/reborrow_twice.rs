//! A `&mut` argument used twice, then returned.
#[scope::instrument]
fn f<'a>(v: &'a mut Vec<u8>, w: &mut Vec<u8>) -> &'a mut [u8] {
    v.push(1);
    w.push(2);
    v.extend_from_slice(w);
    &mut v[..]
}
fn main() {
    let (mut a, mut b) = (vec![], vec![]);
    assert_eq!(f(&mut a, &mut b), [1, 2]);
}
//> f(v = b"", w = b"")
//>   w = b""
//>   v = b"\x01"
//>   w = b"\x02"
//>   v = b"\x01\x02"
//> f Returned b"\x01\x02"
