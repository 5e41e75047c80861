//! What a piece of code hands on: whether a guard that has a name is its value.

use super::held::{self, Held};
use super::names::passes_on;
use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::pattern;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{Block, Expr, Ident, Stmt};

/// The variables that are asked about; `None`: all.
pub(super) struct Given<'n>(Option<&'n [String]>);

impl Given<'_> {
    pub(super) const ANY: Given<'static> = Given(None);

    /// Whether the value of an expression may be that of one of them.
    pub(super) fn is(&self, expr: &Expr) -> bool {
        match expr {
            Expr::Path(e) => e.path.get_ident().is_some_and(|name| self.has(name)),
            Expr::MethodCall(e) => {
                // `self.changed.wait(guard)`
                let is_handed = || self.0.is_some() && e.args.iter().any(|arg| self.is_argument(arg));
                passes_on(&e.method) && self.is(&e.receiver) || is_handed()
            }
            Expr::Call(e) => e.args.iter().any(|arg| self.is_argument(arg)),
            Expr::Tuple(e) => e.elems.iter().any(|e| self.is(e)),
            Expr::Paren(e) => self.is(&e.expr),
            Expr::Try(e) if self.0.is_some() => self.is(&e.expr),
            Expr::If(e) => self.is_in(&e.then_branch) || e.else_branch.as_ref().is_some_and(|(_, e)| self.is(e)),
            Expr::Match(e) => e.arms.iter().any(|arm| self.is(&arm.body)),
            Expr::Block(e) if e.label.is_none() => self.is_in(&e.block),
            Expr::Lit(_)
            | Expr::Binary(_)
            | Expr::Unary(_)
            | Expr::Field(_)
            | Expr::Index(_)
            | Expr::Cast(_)
            | Expr::Assign(_)
            | Expr::Return(_)
            | Expr::Break(_)
            | Expr::Continue(_)
            | Expr::ForLoop(_)
            | Expr::While(_) => false,
            Expr::Macro(e) => !held::is_known(&e.mac) && self.are_mentioned(expr),
            other => self.are_mentioned(other),
        }
    }

    pub(super) fn is_in(&self, block: &Block) -> bool {
        matches!(block.stmts.last(), Some(Stmt::Expr(expr, None)) if self.is(expr))
    }

    /// What is lent is not handed on.
    fn is_argument(&self, arg: &Expr) -> bool {
        !matches!(arg, Expr::Reference(_)) && self.is(arg)
    }

    fn are_mentioned(&self, code: &impl ToTokens) -> bool {
        let is_one = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if self.has(name));
        self.0.is_none() || any_token(&code.to_token_stream(), &mut |token, _| is_one(token))
    }

    fn has(&self, name: &Ident) -> bool {
        self.0.is_none_or(|names| names.contains(&name.bare()))
    }
}

/// `{ let g = m.lock(); …; g }`: whether the value of a block holds what a statement in it has taken.
pub(super) fn keeps(block: &Block, value: &Expr) -> bool {
    let Some((_, statements)) = block.stmts.split_last() else { return false };
    if statements.is_empty() || !Given::ANY.is(value) {
        return false;
    }
    let mut holders: Vec<String> = Vec::new();
    for statement in statements {
        let taken = held::of_statement(statement) >= Held::Value;
        match statement {
            Stmt::Local(local) => {
                let init = local.init.as_ref().map(|init| &*init.expr);
                let mut names = Vec::new();
                pattern::idents(&local.pat, &mut names);
                let holds = taken || init.is_some_and(|init| Given(Some(&holders)).is(init));
                // Another of the same name, perhaps.
                holders.retain(|name| !names.contains(name));
                if holds {
                    holders.extend(names);
                }
            }
            // `all.push(m.lock())`, `g = m.lock()`
            other if taken => {
                _ = any_token(&other.to_token_stream(), &mut |token, _| {
                    if let TokenTree::Ident(name) = token {
                        holders.push(name.bare());
                    }
                    false
                });
            }
            _ => {}
        }
    }
    Given(Some(&holders)).is(value)
}
