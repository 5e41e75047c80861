//! `#![allow(..)]` as the first thing in the body.
#[inline]
#[scope::instrument]
fn f() -> u8 {
    #![allow(unused_variables)]
    let x = 1;
    2
}
fn main() {
    assert_eq!(f(), 2);
}
//> f()
//>   x = 1
//> f Returned 2
