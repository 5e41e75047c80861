//! `type Result<T> = ..` with one parameter.
#[derive(Debug)]
struct E;
type Result<T> = std::result::Result<T, E>;
#[scope::instrument]
fn f(a: u8) -> Result<u8> {
    if a == 0 {
        return Err(E);
    }
    Ok(a)
}
fn main() {
    assert_eq!(f(1).unwrap(), 1);
}
//> f(a = 1)
//> f Returned Ok(1)
