//! Code that never comes to its end, as far as the syntax shows it.

use super::given::Place;
use crate::tokens::Bare as _;
use crate::weave::branch::is_made;
use crate::weave::line;
use crate::weave::pattern::is_cfg;
use crate::weave::syntax::attributes;
use proc_macro2::{Delimiter, Span, TokenTree};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Macro, Stmt};

/// Whether a body has no expression at its end that could be its value.
pub(crate) fn open(statements: &[TokenTree], parsed: Option<&[Stmt]>) -> bool {
    match parsed {
        Some(stmts) => stmts[first_that_may_be_last(stmts)..].iter().all(|statement| match statement {
            Stmt::Expr(_, semicolon) => semicolon.is_some(),
            Stmt::Macro(call) => call.semi_token.is_some(),
            Stmt::Local(_) => true,
            Stmt::Item(item) => !matches!(item, syn::Item::Macro(_) | syn::Item::Verbatim(_)),
        }),
        None => match statements.last() {
            Some(TokenTree::Punct(punct)) => punct.as_char() == ';',
            last => last.is_none(),
        },
    }
}

/// The index of the first statement behind which all are under a `#[cfg]`, or macros, and may be gone.
pub(crate) fn first_that_may_be_last(statements: &[Stmt]) -> usize {
    let stays = |statement: &Stmt| !attributes(statement).iter().any(is_cfg) && !may_be_nothing(statement);
    statements.iter().rposition(stays).unwrap_or(0)
}

/// Whether a statement is a macro that may expand to nothing: `cfg_if! { … }`.
pub(crate) fn may_be_nothing(statement: &Stmt) -> bool {
    matches!(statement, Stmt::Macro(call) if call.semi_token.is_none())
}

/// Where the value of a body stands, as far as it can be seen.
pub(crate) fn tail(statements: &[TokenTree], parsed: Option<&[Stmt]>) -> Place {
    match parsed.map(<[Stmt]>::last) {
        Some(Some(Stmt::Expr(value, None))) => return Place::of(value),
        Some(last) => return Place::at(last.map_or_else(Span::call_site, line::of_statement)),
        None => {}
    }
    Place::of_tokens(last_value(statements))
}

/// The value that statements end with, as far as it can be seen.
pub(crate) fn last_value(statements: &[TokenTree]) -> &[TokenTree] {
    let mut first = statements.len();
    for (at, token) in statements.iter().enumerate().rev() {
        let before = match token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            // Behind a block, what is no operator begins another statement.
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => match statements.get(at + 1) {
                Some(TokenTree::Ident(ident)) => ident != "else" && ident != "as",
                Some(TokenTree::Punct(punct)) => matches!(punct.as_char(), '&' | '#' | '\''),
                next => next.is_some(),
            },
            _ => false,
        };
        if before {
            break;
        }
        first = at;
    }
    &statements[first..]
}

/// Whether there are statements in front of a body's value.
///
/// Round them the braces are the user's: whether the temporaries of the value outlive locals is told by the edition that the braces
/// are from. Round a lone expression rustc would find them superfluous.
pub(crate) fn has_statements(statements: &[TokenTree]) -> bool {
    statements.iter().any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
}

/// Whether a statement ends its block for sure.
pub(crate) fn statement(statement: &Stmt) -> bool {
    !attributes(statement).iter().any(is_cfg) && where_it_is(statement)
}

/// The same where its conditions hold.
pub(crate) fn where_it_is(statement: &Stmt) -> bool {
    match statement {
        Stmt::Expr(expr, _) => expression(expr),
        Stmt::Macro(call) => panics(&call.mac),
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| expression(&init.expr)),
        Stmt::Item(_) => false,
    }
}

/// The macros that never give a value.
pub(crate) const PANICS: [&str; 4] = ["panic", "unreachable", "todo", "unimplemented"];

/// Whether a macro never gives a value.
pub(crate) fn panics(call: &Macro) -> bool {
    let last = call.path.segments.last();
    last.is_some_and(|last| PANICS.iter().any(|name| last.ident == name))
}

/// Whether an expression never gives a value.
pub(crate) fn expression(expr: &Expr) -> bool {
    match expr {
        Expr::Return(_) | Expr::Break(_) | Expr::Continue(_) => true,
        Expr::Macro(call) => panics(&call.mac),
        Expr::Call(call) => leaves_the_process(&call.func),
        Expr::If(e) => block(&e.then_branch) && e.else_branch.as_ref().is_some_and(|(_, other)| expression(other)),
        Expr::Match(e) => {
            !e.arms.is_empty() && e.arms.iter().all(|arm| !arm.attrs.iter().any(is_cfg) && expression(&arm.body))
        }
        Expr::Loop(e) => !breaks(&e.body, e.label.as_ref().map(|label| &label.name)),
        // Out of one with a label there is a way.
        Expr::Block(e) => e.label.is_none() && block(&e.block),
        Expr::Unsafe(e) => block(&e.block),
        _ => false,
    }
}

/// Whether a function is called like a constructor.
pub(crate) fn makes(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    path.path.segments.last().is_some_and(|last| is_made(&last.ident.bare()))
}

/// Whether an expression comes to its end, and to a value, if its parts do: `Some(x)`, but not `f(x)`, which may be of the type `!`.
pub(crate) fn has_value(expr: &Expr) -> bool {
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
        Expr::Call(e) => makes(&e.func),
        _ => false,
    }
}

fn block(block: &Block) -> bool {
    block.stmts.iter().any(statement)
}

/// `std::process::exit(…)`. A function of the user's that has the name of one of these loses the lines behind it.
fn leaves_the_process(function: &Expr) -> bool {
    let Expr::Path(path) = function else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    names.next().is_some_and(|name| name == "exit" || name == "abort")
        && names.next().is_some_and(|name| name == "process")
}

/// Whether a loop has a `break` of its own.
fn breaks(body: &Block, label: Option<&syn::Lifetime>) -> bool {
    let mut found = Breaks { label, depth: 0, any: false };
    found.visit_block(body);
    found.any
}

struct Breaks<'e> {
    label: Option<&'e syn::Lifetime>,
    /// How many loops further in.
    depth: u32,
    any: bool,
}

impl<'e> Visit<'e> for Breaks<'_> {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Break(e) => {
                self.any |= match &e.label {
                    Some(label) => self.label.is_some_and(|own| own.ident == label.ident),
                    None => self.depth == 0,
                };
                visit::visit_expr(self, expr);
            }
            Expr::Loop(_) | Expr::While(_) | Expr::ForLoop(_) => {
                self.depth += 1;
                visit::visit_expr(self, expr);
                self.depth -= 1;
            }
            // They have loops of their own.
            Expr::Closure(_) | Expr::Async(_) => {}
            // What is in there is not known.
            Expr::Verbatim(_) => self.any = true,
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, call: &'e Macro) {
        let word = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "break");
        self.any |= crate::check::any_token(&call.tokens, &mut |token, _| word(token));
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_ends() {
        for (text, expected) in [
            ("return", true),
            ("loop {}", true),
            ("loop { break }", false),
            ("loop { loop { break } }", true),
            ("'a: loop { loop { break 'a } }", false),
            ("'a: loop { while x { break } }", true),
            ("loop { m!(break) }", false),
            ("loop { let f = || loop { break }; }", true),
            ("if a { return } else { panic!() }", true),
            ("if a { return } else if b { return }", false),
            ("match x { 1 => return, _ => { f(); continue } }", true),
            ("match x { 1 => return, _ => () }", false),
            ("match x {}", false),
            ("{ f(); return }", true),
            ("'a: { return }", false),
            ("std::process::exit(1)", true),
            ("process::abort()", true),
            ("exit(1)", false),
            ("while true {}", false),
        ] {
            assert_eq!(expression(&syn::parse_str(text).unwrap()), expected, "{text}");
        }
    }
}
