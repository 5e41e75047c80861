//! Bodies that lack a value, or have one too many, as far as the syntax shows it. rustc tells of that, and looks for it at the end of the function's own
//! block: so nothing of ours goes in there.

use super::ends;
use crate::tokens::Bare as _;
use crate::weave::futures::{hidden, tails};
use crate::weave::pattern::is_cfg;
use crate::weave::syntax::{attributes, expression_attributes};
use crate::weave::values::lent::compares;
use proc_macro2::{Delimiter, TokenTree};
use syn::{BinOp, Expr, Lit, Stmt};

/// Whether a body has no value, while its function has to give back one that is no `()`.
pub(crate) fn in_body(statements: &[Stmt]) -> bool {
    let Some(last) = statements.last() else { return true };
    let lacks = match last {
        Stmt::Expr(last, Some(_)) => ends::has_value(last) && tails::is_value(last),
        Stmt::Expr(last, None) => lacks_else(last),
        Stmt::Local(last) => match &last.init {
            Some(init) => init.diverge.is_none() && ends::has_value(&init.expr) && tails::is_value(&init.expr),
            None => true,
        },
        _ => false,
    };
    // Of a macro nobody knows whether what is behind it is ever reached.
    let may_leave = |statement: &Stmt| ends::where_it_is(statement) || is_unknown_macro(statement);
    lacks && !attributes(last).iter().any(is_cfg) && !statements.iter().any(may_leave)
}

/// The same of one that is not parsed: whether it ends with an `if` that has no `else`.
pub(crate) fn in_tokens(statements: &[TokenTree]) -> bool {
    let is = |token: Option<&TokenTree>, wanted: &str| matches!(token, Some(TokenTree::Ident(word)) if word == wanted);
    let is_block =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let value = ends::last_value(statements);
    let Some((last, before)) = value.split_last() else { return statements.is_empty() };
    // What stands behind a block of it is a value of its own: `if c { return 1; } -{ 2 }`.
    let goes_on = before.iter().enumerate().all(|(at, token)| !is_block(token) || is(before.get(at + 1), "else"));
    is(value.first(), "if") && is_block(last) && goes_on && !is(before.last(), "else")
}

/// Whether a body has a value that is no `()`.
pub(crate) fn is_value(statements: &[Stmt]) -> bool {
    let Some(Stmt::Expr(last, None)) = statements.last() else { return false };
    !expression_attributes(last).iter().any(is_cfg) && is_no_unit(last)
}

fn is_unknown_macro(statement: &Stmt) -> bool {
    let Stmt::Macro(call) = statement else { return false };
    !call.mac.path.segments.last().is_some_and(|last| hidden::is_known(&last.ident.bare()))
}

fn is_no_unit(expr: &Expr) -> bool {
    match expr {
        Expr::Array(_) | Expr::Lit(_) | Expr::Range(_) | Expr::Reference(_) | Expr::Struct(_) => true,
        Expr::Tuple(e) => !e.elems.is_empty(),
        Expr::Binary(e) => match e.op {
            BinOp::And(_) | BinOp::Or(_) => true,
            BinOp::Add(_) | BinOp::Sub(_) | BinOp::Mul(_) | BinOp::Div(_) | BinOp::Rem(_) => {
                is_number(&e.left) || is_number(&e.right)
            }
            op => compares(&op),
        },
        Expr::Call(e) => matches!(&*e.func, Expr::Path(name) if is_one_of(name, &["Err", "Ok", "Some"])),
        Expr::Path(name) => is_one_of(name, &["None"]),
        Expr::Paren(e) => is_no_unit(&e.expr),
        Expr::Group(e) => is_no_unit(&e.expr),
        Expr::Block(e) if e.label.is_none() => is_value(&e.block.stmts),
        Expr::Unsafe(e) => is_value(&e.block.stmts),
        Expr::If(e) => {
            let other = e.else_branch.as_ref();
            other.is_some_and(|(_, other)| is_value(&e.then_branch.stmts) || is_no_unit(other))
        }
        Expr::Match(e) => e.arms.iter().any(|arm| !arm.attrs.iter().any(is_cfg) && is_no_unit(&arm.body)),
        _ => false,
    }
}

fn is_number(expr: &Expr) -> bool {
    matches!(expr, Expr::Lit(literal) if matches!(literal.lit, Lit::Int(_) | Lit::Float(_)))
}

fn is_one_of(name: &syn::ExprPath, names: &[&str]) -> bool {
    name.path.get_ident().is_some_and(|name| names.iter().any(|other| name == other))
}

fn lacks_else(expr: &Expr) -> bool {
    let Expr::If(e) = expr else { return false };
    e.else_branch.as_ref().is_none_or(|(_, other)| lacks_else(other))
}
