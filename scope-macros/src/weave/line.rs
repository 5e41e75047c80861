//! Line probes, and where an expression begins.

use super::body::Body;
use proc_macro2::{Span, TokenStream};
use quote::quote;
use syn::spanned::Spanned;
use syn::{Expr, Stmt};

impl Body<'_, '_> {
    /// The probe before a statement at `span`.
    pub(crate) fn line(&mut self, span: Span, cfgs: &TokenStream) -> TokenStream {
        if !self.resolved.probes.lines {
            return TokenStream::new();
        }
        let place = self.place("Line", span, Vec::new());
        let (p, sites) = (&self.weaver.p, &self.call.sites_name);
        quote!(#cfgs #p::line(&#sites, #place);)
    }
}

/// Where a statement begins, behind its attributes.
pub(crate) fn of_statement(statement: &Stmt) -> Span {
    match statement {
        Stmt::Local(local) => local.let_token.span,
        Stmt::Expr(expr, _) => begin(expr),
        Stmt::Macro(call) => call.mac.path.span(),
        Stmt::Item(item) => item.span(),
    }
}

/// Where an expression begins: cheaper than the span of all of it.
pub(crate) fn begin(expr: &Expr) -> Span {
    match expr {
        Expr::Assign(e) => begin(&e.left),
        Expr::Await(e) => begin(&e.base),
        Expr::Binary(e) => begin(&e.left),
        Expr::Call(e) => begin(&e.func),
        Expr::Cast(e) => begin(&e.expr),
        Expr::Field(e) => begin(&e.base),
        Expr::Group(e) => begin(&e.expr),
        Expr::Index(e) => begin(&e.expr),
        Expr::MethodCall(e) => begin(&e.receiver),
        Expr::Try(e) => begin(&e.expr),
        Expr::Async(e) => e.async_token.span,
        Expr::Block(e) => e.label.as_ref().map_or(e.block.brace_token.span.open(), |label| label.name.span()),
        Expr::Break(e) => e.break_token.span,
        Expr::Continue(e) => e.continue_token.span,
        Expr::ForLoop(e) => e.label.as_ref().map_or(e.for_token.span, |label| label.name.span()),
        Expr::If(e) => e.if_token.span,
        Expr::Loop(e) => e.label.as_ref().map_or(e.loop_token.span, |label| label.name.span()),
        Expr::Macro(e) => e.mac.path.span(),
        Expr::Match(e) => e.match_token.span,
        Expr::Paren(e) => e.paren_token.span.open(),
        Expr::Path(e) => e.path.span(),
        Expr::Reference(e) => e.and_token.span,
        Expr::Return(e) => e.return_token.span,
        Expr::Struct(e) => e.path.span(),
        Expr::Tuple(e) => e.paren_token.span.open(),
        Expr::Unary(e) => e.op.span(),
        Expr::Unsafe(e) => e.unsafe_token.span,
        Expr::While(e) => e.label.as_ref().map_or(e.while_token.span, |label| label.name.span()),
        other => other.span(),
    }
}
