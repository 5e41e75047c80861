//! Errors, all of them: collected while an attribute is worked on, reported at once.

use proc_macro2::{Span, TokenStream};
use std::fmt::Display;

/// What is wrong, at the smallest guilty piece of code.
///
/// Texts are lower case, without a full stop, with backticks round code: what is wrong, then what to write.
#[derive(Debug)]
pub(crate) struct Error(syn::Error);

impl Error {
    /// An error at `span`.
    pub(crate) fn new(span: Span, message: impl Display) -> Self {
        Self(syn::Error::new(span, message))
    }

    #[cfg(test)]
    pub(crate) fn text(&self) -> String {
        self.0.to_string()
    }
}

impl From<syn::Error> for Error {
    fn from(error: syn::Error) -> Self {
        Self(error)
    }
}

/// The errors found so far.
#[derive(Debug, Default)]
pub(crate) struct Errors(Vec<Error>);

impl Errors {
    pub(crate) fn push(&mut self, error: impl Into<Error>) {
        self.0.push(error.into());
    }

    /// Notes an error at `span`.
    pub(crate) fn at(&mut self, span: Span, message: impl Display) {
        self.push(Error::new(span, message));
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn append(&mut self, others: Vec<Error>) {
        self.0.extend(others);
    }

    pub(crate) fn into_vec(self) -> Vec<Error> {
        self.0
    }
}

/// The `compile_error!`s that make rustc report these errors.
pub(crate) fn report(errors: &[Error]) -> TokenStream {
    errors.iter().map(|error| error.0.to_compile_error()).collect()
}
