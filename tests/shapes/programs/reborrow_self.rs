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
//> add(self = <Opaque: &mut reborrow_self::B, 8 bytes>)
//> add Returned <Opaque: &mut reborrow_self::B, 8 bytes>
//> add(self = <Opaque: &mut reborrow_self::B, 8 bytes>)
//> add Returned <Opaque: &mut reborrow_self::B, 8 bytes>
