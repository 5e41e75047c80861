//! Stretches of tokens that stay on this side of the compiler.
//!
//! A `TokenStream` lives in the compiler: to clone one, to put it into another, to look into it or to drop it is a call over to there
//! and back, and this crate runs unoptimised in its users' builds. What is short, or is put into woven code again and again, is kept
//! as the tokens that it is.

use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// Tokens in a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tokens(pub(crate) Vec<TokenTree>);

impl Tokens {
    /// The tokens of what is made anew.
    pub(crate) fn of(stream: TokenStream) -> Self {
        Self(stream.into_iter().collect())
    }
}

impl ToTokens for Tokens {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(self.0.iter().cloned());
    }
}

impl Tokens {
    /// Adds a punctuation character.
    pub(crate) fn punct(&mut self, punct: char) {
        self.0.push(Punct::new(punct, Spacing::Alone).into());
    }

    /// Adds an identifier, or any other token.
    pub(crate) fn push(&mut self, token: impl Into<TokenTree>) {
        self.0.push(token.into());
    }

    /// Adds `inside` between brackets of some kind.
    pub(crate) fn group(&mut self, delimiter: Delimiter, inside: Self) {
        self.0.push(Group::new(delimiter, inside.0.into_iter().collect()).into());
    }

    /// Adds `::name`.
    pub(crate) fn path(&mut self, name: &str) {
        let colons = [Punct::new(':', Spacing::Joint), Punct::new(':', Spacing::Alone)];
        self.0.extend(colons.map(TokenTree::from));
        self.0.push(Ident::new(name, Span::call_site()).into());
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
