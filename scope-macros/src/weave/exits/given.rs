//! What stands behind the probe of a value that is given back: the value, in the user's place.
//!
//! rustc tells a reference to a local from a value that holds one by its place, from the first token to the last. One token of ours has but the first's: so
//! what may be such a reference is given back by an expression of several.

use super::declared::Declared;
use crate::check::any_token;
use crate::site::given_back;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::fragments::is_of_a_macro;
use crate::weave::line;
use proc_macro2::{Delimiter, Group, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Expr;

/// Where a value stands.
#[derive(Clone, Copy)]
pub(crate) struct Place {
    pub(crate) begin: Span,
    pub(crate) end: Span,
    /// Whether rustc tells of it from its first token to its last only where it is given back by as many: of a borrow.
    in_full: bool,
    /// Of what may be a local: `&x`.
    lends: bool,
    /// `*x`: what is moved out of there rustc looks for by its place, and must find nothing else.
    derefs: bool,
    /// Of the braces round it: their edition says when temporaries die.
    braces: Span,
}

impl Place {
    pub(crate) fn at(begin: Span) -> Self {
        Self { begin, end: begin, in_full: false, lends: false, derefs: false, braces: begin }
    }

    pub(crate) fn of(value: &Expr) -> Self {
        let in_full = matches!(value, Expr::Reference(_));
        let lends = in_full && borrows_local(&value.to_token_stream().into_iter().collect::<Vec<_>>());
        let derefs = matches!(value, Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)));
        let begin = line::begin(value);
        let place = Self { begin, end: line::end(value), in_full, lends, derefs, braces: begin };
        if matches!(line::first(value), Expr::Unsafe(_)) { place.ours() } else { place }
    }

    /// Of these tokens.
    pub(crate) fn of_tokens(value: &[TokenTree]) -> Self {
        let begin = value.first().map_or_else(Span::call_site, TokenTree::span);
        let end = value.last().map_or(begin, line::end_of_token);
        let in_full = matches!(value.first(), Some(TokenTree::Punct(and)) if and.as_char() == '&');
        let derefs = matches!(value.first(), Some(TokenTree::Punct(star)) if star.as_char() == '*');
        let place = Self { begin, end, in_full, lends: borrows_local(value), derefs, braces: begin };
        let is_unsafe = matches!(value.first(), Some(TokenTree::Ident(word)) if word == "unsafe");
        if is_unsafe { place.ours() } else { place }
    }

    /// clippy finds a comment on safety unnecessary in front of what is the user's and not unsafe.
    fn ours(self) -> Self {
        let begin = line::here(self.begin);
        Self { begin, end: line::here(self.end), braces: begin, ..self }
    }

    pub(crate) fn in_full(self) -> Self {
        Self { in_full: true, ..self }
    }

    /// Of a value behind this `return`, which may be a macro's. `lingers`: its temporaries outlive the block that it leaves, in the edition of the `return`.
    pub(crate) fn behind(self, word: Span, lingers: bool) -> Self {
        if lingers || is_of_a_macro(word) { Self { braces: self.begin.resolved_at(word), ..self } } else { self }
    }

    /// Whether it may be a borrow of a local.
    pub(crate) fn may_lend(self) -> bool {
        self.lends
    }

    /// Where an expression of ours stands that holds the value.
    pub(crate) fn round(self) -> (Span, Span) {
        if self.derefs { (line::here(self.begin), line::here(self.end)) } else { (self.begin, self.end) }
    }

    /// The value, which is in the variable, given back.
    fn given(self, p: &Tokens) -> TokenStream {
        let ret = given_back(self.begin);
        if !self.in_full {
            return ret.into_token_stream();
        }
        // As the user's own: rustc would not take a place of both for the same.
        let (name, mut first) = (Ident::new("__given", self.begin), Literal::usize_unsuffixed(0));
        first.set_span(self.end);
        quote!(let #name = #p::Typed { 0: #ret }; #name.#first)
    }

    /// Statements in the place of the value.
    pub(crate) fn in_braces(self, statements: TokenStream) -> TokenStream {
        let mut braces = Group::new(Delimiter::Brace, statements);
        braces.set_span(self.braces);
        braces.into_token_stream()
    }

    /// Statements that put the value into the variable, with `then` behind it, and give it back. `alone`: its temporaries outlive the block that it leaves,
    /// or it is there for sure.
    ///
    /// Of a value that leaves a function, and does not fit, rustc tells that where only expressions are between the two, and no statement. Of two branches
    /// one has a value in any case: else rustc may warn of what is behind a value that never is there. What the other one moves rustc may take for being there still
    /// (`tail_expr_drop_order`).
    pub(crate) fn kept(
        self,
        p: &Tokens,
        ty: Declared<'_>,
        value: &impl ToTokens,
        alone: bool,
        then: &TokenStream,
    ) -> TokenStream {
        let place = if ty.may_borrow() { self.in_full() } else { self };
        let (ret, given) = (given_back(self.begin), place.given(p));
        let declared = ty.declaration(p, &ret);
        let (begin, end) = self.round();
        let value = if alone {
            // Braces round an expression alone rustc finds unnecessary.
            self.in_braces(quote!({} #value))
        } else {
            let word = Ident::new("if", begin);
            let mut block = Group::new(Delimiter::Brace, value.to_token_stream());
            block.set_span(end);
            let never = ty.bounded().call(p, "never", Tokens::default());
            quote!(#word false { #never } else #block)
        };
        // All that is an expression is one in the user's place.
        let word = Ident::new("match", begin);
        let last = self.in_braces(quote!(#then #given));
        let mut arms = Group::new(Delimiter::Brace, quote!(() => #last));
        arms.set_span(end);
        quote!(#declared #word (#ret = #value) #arms)
    }
}

/// Whether a type shows that it holds a borrow.
pub(crate) fn may_borrow(ty: &TokenStream) -> bool {
    any_token(ty, &mut |token, _| matches!(token, TokenTree::Punct(mark) if matches!(mark.as_char(), '&' | '\'')))
}

/// `&x`, `&mut x.y[..]`: not what `self` has, nor a constant.
fn borrows_local(value: &[TokenTree]) -> bool {
    let [TokenTree::Punct(and), behind @ ..] = value else { return false };
    let behind = match behind {
        [TokenTree::Ident(word), behind @ ..] if word == "mut" => behind,
        behind => behind,
    };
    let [TokenTree::Ident(name), rest @ ..] = behind else { return false };
    let is_local = name != "self" && name.bare().starts_with(|first: char| first.is_lowercase() || first == '_');
    let is_place = rest.iter().all(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '.',
        TokenTree::Group(_) | TokenTree::Ident(_) | TokenTree::Literal(_) => true,
    });
    and.as_char() == '&' && is_local && is_place
}
