//! One statement of a body, and the probes before and behind it.

use super::Body;
use crate::tokens::Tokens;
use crate::weave::exits::ends;
use crate::weave::locks::Marks;
use crate::weave::pattern::{self, cfgs};
use crate::weave::syntax::attributes;
use crate::weave::values::closed::is_typed;
use crate::weave::values::lent::may_borrow_temporary;
use crate::weave::variables::heads::changed;
use proc_macro2::{Ident, TokenStream};
use std::collections::BTreeSet;
use syn::visit_mut::VisitMut;
use syn::{Expr, Item, Stmt};

/// What becomes of the value of a `match`.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) enum Matched {
    #[default]
    Open,
    /// It has a type that is written down.
    Typed,
    /// Nothing: `match … { … };`.
    Unused,
}

impl Matched {
    /// `typed`: what the statement gives has a type that is written down.
    pub(super) fn of(statement: &Stmt, typed: bool) -> Self {
        match statement {
            Stmt::Expr(tail, None) if typed && is_match(tail) => Self::Typed,
            Stmt::Expr(unused, Some(_)) if is_match(unused) => Self::Unused,
            _ => Self::Open,
        }
    }
}

impl Body<'_, '_> {
    /// `behind`: the statements that come next. `last`: it may be the last of its block. `calm`: what is behind it can't be suspended.
    pub(super) fn statement(
        &mut self,
        statement: Stmt,
        behind: &[Stmt],
        last: bool,
        calm: bool,
        woven: &mut Vec<Stmt>,
    ) {
        if let Stmt::Item(item) = statement {
            woven.push(Stmt::Item(self.item(item)));
            return;
        }
        let Some(cfgs) = cfgs(attributes(&statement)) else {
            if let Stmt::Local(local) = &statement {
                let names: Vec<Ident> = pattern::bindings(&local.pat).into_iter().cloned().collect();
                self.shadow_perhaps(&names);
            }
            woven.push(statement);
            return;
        };
        let conditional = !cfgs.is_empty();
        if conditional {
            self.cfgs.push(cfgs.clone());
        }
        let mut statement = statement;
        let empty = matches!(&statement, Stmt::Expr(Expr::Verbatim(tokens), _) if tokens.is_empty());
        // Behind what may be the block's value nothing may stand.
        let behind_value = ends::may_be_nothing(&statement) && matches!(woven.last(), Some(Stmt::Expr(_, None)));
        if !empty && !behind_value {
            push(woven, self.line(&statement, &cfgs));
        }
        let is_macro = matches!(statement, Stmt::Macro(_) | Stmt::Expr(Expr::Macro(_), _));
        let changed = if self.uses.any() {
            push(woven, self.before(&statement));
            self.uses.may_lend(&statement);
            changed(&statement)
        } else {
            BTreeSet::new()
        };
        let Marks { before, after: released, again } = self.lock_marks(&statement, last, &cfgs);
        push_stream(woven, before);
        // Behind a value that never is there is nothing to look at, and rustc warns of what comes first there.
        let never = matches!(statement, Stmt::Local(_)) && ends::statement(&statement);
        let mut after = Tokens::default();
        match &mut statement {
            Stmt::Local(local) => {
                self.pardons.of_let(local);
                let stays = self.stays(local);
                let lent = local.init.as_ref().is_some_and(|init| may_borrow_temporary(&init.expr));
                if let Some(init) = &mut local.init {
                    if is_match(&init.expr) && is_typed(&local.pat) {
                        self.matched = Matched::Typed;
                    }
                    self.visit_expr_mut(&mut init.expr);
                    if let Some((token, diverge)) = &mut init.diverge {
                        self.uses.executed(&changed, is_macro);
                        self.let_else(&local.pat, token.span, diverge);
                    }
                }
                self.calm_from_here(calm);
                self.uses.executed(&changed, is_macro);
                if never {
                    self.declare(&local.pat, &mut |_| None);
                } else {
                    after = self.after_let(local, stays, &cfgs, if lent { behind } else { &[] });
                }
                if !conditional {
                    pattern::idents(&local.pat, &mut self.locals);
                }
            }
            Stmt::Expr(expr, semicolon) => {
                let lent = matches!(expr, Expr::Assign(e) if may_borrow_temporary(&e.right));
                self.unused = semicolon.is_some() && matches!(expr, Expr::Async(_));
                match expr {
                    Expr::Return(e) if semicolon.is_none() => self.exit(e, true),
                    _ => self.children(expr),
                }
                self.uses.executed(&changed, is_macro);
                if semicolon.is_some() {
                    after = self.after_assignment(expr, &cfgs, if lent { behind } else { &[] });
                }
            }
            Stmt::Macro(call) => {
                self.visit_macro_mut(&mut call.mac);
                self.uses.executed(&changed, is_macro);
            }
            Stmt::Item(_) => {}
        }
        woven.push(statement);
        push_stream(woven, released);
        self.locks.begun(again);
        push(woven, after);
        if conditional {
            self.cfgs.pop();
        }
    }
}

fn is_match(expr: &Expr) -> bool {
    matches!(expr, Expr::Match(_))
}

fn push(statements: &mut Vec<Stmt>, tokens: Tokens) {
    if !tokens.is_empty() {
        statements.push(Stmt::Item(Item::Verbatim(tokens.stream())));
    }
}

fn push_stream(statements: &mut Vec<Stmt>, tokens: TokenStream) {
    if !tokens.is_empty() {
        statements.push(Stmt::Item(Item::Verbatim(tokens)));
    }
}
