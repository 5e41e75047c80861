//! What is asked of statements and expressions.

use super::pattern::is_cfg;
use syn::{Attribute, Expr, Stmt};

/// Whether a statement ends its block for sure.
pub(crate) fn diverges(statement: &Stmt) -> bool {
    let panics = |call: &syn::Macro| {
        let last = call.path.segments.last();
        last.is_some_and(|last| ["panic", "unreachable", "todo", "unimplemented"].iter().any(|name| last.ident == name))
    };
    let conditional = attributes(statement).iter().any(is_cfg);
    !conditional
        && match statement {
            Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) => true,
            Stmt::Expr(Expr::Macro(call), _) => panics(&call.mac),
            Stmt::Macro(call) => panics(&call.mac),
            _ => false,
        }
}

/// The attributes in front of a statement.
pub(crate) fn attributes(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => expression_attributes(expr),
        Stmt::Item(_) => &[],
    }
}

/// The attributes in front of an expression.
pub(crate) fn expression_attributes(expr: &Expr) -> &[Attribute] {
    macro_rules! attributes {
        ($($variant:ident)*) => {
            match expr {
                $(Expr::$variant(e) => &e.attrs,)*
                _ => &[],
            }
        };
    }
    attributes! {
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit Loop
        Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield
    }
}
