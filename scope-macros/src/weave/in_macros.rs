//! `?` and `.await` in the arguments of macros that take expressions and evaluate each of them once, where it stands: `println!`, `assert_eq!`.

use super::body::Body;
use super::futures::blocks::before;
use super::futures::hidden::is_known;
use crate::check::any_token;
use crate::tokens::Bare as _;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser, Result};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, Macro, Token};

/// Macros that take nothing but expressions. `dbg!`, and `assert!` without a message, print how theirs is written.
const OF_EXPRESSIONS: [&str; 19] = [
    "assert",
    "assert_eq",
    "assert_ne",
    "debug_assert",
    "debug_assert_eq",
    "debug_assert_ne",
    "eprint",
    "eprintln",
    "format",
    "format_args",
    "matches",
    "panic",
    "print",
    "println",
    "todo",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// One of a macro's arguments, or what is between two.
pub(super) enum Part {
    Expr(Expr),
    Other(TokenStream),
}

impl Part {
    pub(super) fn expr(&self) -> Option<&Expr> {
        if let Self::Expr(expr) = self { Some(expr) } else { None }
    }
}

/// The arguments of a call where a `?` or an `.await` in them is seen as any other is.
pub(super) fn arguments(call: &Macro) -> Option<Vec<Part>> {
    let name = call.path.segments.last()?.ident.bare();
    if !OF_EXPRESSIONS.contains(&name.as_str()) || !is_known(&name) || !leaves(&call.tokens) {
        return None;
    }
    let parts = (|input: ParseStream<'_>| parts(input, &name)).parse2(call.tokens.clone()).ok()?;
    let is_printed = name.ends_with("assert") && !parts.iter().skip(1).any(|part| matches!(part, Part::Expr(_)));
    let hides = |part: &Part| matches!(part, Part::Other(tokens) if leaves(tokens));
    (!is_printed && !parts.iter().any(hides)).then_some(parts)
}

fn leaves(tokens: &TokenStream) -> bool {
    any_token(tokens, &mut |token, _| match token {
        TokenTree::Ident(word) => word == "await",
        TokenTree::Punct(punct) => punct.as_char() == '?',
        _ => false,
    })
}

fn parts(input: ParseStream<'_>, name: &str) -> Result<Vec<Part>> {
    let mut parts = Vec::new();
    while !input.is_empty() {
        if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>]) {
            let (name, equals): (Ident, Token![=]) = (input.parse()?, input.parse()?);
            parts.push(Part::Other(name.to_token_stream().into_iter().chain(equals.to_token_stream()).collect()));
        }
        parts.push(Part::Expr(input.parse()?));
        if name == "matches" {
            parts.push(Part::Other(input.parse()?));
        } else if name == "vec" && input.peek(Token![;]) {
            parts.push(Part::Other(input.parse::<Token![;]>()?.to_token_stream()));
        } else if !input.is_empty() {
            parts.push(Part::Other(input.parse::<Token![,]>()?.to_token_stream()));
        }
    }
    Ok(parts)
}

impl Body<'_, '_> {
    /// Weaves those. All else in there stays as it is.
    pub(super) fn weave_macro(&mut self, call: &mut Macro) {
        if !(self.watches() || self.sees_questions()) {
            return;
        }
        let Some(mut parts) = arguments(call) else { return };
        let exprs = parts.iter_mut().filter_map(|part| if let Part::Expr(expr) = part { Some(expr) } else { None });
        self.each_beside(exprs, |this, expr| Exits(this).visit_expr_mut(expr));
        call.tokens = together(parts);
    }
}

fn together(parts: Vec<Part>) -> TokenStream {
    let tokens = parts.into_iter().map(|part| match part {
        Part::Expr(expr) => expr.into_token_stream(),
        Part::Other(tokens) => tokens,
    });
    tokens.collect()
}

struct Exits<'b, 'w, 'a>(&'b mut Body<'w, 'a>);

impl VisitMut for Exits<'_, '_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::TryBlock(_) => {}
            Expr::Await(e) => {
                let locks = self.0.awaits_with_lock(&e.base);
                self.visit_expr_mut(&mut e.base);
                self.0.watch(expr, locks);
            }
            Expr::Field(e) => before(&mut e.base, e.dot_token.span, |base| self.visit_expr_mut(base)),
            Expr::Try(e) => {
                before(&mut e.expr, e.question_token.span, |base| self.visit_expr_mut(base));
                if self.0.sees_questions() {
                    self.0.weave_question(e);
                }
            }
            Expr::MethodCall(e) => {
                let holds = self.0.holds(&e.receiver);
                before(&mut e.receiver, e.dot_token.span, |base| self.visit_expr_mut(base));
                self.0.beside(holds, |this| e.args.iter_mut().for_each(|arg| Exits(this).visit_expr_mut(arg)));
            }
            other => visit_mut::visit_expr_mut(self, other),
        }
    }

    fn visit_macro_mut(&mut self, call: &mut Macro) {
        self.0.weave_macro(call);
    }

    fn visit_item_mut(&mut self, _: &mut syn::Item) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_seen_of_calls() {
        for (call, seen) in [
            ("println!(\"{} {y}\", x?, y = z.await,)", true),
            ("std::println!(\"{}\", a == b?)", true),
            ("vec![x?; 3]", true),
            ("matches!(x?, Some(_))", true),
            ("matches!(x, Some(_) if y?)", false),
            ("assert!(x?)", false),
            ("assert!(x?, \"no\")", true),
            ("debug_assert!(x.await,)", false),
            ("dbg!(x?)", false),
            ("println!(\"{}\", x)", false),
            ("println!(\"{}\", \"?\")", false),
            ("vec![in bump; x?]", false),
            ("format!(\"{}\", a::<B, C>()?)", true),
            ("format!(\"{}\" x?)", false),
            ("join!(x?)", false),
        ] {
            let call: Macro = syn::parse_str(call).unwrap();
            let parts = arguments(&call);
            assert_eq!(parts.is_some(), seen, "{}", call.to_token_stream());
            let text = |tokens: TokenStream| tokens.to_string().replace(' ', "");
            assert!(parts.is_none_or(|parts| text(together(parts)) == text(call.tokens)));
        }
    }
}
