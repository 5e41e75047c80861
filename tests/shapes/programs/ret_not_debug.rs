//! The return type has no Debug.
struct X(u8);
#[scope::instrument]
fn f() -> X {
    X(1)
}
fn main() {
    assert_eq!(f().0, 1);
}
//> f()
//> f Returned <Opaque: ret_not_debug::X, 1 byte>
