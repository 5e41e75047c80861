//! An attribute in front of an item, and the word that it begins with, by which most need no further look.

use crate::lints;
use proc_macro2::{Delimiter, Group, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, TokenStreamExt, quote};
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

    /// The pardon of these lints. Not an inner attribute: a macro that comes later may put those of a body in front of the function, as they are.
    pub(crate) fn allow(lints: TokenStream) -> Self {
        let allow = quote!(allow(#lints));
        Self {
            hash: Punct::new('#', Spacing::Alone),
            brackets: Group::new(Delimiter::Bracket, allow),
            word: "allow".to_owned(),
        }
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
        if self.word != "cfg_attr" {
            return !is_inert(&self.word);
        }
        let condition = self.brackets.stream().into_iter().find_map(|token| match token {
            TokenTree::Group(group) => Some(group.stream().into_iter().collect::<Vec<_>>()),
            _ => None,
        });
        let condition = condition.unwrap_or_default();
        let parts = condition.split(|token| matches!(token, TokenTree::Punct(comma) if comma.as_char() == ','));
        // The first one is what it depends on.
        parts.skip(1).filter_map(<[_]>::first).any(|first| !is_inert(&first.to_string()))
    }

    /// `#[inline(always)]`
    pub(crate) fn inlines_always(&self) -> bool {
        self.word == "inline" && self.brackets.stream().to_string().contains("always")
    }

    /// Puts it in front of a woven item.
    pub(crate) fn soften(&self, tokens: &mut TokenStream) {
        match self.word.as_str() {
            "expect" | "cfg_attr" => tokens.extend(lints::soften(self.to_token_stream())),
            _ => self.to_tokens(tokens),
        }
    }
}

/// Whether an attribute that begins with `word` is the compiler's or a tool's, and changes nothing of what is behind it.
fn is_inert(word: &str) -> bool {
    const INERT: [&str; 15] = [
        "allow",
        "automatically_derived",
        "cfg",
        "clippy",
        "cold",
        "deny",
        "deprecated",
        "doc",
        "expect",
        "forbid",
        "inline",
        "macro_use",
        "no_implicit_prelude",
        "rustfmt",
        "warn",
    ];
    INERT.contains(&word)
}

impl ToTokens for Attr {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.append(self.hash.clone());
        tokens.append(self.brackets.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_macro_is_told_by_its_words() {
        for (text, may) in [
            ("#[inline(always)]", false),
            ("#[tokio::main]", true),
            ("#[cfg_attr(all(unix, docsrs), doc(cfg(unix)), allow(unused, dead_code))]", false),
            ("#[cfg_attr(test, allow(unused), traced::all)]", true),
            ("#[cfg_attr(test, allow(unused),)]", false),
            ("#[cfg_attr = 1]", false),
        ] {
            let tokens: Vec<_> = text.parse::<TokenStream>().unwrap().into_iter().collect();
            let (attr, _) = Attr::first(&tokens).unwrap();
            assert_eq!(attr.may_be_a_macro(), may, "{text}");
        }
    }
}
