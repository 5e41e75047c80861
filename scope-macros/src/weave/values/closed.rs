//! Variables whose type is known where they are bound, whatever comes behind.

use super::value::Written;
use crate::check::any_token;
use proc_macro2::TokenTree;
use quote::ToTokens;
use syn::{BinOp, Expr, Lit, Local, UnOp};

/// What is known of the types of what is bound, if they are known at once, whatever comes behind.
pub(crate) fn closed(local: &Local) -> Option<Written> {
    match &local.pat {
        syn::Pat::Type(typed) if is_typed(&local.pat) => Some(match &*typed.pat {
            syn::Pat::Ident(name) if name.by_ref.is_none() => Written::of(&typed.ty.to_token_stream()),
            _ => Written::Other,
        }),
        syn::Pat::Ident(name) => {
            let init = local.init.as_ref().filter(|init| init.diverge.is_none())?;
            let written = closed_type(&init.expr)?;
            Some(if name.by_ref.is_none() { written } else { Written::Other })
        }
        _ => None,
    }
}

/// Whether a pattern comes with its type, all of it.
pub(crate) fn is_typed(pat: &syn::Pat) -> bool {
    matches!(pat, syn::Pat::Type(typed) if is_written_out(&typed.ty))
}

fn is_written_out(ty: &syn::Type) -> bool {
    let open = |token: &TokenTree| match token {
        TokenTree::Ident(ident) => ident == "_",
        TokenTree::Punct(punct) => punct.as_char() == '!' || punct.as_char() == '_',
        _ => false,
    };
    !any_token(&ty.to_token_stream(), &mut |token, _| open(token))
}

/// What is known of the type of an expression, if it is known at once.
fn closed_type(expr: &Expr) -> Option<Written> {
    match expr {
        Expr::Lit(e) => Some(match &e.lit {
            Lit::ByteStr(_) | Lit::CStr(_) | Lit::Verbatim(_) => Written::Other,
            Lit::Str(_) => Written::Plain,
            // A number may still become any number.
            _ => Written::Literal,
        }),
        Expr::Unary(e) if matches!((&e.op, &*e.expr), (UnOp::Neg(_), Expr::Lit(_))) => closed_type(&e.expr),
        Expr::Paren(e) => closed_type(&e.expr),
        Expr::Group(e) => closed_type(&e.expr),
        Expr::Reference(e) => closed_type(&e.expr).map(|_| Written::Other),
        Expr::Cast(e) => is_written_out(&e.ty).then(|| Written::of(&e.ty.to_token_stream())),
        Expr::Binary(e) => match e.op {
            BinOp::Eq(_)
            | BinOp::Ne(_)
            | BinOp::Lt(_)
            | BinOp::Le(_)
            | BinOp::Gt(_)
            | BinOp::Ge(_)
            | BinOp::And(_)
            | BinOp::Or(_) => Some(Written::Plain),
            _ => None,
        },
        Expr::Macro(e) => (e.mac.path.is_ident("format") || e.mac.path.is_ident("matches")).then_some(Written::Plain),
        _ => None,
    }
}
