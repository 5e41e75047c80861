//! The branches of a function's value that is a borrow: `if c { a } else { b }`, or a `match` of which one arm alone gives it.
//!
//! Where one lends what it may not, rustc says so at its value, as long as that is what the function gives back. So each value is shown by itself,
//! and the whole need not be put into a variable first. Only where that is as good as behind all of them: while a branch is at work nothing is held that its
//! end would let go.

use super::ends;
use super::expression::Given;
use super::given::may_borrow;
use super::shadows;
use crate::weave::body::Body;
use crate::weave::futures::tails;
use crate::weave::syntax::expression_attributes;
use crate::weave::values::lent::may_make_temporaries;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ReturnType, Stmt, Type};

/// More of them are not worth what each takes the compiler.
const MOST: usize = 4;

impl Body<'_, '_> {
    /// Marks the values of the function's branches, where they are to be shown one by one.
    pub(crate) fn gives_by_branches(&mut self, block: &mut Block) -> bool {
        let Given::Typed(ty) = &self.call.given else { return false };
        if self.frame().suspends || self.locks.any || self.weaver.is_strict() || !is_borrow(ty) {
            return false;
        }
        let Some(Stmt::Expr(tail, None)) = block.stmts.last() else { return false };
        if !matches!(tail, Expr::If(_) | Expr::Match(_)) || !(1..=MOST).contains(&count(tail).unwrap_or(0)) {
            return false;
        }
        if shadows::may_shadow(block, ty) {
            return false;
        }
        if matches!(tail, Expr::If(e) if matches!(*e.cond, Expr::Let(_))) {
            self.pardons.of_choice();
        }
        tails::mark_tail(&mut block.stmts);
        true
    }
}

/// Whether a body may end with such branches.
pub(crate) fn may_give(output: &ReturnType, body: &[TokenTree]) -> bool {
    let is = |token: Option<&TokenTree>, wanted: &str| matches!(token, Some(TokenTree::Ident(word)) if word == wanted);
    let (ReturnType::Type(_, ty), [.., before, TokenTree::Group(_)]) = (output, body) else { return false };
    (is(Some(before), "else") || is(ends::last_value(body).first(), "match")) && is_borrow(&ty.to_token_stream())
}

/// Whether a type says that it has a lifetime. (A `&mut` rustc borrows anew behind the branches.)
fn is_borrow(ty: &TokenStream) -> bool {
    let is_mutable =
        matches!(syn::parse2(ty.clone()), Ok(Type::Reference(reference)) if reference.mutability.is_some());
    !is_mutable && may_borrow(ty)
}

/// How many branches with a value an expression has. `None`: one has more than that.
fn count(expr: &Expr) -> Option<usize> {
    if !expression_attributes(expr).is_empty() {
        return None;
    }
    match expr {
        Expr::If(e) if !holds(&e.cond) => Some(count_block(&e.then_branch)? + count(&e.else_branch.as_ref()?.1)?),
        // Of several values of a `match` rustc says it at the `match`.
        Expr::Match(e) if !may_make_temporaries(&e.expr) && e.arms.iter().all(|arm| arm.attrs.is_empty()) => {
            let values = e.arms.iter().map(|arm| count(&arm.body)).sum::<Option<usize>>()?;
            (values == 1).then_some(values)
        }
        Expr::If(_) | Expr::Match(_) | Expr::Unsafe(_) => None,
        Expr::Block(e) if e.label.is_none() => count_block(&e.block),
        Expr::Block(_) => None,
        other if ends::expression(other) => Some(0),
        other => tails::is_value(other).then_some(1),
    }
}

/// The same for a block: nothing may be bound in it.
fn count_block(block: &Block) -> Option<usize> {
    match &block.stmts[..] {
        [Stmt::Expr(value, None)] => count(value),
        [.., last] if ends::statement(last) && !block.stmts.iter().any(|stmt| matches!(stmt, Stmt::Local(_))) => {
            Some(0)
        }
        _ => None,
    }
}

/// Whether what a condition makes is held while its branch is at work: behind a `let`.
fn holds(condition: &Expr) -> bool {
    struct Lets(bool);
    impl<'c> Visit<'c> for Lets {
        fn visit_expr_let(&mut self, e: &'c syn::ExprLet) {
            self.0 |= may_make_temporaries(&e.expr);
            visit::visit_expr_let(self, e);
        }
    }
    let mut lets = Lets(false);
    lets.visit_expr(condition);
    lets.0
}
