//! rustc lets an arm call `drop` of what is not dropped, as long as that is all of the arm.
#![deny(warnings)]
fn same<T>(value: T) -> T {
    value
}
#[scope::instrument]
fn arms(n: Option<&u8>) -> u8 {
    match n {
        Some(n) if *n > 3 => std::mem::drop(same(n)),
        Some(n) => drop(same(*n)),
        None => {}
    }
    1
}
fn main() {
    assert_eq!(arms(Some(&3)), 1);
}
//> arms(n = Some(3))
//> arms Returned 1
