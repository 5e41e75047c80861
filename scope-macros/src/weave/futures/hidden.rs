//! Whether code may do what its syntax does not show: macros may hide a `return` or an `.await`.

use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::in_macros;
use crate::weave::sources::learnt;
use proc_macro2::{TokenStream, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro, Stmt};

/// Macros that hide nothing but what is in their arguments.
const KNOWN: [&str; 44] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "cfg",
    "column",
    "concat",
    "dbg",
    "debug",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "debug_span",
    "env",
    "eprint",
    "eprintln",
    "error",
    "error_span",
    "file",
    "format",
    "format_args",
    "include_bytes",
    "include_str",
    "info",
    "info_span",
    "json",
    "line",
    "log",
    "matches",
    "module_path",
    "option_env",
    "panic",
    "print",
    "println",
    "stringify",
    "todo",
    "trace",
    "trace_span",
    "unimplemented",
    "unreachable",
    "vec",
    "warn",
    "warn_span",
    "write",
    "writeln",
];

/// Macros that may leave, but never wait.
const LEAVE: [&str; 7] = ["anyhow", "bail", "ensure", "eyre", "pin", "pin_mut", "ready"];

/// Macros that wait.
const WAIT: [&str; 3] = ["join", "select", "try_join"];

/// Whether a macro of this name may be a procedural one that mentions variables which its call does not.
pub(crate) fn may_mention_more(name: &str) -> bool {
    !(KNOWN.contains(&name) || LEAVE.contains(&name) || WAIT.contains(&name))
}

/// Whether a macro of this name hides nothing but what is in its arguments.
pub(crate) fn is_known(name: &str) -> bool {
    KNOWN.contains(&name) && !learnt::may_leave(name)
}

/// Whether code in a macro may wait: by a word, or by another macro that may.
pub(crate) fn may_wait(code: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let calls = |before: &str| {
        let name = before.rsplit(|c| !is_part(c)).next().unwrap_or_default();
        let of_macro = before[..before.len() - name.len()].ends_with('$');
        !name.is_empty() && (of_macro || !(KNOWN.contains(&name) || LEAVE.contains(&name)))
    };
    let mut parts = code.split('!').peekable();
    code.contains("await")
        || std::iter::from_fn(|| {
            let part = parts.next()?;
            parts.peek().map(|behind| (part, *behind))
        })
        .any(|(before, behind)| behind.starts_with(['(', '[', '{', ' ']) && calls(before))
}

/// Whether a macro that does this to a function is taken for one that does not, because of its name.
pub(crate) fn hides(name: &str, code: &str) -> bool {
    KNOWN.contains(&name) && (code.contains("return") || code.contains("await"))
        || LEAVE.contains(&name) && code.contains("await")
}

/// Whether a macro is known to be for its value, or for what it does.
pub(crate) fn makes_no_items(call: &Macro) -> bool {
    is_one_of(call, &KNOWN) || is_one_of(call, &LEAVE)
}

fn is_one_of(call: &Macro, names: &[&str]) -> bool {
    let last = call.path.segments.last();
    last.is_some_and(|last| names.iter().any(|name| last.ident == name && !learnt::may_leave(name)))
}

/// What some code may do by itself: not what is in its closures, async blocks and items.
#[derive(Default)]
pub(crate) struct Hidden {
    /// It may leave by `return`.
    pub(crate) returns: bool,
    /// It leaves by `?`.
    pub(crate) asks: bool,
    /// It may be suspended.
    pub(crate) waits: bool,
    /// It may be suspended where no `.await` is seen.
    pub(crate) waits_unseen: bool,
}

impl Hidden {
    pub(crate) fn of_block(block: &Block) -> Self {
        let mut hidden = Self::default();
        hidden.visit_block(block);
        hidden
    }

    pub(crate) fn of_statements(statements: &[Stmt]) -> Self {
        let mut hidden = Self::default();
        statements.iter().for_each(|statement| hidden.visit_stmt(statement));
        hidden
    }

    pub(crate) fn of_expression(expr: &Expr) -> Self {
        let mut hidden = Self::default();
        hidden.visit_expr(expr);
        hidden
    }
}

impl<'c> Visit<'c> for Hidden {
    fn visit_expr(&mut self, expr: &'c Expr) {
        match expr {
            Expr::Return(_) => self.returns = true,
            Expr::Await(_) => self.waits = true,
            Expr::Try(_) => self.asks = true,
            Expr::Verbatim(_) => (self.returns, self.waits, self.waits_unseen) = (true, true, true),
            Expr::Closure(_) | Expr::Async(_) => return,
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_macro(&mut self, call: &'c Macro) {
        if let Some(arguments) = in_macros::arguments(call) {
            arguments.exprs.iter().for_each(|expr| self.visit_expr(expr));
            return;
        }
        let known = is_one_of(call, &KNOWN);
        let says = |word: &str| {
            any_token(&call.tokens, &mut |token, _| matches!(token, TokenTree::Ident(ident) if ident == word))
        };
        self.returns |= !known || says("return");
        self.asks |= asks(&call.tokens);
        let name = call.path.segments.last().map(|last| last.ident.bare()).unwrap_or_default();
        // `other::name!` may be another one.
        let is_own = call.path.segments.first().is_some_and(|first| {
            call.path.segments.len() == 1 || ["crate", "self", "super"].iter().any(|own| first.ident == own)
        });
        let waits = !never_waits(&name, is_own) || says("await") || calls_one_that_waits(&call.tokens);
        self.waits |= waits;
        self.waits_unseen |= waits;
    }

    fn visit_item(&mut self, _: &'c syn::Item) {}
    fn visit_type(&mut self, _: &'c syn::Type) {}
}

/// Whether a `?` in a macro leaves the code round it: none of a closure, an async block or a function.
fn asks(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is_others = tokens.iter().any(|token| match token {
        TokenTree::Ident(word) => word == "async" || word == "fn",
        TokenTree::Punct(punct) => punct.as_char() == '|',
        _ => false,
    });
    // `?x` is how the macros of `tracing` want it shown.
    let is_asked = |at: usize| at > 0 && !matches!(tokens[at - 1], TokenTree::Punct(_));
    !is_others
        && tokens.iter().enumerate().any(|(at, token)| match token {
            TokenTree::Punct(punct) => punct.as_char() == '?' && is_asked(at),
            TokenTree::Group(group) => asks(&group.stream()),
            _ => false,
        })
}

/// Whether there is a call of a macro in a macro's arguments that may wait.
fn calls_one_that_waits(tokens: &TokenStream) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let calls = tokens.windows(3).enumerate().any(|(at, three)| match three {
        [TokenTree::Ident(name), TokenTree::Punct(bang), TokenTree::Group(_)] => {
            let is_own = at == 0 || !matches!(&tokens[at - 1], TokenTree::Punct(colon) if colon.as_char() == ':');
            bang.as_char() == '!' && !never_waits(&name.bare(), is_own)
        }
        _ => false,
    });
    calls
        || tokens.iter().any(|token| matches!(token, TokenTree::Group(group) if calls_one_that_waits(&group.stream())))
}

/// Whether what a macro of this name hides never waits. `is_own`: it is the crate's own, if there is one.
fn never_waits(name: &str, is_own: bool) -> bool {
    (KNOWN.contains(&name) || LEAVE.contains(&name)) && !learnt::may_leave(name) || is_own && learnt::never_waits(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_code_may_do() {
        for (text, returns, waits) in [
            ("{ f(x); }", false, false),
            ("{ if c { return 1 } x.await }", true, true),
            ("{ println!(\"{}\", x); std::vec![1] }", false, false),
            ("{ println!(\"{}\", x.await) }", false, true),
            ("{ println!(\"{}\", vec![join!(x)]) }", false, true),
            ("{ println!(\"{}\", vec![x]) }", false, false),
            ("{ select! {} }", true, true),
            ("{ (|| return 1)(); async { x.await }; fn f() { return } }", false, false),
        ] {
            let hidden = Hidden::of_block(&syn::parse_str(text).unwrap());
            assert_eq!((hidden.returns, hidden.waits), (returns, waits), "{text}");
        }
    }
}
