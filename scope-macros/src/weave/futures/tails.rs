//! Values that are shown where they are made: those that leave an async block, whose type is not written down, and the branches of a borrow, see
//! [`crate::weave::exits::branches`].
//!
//! What is expected of such a value comes from those that left before it, and must still reach it: so what is shown is each value, where
//! it is made, not the `match` or the block that it comes from. They are marked before the walk, by an attribute of ours.

use super::hidden::Hidden;
use crate::site::own;
use crate::weave::body::Body;
use crate::weave::exits::ends;
use crate::weave::exits::expression::Given;
use crate::weave::exits::given::Place;
use crate::weave::syntax::as_tail;
use crate::weave::syntax::expression_attributes;
use crate::weave::values::captures;
use crate::weave::values::lent::may_make_temporaries;
use crate::weave::values::picks::Token;
use crate::weave::{line, pattern};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Expr, ExprGroup, Stmt, parse_quote};

const VALUE: &str = "__scope_value";

/// Marks the values of an expression, where the walk will find them.
pub(crate) fn mark(expr: &mut Expr) {
    if !expression_attributes(expr).is_empty() {
        return;
    }
    match expr {
        Expr::Block(e) if e.label.is_none() => mark_tail(&mut e.block.stmts),
        Expr::Unsafe(e) => mark_tail(&mut e.block.stmts),
        Expr::If(e) => {
            if let Some((_, other)) = &mut e.else_branch {
                mark_tail(&mut e.then_branch.stmts);
                mark(other);
            }
        }
        Expr::Match(e) => {
            let arms = e.arms.iter_mut().filter(|arm| pattern::cfgs(&arm.attrs).is_some());
            arms.for_each(|arm| mark(&mut arm.body));
        }
        value if is_value(value) => {
            let name = quote::format_ident!("{VALUE}");
            let inside = std::mem::replace(value, Expr::PLACEHOLDER);
            *value = Expr::Group(ExprGroup {
                attrs: vec![parse_quote!(#[#name])],
                group_token: syn::token::Group::default(),
                expr: Box::new(inside),
            });
        }
        _ => {}
    }
}

pub(crate) fn mark_tail(statements: &mut [Stmt]) {
    if let [before @ .., Stmt::Expr(tail, None)] = statements
        && !before.iter().any(ends::statement)
    {
        mark(tail);
    }
}

/// Whether an expression has a value that can be shown by itself.
pub(crate) fn is_value(expr: &Expr) -> bool {
    has_value(expr) && !Hidden::of_expression(expr).returns
}

/// Whether an expression has a value, of a type that others may not change.
fn has_value(expr: &Expr) -> bool {
    !matches!(
        expr,
        Expr::Assign(_)
            | Expr::Block(_)
            | Expr::Break(_)
            | Expr::Closure(_)
            | Expr::Continue(_)
            | Expr::ForLoop(_)
            | Expr::If(_)
            | Expr::Let(_)
            | Expr::Loop(_)
            | Expr::Return(_)
            | Expr::Verbatim(_)
            | Expr::While(_)
            | Expr::Yield(_)
    )
}

/// Whether a value has a mark.
pub(crate) fn is_marked(group: &ExprGroup) -> bool {
    group.attrs.iter().any(|attr| attr.path().is_ident(VALUE))
}

impl Body<'_, '_> {
    /// Shows a value that has a mark.
    pub(crate) fn marked_value(&mut self, expr: &mut Expr) {
        let Expr::Group(group) = expr else { return };
        let span = line::begin(&group.expr);
        if let Given::Typed(_) = self.call.given {
            let (place, ends) = (Place::of(&group.expr), ends::expression(&group.expr));
            self.walk(&mut group.expr);
            if ends {
                *expr = std::mem::replace(&mut group.expr, Expr::PLACEHOLDER);
                return;
            }
            let record = self.record_return(place.begin, place.begin);
            let value = as_tail(&group.expr);
            let woven =
                place.kept(&self.weaver.p, self.call.declared(&self.weaver.bounds), &value, false, &record.stream());
            *expr = Expr::Verbatim(place.in_braces(woven));
            return;
        }
        let lingers = captures::temporaries_linger() && may_make_temporaries(&group.expr);
        self.walk(&mut group.expr);
        let value = group.expr.to_token_stream();
        // Nothing can be expected of a variable that it is not yet.
        let woven = if matches!(*group.expr, Expr::Path(_)) {
            let seen = self.seen(value, span);
            quote!({ #seen })
        } else {
            self.passed(&value, span, lingers)
        };
        *expr = Expr::Verbatim(woven);
    }

    /// A value, shown to its call.
    pub(crate) fn seen(&mut self, value: TokenStream, span: Span) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let token = (!self.objects).then(|| self.pick(false)).map(|pick| self.token(pick));
        let (p, call, ret) = (&self.weaver.p, self.call(), own("__ret"));
        let shown = match token {
            None => quote!(#[allow(unreachable_code)] #call.__scope_ret_number(#place, &#ret);),
            Some(Token::Assigned(pick)) => {
                quote!(#[allow(unreachable_code)] { #pick = #call.__scope_given(#place, &#ret); })
            }
            Some(Token::Like(like)) => quote! {
                #[allow(unreachable_code, clippy::needless_update)]
                #p::given(&#like, &#call, #place, &#ret);
            },
        };
        quote!(let #ret = #value; #shown #ret)
    }

    /// A value, shown to its call on the way. `lingers`: its temporaries outlive the block that it leaves, and braces of ours would end them.
    fn passed(&mut self, value: &TokenStream, span: Span, lingers: bool) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let pick = (!self.objects).then(|| self.pick(false)).map(|pick| self.like(pick));
        let (p, call) = (&self.weaver.p, self.call());
        match pick {
            None if lingers => quote!(#p::passed_number((#value), &#call, #place)),
            None => quote!({ #[allow(unreachable_code)] #p::passed_number((#value), &#call, #place) }),
            Some(pick) if lingers => {
                quote!(#p::passed((#value), &#call, #place, &{ #[allow(clippy::needless_update)] #pick }))
            }
            Some(pick) => {
                quote!({ #[allow(unreachable_code, clippy::needless_update)] #p::passed((#value), &#call, #place, &#pick) })
            }
        }
    }
}
