//! `-> !` under deny(warnings).
#![deny(warnings)]
#[scope::instrument]
fn die() -> ! {
    std::process::exit(0)
}
fn main() {
    die()
}
//> die()
