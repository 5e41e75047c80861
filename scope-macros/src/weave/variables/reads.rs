//! Where a variable is read next.
//!
//! A value may borrow from a temporary that is gone when the variable is looked at (E0716). rustc shows what reads it next, and that is to be the
//! user's own code.

use super::links::mentioned;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::values::value;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Expr, Member, Pat, Stmt, UnOp};

/// How many statements behind a `let` are searched.
const FARTHEST: usize = 10;

/// A variable, and where it is shown to be read.
pub(crate) struct Place {
    pub(crate) name: Ident,
    /// Where that begins.
    pub(crate) begin: Span,
}

impl Place {
    /// Where it is bound.
    pub(crate) fn bound(name: &Ident) -> Self {
        Self { begin: name.span(), name: name.clone() }
    }

    /// Where `behind` reads it first, if that does.
    pub(crate) fn read(name: &Ident, behind: &[Stmt]) -> Self {
        let mut reads = Reads { name: name.bare(), found: None };
        for statement in behind.iter().take(FARTHEST) {
            reads.visit_stmt(statement);
            if let Some((begin, end)) = reads.found {
                let at = |span: Span| name.span().located_at(span);
                let mut name = name.clone();
                name.set_span(at(end));
                return Self { begin: at(begin), name };
            }
        }
        Self::bound(name)
    }

    /// `&name`
    pub(crate) fn borrowed(&self) -> Tokens {
        value::borrowed_from(self.begin, &Tokens(vec![self.name.clone().into()]))
    }
}

/// The first read of a variable: its first token, and its last one.
struct Reads {
    name: String,
    found: Option<(Span, Span)>,
}

impl Reads {
    /// Whether a place is the variable, or in it: what its last token is.
    fn place(&self, place: &Expr) -> Option<(Span, Span)> {
        match place {
            Expr::Path(e) if e.qself.is_none() => {
                let ident = e.path.get_ident().filter(|ident| ident.bare() == self.name)?;
                Some((ident.span(), ident.span()))
            }
            Expr::Field(e) => {
                let end = match &e.member {
                    Member::Named(name) => name.span(),
                    Member::Unnamed(index) => index.span,
                };
                self.place(&e.base).map(|(begin, _)| (begin, end))
            }
            Expr::Unary(e) => match e.op {
                UnOp::Deref(star) => self.place(&e.expr).map(|(_, end)| (star.span, end)),
                _ => None,
            },
            Expr::Reference(e) => self.place(&e.expr).map(|(_, end)| (e.and_token.span, end)),
            _ => None,
        }
    }

    /// In what a macro is called with.
    fn tokens(&self, tokens: &TokenStream) -> Option<(Span, Span)> {
        let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
        let comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        tokens.split(comma).find_map(|operand| {
            let operand: TokenStream = operand.iter().cloned().collect();
            if !mentioned(&operand).contains(&self.name) {
                return None;
            }
            let mut inside = Self { name: self.name.clone(), found: None };
            syn::parse2::<Expr>(operand.clone()).iter().for_each(|expr| inside.visit_expr(expr));
            inside.found.or_else(|| inside.token(&operand).map(|span| (span, span)))
        })
    }

    /// The token that names the variable, be it in a text: `"{x}"`.
    fn token(&self, tokens: &TokenStream) -> Option<Span> {
        tokens.clone().into_iter().find_map(|token| match token {
            TokenTree::Ident(ident) => (ident.bare() == self.name).then(|| ident.span()),
            TokenTree::Group(group) => self.token(&group.stream()),
            TokenTree::Literal(ref text) => {
                mentioned(&token.to_token_stream()).contains(&self.name).then(|| text.span())
            }
            TokenTree::Punct(_) => None,
        })
    }
}

impl<'e> Visit<'e> for Reads {
    fn visit_expr(&mut self, expr: &'e Expr) {
        if self.found.is_none() {
            self.found = self.place(expr);
        }
        if self.found.is_none() {
            visit::visit_expr(self, expr);
        }
    }

    fn visit_macro(&mut self, call: &'e syn::Macro) {
        if self.found.is_none() {
            self.found = self.tokens(&call.tokens);
        }
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
    fn visit_pat(&mut self, _: &'e Pat) {}
    fn visit_type(&mut self, _: &'e syn::Type) {}
    fn visit_path(&mut self, _: &'e syn::Path) {}
}
