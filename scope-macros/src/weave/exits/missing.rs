//! Bodies that lack a value, as far as the syntax shows it. rustc tells of that, and looks for it at the end of the function's own
//! block: so nothing of ours goes in there.

use super::ends;
use super::expression::may_be_unit;
use crate::tokens::Bare as _;
use crate::weave::futures::{hidden, tails};
use crate::weave::pattern::is_cfg;
use crate::weave::syntax::attributes;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Expr, Stmt};

/// Whether a body has no value, while its function has to give back one, of this type. `parsed`: its statements, if they were asked for.
pub(crate) fn value(ty: &TokenStream, tokens: &[TokenTree], parsed: Option<Option<&[Stmt]>>) -> bool {
    let lacks = parsed.map_or_else(|| in_tokens(tokens), |parsed| parsed.is_some_and(in_body));
    lacks && !may_be_unit(ty)
}

/// Whether a body has no value, unless what it ends with never comes to its end: `fn f() -> u8 { g(); }`, where `g` may be one that is
/// `-> !`. What rustc says of a lack, it says where the user's own statement is the last in the function's own block.
pub(crate) fn perhaps(ty: &TokenStream, statements: &[Stmt]) -> bool {
    let may_diverge = |last: &Stmt| match last {
        Stmt::Expr(last, Some(_)) => tails::is_value(last) && !ends::expression(last),
        _ => false,
    };
    statements.last().is_some_and(may_diverge) && !may_be_unit(ty)
}

fn in_body(statements: &[Stmt]) -> bool {
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

fn is_unknown_macro(statement: &Stmt) -> bool {
    let Stmt::Macro(call) = statement else { return false };
    !call.mac.path.segments.last().is_some_and(|last| hidden::is_known(&last.ident.bare()))
}

fn lacks_else(expr: &Expr) -> bool {
    let Expr::If(e) = expr else { return false };
    e.else_branch.as_ref().is_none_or(|(_, other)| lacks_else(other))
}
