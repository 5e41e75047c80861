//! The attribute's errors as users see them: one fault each, named for it. What rustc says itself is kept to where we explain it.
//!
//! `TRYBUILD=overwrite cargo test --test ui` writes the texts anew.

#[test]
fn errors() {
    trybuild::TestCases::new().compile_fail("tests/ui/*.rs");
}
