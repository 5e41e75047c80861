//! Line probes, and where an expression begins.

use super::body::Body;
use super::syntax::{attributes, in_front};
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Punct, Spacing, Span, TokenTree};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::{Attribute, Expr, Stmt};

/// What the probe in front of a block tells of the block's first statement.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ahead {
    /// Nothing.
    Nothing,
    /// Its line, if the next place is that.
    Line,
    /// Its line, and so it was.
    Told,
}

impl Body<'_, '_> {
    /// Walks a block whose own probe may tell of the first line in it. Whether it does.
    pub(crate) fn ahead_of(&mut self, ahead: Ahead, walk: impl FnOnce(&mut Self)) -> bool {
        // A line that has a time of its own has a probe of its own.
        let ahead = if self.resolved.probes.line_times { Ahead::Nothing } else { ahead };
        let outer = std::mem::replace(&mut self.ahead, ahead);
        walk(self);
        std::mem::replace(&mut self.ahead, outer) == Ahead::Told
    }

    /// The probe before a statement.
    ///
    /// It stands where the statement stands: if that can't be reached, it is the probe that rustc finds first, and reports.
    pub(crate) fn line(&mut self, statement: &Stmt, cfgs: &Tokens) -> Tokens {
        if !self.resolved.probes.lines {
            return Tokens::default();
        }
        let span = of_statement(statement);
        let place = self.place("Line", span, Vec::new());
        if self.ahead == Ahead::Line {
            let told = cfgs.is_empty() && !attributes(statement).iter().any(is_level);
            self.ahead = if told { Ahead::Told } else { Ahead::Nothing };
            if told {
                return Tokens::default();
            }
        }
        let (first, last) = (here(span), here(end_of_statement(statement).unwrap_or(span)));
        let mut sites = self.call.sites_borrowed();
        sites.set_span(first);
        let mut arguments = Tokens::default();
        arguments.number(place);
        let mut arguments = arguments.within(Delimiter::Parenthesis);
        arguments.set_span(last);
        let mut end = Punct::new(';', Spacing::Alone);
        end.set_span(last);
        let mut probe = cfgs.clone();
        attributes(statement).iter().filter(|attr| is_level(attr)).for_each(|attr| probe.append(in_front(attr)));
        probe.push(sites);
        probe.punct('.');
        probe.word(if self.resolved.probes.line_times { "__scope_line_at" } else { "__scope_line" });
        probe.push(arguments);
        probe.push(end);
        probe
    }
}

/// A place in the user's code, for a token of ours.
pub(crate) fn here(span: Span) -> Span {
    span.resolved_at(Span::mixed_site())
}

/// Whether an attribute says what becomes of warnings.
fn is_level(attr: &Attribute) -> bool {
    ["allow", "warn", "deny", "forbid"].iter().any(|level| attr.path().is_ident(level))
}

/// Where a statement ends, where that is easily seen.
fn end_of_statement(statement: &Stmt) -> Option<Span> {
    match statement {
        Stmt::Local(local) => Some(local.semi_token.span),
        Stmt::Expr(_, Some(semicolon)) => Some(semicolon.span),
        Stmt::Macro(call) => call.semi_token.map(|semicolon| semicolon.span),
        Stmt::Expr(Expr::Block(e), None) => Some(e.block.brace_token.span.close()),
        Stmt::Expr(Expr::Call(e), None) => Some(e.paren_token.span.close()),
        Stmt::Expr(Expr::ForLoop(e), None) => Some(e.body.brace_token.span.close()),
        Stmt::Expr(Expr::Loop(e), None) => Some(e.body.brace_token.span.close()),
        Stmt::Expr(Expr::Match(e), None) => Some(e.brace_token.span.close()),
        Stmt::Expr(Expr::MethodCall(e), None) => Some(e.paren_token.span.close()),
        Stmt::Expr(Expr::Unsafe(e), None) => Some(e.block.brace_token.span.close()),
        Stmt::Expr(Expr::While(e), None) => Some(e.body.brace_token.span.close()),
        _ => None,
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

/// Where an expression ends: cheap for those that most are.
pub(crate) fn end(expr: &Expr) -> Span {
    match expr {
        Expr::Await(e) => return e.await_token.span,
        Expr::Call(e) => return e.paren_token.span.close(),
        Expr::Macro(e) => return e.mac.delimiter.span().close(),
        Expr::MethodCall(e) => return e.paren_token.span.close(),
        Expr::Try(e) => return e.question_token.span,
        _ => {}
    }
    expr.to_token_stream().into_iter().last().as_ref().map_or_else(Span::call_site, end_of_token)
}

pub(crate) fn end_of_token(token: &TokenTree) -> Span {
    match token {
        TokenTree::Group(group) => group.span_close(),
        token => token.span(),
    }
}

/// The expression that another begins with.
pub(crate) fn first(expr: &Expr) -> &Expr {
    match expr {
        Expr::Assign(e) => first(&e.left),
        Expr::Await(e) => first(&e.base),
        Expr::Binary(e) => first(&e.left),
        Expr::Call(e) => first(&e.func),
        Expr::Cast(e) => first(&e.expr),
        Expr::Field(e) => first(&e.base),
        Expr::Group(e) => first(&e.expr),
        Expr::Index(e) => first(&e.expr),
        Expr::MethodCall(e) => first(&e.receiver),
        Expr::Try(e) => first(&e.expr),
        other => other,
    }
}

/// Where an expression begins: cheaper than the span of all of it.
pub(crate) fn begin(expr: &Expr) -> Span {
    match first(expr) {
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
