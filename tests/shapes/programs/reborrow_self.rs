//! Builder that hands back the `&mut self` it was given.
struct B {
    n: u8,
}
impl B {
    #[scope::instrument]
    fn add(&mut self) -> &mut Self {
        self.n += 1;
        self
    }
}
fn main() {
    let mut b = B { n: 0 };
    b.add().add();
    assert_eq!(b.n, 2);
}
//> add(self = <Opaque: reborrow_self::B, 1 byte>)
//> add Returned <Opaque: reborrow_self::B, 1 byte>
//> add(self = <Opaque: reborrow_self::B, 1 byte>)
//> add Returned <Opaque: reborrow_self::B, 1 byte>
