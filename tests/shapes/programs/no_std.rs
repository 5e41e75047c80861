//! A no_std crate root (std only as `extern crate`).
#![no_std]
extern crate std as the_std;
#[scope::instrument]
fn f(a: u8) -> Option<u8> {
    Some(a)
}
#[scope::instrument]
async fn g(a: u8) -> Result<u8, ()> {
    Ok(a)
}
fn main() {
    the_std::assert_eq!(f(1), Some(1));
    the_std::mem::drop(g(1));
}
//> f(a = 1)
//> f Returned Some(1)
