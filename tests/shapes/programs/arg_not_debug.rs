//! Arguments with no Debug.
struct X(u8);
#[scope::instrument]
fn f(x: &X, y: X, z: &mut X) -> u8 {
    z.0 = x.0;
    y.0
}
fn main() {
    assert_eq!(f(&X(1), X(2), &mut X(3)), 2);
}
//> f(x = <Opaque: arg_not_debug::X, 1 byte>, y = <Opaque: arg_not_debug::X, 1 byte>, z = <Opaque: arg_not_debug::X, 1 byte>)
//> f Returned 2
