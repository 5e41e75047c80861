//! Deny(warnings) and a handful of strict lints.
#![deny(
    warnings,
    unused,
    missing_docs,
    missing_debug_implementations,
    rust_2018_idioms,
    trivial_casts,
    trivial_numeric_casts,
    unused_qualifications,
    unused_results,
    unused_lifetimes,
    single_use_lifetimes,
    unreachable_pub,
    let_underscore_drop,
    variant_size_differences,
    elided_lifetimes_in_paths,
    missing_copy_implementations,
    non_ascii_idents,
    macro_use_extern_crate,
    unit_bindings,
    redundant_lifetimes
)]
//! docs
/// docs
#[derive(Debug, Clone, Copy)]
pub struct S(u8);
impl S {
    /// docs
    #[scope::instrument]
    pub fn f(&mut self, a: &u8) -> u8 {
        self.0 = *a;
        *a
    }
    #[scope::instrument]
    fn g(self) {}
}
#[scope::instrument]
fn unit(_a: u8) {}
#[scope::instrument]
async fn a(x: &u8) -> Result<u8, std::num::ParseIntError> {
    Ok(*x)
}
fn main() {
    let mut s = S(1);
    assert_eq!(s.f(&1), 1);
    s.g();
    unit(1);
    drop(a(&1));
}
//> f(self = S(1), a = 1)
//> f Returned 1
//> g(self = S(1))
//> g Returned
//> unit(_a = 1)
//> unit Returned
