//! `?` and `.await` in the arguments of macros that take expressions and evaluate each of them once, where it stands: `println!`, `assert_eq!`.

use super::body::Body;
use super::futures::blocks::before;
use super::pattern::is_cfg;
use super::sources::learnt;
use super::syntax::expression_attributes;
use crate::check::any_token;
use crate::tokens::Bare as _;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser, Result};
use syn::visit_mut::{self, VisitMut};
use syn::{Expr, Ident, Macro, Token};

/// Macros that take nothing but expressions. `dbg!`, and `assert!` without a message, print how theirs is written.
const OF_EXPRESSIONS: [&str; 20] = [
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
    "unimplemented",
    "unreachable",
    "vec",
    "write",
    "writeln",
];

/// Whether std has a macro of this name that takes nothing but expressions.
pub(crate) fn is_of_expressions(name: &str) -> bool {
    OF_EXPRESSIONS.contains(&name)
}

/// What a macro is called with.
pub(super) struct Arguments {
    pub(super) exprs: Vec<Expr>,
    /// What is in front of each expression, and behind the last one.
    between: Vec<TokenStream>,
}

/// The arguments of a call where a `?` or an `.await` in them is seen as any other is.
pub(super) fn arguments(call: &Macro) -> Option<Arguments> {
    let name = call.path.segments.last()?.ident.bare();
    // One of the crate's own may do anything with them.
    if !is_of_expressions(&name) || learnt::is_macro(&name) || !leaves(&call.tokens) {
        return None;
    }
    let parse = |input: ParseStream<'_>| Arguments::parse(input, &name);
    let arguments = parse.parse2(call.tokens.clone()).ok()?;
    let is_printed = name.ends_with("assert") && arguments.exprs.len() < 2;
    (!is_printed && !arguments.between.iter().any(leaves)).then_some(arguments)
}

fn leaves(tokens: &TokenStream) -> bool {
    any_token(tokens, &mut |token, _| match token {
        TokenTree::Ident(word) => word == "await",
        TokenTree::Punct(punct) => punct.as_char() == '?',
        _ => false,
    })
}

impl Arguments {
    fn parse(input: ParseStream<'_>, name: &str) -> Result<Self> {
        let (mut exprs, mut between) = (Vec::new(), vec![TokenStream::new()]);
        while !input.is_empty() {
            if input.peek(Ident) && input.peek2(Token![=]) && !input.peek2(Token![==]) && !input.peek2(Token![=>]) {
                let (name, equals): (Ident, Token![=]) = (input.parse()?, input.parse()?);
                let before = between.last_mut().into_iter();
                before.for_each(|before| {
                    before.extend(name.to_token_stream().into_iter().chain(equals.to_token_stream()))
                });
            }
            exprs.push(input.parse()?);
            between.push(if name == "matches" {
                input.parse()?
            } else if name == "vec" && input.peek(Token![;]) {
                input.parse::<Token![;]>()?.to_token_stream()
            } else if input.is_empty() {
                TokenStream::new()
            } else {
                input.parse::<Token![,]>()?.to_token_stream()
            });
        }
        Ok(Self { exprs, between })
    }
}

impl ToTokens for Arguments {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let mut exprs = self.exprs.iter();
        for between in &self.between {
            between.to_tokens(tokens);
            exprs.next().to_tokens(tokens);
        }
    }
}

impl Body<'_, '_> {
    /// Weaves those. All else in there stays as it is.
    pub(super) fn weave_macro(&mut self, call: &mut Macro) {
        if !(self.watches() || self.sees_questions()) {
            return;
        }
        let Some(mut arguments) = arguments(call) else { return };
        self.each_beside(&mut arguments.exprs, |this, expr| {
            let waits = matches!(expr, Expr::Await(_));
            Exits(this).visit_expr_mut(expr);
            // Nothing stands behind it, and in our parentheses it would be told of where it begins.
            if waits && let Expr::Paren(woven) = expr {
                *expr = std::mem::replace(&mut woven.expr, Expr::PLACEHOLDER);
            }
        });
        call.tokens = arguments.into_token_stream();
    }
}

struct Exits<'b, 'w, 'a>(&'b mut Body<'w, 'a>);

impl VisitMut for Exits<'_, '_, '_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        match expr {
            Expr::Closure(_) | Expr::Async(_) | Expr::Const(_) | Expr::TryBlock(_) => {}
            // Under a `#[cfg]` in the middle of an expression: left as it is.
            _ if expression_attributes(expr).iter().any(is_cfg) => {}
            Expr::Await(e) => {
                let locks = self.0.awaits_with_lock(&e.base);
                self.visit_expr_mut(&mut e.base);
                self.0.watch(expr, locks);
            }
            Expr::Field(e) => before(&mut e.base, e.dot_token.span, |base| self.visit_expr_mut(base)),
            Expr::Try(e) => self.0.weave_question(e, |this, base, behind| {
                before(base, behind, |base| Exits(this).visit_expr_mut(base));
            }),
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
            let arguments = arguments(&call);
            assert_eq!(arguments.is_some(), seen, "{}", call.to_token_stream());
            let text = |tokens: TokenStream| tokens.to_string().replace(' ', "");
            assert!(arguments.is_none_or(|arguments| text(arguments.into_token_stream()) == text(call.tokens)));
        }
    }
}
