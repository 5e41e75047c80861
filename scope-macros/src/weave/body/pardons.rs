//! The pardons for what clippy makes of probes: its lints look at the shape of code.

use crate::check::any_token;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Arm, Block, Expr, ExprIf, ExprMethodCall, Stmt};

/// Those of a function.
#[derive(Default)]
pub(crate) struct Pardons(Vec<&'static str>);

impl Pardons {
    pub(crate) fn add(&mut self, lint: &'static str) {
        if !self.0.contains(&lint) {
            self.0.push(lint);
        }
    }

    /// A probe may be in an argument in which clippy wants no calls.
    pub(crate) fn of_call(&mut self, call: &ExprMethodCall) {
        if branches_in_arguments(call) {
            self.add("or_fun_call");
        }
    }

    /// A probe is what is in front of an item where the macro behind it is nothing.
    pub(crate) fn of_block(&mut self, statements: &[Stmt]) {
        let macros = statements.iter().skip_while(|stmt| !matches!(stmt, Stmt::Macro(_)));
        if macros.skip(1).any(|stmt| matches!(stmt, Stmt::Item(_))) {
            self.add("items_after_statements");
        }
    }

    /// In braces with a probe clippy does not see that an arm is no longer of the type that it was.
    pub(crate) fn of_match(&mut self, arms: &[Arm]) {
        if let [a, b] = arms
            && (is_lent(&a.body) || is_lent(&b.body))
        {
            self.add("option_if_let_else");
        }
    }

    /// The same for `if let … else`.
    pub(crate) fn of_if(&mut self, e: &ExprIf) {
        let is_given = |block: &Block| matches!(&*block.stmts, [Stmt::Expr(tail, None)] if is_lent(tail));
        let other = e.else_branch.as_ref().map(|(_, other)| &**other);
        if matches!(&*e.cond, Expr::Let(_))
            && let Some(Expr::Block(other)) = other
            && (is_given(&e.then_branch) || is_given(&other.block))
        {
            self.add("option_if_let_else");
        }
    }

    /// A `return Box::new(e)` goes through a variable whose type is written.
    pub(crate) fn of_return(&mut self, value: Option<&Expr>) {
        if let Some(Expr::Call(call)) = value
            && let Expr::Path(func) = &*call.func
            && func.path.segments.iter().any(|segment| segment.ident == "Box")
        {
            self.add("box_default");
        }
    }

    /// An async function that is nothing yet.
    pub(crate) fn of_async(&mut self, statements: &[TokenTree]) {
        if let [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(_), ..] = statements
            && (name == "todo" || name == "unimplemented")
        {
            self.add("diverging_sub_expression");
            self.add("unused_async");
        }
    }

    /// As inner attributes.
    pub(crate) fn tokens(&self) -> TokenStream {
        let lints = self.0.iter().map(|lint| Ident::new(lint, Span::mixed_site()));
        if self.0.is_empty() { TokenStream::new() } else { quote!(#![allow(#(clippy::#lints),*)]) }
    }
}

/// Whether a value is lent, or may be.
fn is_lent(expr: &Expr) -> bool {
    matches!(expr, Expr::Path(_) | Expr::Field(_) | Expr::Reference(_))
}

/// Whether a value that is only perhaps asked for has branches: `o.unwrap_or(if c { a } else { b })`.
fn branches_in_arguments(call: &ExprMethodCall) -> bool {
    let is_block =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let name = call.method.to_string();
    (name.split('_').any(|word| word == "or") || name == "then_some")
        && call.args.iter().any(|arg| any_token(&arg.to_token_stream(), &mut |token, _| is_block(token)))
}
