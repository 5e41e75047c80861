//! Guards that a block puts into what outlives it: `if c { g = Some(m.lock()) }`.

use super::held::{self, Held};
use crate::tokens::Bare as _;
use crate::weave::pattern;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprAssign, ExprMethodCall, Stmt};

/// Methods that keep what they are given.
const KEEP: [&str; 8] = ["push", "push_back", "push_front", "insert", "replace", "set", "get_or_insert", "extend"];

/// The variables round an expression with blocks that something in them puts a guard into.
pub(super) fn by(expr: &Expr) -> Vec<String> {
    let has_blocks = matches!(
        expr,
        Expr::If(_)
            | Expr::Match(_)
            | Expr::While(_)
            | Expr::ForLoop(_)
            | Expr::Loop(_)
            | Expr::Block(_)
            | Expr::Unsafe(_)
    );
    let mut stored = Stored::default();
    if has_blocks {
        stored.visit_expr(expr);
    }
    stored.into.dedup();
    stored.into
}

/// What guards are put into.
#[derive(Default)]
struct Stored {
    into: Vec<String>,
}

impl<'c> Visit<'c> for Stored {
    fn visit_block(&mut self, block: &'c Block) {
        let before = self.into.len();
        visit::visit_block(self, block);
        let mut own = Vec::new();
        for statement in &block.stmts {
            if let Stmt::Local(local) = statement {
                pattern::idents(&local.pat, &mut own);
            }
        }
        let outer = self.into.split_off(before).into_iter().filter(|name| !own.contains(name));
        self.into.extend(outer);
    }

    fn visit_expr_assign(&mut self, e: &'c ExprAssign) {
        if held::of(&e.right) >= Held::Value {
            self.into.extend(variable(&e.left));
        }
        visit::visit_expr_assign(self, e);
    }

    fn visit_expr_method_call(&mut self, e: &'c ExprMethodCall) {
        let keeps = KEEP.iter().any(|name| e.method == name);
        if keeps && e.args.iter().any(|arg| held::of(arg) >= Held::Value) {
            self.into.extend(variable(&e.receiver));
        }
        visit::visit_expr_method_call(self, e);
    }

    // Run at another time.
    fn visit_expr_closure(&mut self, _: &'c syn::ExprClosure) {}
    fn visit_expr_async(&mut self, _: &'c syn::ExprAsync) {}
    fn visit_item(&mut self, _: &'c syn::Item) {}
}

/// The variable that a place is a part of.
fn variable(place: &Expr) -> Option<String> {
    match place {
        Expr::Path(e) => e.path.get_ident().map(|name| name.bare()),
        Expr::Field(e) => variable(&e.base),
        Expr::Index(e) => variable(&e.expr),
        Expr::MethodCall(e) => variable(&e.receiver),
        Expr::Paren(e) => variable(&e.expr),
        Expr::Reference(e) => variable(&e.expr),
        Expr::Unary(e) => variable(&e.expr),
        _ => None,
    }
}
