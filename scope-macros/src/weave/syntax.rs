//! Statements and expressions: their attributes, and what they are at the end of a block.

use crate::tokens::Tokens;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{AttrStyle, Attribute, Expr, MacroDelimiter, Pat, Stmt};

/// The attributes of a statement, in front of it or at the top of its braces.
pub(crate) fn attributes(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => expression_attributes(expr),
        Stmt::Item(_) => &[],
    }
}

macro_rules! attributes {
    ($node:ident in $value:expr; $($variant:ident)*) => {
        match $value {
            $($node::$variant(e) => &e.attrs,)*
            _ => &[],
        }
    };
}

/// The attributes of an expression.
pub(crate) fn expression_attributes(expr: &Expr) -> &[Attribute] {
    attributes! {
        Expr in expr;
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit Loop
        Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield
    }
}

/// The attributes of a pattern.
pub(crate) fn pattern_attributes(pat: &Pat) -> &[Attribute] {
    attributes! {
        Pat in pat;
        Const Ident Lit Macro Or Paren Path Range Reference Rest Slice Struct Tuple TupleStruct Type Wild
    }
}

/// An attribute for something else, in front of it.
pub(crate) fn in_front(attr: &Attribute) -> Tokens {
    let mut attr = attr.clone();
    attr.style = AttrStyle::Outer;
    Tokens::of(attr.to_token_stream())
}

/// A value, for the end of a block.
///
/// As a statement of its own, `match … { … }(x)` would end before the parenthesis, and `m! { … }` would make statements.
pub(crate) fn as_tail(value: &Expr) -> TokenStream {
    if begins_with_block(value, false) { quote!((#value)) } else { value.to_token_stream() }
}

/// Whether an expression begins with one that ends with a block, and goes on behind it, or may once a macro is expanded.
fn begins_with_block(expr: &Expr, goes_on: bool) -> bool {
    match expr {
        Expr::Assign(e) => begins_with_block(&e.left, true),
        Expr::Await(e) => begins_with_block(&e.base, true),
        Expr::Binary(e) => begins_with_block(&e.left, true),
        Expr::Call(e) => begins_with_block(&e.func, true),
        Expr::Cast(e) => begins_with_block(&e.expr, true),
        Expr::Field(e) => begins_with_block(&e.base, true),
        Expr::Index(e) => begins_with_block(&e.expr, true),
        Expr::MethodCall(e) => begins_with_block(&e.receiver, true),
        Expr::Range(e) => e.start.as_ref().is_some_and(|start| begins_with_block(start, true)),
        Expr::Try(e) => begins_with_block(&e.expr, true),
        Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_)
        | Expr::Const(_)
        | Expr::TryBlock(_) => goes_on,
        Expr::Macro(e) if matches!(e.mac.delimiter, MacroDelimiter::Brace(_)) => true,
        // A brace that macros may open, and what was woven.
        Expr::Macro(_) | Expr::Verbatim(_) => goes_on,
        _ => false,
    }
}
