//! rustc lets an arm call `drop` of what is not dropped, as long as that is all of the arm, and have parentheses round all of it.
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
    match n {
        Some(n) => (same(*n) as u8 + 1),
        None => 1,
    }
}
fn main() {
    assert_eq!(arms(Some(&3)), 4);
}
//> arms(n = Some(3))
//>   branch Some(n)
//>   n = 3
//> arms Returned 4
