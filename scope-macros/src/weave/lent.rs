//! Values that may borrow from a temporary.
//!
//! `let x = f(&temporary());` is legal where nobody reads `x` later: then the temporary, which dies with the statement, is borrowed
//! no longer. So such a value is looked at only where the code goes on to read it.

use syn::visit::{self, Visit};
use syn::{Expr, Macro, PatIdent};

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
