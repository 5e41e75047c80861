//! Values that may borrow from a temporary.
//!
//! `let x = f(&temporary());` is legal where nobody reads `x` later: then the temporary, which dies with the statement, is borrowed
//! no longer. So such a value is looked at only where the code goes on to read it.

use syn::visit::{self, Visit};
use syn::{BinOp, Expr, Macro, PatIdent, UnOp};

/// Whether the value of an expression may borrow from what is dropped at the end of its statement.
pub(crate) fn may_borrow_temporary(expr: &Expr) -> bool {
    let mut temporaries = Temporaries(false);
    temporaries.visit_expr(expr);
    temporaries.0
}

struct Temporaries(bool);

impl<'e> Visit<'e> for Temporaries {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Reference(e) => self.0 |= !is_place(&e.expr),
            Expr::MethodCall(e) => self.0 |= !is_place(&e.receiver),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_pat_ident(&mut self, pat: &'e PatIdent) {
        self.0 |= pat.by_ref.is_some();
        visit::visit_pat_ident(self, pat);
    }

    fn visit_macro(&mut self, call: &'e Macro) {
        self.0 |= !(call.path.is_ident("format") || call.path.is_ident("matches"));
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}

/// Whether an expression is a place that was there before.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(e) => is_place(&e.base),
        Expr::Index(e) => is_place(&e.expr),
        Expr::Paren(e) => is_place(&e.expr),
        Expr::Group(e) => is_place(&e.expr),
        Expr::Unary(e) => matches!(e.op, syn::UnOp::Deref(_)) && is_place(&e.expr),
        _ => false,
    }
}

/// Whether an expression may make temporaries: what is dropped when the code round it has come to its end.
pub(crate) fn may_make_temporaries(expr: &Expr) -> bool {
    use may_make_temporaries as may;
    match expr {
        Expr::Path(_) | Expr::Lit(_) | Expr::Closure(_) | Expr::Async(_) => false,
        Expr::Call(e) => may(&e.func) || e.args.iter().any(may),
        Expr::MethodCall(e) => borrows_temporary(&e.receiver) || e.args.iter().any(may),
        Expr::Tuple(e) => e.elems.iter().any(may),
        Expr::Array(e) => e.elems.iter().any(may),
        Expr::Struct(e) => e.fields.iter().any(|field| may(&field.expr)) || e.rest.iter().any(|e| borrows_temporary(e)),
        Expr::Paren(e) => may(&e.expr),
        Expr::Group(e) => may(&e.expr),
        Expr::Cast(e) => may(&e.expr),
        Expr::Reference(e) => borrows_temporary(&e.expr),
        Expr::Unary(e) if !matches!(e.op, UnOp::Deref(_)) => may(&e.expr),
        Expr::Binary(e) if compares(&e.op) => borrows_temporary(&e.left) || borrows_temporary(&e.right),
        Expr::Binary(e) => may(&e.left) || may(&e.right),
        other => borrows_temporary(other),
    }
}

/// The same for one that is used as a place.
fn borrows_temporary(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Lit(_) => false,
        Expr::Field(e) => borrows_temporary(&e.base),
        Expr::Index(e) => borrows_temporary(&e.expr) || may_make_temporaries(&e.index),
        Expr::Paren(e) => borrows_temporary(&e.expr),
        Expr::Group(e) => borrows_temporary(&e.expr),
        Expr::Unary(e) if matches!(e.op, UnOp::Deref(_)) => borrows_temporary(&e.expr),
        _ => true,
    }
}

/// Whether an operator borrows what it is between.
pub(crate) fn compares(op: &BinOp) -> bool {
    matches!(op, BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn temporaries() {
        for (text, expected) in [
            ("x", false),
            ("Some(f(x, -1) + 2)", false),
            ("S { a: x.b(&y[1].c), ..z }", false),
            ("x == *y", false),
            ("|x| f().g(x)", false),
            ("f().g()", true),
            ("x.b(&f())", true),
            ("x[g(&f())]", true),
            ("f().0", true),
            ("*f()", true),
            ("S { a: 1, ..f() }", true),
            ("f() == x", true),
            ("match f() { _ => 1 }", true),
            ("m!()", true),
        ] {
            assert_eq!(may_make_temporaries(&syn::parse_str(text).unwrap()), expected, "{text}");
        }
    }
}
