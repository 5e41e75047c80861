//! `Debug` for a trait object that lives for ever, and one that does not.
trait Value {
    fn n(&self) -> u8;
}
impl std::fmt::Debug for dyn Value {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "value {}", self.n())
    }
}
struct Lent<'a>(&'a u8);
impl Value for Lent<'_> {
    fn n(&self) -> u8 {
        *self.0
    }
}
#[scope::instrument]
fn f<'v>(value: &'v (dyn Value + 'v)) -> u8 {
    value.n()
}
#[scope::instrument]
fn g(value: &mut dyn Value) -> &dyn Value {
    value
}
#[scope::instrument]
impl<'v> dyn Value + 'v {
    fn twice(&self) -> u8 {
        self.n() * 2
    }
    fn same(&self) -> &Self {
        self
    }
}
trait Thrice {
    fn thrice(&self) -> u8;
}
impl<'v> Thrice for Box<dyn Value + 'v> {
    #[scope::instrument]
    fn thrice(&self) -> u8 {
        self.n() * 3
    }
}
fn main() {
    let n = 7;
    assert_eq!(f(&Lent(&n)), 7);
    assert_eq!(g(&mut Lent(&n)).n(), 7);
    let boxed: Box<dyn Value + '_> = Box::new(Lent(&n));
    assert_eq!((boxed.same().twice(), boxed.thrice()), (14, 21));
}
//> f(value = <Opaque: &dyn debug_of_object::Value, 16 bytes>)
//> f Returned 7
//> g(value = <Opaque: &mut dyn debug_of_object::Value, 16 bytes>)
//> g Returned <Opaque: &dyn debug_of_object::Value, 16 bytes>
//> dyn Value + 'v::same()
//> dyn Value + 'v::same Returned
//> dyn Value + 'v::twice()
//> dyn Value + 'v::twice Returned
//> thrice()
//> thrice Returned
