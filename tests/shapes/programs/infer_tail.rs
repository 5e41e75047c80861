//! The return type drives inference (`into`, `parse`, `collect`, `default`).
#[scope::instrument]
fn f(s: &str) -> Result<Vec<u8>, Box<dyn std::error::Error>> {
    if s.is_empty() {
        Err("none")?
    }
    let v = s.split(',').map(|x| x.parse()).collect::<Result<_, _>>()?;
    Ok(v)
}
#[scope::instrument]
fn g() -> u64 {
    1u8.into()
}
#[scope::instrument]
fn h() -> Vec<u8> {
    Default::default()
}
#[scope::instrument]
fn i() -> Result<(), String> {
    Err("x".into())
}
fn main() {
    assert_eq!(f("1,2").unwrap(), [1, 2]);
    assert!(f("").is_err());
    assert_eq!(g(), 1);
    assert!(h().is_empty());
    assert!(i().is_err());
}
//> f(s = "1,2")
//>   v = b"\x01\x02"
//> f Returned Ok(b"\x01\x02")
//> f(s = "")
//>   branch if s.is_empty()
//> f Early "none"
//> g()
//> g Returned 1
//> h()
//> h Returned b""
//> i()
//> i Returned Err("x")
