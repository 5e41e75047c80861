//! Stretches of tokens that stay on this side of the compiler.
//!
//! A `TokenStream` lives in the compiler: to clone one, to put it into another, to look into it or to drop it is a call over to there
//! and back, and this crate runs unoptimised in its users' builds. What is short, or is put into woven code again and again, is kept
//! as the tokens that it is.

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The name of an identifier.
pub(crate) trait Bare {
    /// It, without the `r#` in front. As `unraw`, but with a third of its steps: woven functions have thousands of names.
    fn bare(&self) -> String;
}

impl Bare for Ident {
    fn bare(&self) -> String {
        let mut name = self.to_string();
        if name.starts_with("r#") {
            name.drain(..2);
        }
        name
    }
}

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

    /// Adds a word.
    pub(crate) fn word(&mut self, word: &str) {
        self.0.push(Ident::new(word, Span::call_site()).into());
    }

    /// Adds a number.
    pub(crate) fn number(&mut self, number: usize) {
        self.0.push(Literal::usize_suffixed(number).into());
    }

    /// Adds the like of other tokens.
    pub(crate) fn like(&mut self, tokens: &Self) {
        self.0.extend_from_slice(&tokens.0);
    }

    /// Adds other tokens.
    pub(crate) fn append(&mut self, mut tokens: Self) {
        self.0.append(&mut tokens.0);
    }

    /// Adds `.name(arguments)`.
    pub(crate) fn call(&mut self, name: Ident, arguments: Self) {
        self.punct('.');
        self.push(name);
        self.group(Delimiter::Parenthesis, arguments);
    }

    /// Adds `inside` between brackets of some kind.
    pub(crate) fn group(&mut self, delimiter: Delimiter, inside: Self) {
        self.0.push(inside.within(delimiter).into());
    }

    /// Adds `::name`.
    pub(crate) fn path(&mut self, name: &str) {
        let colons = [Punct::new(':', Spacing::Joint), Punct::new(':', Spacing::Alone)];
        self.0.extend(colons.map(TokenTree::from));
        self.word(name);
    }

    /// They between brackets of some kind.
    pub(crate) fn within(self, delimiter: Delimiter) -> Group {
        Group::new(delimiter, self.stream())
    }

    /// They as the compiler has them.
    pub(crate) fn stream(self) -> TokenStream {
        self.0.into_iter().collect()
    }

    /// Whether there are none.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
