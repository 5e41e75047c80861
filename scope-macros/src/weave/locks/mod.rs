//! Marks where a lock may be held, see `scope_core::held`: there no `Debug` of a user is run.
//!
//! The marker is a variable in front of the statement that takes the lock, and goes at the end of the block, with the guard; or behind
//! the statement, where only a temporary held the lock. It must never be alive where a future is suspended.

mod given;
mod held;
pub(crate) mod maps;
pub(crate) mod names;

use super::body::Body;
use super::body::pardons::Pardons;
use super::{line, pattern};
use crate::attr::Attr;
use crate::check::any_token;
use crate::site::own;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::exits::ends;
use crate::weave::futures::blocks::called;
use crate::weave::values::captures;
use held::Held;
use names::{is_known_macro, takes};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Expr, Stmt};

/// The markers of a body.
#[derive(Default)]
pub(crate) struct Locks {
    /// Whether there is any lock at all.
    pub(crate) any: bool,
    /// Whether one may be given back by name, and not with a guard: `raw.lock(); …; raw.unlock();`.
    pub(crate) unlocks: bool,
    count: usize,
    /// Those that are alive.
    alive: Vec<Marker>,
    /// Where those of the block begin that the walk is in.
    block: usize,
    /// Whether one of them may go behind the temporaries of a value.
    lasts: bool,
}

struct Marker {
    ident: Ident,
    cfgs: Tokens,
    /// The variable that holds the lock, or what was called to take it.
    of: Option<String>,
}

impl Marker {
    fn end(&self, p: &Tokens) -> TokenStream {
        let Self { ident, cfgs, .. } = self;
        quote!(#cfgs #[allow(unreachable_code)] #p::Held::end(#ident);)
    }
}

/// What to leave a block with.
pub(crate) struct Outer(usize, usize);

impl Locks {
    /// What keeps rustc from asking which of the two is to go first, a marker or the temporaries.
    pub(crate) fn pardon(&self) -> Option<Attr> {
        (self.lasts && captures::temporaries_linger()).then(|| Attr::allow(quote!(tail_expr_drop_order)))
    }

    /// What keeps clippy from asking whether a guard could go before a probe, what it is for where a probe looks at it, and for what a semicolon is
    /// with a marker behind it.
    pub(crate) fn forgive(&self, pardons: &mut Pardons) {
        if self.count > 0 {
            ["readonly_write_lock", "significant_drop_tightening", "unnecessary_semicolon"]
                .into_iter()
                .for_each(|lint| pardons.add(lint));
        }
    }

    pub(crate) fn enter(&mut self) -> Outer {
        let outer = std::mem::replace(&mut self.block, self.alive.len());
        Outer(outer, self.block)
    }

    pub(crate) fn leave(&mut self, outer: Outer) {
        self.alive.truncate(outer.1);
        self.block = outer.0;
    }
}

/// What goes in front of a statement and behind it.
#[derive(Default)]
pub(crate) struct Marks {
    pub(crate) before: TokenStream,
    pub(crate) after: TokenStream,
}

impl Body<'_, '_> {
    /// The marks of a statement, which may be the `last` of its block or not.
    pub(crate) fn lock_marks(&mut self, statement: &Stmt, last: bool, cfgs: &Tokens) -> Marks {
        let mut marks = Marks::default();
        if !self.locks.any {
            return marks;
        }
        let p = self.weaver.p.clone();
        if self.frame().suspends && may_wait(statement) {
            let block = self.locks.block;
            marks.before = self.locks.alive.drain(block..).map(|marker| marker.end(&p)).collect();
            return marks;
        }
        let dropped = self.dropped(statement);
        if !dropped.is_empty() {
            let ends = dropped.iter().map(|marker| marker.end(&p));
            marks.after = quote!(#(#cfgs #ends)*);
            return marks;
        }
        let raw = raw_lock(statement).filter(|_| self.locks.unlocks);
        let lock = if raw.is_some() { Held::Stored } else { held::of_statement(statement) };
        if lock == Held::No {
            return marks;
        }
        let ident = own(&format!("__held{}", self.locks.count));
        self.locks.count += 1;
        let begin = begin(statement);
        marks.before = quote!(#cfgs let #ident = #p::#begin(););
        let of = match statement {
            Stmt::Local(local) => pattern::single(&local.pat).map(|name| name.ident.bare()),
            _ => raw,
        };
        let marker = Marker { ident, cfgs: cfgs.clone(), of };
        if lock == Held::Temporary && !(last && gives_value(statement)) {
            // Behind `return …` nobody comes.
            if !ends::statement(statement) {
                marks.after = marker.end(&p);
            }
        } else {
            self.locks.alive.push(marker);
            self.locks.lasts = true;
        }
        marks
    }

    /// `drop(guard);`, `raw.unlock();`: the marker of a lock of this very block; several where a `#[cfg]` decides which it is.
    fn dropped(&mut self, statement: &Stmt) -> Vec<Marker> {
        let mut dropped = Vec::new();
        let Some(name) = gives_back(statement) else { return dropped };
        while let Some(at) = self.locks.alive[self.locks.block..].iter().rposition(|m| m.of.as_ref() == Some(&name)) {
            let at = self.locks.block + at;
            let conditional = !self.locks.alive[at].cfgs.is_empty();
            if conditional || dropped.is_empty() {
                dropped.push(self.locks.alive.remove(at));
            }
            if !conditional {
                break;
            }
        }
        dropped
    }

    /// `c` → `condition(held(), c)` for the condition of an `if` or a `while` that takes a lock.
    pub(crate) fn lock_condition(&mut self, cond: &Expr) -> bool {
        self.locks.any
            && held::of_plain_condition(cond) != Held::No
            && !(self.frame().suspends && waits(&cond.to_token_stream()))
    }

    /// See [`lock_condition`](Self::lock_condition).
    pub(crate) fn mark_condition(&self, cond: &mut Expr) {
        // Parentheses round it are the user's own.
        if let Expr::Paren(inside) = cond {
            return self.mark_condition(&mut inside.expr);
        }
        let (p, held) = (&self.weaver.p, begin(cond));
        let (begin, end) = (line::begin(cond), line::here(line::end(cond)));
        *cond = Expr::Verbatim(called(quote!(#p::condition), quote!(#p::#held(), #cond), begin, end));
    }

    /// The marker for an expression that is the whole body of an arm or a closure.
    pub(crate) fn lock_mark_in(&mut self, body: &Expr) -> Tokens {
        let marks = self.locks.any
            && !matches!(body, Expr::Block(_))
            && held::of(body) != Held::No
            && !(self.frame().suspends && waits(&body.to_token_stream()));
        if !marks {
            return Tokens::default();
        }
        self.locks.lasts = true;
        let (p, marker, begin) = (&self.weaver.p, own("__held"), begin(body));
        Tokens::of(quote!(let #marker = #p::#begin();))
    }
}

/// The name of what gives the marker for some code: a lock may only be tried in it.
fn begin(code: &impl ToTokens) -> Ident {
    let tries = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name.to_string().starts_with("try_"));
    own(if any_token(&code.to_token_stream(), &mut |token, _| tries(token)) { "tried" } else { "held" })
}

/// The marker for a whole function that is handed a guard.
pub(crate) fn of_parameters(handed: bool, p: &Tokens) -> TokenStream {
    let marker = own("__held");
    if handed { quote!(let #marker = #p::held();) } else { TokenStream::new() }
}

/// `raw.lock();`: what is called, where the lock has no guard, or nobody wants it.
fn raw_lock(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement else { return None };
    let takes = takes(&call.method.to_string(), false) && call.args.is_empty();
    takes.then(|| call.receiver.to_token_stream().to_string())
}

/// The variable that a statement drops, or what it gives back a lock of: `raw.unlock();`.
fn gives_back(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(expr, semicolon) = statement else { return None };
    match (expr, semicolon) {
        (Expr::MethodCall(call), Some(_)) => {
            let unlocks = call.method.to_string().split('_').any(|word| word == "unlock");
            unlocks.then(|| call.receiver.to_token_stream().to_string())
        }
        (Expr::Unsafe(e), _) => match &*e.block.stmts {
            [Stmt::Expr(only, ended)] => gives_back(&Stmt::Expr(only.clone(), semicolon.or(*ended))),
            _ => None,
        },
        (Expr::Call(call), Some(_)) => {
            let (Expr::Path(func), Some(Expr::Path(arg))) = (&*call.func, call.args.first()) else { return None };
            let drops = func.path.segments.last().is_some_and(|last| last.ident == "drop");
            arg.path.get_ident().filter(|_| drops).map(|name| name.bare())
        }
        _ => None,
    }
}

/// Whether nothing can stand behind a statement that is the last of its block.
fn gives_value(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Expr(_, None) | Stmt::Macro(syn::StmtMacro { semi_token: None, .. }))
}

fn may_wait(statement: &Stmt) -> bool {
    match statement {
        Stmt::Item(_) => false,
        other => waits(&other.to_token_stream()),
    }
}

/// Whether a future may be suspended in this code: by an `await`, or by what a macro makes.
fn waits(tokens: &TokenStream) -> bool {
    let mut known = false;
    any_token(tokens, &mut |token, next| match token {
        TokenTree::Ident(ident) => {
            known = is_known_macro(ident);
            ident == "await"
        }
        TokenTree::Punct(punct) if punct.as_char() == '!' => !known && matches!(next, Some(TokenTree::Group(_))),
        _ => false,
    })
}
