//! Bodies that lack a value, as far as the syntax shows it. rustc tells of that, and looks for it at the end of the function's own block: so
//! nothing of ours goes in there.

use super::ends;
use crate::tokens::Bare as _;
use crate::weave::branch::is_made;
use crate::weave::futures::tails::is_value;
use crate::weave::pattern::is_cfg;
use crate::weave::syntax::attributes;
use proc_macro2::{Delimiter, TokenTree};
use syn::{Expr, Stmt};

/// Whether a body has no value, while its function has to give back one that is no `()`.
pub(crate) fn in_body(statements: &[Stmt]) -> bool {
    let Some(last) = statements.last() else { return false };
    let lacks = match last {
        Stmt::Expr(last, Some(_)) => has_value(last) && is_value(last),
        Stmt::Expr(last, None) => lacks_else(last),
        Stmt::Local(last) => match &last.init {
            Some(init) => init.diverge.is_none() && has_value(&init.expr) && is_value(&init.expr),
            None => true,
        },
        _ => false,
    };
    lacks && !attributes(last).iter().any(is_cfg) && !statements.iter().any(ends::where_it_is)
}

/// The same of one that is not parsed: whether it ends with an `if` that has no `else`.
pub(crate) fn in_tokens(statements: &[TokenTree]) -> bool {
    let is = |token: Option<&TokenTree>, wanted: &str| matches!(token, Some(TokenTree::Ident(word)) if word == wanted);
    let value = ends::last_value(statements);
    let ends_with_block = matches!(value.last(), Some(TokenTree::Group(last)) if last.delimiter() == Delimiter::Brace);
    is(value.first(), "if") && ends_with_block && !is(value.iter().nth_back(1), "else")
}

fn lacks_else(expr: &Expr) -> bool {
    let Expr::If(e) = expr else { return false };
    e.else_branch.as_ref().is_none_or(|(_, other)| lacks_else(other))
}

/// Whether an expression comes to its end, and to a value.
fn has_value(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(e) => has_value(&e.expr),
        Expr::Group(e) => has_value(&e.expr),
        Expr::Array(_)
        | Expr::Binary(_)
        | Expr::Cast(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::Lit(_)
        | Expr::Path(_)
        | Expr::Range(_)
        | Expr::Reference(_)
        | Expr::Struct(_)
        | Expr::Tuple(_)
        | Expr::Unary(_) => true,
        // `Some(x)`; of any other function nobody knows whether it ever comes back.
        Expr::Call(e) => {
            matches!(&*e.func, Expr::Path(name) if name.path.segments.last().is_some_and(|last| is_made(&last.ident.bare())))
        }
        _ => false,
    }
}
