//! The crate's own modules are called core, std and alloc.
#![allow(unused)]
mod core {
    pub fn x() -> u8 {
        1
    }
}
mod std {}
mod alloc {}
#[scope::instrument]
fn f() -> u8 {
    core::x()
}
#[scope::instrument]
async fn g() -> u8 {
    core::x()
}
fn main() {
    assert_eq!(f(), 1);
    drop(g());
}
//> f()
//> f Returned 1
