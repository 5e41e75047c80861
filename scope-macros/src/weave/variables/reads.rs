//! Where a variable is read next.
//!
//! A value may borrow from a temporary that is gone when the variable is looked at (E0716). rustc shows what reads it next, and that is to be the
//! user's own code. Only what is reached whenever the variable gets its value: else a count of what was executed (`-C instrument-coverage`) would have
//! the other place for executed, too.

use super::links::mentioned;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::values::value;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Item, Local, Macro, Member, Pat, Path, Stmt, Type, UnOp};

/// How many statements behind a `let` are searched.
const FARTHEST: usize = 10;

/// Macros of std whose arguments are evaluated one by one.
const STRAIGHT: [&str; 8] = ["print", "println", "eprint", "eprintln", "format", "vec", "write", "writeln"];

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
        let mut reads = Reads { name: name.bare(), found: None, over: false };
        for statement in behind.iter().take(FARTHEST) {
            reads.visit_stmt(statement);
            if let Some((begin, end)) = reads.found {
                let at = |span: Span| name.span().located_at(span);
                let mut name = name.clone();
                name.set_span(at(end));
                return Self { begin: at(begin), name };
            }
            if reads.over {
                break;
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
    /// What comes now may not be reached, or more than once.
    over: bool,
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

    /// Behind these there is nothing more that is reached for sure.
    fn last<'e>(&mut self, exprs: impl IntoIterator<Item = &'e Expr>) {
        exprs.into_iter().for_each(|expr| self.visit_expr(expr));
        self.over = true;
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
            let mut inside = Self { name: self.name.clone(), found: None, over: false };
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
        if self.found.is_some() || self.over {
            return;
        }
        self.found = self.place(expr);
        if self.found.is_some() {
            return;
        }
        // What of it is reached for sure, and whether what is behind that is.
        match expr {
            Expr::If(e) => self.last([&*e.cond]),
            Expr::Match(e) => self.last([&*e.expr]),
            Expr::ForLoop(e) => self.last([&*e.expr]),
            Expr::Try(e) => self.last([&*e.expr]),
            Expr::Await(e) => self.last([&*e.base]),
            Expr::Return(e) => self.last(e.expr.as_deref()),
            Expr::Break(e) => self.last(e.expr.as_deref()),
            Expr::Binary(e) if matches!(e.op, BinOp::And(_) | BinOp::Or(_)) => self.last([&*e.left]),
            Expr::While(_)
            | Expr::Loop(_)
            | Expr::Continue(_)
            | Expr::Yield(_)
            | Expr::Closure(_)
            | Expr::Async(_)
            | Expr::Block(_)
            | Expr::TryBlock(_)
            | Expr::Verbatim(_) => self.over = true,
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_local(&mut self, local: &'e Local) {
        if let Some(init) = &local.init {
            self.visit_expr(&init.expr);
            self.over |= init.diverge.is_some();
        }
    }

    fn visit_macro(&mut self, call: &'e Macro) {
        if self.found.is_some() || self.over {
            return;
        }
        let is_plain = call.path.get_ident().is_some_and(|name| STRAIGHT.iter().any(|straight| name == straight));
        self.found = self.tokens(&call.tokens).filter(|_| is_plain);
        self.over |= !is_plain;
    }

    fn visit_item(&mut self, _: &'e Item) {}
    fn visit_pat(&mut self, _: &'e Pat) {}
    fn visit_type(&mut self, _: &'e Type) {}
    fn visit_path(&mut self, _: &'e Path) {}
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser as _;

    /// The text of the first read of `x` in some code.
    fn read(code: &str) -> String {
        let tokens: TokenStream = code.parse().expect("tokens");
        let statements = syn::Block::parse_within.parse2(tokens).expect("statements");
        let mut reads = Reads { name: "x".to_owned(), found: None, over: false };
        statements.iter().for_each(|statement| reads.visit_stmt(statement));
        let text = |span: Span| span.source_text().expect("a text");
        reads.found.map_or_else(String::new, |(begin, end)| format!("{} {}", text(begin), text(end)))
    }

    #[test]
    fn the_first_read() {
        for (code, expected) in [
            ("f(1); x.len(); &x;", "x x"),
            ("f(&x);", "& x"),
            ("let y = *x.a.0;", "* 0"),
            ("println!(\"{}\", x.a);", "x a"),
            ("println!(\"{x}\");", "\"{x}\" \"{x}\""),
            ("f(y, || x);", ""),
            ("if x.is_empty() { }", "x x"),
            ("if c { x.len(); } x.len();", ""),
            ("match x { y => y }", "x x"),
            ("for y in x { }", "x x"),
            ("while x.next() { }", ""),
            ("x?;", "x x"),
            ("f()?; x.len();", ""),
            ("a && x;", ""),
            ("x && a;", "x x"),
            ("let Some(y) = x else { return };", "x x"),
            ("let Some(y) = z else { return }; x;", ""),
            ("bail!(x);", ""),
            ("return x;", "x x"),
            ("m::x(); S { y: x };", "x x"),
            ("struct S { x: u8 } let x = x;", "x x"),
        ] {
            assert_eq!(read(code), expected, "{code}");
        }
    }
}
