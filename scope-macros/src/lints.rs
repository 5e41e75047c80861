//! `#[expect(…)]` in woven code.
//!
//! Some lints look at the shape of code (`clippy::let_and_return`), and don't find in woven code what they find in the user's. An
//! expectation of one would then be unfulfilled: a warning that the user's code does not give. So it becomes an `allow`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Stmt};

/// Attributes with their expectations softened.
pub(crate) fn soften(attrs: TokenStream) -> TokenStream {
    if !has_expectation(&attrs) {
        return attrs;
    }
    let each = attrs.into_iter().map(|token| match token {
        TokenTree::Group(group) => with_stream(&group, |inside| content(inside, true)).into(),
        other => other,
    });
    each.collect()
}

/// The same for all attributes in a body.
pub(crate) fn soften_body(statements: &mut [Stmt]) {
    statements.iter_mut().for_each(|statement| Softened.visit_stmt_mut(statement));
}

/// Whether there is an expectation in some code.
pub(crate) fn has_expectation(code: &TokenStream) -> bool {
    crate::check::any_token(code, &mut |token, next| match (token, next) {
        (TokenTree::Ident(ident), Some(TokenTree::Group(_))) => ident == "expect",
        _ => false,
    })
}

struct Softened;

impl VisitMut for Softened {
    fn visit_attribute_mut(&mut self, attr: &mut Attribute) {
        match &mut attr.meta {
            syn::Meta::List(list) if list.path.is_ident("expect") => {
                let span = list.path.segments[0].ident.span();
                list.path = Ident::new("allow", span).into();
            }
            syn::Meta::List(list) if list.path.is_ident("cfg_attr") => {
                list.tokens = content(std::mem::take(&mut list.tokens), false);
            }
            _ => {}
        }
    }

    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {}

    fn visit_stmt_mut(&mut self, statement: &mut Stmt) {
        visit_mut::visit_stmt_mut(self, statement);
    }
}

/// What is between an attribute's brackets, or behind a `cfg_attr`.
fn content(tokens: TokenStream, first: bool) -> TokenStream {
    let mut result = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    let mut conditional = false;
    let mut at = 0;
    while let Some(token) = tokens.next() {
        let list = matches!(tokens.peek(), Some(TokenTree::Group(_)));
        let token = match token {
            TokenTree::Ident(ident) if ident == "expect" && list && (at == 0 || !first) => {
                Ident::new("allow", ident.span()).into()
            }
            TokenTree::Ident(ident) => {
                conditional = first && at == 0 && ident == "cfg_attr";
                ident.into()
            }
            TokenTree::Group(group) if conditional => with_stream(&group, |inside| content(inside, false)).into(),
            other => other,
        };
        token.to_tokens(&mut result);
        at += 1;
    }
    result
}

fn with_stream(group: &Group, change: impl FnOnce(TokenStream) -> TokenStream) -> Group {
    let mut changed = Group::new(group.delimiter(), change(group.stream()));
    changed.set_span(group.span());
    changed
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    #[test]
    fn expectations_become_pardons() {
        for (before, after) in [
            ("#[expect(a, reason = \"b\")]", "#[allow(a, reason = \"b\")]"),
            ("#![expect(clippy::a)] #[doc = \"expect\"]", "#![allow(clippy::a)] #[doc = \"expect\"]"),
            ("#[cfg_attr(expect, expect(a), inline)]", "#[cfg_attr(expect, allow(a), inline)]"),
            ("#[other(expect(a))]", "#[other(expect(a))]"),
        ] {
            let expected: TokenStream = after.parse().unwrap();
            assert_eq!(soften(before.parse().unwrap()).to_string(), expected.to_string());
        }
        let mut body = syn::Block::parse_within
            .parse_str(
                "#[expect(a)] let x = y.expect(\"z\"); m!(#[expect(a)]); match x { #[cfg_attr(b, expect(c))] _ => 1 }",
            )
            .unwrap();
        soften_body(&mut body);
        let text: TokenStream = body.iter().map(ToTokens::to_token_stream).collect();
        let expected: TokenStream =
            "#[allow(a)] let x = y.expect(\"z\"); m!(#[expect(a)]); match x { #[cfg_attr(b, allow(c))] _ => 1 }"
                .parse()
                .unwrap();
        assert_eq!(text.to_string(), expected.to_string());
    }
}
