//! The crate has its own Option, Result, Some, Ok, Box, String, Vec, Debug, core.
#![allow(dead_code)]
mod m {
    pub struct Option;
    pub struct Result;
    pub struct Box;
    pub struct String;
    pub struct Vec;
    pub trait Debug {}
    pub trait Fn {}
    pub trait Drop {}
    pub trait Future {}
    pub struct Send;
    pub mod core {}
    pub mod std {}
    pub mod alloc {}
    pub fn Some() {}
    pub fn None() {}
    pub fn Ok() {}
    pub fn Err() {}
    pub fn drop() {}
    macro_rules! format {
        () => {};
    }
    macro_rules! concat {
        () => {};
    }
    macro_rules! stringify {
        () => {};
    }
    macro_rules! matches {
        () => {};
    }
    macro_rules! panic {
        () => {};
    }
    macro_rules! vec {
        () => {};
    }
    macro_rules! debug {
        () => {};
    }
    macro_rules! module_path {
        () => {};
    }
    macro_rules! file {
        () => {};
    }
    macro_rules! line {
        () => {};
    }
    #[scope::instrument]
    pub fn f(a: u8) -> u8 {
        a
    }
    #[scope::instrument]
    pub async fn g(a: u8) -> u8 {
        a
    }
}
fn main() {
    assert_eq!(m::f(1), 1);
    drop(m::g(1));
}
//> f(a = 1)
//> f Returned 1
