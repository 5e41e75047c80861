//! Code whose end is never reached: rustc warns of what stands behind it, and must find the user's code there.

use super::body::attributes;
use super::pattern::is_cfg;
use syn::{Block, Expr, Macro, Stmt};

/// Whether a statement ends its block for sure.
pub(crate) fn diverges(statement: &Stmt) -> bool {
    !attributes(statement).iter().any(is_cfg)
        && match statement {
            Stmt::Expr(expr, _) => ends(expr),
            Stmt::Macro(call) => panics(&call.mac),
            _ => false,
        }
}

/// Whether the end of an expression is never reached, as far as the syntax shows it.
pub(crate) fn ends(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Macro(call) => panics(&call.mac),
        Expr::Block(e) => e.label.is_none() && block_ends(&e.block),
        Expr::Unsafe(e) => block_ends(&e.block),
        Expr::If(e) => block_ends(&e.then_branch) && e.else_branch.as_ref().is_some_and(|(_, other)| ends(other)),
        Expr::Match(e) => {
            let conditional = e.arms.iter().any(|arm| arm.attrs.iter().any(is_cfg));
            !conditional && !e.arms.is_empty() && e.arms.iter().all(|arm| ends(&arm.body))
        }
        _ => false,
    }
}

fn block_ends(block: &Block) -> bool {
    block.stmts.iter().any(diverges)
}

fn panics(call: &Macro) -> bool {
    let last = call.path.segments.last();
    last.is_some_and(|last| ["panic", "unreachable", "todo", "unimplemented"].iter().any(|name| last.ident == name))
}
