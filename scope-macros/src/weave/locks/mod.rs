//! Marks where a lock may be held, see `scope_core::held`: there no `Debug` of a user is run.
//!
//! The marker is a variable in front of the statement that takes the lock, and goes at the end of the block, with the guard; or behind
//! the statement, where only a temporary held the lock. It must never be alive where a future is suspended: a statement that may wait is without one,
//! and a new one begins behind it, and in its blocks.

mod beside;
pub(crate) mod calls;
mod given;
pub(crate) mod handed;
mod held;
pub(crate) mod maps;
pub(crate) mod names;
mod released;
mod stored;

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
use released::Of;
use syn::parse::Parser as _;
use syn::punctuated::Punctuated;
use syn::{Block, Expr, Stmt, Token};

/// The markers of a body.
#[derive(Default)]
pub(crate) struct Locks {
    /// Whether there is any lock at all.
    pub(crate) any: bool,
    /// Whether one may be given back by name, and not with a guard: `raw.lock(); …; raw.unlock();`.
    pub(crate) unlocks: bool,
    /// Whether `Self` is a type that holds one.
    pub(crate) of_holder: bool,
    count: usize,
    /// Those that are alive.
    alive: Vec<Marker>,
    /// Those that are not, while what they are of goes on through code that may wait.
    resting: Vec<Marker>,
    /// Whether the closure that is next is called with a lock held.
    pub(crate) calls: bool,
    /// Where those of the block begin that the walk is in.
    block: usize,
    /// Whether one of them may go behind the temporaries of a value.
    lasts: bool,
}

#[derive(Clone)]
pub(crate) struct Marker {
    ident: Ident,
    cfgs: Tokens,
    /// What is given back by name.
    of: Option<Of>,
    /// The guard may be taken out of its variable.
    is_option: bool,
}

impl Marker {
    fn begin(&self, p: &Tokens) -> TokenStream {
        let Self { ident, cfgs, .. } = self;
        quote!(#cfgs #[allow(unreachable_code)] let #ident = #p::held();)
    }

    fn end(&self, p: &Tokens) -> TokenStream {
        let Self { ident, cfgs, .. } = self;
        quote!(#cfgs #[allow(unreachable_code)] #p::Held::end(#ident);)
    }
}

/// What to leave a block with.
pub(crate) struct Outer(usize, usize, Vec<Marker>);

impl Locks {
    /// What keeps rustc from asking which of the two is to go first, a marker or the temporaries.
    pub(crate) fn pardon(&self) -> Option<Attr> {
        (self.lasts && captures::temporaries_linger()).then(|| Attr::allow(quote!(tail_expr_drop_order)))
    }

    /// A value is shown with a marker beside it.
    pub(crate) fn beside_value(&mut self) {
        self.lasts = true;
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
        Outer(outer, self.block, self.resting.clone())
    }

    pub(crate) fn leave(&mut self, outer: Outer) {
        self.alive.truncate(outer.1);
        self.block = outer.0;
        self.resting = outer.2;
    }

    /// What begins again behind code that may wait, or in a block of it.
    fn again(&mut self, p: &Tokens) -> (TokenStream, Vec<Marker>) {
        let mut begin = TokenStream::new();
        let again = self.resting.clone().into_iter().map(|marker| {
            let marker = Marker { ident: own(&format!("__held{}", self.count)), ..marker };
            self.count += 1;
            begin.extend(marker.begin(p));
            marker
        });
        let again = again.collect();
        self.lasts |= !begin.is_empty();
        (begin, again)
    }

    /// These are alive from here on.
    pub(crate) fn begun(&mut self, again: Vec<Marker>) {
        if !again.is_empty() {
            self.resting.clear();
            self.alive.extend(again);
        }
    }

    /// What holds locks round code that runs at another time.
    pub(crate) fn rest(&mut self) -> Vec<Marker> {
        std::mem::take(&mut self.resting)
    }

    pub(crate) fn rest_again(&mut self, resting: Vec<Marker>) {
        self.resting = resting;
    }
}

/// What goes in front of a statement and behind it.
#[derive(Default)]
pub(crate) struct Marks {
    pub(crate) before: TokenStream,
    pub(crate) after: TokenStream,
    /// Those that begin there.
    pub(crate) again: Vec<Marker>,
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
            let alive: Vec<Marker> = self.locks.alive.drain(block..).collect();
            marks.before = alive.iter().map(|marker| marker.end(&p)).collect();
            self.locks.resting.extend(alive);
            let is_end = last && gives_value(statement) || ends::statement(statement);
            if !is_end {
                (marks.after, marks.again) = self.locks.again(&p);
            }
            return marks;
        }
        if !self.locks.resting.is_empty() {
            if let Some(released) = Of::released_by(statement) {
                self.locks.resting.retain(|marker| marker.of.as_ref() != Some(&released));
            }
            let (begin, again) = self.locks.again(&p);
            marks.before = begin;
            self.locks.begun(again);
        }
        let dropped = self.dropped(statement);
        if !dropped.is_empty() {
            let ends = dropped.iter().map(|marker| marker.end(&p));
            marks.after = quote!(#(#cfgs #ends)*);
            return marks;
        }
        self.locks
            .alive
            .iter_mut()
            .filter(|marker| released::is_taken_out(statement, marker))
            .for_each(|m| m.of = None);
        self.shadowed(statement, cfgs);
        let raw = raw_lock(statement).filter(|_| self.locks.unlocks);
        let stored = if let Stmt::Expr(expr, _) = statement { stored::by(expr) } else { Vec::new() };
        let lock = match raw.is_some() || !stored.is_empty() {
            true => Held::Stored,
            false if self.locks.of_holder && makes_itself(statement) => Held::Value,
            false => held::of_statement(statement),
        };
        if lock == Held::No {
            return marks;
        }
        let ident = own(&format!("__held{}", self.locks.count));
        self.locks.count += 1;
        let begin = begin(statement);
        marks.before.extend(quote!(#cfgs let #ident = #p::#begin();));
        let of = match (statement, raw) {
            (Stmt::Local(local), _) => pattern::single(&local.pat).map(|name| Of::Guard(name.ident.bare())),
            (_, Some(raw)) => Some(Of::Raw(raw)),
            // Of several nobody tells which is the last.
            _ => <[String; 1]>::try_from(stored).ok().map(|[only]| Of::Guard(only)),
        };
        let marker = Marker { ident, cfgs: cfgs.clone(), of, is_option: released::is_option(statement) };
        if lock == Held::Temporary && !(last && gives_value(statement)) {
            // Behind `return …` nobody comes.
            if !ends::where_it_is(statement) {
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
        let Some(released) = Of::released_by(statement) else { return dropped };
        while let Some(at) =
            self.locks.alive[self.locks.block..].iter().rposition(|marker| marker.of.as_ref() == Some(&released))
        {
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

    /// `let g = g.n;`: what has the name from here on is something else.
    fn shadowed(&mut self, statement: &Stmt, cfgs: &Tokens) {
        let Stmt::Local(local) = statement else { return };
        if !cfgs.is_empty() || self.locks.alive.is_empty() {
            return;
        }
        let mut names = Vec::new();
        pattern::idents(&local.pat, &mut names);
        for marker in &mut self.locks.alive {
            marker.of = marker.of.take().filter(|(Of::Guard(name) | Of::Raw(name))| !names.contains(name));
        }
    }

    /// The marker of the closure that is next, where what calls it holds a lock while it does.
    pub(crate) fn mark_of_closure(&mut self) -> Tokens {
        let marks = std::mem::take(&mut self.locks.calls) && !self.frame().suspends;
        if marks { self.mark_here(own("held")) } else { Tokens::default() }
    }

    /// Walks the arguments of a call that may hold a lock while it calls them.
    pub(crate) fn held_arguments(&mut self, args: &mut Punctuated<Expr, Token![,]>) {
        for arg in args {
            self.locks.calls = matches!(arg, Expr::Closure(_));
            self.walk(arg);
            self.locks.calls = false;
        }
    }

    /// `c` → `condition(held(), c)` for the condition of an `if` or a `while` that takes a lock.
    pub(crate) fn lock_condition(&mut self, cond: &Expr) -> bool {
        self.locks.any
            && (held::of_plain_condition(cond) != Held::No || !self.locks.resting.is_empty() && !held::binds(cond))
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

    /// Whether this is awaited with a lock held, and whether it may be marked while it is made, too.
    pub(crate) fn awaits_with_lock(&self, awaited: &Expr) -> (bool, bool) {
        if !self.locks.any {
            return (false, false);
        }
        let waits = || waits(&awaited.to_token_stream());
        let held = !self.locks.resting.is_empty() || held::of(awaited) == Held::Temporary && !waits();
        (held, held && !waits())
    }

    /// The marker for an expression that is the whole body of an arm or a closure.
    pub(crate) fn lock_mark_in(&mut self, body: &Expr) -> Tokens {
        let marks = self.locks.any
            && !matches!(body, Expr::Block(_))
            && (held::of(body) != Held::No || !self.locks.resting.is_empty())
            && !(self.frame().suspends && waits(&body.to_token_stream()));
        if !marks {
            return Tokens::default();
        }
        self.mark_here(begin(body))
    }

    /// One without a number: there is no other where it is.
    fn mark_here(&mut self, begin: Ident) -> Tokens {
        self.locks.lasts = true;
        let (p, marker) = (&self.weaver.p, own("__held"));
        Tokens::of(quote!(let #marker = #p::#begin();))
    }
}

/// The name of what gives the marker for some code: a lock may only be tried in it.
fn begin(code: &impl ToTokens) -> Ident {
    let tries = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name.to_string().starts_with("try_"));
    own(if any_token(&code.to_token_stream(), &mut |token, _| tries(token)) { "tried" } else { "held" })
}

/// Whether a statement, as a text, puts a guard into a variable.
pub(crate) fn is_taken_by(text: &str) -> bool {
    let calls = ["ock()", "read()", "write()"].iter().any(|call| text.contains(call));
    let statements = || Block::parse_within.parse_str(text);
    calls && statements().is_ok_and(|statements| statements.iter().any(|s| held::of_statement(s) == Held::Value))
}

/// The marker for a whole function that is handed a guard.
pub(crate) fn of_parameters(handed: bool, p: &Tokens) -> TokenStream {
    let marker = own("__held");
    if handed { quote!(let #marker = #p::held();) } else { TokenStream::new() }
}

/// `let lease = Self::new(…)`, in an `impl` of a type that holds a lock.
fn makes_itself(statement: &Stmt) -> bool {
    let is_made = |next: Option<&TokenTree>| match next {
        Some(TokenTree::Punct(colon)) => colon.as_char() == ':',
        next => matches!(next, Some(TokenTree::Group(_))),
    };
    let is_self = |token: &TokenTree| matches!(token, TokenTree::Ident(name) if name == "Self");
    matches!(statement, Stmt::Local(_))
        && any_token(&statement.to_token_stream(), &mut |token, next| is_self(token) && is_made(next))
}

/// `raw.lock();`: what is called, where the lock has no guard, or nobody wants it.
fn raw_lock(statement: &Stmt) -> Option<String> {
    let Stmt::Expr(Expr::MethodCall(call), Some(_)) = statement else { return None };
    let takes = takes(&call.method.to_string(), false) && call.args.is_empty();
    takes.then(|| call.receiver.to_token_stream().to_string())
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
