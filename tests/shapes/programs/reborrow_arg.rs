//! Hands back a part of a `&mut` argument.
#[scope::instrument]
fn last(v: &mut Vec<u8>) -> &mut u8 {
    let n = v.len() - 1;
    &mut v[n]
}
fn main() {
    let mut v = vec![1, 2];
    *last(&mut v) = 9;
    assert_eq!(v, [1, 9]);
}
//> last(v = b"\x01\x02")
//>   n = 1
//> last Returned 2
