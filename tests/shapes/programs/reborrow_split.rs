//! Two halves of a `&mut` slice.
#[scope::instrument]
fn halves(s: &mut [u8]) -> (&mut [u8], &mut [u8]) {
    let n = s.len() / 2;
    s.split_at_mut(n)
}
fn main() {
    let mut a = [1, 2];
    let (x, y) = halves(&mut a);
    std::mem::swap(&mut x[0], &mut y[0]);
    assert_eq!(a, [2, 1]);
}
//> halves(s = b"\x01\x02")
//>   n = 1
//> halves Returned (b"\x01", b"\x02")
