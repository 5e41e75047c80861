//! The attributes of statements and expressions.

use crate::tokens::Tokens;
use quote::ToTokens;
use syn::{AttrStyle, Attribute, Expr, Pat, Stmt};

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
