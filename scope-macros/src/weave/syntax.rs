//! The attributes of statements and expressions.

use crate::tokens::Tokens;
use quote::ToTokens;
use syn::{AttrStyle, Attribute, Expr, Stmt};

/// The attributes of a statement, in front of it or at the top of its braces.
pub(crate) fn attributes(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => expression_attributes(expr),
        Stmt::Item(_) => &[],
    }
}

/// The attributes of an expression.
pub(crate) fn expression_attributes(expr: &Expr) -> &[Attribute] {
    macro_rules! attributes {
        ($($variant:ident)*) => {
            match expr {
                $(Expr::$variant(e) => &e.attrs,)*
                _ => &[],
            }
        };
    }
    attributes! {
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit Loop
        Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield
    }
}

/// An attribute for something else, in front of it.
pub(crate) fn in_front(attr: &Attribute) -> Tokens {
    let mut attr = attr.clone();
    attr.style = AttrStyle::Outer;
    Tokens::of(attr.to_token_stream())
}
