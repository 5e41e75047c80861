//! What the compiler says of code with the attribute: our errors as users see them, one fault each and named for it; and programs
//! that must stay what they are without it.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the texts anew.

#[test]
fn ui() {
    let cases = trybuild::TestCases::new();
    cases.compile_fail("tests/ui/*.rs");
    cases.pass("tests/ui/pass/*.rs");
}
