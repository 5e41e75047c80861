//! The attribute on a #[test] fn and on one with should_panic.
#[test]
#[should_panic]
#[scope::instrument]
fn t() {
    panic!()
}
#[test]
#[scope::instrument]
fn u() -> Result<(), String> {
    Ok(())
}
fn main() {}
