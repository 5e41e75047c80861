//! An attribute in front of an item, and the word that it begins with, by which most need no further look.

use crate::lints;
use proc_macro2::{Delimiter, Group, Punct, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt};
use syn::Attribute;
use syn::parse::Parser;

/// The comments among a module's inner attributes get spans of ours: as attributes that the user wrote, clippy would want them outside.
pub(crate) fn inner_comments(attributes: TokenStream) -> TokenStream {
    let is_comment =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.stream().to_string().starts_with("doc ="));
    let ours = |mut token: TokenTree| {
        if is_comment(&token) {
            token.set_span(token.span().resolved_at(Span::mixed_site()));
        }
        token
    };
    attributes.into_iter().map(ours).collect()
}

#[derive(Clone, Debug)]
pub(crate) struct Attr {
    hash: Punct,
    brackets: Group,
    /// The first word of its path.
    word: String,
}

impl Attr {
    /// The attribute at the beginning of `tokens`, if there is one, and what is behind it.
    pub(crate) fn first(tokens: &[TokenTree]) -> Option<(Self, &[TokenTree])> {
        let [TokenTree::Punct(hash), TokenTree::Group(brackets), behind @ ..] = tokens else { return None };
        if hash.as_char() != '#' || brackets.delimiter() != Delimiter::Bracket {
            return None;
        }
        let word = match brackets.stream().into_iter().next() {
            Some(TokenTree::Ident(first)) => first.to_string(),
            _ => String::new(),
        };
        Some((Self { hash: hash.clone(), brackets: brackets.clone(), word }, behind))
    }

    /// The attribute, if syn can read it, unless it says nothing to us: documentation is most of what there is.
    pub(crate) fn parsed(&self) -> Option<Attribute> {
        const MUTE: [&str; 7] = ["doc", "inline", "must_use", "cold", "track_caller", "test", "deprecated"];
        if MUTE.contains(&self.word.as_str()) {
            return None;
        }
        Attribute::parse_outer.parse2(self.to_token_stream()).ok()?.pop()
    }

    /// Whether it may be a macro, which sees what is behind it.
    pub(crate) fn may_be_a_macro(&self) -> bool {
        const INERT: [&str; 12] = [
            "allow",
            "cfg",
            "clippy",
            "cold",
            "deny",
            "deprecated",
            "doc",
            "expect",
            "forbid",
            "inline",
            "rustfmt",
            "warn",
        ];
        !INERT.contains(&self.word.as_str())
    }

    /// Puts it in front of a woven item.
    pub(crate) fn soften(&self, tokens: &mut TokenStream) {
        match self.word.as_str() {
            "expect" | "cfg_attr" => tokens.extend(lints::soften(self.to_token_stream())),
            _ => self.to_tokens(tokens),
        }
    }
}

impl ToTokens for Attr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(self.hash.clone());
        tokens.append(self.brackets.clone());
    }
}
