//! Statements that end what a marker is of: `drop(guard);`, `raw.unlock();`.

use super::Marker;
use crate::check::any_token;
use crate::tokens::Bare as _;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Expr, Stmt};

/// What is held, and given back by its name.
#[derive(Clone, PartialEq, Eq)]
pub(super) enum Of {
    /// The guard in this variable.
    Guard(String),
    /// A lock without one, which this names.
    Raw(String),
}

impl Of {
    /// What a statement gives back. (What is locked may have an `unlock` of its own: it ends no guard.)
    pub(super) fn released_by(statement: &Stmt) -> Option<Self> {
        let Stmt::Expr(expr, semicolon) = statement else { return None };
        match (expr, semicolon) {
            (Expr::MethodCall(call), Some(_)) => {
                let unlocks = call.method.to_string().split('_').any(|word| word == "unlock");
                unlocks.then(|| Self::Raw(call.receiver.to_token_stream().to_string()))
            }
            (Expr::Unsafe(e), _) => match &*e.block.stmts {
                [Stmt::Expr(only, ended)] => Self::released_by(&Stmt::Expr(only.clone(), semicolon.or(*ended))),
                _ => None,
            },
            (Expr::Call(call), Some(_)) => {
                let (Expr::Path(func), Some(Expr::Path(arg))) = (&*call.func, call.args.first()) else { return None };
                let drops = func.path.segments.last().is_some_and(|last| last.ident == "drop");
                arg.path.get_ident().filter(|_| drops).map(|name| Self::Guard(name.bare()))
            }
            _ => None,
        }
    }
}

/// Whether the variable that a statement puts a guard into is an `Option`, as far as its own words say.
pub(super) fn is_option(statement: &Stmt) -> bool {
    const WORDS: [&str; 6] = ["Some", "Option", "ok", "filter", "zip", "get_mut"];
    let says = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if WORDS.iter().any(|word| name == word));
    any_token(&statement.to_token_stream(), &mut |token, _| says(token))
}

/// `guard.take()`, `mem::take(&mut guard)`: whether the guard that a marker is of may go on elsewhere.
pub(super) fn is_taken_out(statement: &Stmt, marker: &Marker) -> bool {
    let Some(Of::Guard(guard)) = marker.of.as_ref().filter(|_| marker.is_option) else { return false };
    let (mut is_guard, mut is_mut) = (false, false);
    any_token(&statement.to_token_stream(), &mut |token, next| {
        let TokenTree::Ident(name) = token else {
            is_mut = false;
            return false;
        };
        let is_taken = is_guard && (name == "take" || name == "replace");
        is_guard = name == guard;
        let is_lent = is_guard && is_mut && !matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == '.');
        is_mut = name == "mut";
        is_taken || is_lent
    })
}
