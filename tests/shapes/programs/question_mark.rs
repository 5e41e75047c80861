//! `?` on Result, Option and early returns.
#[scope::instrument]
fn f(o: Option<u8>) -> Option<u8> {
    let x = o?;
    if x == 0 {
        return None;
    }
    Some(x + 1)
}
#[scope::instrument]
fn g(o: Result<u8, std::num::ParseIntError>) -> Result<u8, Box<dyn std::error::Error + Send + Sync>> {
    Ok(o? + 1)
}
#[scope::instrument]
fn h(v: &[u8]) {
    for x in v {
        if *x == 1 {
            return;
        }
    }
    panic!()
}
fn main() {
    assert_eq!(f(Some(1)), Some(2));
    assert_eq!(g("1".parse()).unwrap(), 2);
    h(&[1]);
}
//> f(o = Some(1))
//>   x = 1
//> f Returned Some(2)
//> g(o = Ok(1))
//> g Returned Ok(2)
//> h(v = b"\x01")
//>   round for x in v
//>   x = 1
//>   branch if *x == 1
//> h Returned ()
