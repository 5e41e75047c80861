//! An error type without Debug or Display.
struct E;
#[scope::instrument]
fn f(a: u8) -> Result<u8, E> {
    if a == 0 {
        return Err(E);
    }
    Ok(a)
}
fn main() {
    assert!(f(0).is_err());
}
//> f(a = 0)
//>   branch if a == 0
//> f Returned Err(<Opaque: result_opaque_err::E, 0 bytes>)
