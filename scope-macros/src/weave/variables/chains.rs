//! What is bound on the way into a block.

use super::links::mentioned;
use crate::weave::sources::learnt;
use std::collections::BTreeSet;
use syn::{BinOp, Expr, Pat, UnOp};

/// Methods that borrow what they are called on, by their names, and no longer than they take.
pub(crate) const READS: [&str; 9] =
    ["is_empty", "is_some", "is_none", "is_ok", "is_err", "len", "contains", "starts_with", "ends_with"];

/// The patterns that hold in a block, and of what they bind that which may not be looked at there.
#[derive(Default)]
pub(crate) struct Bound {
    pub(crate) pats: Vec<Pat>,
    /// What a condition mentions behind the `let` that binds it: in `Some(a) = x && let Some(b) = a.next()` the block finds `a` borrowed,
    /// if not moved.
    taken: BTreeSet<String>,
}

impl Bound {
    /// By patterns alone.
    pub(crate) fn by<'p>(pats: impl IntoIterator<Item = &'p Pat>) -> Self {
        Self { pats: pats.into_iter().cloned().collect(), taken: BTreeSet::new() }
    }

    /// By the `let`s of a condition that holds.
    pub(crate) fn by_condition(cond: &Expr) -> Self {
        let mut bound = Self::default();
        bound.add(cond);
        bound
    }

    fn add(&mut self, cond: &Expr) {
        match cond {
            Expr::Let(e) => {
                self.take(&e.expr);
                self.pats.push((*e.pat).clone());
            }
            Expr::Binary(e) if matches!(e.op, BinOp::And(_)) => {
                self.add(&e.left);
                self.add(&e.right);
            }
            other => self.take(other),
        }
    }

    fn take(&mut self, code: &Expr) {
        if self.pats.is_empty() {
            return;
        }
        match code {
            Expr::Binary(e) if compares(&e.op) => {
                [&e.left, &e.right].into_iter().filter(|side| !is_place(side)).for_each(|side| self.take(side));
            }
            Expr::Unary(e) if matches!(e.op, UnOp::Not(_)) && !is_place(&e.expr) => self.take(&e.expr),
            Expr::MethodCall(e) if is_place(&e.receiver) && reads(&e.method) => {
                e.args.iter().for_each(|arg| self.take(arg));
            }
            other => self.taken.extend(mentioned(other)),
        }
    }

    /// Whether a probe in the block may look at `name`.
    pub(crate) fn may_show(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}

fn reads(method: &syn::Ident) -> bool {
    READS.iter().any(|name| method == name && !learnt::may_take(name))
}

/// A comparison borrows what it compares, and no longer than it takes.
fn compares(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}

fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) => true,
        Expr::Field(e) => is_place(&e.base),
        Expr::Paren(e) => is_place(&e.expr),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_taken() {
        for (text, expected) in [
            ("let Some(a) = x", ""),
            ("let Some(a) = x && let Some(b) = y", "y"),
            ("let Some(a) = x && let Some(b) = a.next()", "a next"),
            ("f(a) && let Some(a) = x && a > 1", ""),
            ("let Some(a) = x && a.b == (c) && f(d) < e", "d f"),
            ("let Some(a) = x && !a", "a"),
            ("let Some(a) = x && !a.is_empty() && a.contains(b)", "b"),
            ("let Some(a) = x && a.is_some_and(f)", "a f is_some_and"),
            ("let Some(a) = x && let Some(b) = a.f().len()", "a f len"),
        ] {
            let bound = Bound::by_condition(&syn::parse_str(text).unwrap());
            let mut taken: Vec<_> = bound.taken.iter().map(String::as_str).collect();
            taken.sort_unstable();
            assert_eq!(taken.join(" "), expected, "{text}");
        }
    }
}
