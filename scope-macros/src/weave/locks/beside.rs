//! Locks that one part of an expression takes and holds while the next ones wait: `m.lock().push(x.await)`, `match m.lock().n { … }`.

use super::held::{self, Held};
use super::{Body, Marker, waits};
use crate::site::own;
use crate::tokens::Tokens;
use quote::ToTokens;
use syn::visit_mut;
use syn::{BinOp, Expr};

impl Body<'_, '_> {
    /// Walks what is in an expression that gets no probe itself.
    pub(crate) fn parts_of(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Call(e) => {
                self.walk(&mut e.func);
                self.parts(&mut e.args);
            }
            Expr::Tuple(e) => self.parts(&mut e.elems),
            Expr::Array(e) => self.parts(&mut e.elems),
            // Those with `=` begin on the right, and what is on the left of a lazy one ends there.
            Expr::Binary(e) if is_eager(&e.op) => self.parts([&mut *e.left, &mut *e.right]),
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    /// Walks the parts of an expression, in the order in which they are evaluated.
    pub(crate) fn parts<'e>(&mut self, parts: impl IntoIterator<Item = &'e mut Expr>) {
        self.each_beside(parts, |this, part| this.walk(part));
    }

    /// The same with another walk.
    pub(crate) fn each_beside<'e>(
        &mut self,
        parts: impl IntoIterator<Item = &'e mut Expr>,
        mut walk: impl FnMut(&mut Self, &mut Expr),
    ) {
        let before = self.locks.resting.len();
        for part in parts {
            let holds = self.holds(part);
            walk(self, part);
            self.hold(holds);
        }
        self.locks.resting.truncate(before);
    }

    /// Whether a lock is held behind this, by its value or its temporaries, in code that may wait. Not one that is waited for: no `Debug` does so.
    pub(crate) fn holds(&self, expr: &Expr) -> bool {
        self.may_hold() && held::of(expr) != Held::No && !waits(&expr.to_token_stream())
    }

    /// The same of what a condition binds and looks into.
    pub(crate) fn condition_holds(&self, condition: &Expr) -> bool {
        self.may_hold() && held::condition(condition) != Held::No && !waits(&condition.to_token_stream())
    }

    fn may_hold(&self) -> bool {
        self.locks.any && self.frame().suspends
    }

    /// Walks code in which what is in front of it holds a lock, if `holds`.
    pub(crate) fn beside(&mut self, holds: bool, walk: impl FnOnce(&mut Self)) {
        let before = self.locks.resting.len();
        self.hold(holds);
        walk(self);
        self.locks.resting.truncate(before);
    }

    fn hold(&mut self, holds: bool) {
        if holds {
            let ident = own(&format!("__held{}", self.locks.count));
            self.locks.count += 1;
            self.locks.resting.push(Marker { ident, cfgs: Tokens::default(), of: None, is_option: false });
        }
    }
}

fn is_eager(op: &BinOp) -> bool {
    use BinOp::{Add, BitAnd, BitOr, BitXor, Div, Eq, Ge, Gt, Le, Lt, Mul, Ne, Rem, Shl, Shr, Sub};
    matches!(
        op,
        Add(_)
            | BitAnd(_)
            | BitOr(_)
            | BitXor(_)
            | Div(_)
            | Mul(_)
            | Rem(_)
            | Shl(_)
            | Shr(_)
            | Sub(_)
            | Eq(_)
            | Ge(_)
            | Gt(_)
            | Le(_)
            | Lt(_)
            | Ne(_)
    )
}
