//! What is bound on the way into a block.

use super::links::mentioned;
use crate::tokens::Bare as _;
use crate::weave::pattern;
use crate::weave::sources::learnt;
use std::collections::BTreeSet;
use syn::{Arm, BinOp, Expr, Pat, UnOp};

/// Methods that borrow what they are called on, by their names, and no longer than they take.
pub(crate) const READS: [&str; 9] =
    ["is_empty", "is_some", "is_none", "is_ok", "is_err", "len", "contains", "starts_with", "ends_with"];

/// Others that borrow it without changing it. (A cache's `get` changes it, an iterator's `last` takes it.)
const SHARES: [&str; 6] = ["as_deref", "as_ref", "as_slice", "as_str", "first", "iter"];

/// The patterns that hold in a block, and of what they bind that which may not be looked at there.
#[derive(Default)]
pub(crate) struct Bound {
    pub(crate) pats: Vec<Pat>,
    /// What a condition mentions behind the `let` that binds it: in `Some(a) = x && let Some(b) = a.next()` the block finds `a` borrowed,
    /// if not moved.
    taken: BTreeSet<String>,
    /// What each `let` mentions, also by what others before it bind; and its pattern's place.
    from: Vec<(BTreeSet<String>, usize)>,
}

impl Bound {
    /// By patterns alone.
    pub(crate) fn by<'p>(pats: impl IntoIterator<Item = &'p Pat>) -> Self {
        Self { pats: pats.into_iter().cloned().collect(), ..Self::default() }
    }

    /// By the pattern of an arm, and the `let`s of its guard.
    pub(crate) fn by_arm(arm: &Arm) -> Self {
        let mut bound = arm.guard.as_ref().map_or_else(Self::default, |(_, guard)| Self::by_condition(guard));
        bound.pats.push(arm.pat.clone());
        bound
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
                let mut from = mentioned(&*e.expr);
                let others = self.from.iter().filter(|(_, at)| binds_any(&self.pats[*at], &from));
                let of_others: Vec<_> = others.flat_map(|(names, _)| names.iter().cloned()).collect();
                from.extend(of_others);
                self.from.push((from, self.pats.len()));
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
            Expr::MethodCall(e) if is_place(&e.receiver) && is_one_of(&READS, &e.method) => {
                e.args.iter().for_each(|arg| self.take(arg));
            }
            Expr::MethodCall(e) if is_place(&e.receiver) && is_one_of(&SHARES, &e.method) => {
                self.taken.extend(mentioned(&*e.receiver));
                e.args.iter().for_each(|arg| self.take(arg));
            }
            other => {
                // `let Some(a) = x.last() && x.pop().is_some()`: what `a` borrowed may have changed.
                let names = mentioned(other);
                for (from, at) in &self.from {
                    if !from.is_disjoint(&names) {
                        self.taken.extend(pattern::bindings(&self.pats[*at]).into_iter().map(|name| name.bare()));
                    }
                }
                self.taken.extend(names);
            }
        }
    }

    pub(crate) fn binds(&self, name: &str) -> bool {
        self.pats.iter().any(|pat| pattern::bindings(pat).into_iter().any(|bound| bound.bare() == name))
    }

    /// Whether a probe in the block may look at `name`.
    pub(crate) fn may_show(&self, name: &str) -> bool {
        !self.taken.contains(name)
    }
}

fn binds_any(pat: &Pat, names: &BTreeSet<String>) -> bool {
    pattern::bindings(pat).into_iter().any(|name| names.contains(&name.bare()))
}

fn is_one_of(methods: &[&str], method: &syn::Ident) -> bool {
    methods.iter().any(|name| method == name && !learnt::may_take(name))
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
            ("let Some(a) = x.last() && a > y && x.pop().is_some()", "a is_some pop x"),
            ("let Some(a) = x.last() && let Some(b) = a.first() && f(&mut x)", "a b f x"),
            ("let Some(a) = x.first() && let Some(b) = x.iter().next()", "a iter next x"),
            ("let Some(a) = x.first() && x.as_str() == y", "x"),
            ("let Some(a) = x.get(0) && let Some(b) = x.get(1)", "a get x"),
        ] {
            let bound = Bound::by_condition(&syn::parse_str(text).unwrap());
            let mut taken: Vec<_> = bound.taken.iter().map(String::as_str).collect();
            taken.sort_unstable();
            assert_eq!(taken.join(" "), expected, "{text}");
        }
    }
}
