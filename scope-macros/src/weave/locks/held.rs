//! What a piece of code does with locks, as far as the syntax shows it.
//!
//! A lock is known by the name of what takes it, and what holds it on by where the value goes: into a variable, into something
//! else, or nowhere, so that it is a temporary of its statement.

use super::calls;
use super::given::{self, Given};
use super::maps;
use super::names::{
    any_guard, is_holder, is_known_macro, is_of_lock, is_stream, last_segment, makes_holder, passes_on, takes,
};
use crate::weave::facts::Facts;
use crate::weave::sources::learnt::{any_giver, has_maps};
use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Block, Expr, Stmt};

/// What became of a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Held {
    /// None was taken.
    No,
    /// It was given back with the temporaries of the expression.
    Temporary,
    /// The expression's value holds it, or may.
    Value,
    /// It went somewhere else.
    Stored,
}

impl Held {
    /// The value was used up.
    fn used(self) -> Self {
        if self == Self::Value { Self::Temporary } else { self }
    }

    /// The value was handed over.
    fn handed_over(self) -> Self {
        if self == Self::Value { Self::Stored } else { self }
    }

    /// What is left of it behind code that ends its temporaries.
    fn behind(self) -> Self {
        if self == Self::Temporary { Self::No } else { self }
    }
}

/// What an expression does.
pub(crate) fn of(expr: &Expr) -> Held {
    let used = |expr: &Expr| of(expr).used();
    let most = |all: &mut dyn Iterator<Item = Held>| all.max().unwrap_or(Held::No);
    match expr {
        Expr::MethodCall(e) => {
            let args = most(&mut e.args.iter().map(argument));
            let receiver = of(&e.receiver);
            let taken = takes(&e.method.to_string(), e.args.is_empty()) && !is_stream(&e.receiver);
            let value = match taken {
                true => Held::Value,
                false if passes_on(&e.method) && !copies(e) => receiver,
                false => receiver.used(),
            };
            let entry = if has_maps() { maps::of(e) } else { Held::No };
            let called = calls::is_method(e) && calls::any_name(e.args.iter());
            args.max(value).max(entry).max(if called { Held::Temporary } else { Held::No })
        }
        Expr::Call(e) => {
            let name = last_segment(&e.func);
            let args = match &name {
                Some(name) if name == "drop" => most(&mut e.args.iter().map(used)),
                // `Some(guard)`, and `Some(&temporary)` by newer rules.
                Some(name) if name.starts_with(char::is_uppercase) => most(&mut e.args.iter().map(of)),
                _ => most(&mut e.args.iter().map(argument)),
            };
            let taken = name.is_some_and(|name| takes(&name, false)) || is_of_lock(&e.func) || makes_holder(&e.func);
            if taken { args.max(Held::Value) } else { args.max(used(&e.func)) }
        }
        // `.map(Mutex::lock)`
        Expr::Path(_) if is_of_lock(expr) => Held::Value,
        Expr::Try(e) => of(&e.expr),
        Expr::Await(e) => of(&e.base),
        Expr::Paren(e) => of(&e.expr),
        Expr::Group(e) => of(&e.expr),
        // A `let` keeps what is borrowed like this.
        Expr::Reference(e) => {
            if of(&e.expr) == Held::Temporary {
                Held::Value
            } else {
                of(&e.expr)
            }
        }
        Expr::Struct(e) if e.path.segments.last().is_some_and(|last| is_holder(&last.ident)) => Held::Value,
        Expr::Struct(e) => most(&mut e.fields.iter().map(|field| of(&field.expr)).chain(e.rest.iter().map(|e| of(e)))),
        Expr::Tuple(e) => most(&mut e.elems.iter().map(of)),
        Expr::Array(e) => most(&mut e.elems.iter().map(of)),
        Expr::Repeat(e) => of(&e.expr),
        Expr::Unary(e) => used(&e.expr),
        // `self.inner().1`, of a function that gives back more than a guard.
        Expr::Field(e) if matches!(e.member, syn::Member::Unnamed(_)) && is_given(&e.base) => of(&e.base),
        Expr::Field(e) => used(&e.base),
        Expr::Cast(e) => used(&e.expr),
        Expr::Index(e) => used(&e.expr).max(used(&e.index)),
        Expr::Binary(e) => used(&e.left).max(used(&e.right)),
        Expr::Range(e) => most(&mut e.start.iter().chain(&e.end).map(|e| used(e))),
        Expr::Let(e) => of(&e.expr),
        Expr::Assign(e) => used(&e.left).max(of(&e.right).handed_over()),
        Expr::Return(e) => e.expr.as_ref().map_or(Held::No, |e| used(e)),
        Expr::Break(e) => e.expr.as_ref().map_or(Held::No, |e| used(e)),
        Expr::If(e) => {
            let otherwise = e.else_branch.as_ref().map_or(Held::No, |(_, other)| match &**other {
                // Its condition holds on while its block runs, where the statement's marker is the only one.
                Expr::If(_) => of(other),
                other => of(other).behind(),
            });
            let ways = tail(&e.then_branch).behind().max(otherwise);
            let passed =
                || Given::ANY.is_in(&e.then_branch) || e.else_branch.as_ref().is_some_and(|(_, e)| Given::ANY.is(e));
            ways.max(scrutinee(condition(&e.cond), passed))
        }
        Expr::Match(e) => {
            let passed = || e.arms.iter().any(|arm| Given::ANY.is(&arm.body));
            let guards = e.arms.iter().filter_map(|arm| arm.guard.as_ref()).map(|(_, guard)| condition(guard).used());
            let ways = e.arms.iter().map(|arm| of(&arm.body).behind());
            most(&mut ways.chain(guards)).max(scrutinee(of(&e.expr), passed))
        }
        Expr::While(e) => condition(&e.cond).used(),
        Expr::ForLoop(e) => used(&e.expr),
        Expr::Block(e) if e.label.is_none() => tail(&e.block),
        Expr::Unsafe(e) => tail(&e.block),
        // What is called more than once: its temporaries are its own.
        Expr::Closure(e) => of(&e.body).behind(),
        // Their `break`s give values.
        Expr::Loop(_) | Expr::Block(_) => {
            if may_take(&expr.to_token_stream()) {
                Held::Value
            } else {
                Held::No
            }
        }
        Expr::Macro(e) => in_macro(&e.mac),
        Expr::Verbatim(tokens) => {
            if may_take(tokens) {
                Held::Stored
            } else {
                Held::No
            }
        }
        _ => Held::No,
    }
}

/// Whether an expression is a call of a function of the crate's own that gives back a guard.
fn is_given(expr: &Expr) -> bool {
    let name = match expr {
        Expr::MethodCall(e) => Some(e.method.to_string()),
        Expr::Call(e) => last_segment(&e.func),
        _ => None,
    };
    name.is_some_and(|name| any_giver(|giver| *giver == name))
}

/// Whether a call gives back a copy of what is in a lock: `map(|entry| entry.clone())`.
fn copies(call: &syn::ExprMethodCall) -> bool {
    let Some(Expr::Closure(closure)) = call.args.first().filter(|_| call.method == "map") else { return false };
    match &*closure.body {
        Expr::MethodCall(e) => ["clone", "len", "to_owned", "to_string"].iter().any(|name| e.method == name),
        Expr::Unary(e) => matches!(e.op, syn::UnOp::Deref(_)),
        _ => false,
    }
}

/// What a statement does: how long its lock may be held.
pub(crate) fn of_statement(statement: &Stmt) -> Held {
    match statement {
        Stmt::Local(local) => {
            let typed = matches!(&local.pat, syn::Pat::Type(typed) if any_guard(&typed.ty.to_token_stream()));
            let held = local.init.as_ref().map_or(Held::No, |init| of(&init.expr));
            match &local.pat {
                syn::Pat::Wild(_) => held.used(),
                _ if typed => held.max(Held::Value),
                _ => held,
            }
        }
        // The blocks inside see to themselves.
        Stmt::Expr(Expr::Loop(_), _) => Held::No,
        Stmt::Expr(Expr::Block(e), _) => tail(&e.block).used(),
        Stmt::Expr(expr, _) => of(expr).used(),
        Stmt::Macro(call) => in_macro(&call.mac),
        Stmt::Item(_) => Held::No,
    }
}

/// A condition that binds nothing gives its temporaries back before the block behind it.
pub(crate) fn of_plain_condition(cond: &Expr) -> Held {
    if binds(cond) { Held::No } else { of(cond) }
}

pub(super) fn condition(cond: &Expr) -> Held {
    if binds(cond) { of(cond).max(chain(cond)) } else { Held::No }
}

/// `a && let p = e`: `e` stays.
fn chain(cond: &Expr) -> Held {
    match cond {
        Expr::Binary(e) => chain(&e.left).max(chain(&e.right)),
        Expr::Let(e) => of(&e.expr),
        other => of(other).used(),
    }
}

pub(super) fn binds(cond: &Expr) -> bool {
    match cond {
        Expr::Let(_) => true,
        Expr::Binary(e) => binds(&e.left) || binds(&e.right),
        _ => false,
    }
}

/// What is matched on, where the arms may pass on what they bind.
fn scrutinee(held: Held, passed: impl FnOnce() -> bool) -> Held {
    if held == Held::Value && !passed() { Held::Temporary } else { held }
}

fn tail(block: &Block) -> Held {
    let Some((Stmt::Expr(expr, None), _)) = block.stmts.split_last() else { return Held::No };
    // Once: each question goes through all that is inside.
    let held = of(expr);
    if held < Held::Value && given::keeps(block, expr) { Held::Value } else { held }
}

fn argument(expr: &Expr) -> Held {
    match expr {
        Expr::Reference(e) => of(&e.expr).used(),
        other => of(other).handed_over(),
    }
}

fn in_macro(call: &syn::Macro) -> Held {
    match may_take(&call.tokens) {
        true if is_known(call) => Held::Temporary,
        true => Held::Stored,
        false => Held::No,
    }
}

fn may_take(tokens: &TokenStream) -> bool {
    let facts = Facts::of(tokens);
    facts.locks || facts.borrows
}

pub(super) fn is_known(call: &syn::Macro) -> bool {
    call.path.segments.last().is_some_and(|last| is_known_macro(&last.ident))
}

#[cfg(test)]
mod tests;
