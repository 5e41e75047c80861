//! `&'a T` out of `&self` of a struct holding `&'a T`.
struct V<'a> {
    s: &'a [u8],
}
impl<'a> V<'a> {
    #[scope::instrument]
    fn get(&self) -> &'a [u8] {
        self.s
    }
    #[scope::instrument]
    fn take(&mut self, n: usize) -> &'a [u8] {
        let (a, b) = self.s.split_at(n);
        self.s = b;
        a
    }
}
fn main() {
    let d = [1, 2];
    let mut v = V { s: &d };
    let a = v.take(1);
    assert_eq!((a, v.get()), (&[1][..], &[2][..]));
}
//> take(self = <Opaque: lifetime_of_self::V<'_>, 16 bytes>, n = 1)
//>   a = b"\x01"
//>   b = b"\x02"
//> take Returned b"\x01"
//> get(self = <Opaque: lifetime_of_self::V<'_>, 16 bytes>)
//> get Returned b"\x02"
