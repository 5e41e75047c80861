//! What stands behind the probe of a value that is given back: the value, in the user's place.
//!
//! rustc tells a reference to a local from a value that holds one by its place, from the first token to the last. One token of ours has but the first's: so
//! what may be such a reference is given back by an expression of several.

use crate::check::any_token;
use crate::site::own_at;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::line;
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Expr;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) begin: Span,
    /// Its end, if it is a borrow of what may be a local: `&x`.
    end: Option<Span>,
}

impl Place {
    pub(crate) fn at(begin: Span) -> Self {
        Self { begin, end: None }
    }

    pub(crate) fn of(value: &Expr) -> Self {
        let end = match value {
            Expr::Reference(_) => end_of_borrow(&value.to_token_stream().into_iter().collect::<Vec<_>>()),
            _ => None,
        };
        Self { begin: line::begin(value), end }
    }

    /// Of these tokens.
    pub(crate) fn of_tokens(value: &[TokenTree]) -> Self {
        Self { begin: value.first().map_or_else(Span::call_site, TokenTree::span), end: end_of_borrow(value) }
    }

    /// Whether it may be a borrow of a local.
    pub(crate) fn may_lend(self) -> bool {
        self.end.is_some()
    }

    /// The value, which is in `__ret`, given back.
    pub(crate) fn given(self, p: &Tokens) -> TokenStream {
        let ret = own_at("__ret", self.begin);
        let Some(end) = self.end else { return ret.into_token_stream() };
        // As the user's own: rustc would not take a place of both for the same.
        let (name, mut first) = (Ident::new("__given", self.begin), Literal::usize_unsuffixed(0));
        first.set_span(end);
        quote!(let #name = #p::Typed { 0: #ret }; #name.#first)
    }
}

/// The pardon for a `let` of a type that clippy may find too complex, or a borrow of a box: of what an async function or one of a trait gives back
/// it says nothing.
pub(crate) fn pardon_type(ty: &TokenStream) -> Option<TokenStream> {
    /// Fewer names and brackets, each in the one before, are not complex enough.
    const FEW: u32 = 6;
    let (mut parts, mut borrows, mut boxes) = (0_u32, false, false);
    any_token(ty, &mut |token, _| {
        parts += u32::from(matches!(token, TokenTree::Ident(_) | TokenTree::Group(_)));
        borrows |= matches!(token, TokenTree::Punct(punct) if punct.as_char() == '&');
        boxes |= borrows && matches!(token, TokenTree::Ident(word) if word == "Box");
        false
    });
    let complex = (parts > FEW).then(|| quote!(clippy::type_complexity,));
    let borrowed = boxes.then(|| quote!(clippy::borrowed_box,));
    (complex.is_some() || borrowed.is_some()).then(|| quote!(#[allow(#complex #borrowed)]))
}

/// `&x`, `&mut x.y[..]`: not what `self` has, nor a constant.
fn end_of_borrow(value: &[TokenTree]) -> Option<Span> {
    let [TokenTree::Punct(and), behind @ ..] = value else { return None };
    let behind = match behind {
        [TokenTree::Ident(word), behind @ ..] if word == "mut" => behind,
        behind => behind,
    };
    let [TokenTree::Ident(name), rest @ ..] = behind else { return None };
    let is_local = name != "self" && name.bare().starts_with(|first: char| first.is_lowercase() || first == '_');
    let is_place = rest.iter().all(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '.',
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    });
    let last = value.last().map(|token| match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    });
    last.filter(|_| and.as_char() == '&' && is_local && is_place)
}
