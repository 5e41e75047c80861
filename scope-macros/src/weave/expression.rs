//! `return` and `?`: where a function is left, and with what.

use super::body::Body;
use super::value;
use crate::site::own;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Expr, ExprReturn, ExprTry};

/// What a function gives back.
#[derive(Clone)]
pub(crate) enum Given {
    /// Nothing to speak of.
    Unit,
    /// A type that can be written down again.
    Typed(TokenStream),
    /// A type that can't be: it holds an `impl Trait`, or a macro that may.
    Opaque,
    /// `!`.
    Never,
}

impl Given {
    pub(crate) fn of(output: &syn::ReturnType) -> Self {
        let syn::ReturnType::Type(_, ty) = output else { return Self::Unit };
        let mut ty = &**ty;
        while let syn::Type::Group(syn::TypeGroup { elem, .. }) | syn::Type::Paren(syn::TypeParen { elem, .. }) = ty {
            ty = elem;
        }
        match ty {
            syn::Type::Never(_) => Self::Never,
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Self::Unit,
            other => {
                let tokens = other.to_token_stream();
                if hides(&tokens) { Self::Opaque } else { Self::Typed(tokens) }
            }
        }
    }
}

/// Whether a type holds an `impl Trait`, or a macro call that may.
fn hides(ty: &TokenStream) -> bool {
    let mut word_before = false;
    crate::check::any_token(ty, &mut |token, next| match token {
        proc_macro2::TokenTree::Ident(ident) => {
            word_before = true;
            ident == "impl"
        }
        proc_macro2::TokenTree::Punct(punct) => {
            let call = punct.as_char() == '!' && std::mem::take(&mut word_before);
            call && matches!(next, Some(proc_macro2::TokenTree::Group(_)))
        }
        _ => {
            word_before = false;
            false
        }
    })
}

impl Body<'_, '_> {
    /// `return e` → `return { let r: R = e; …; r }`.
    pub(crate) fn weave_return(&mut self, expr: &mut ExprReturn) {
        let span = expr.return_token.span;
        self.calls = true;
        let ret = own("__ret");
        let woven = match (&self.given, &expr.expr) {
            (Given::Typed(ty), Some(value)) => {
                let shown = quote!(let #ret: #ty = #value;);
                let record = self.record_return(span, &ret);
                quote!({ #shown #record #ret })
            }
            (Given::Unit, value) => {
                // `return f();` may give back a `()` that `f` made.
                let value = value.as_ref().map_or_else(|| quote!(()), ToTokens::to_token_stream);
                let record = self.record_unit(span, &ret.to_token_stream());
                quote!({ let #ret: () = #value; #record })
            }
            _ => return,
        };
        expr.expr = Some(Box::new(Expr::Verbatim(woven)));
    }

    /// Shows the call the value that it is about to give back.
    pub(crate) fn record_return(&mut self, span: proc_macro2::Span, ret: &proc_macro2::Ident) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let (p, call) = (&self.weaver.p, own("__call"));
        let strategy = value::strategy(p, ret);
        quote!(#[allow(unreachable_code)] #call.ret(#place, &#ret, #strategy);)
    }

    /// The same for `unit`, a `()`.
    pub(crate) fn record_unit(&mut self, span: proc_macro2::Span, unit: &TokenStream) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let (p, call) = (&self.weaver.p, own("__call"));
        quote!(#[allow(unreachable_code)] #call.ret(#place, &#unit, #p::ByCapture);)
    }

    /// `e?` → `(match e { t => { …; t } })?`: a `match` keeps temporaries alive as long as the statement does.
    pub(crate) fn weave_question(&mut self, expr: &mut ExprTry) {
        let place = self.place("Question", expr.question_token.span, Vec::new());
        let pick = self.pick(true);
        self.calls = true;
        let (call, tried, value) = (own("__call"), own("__tried"), &expr.expr);
        let p = &self.weaver.p;
        // The outer parentheses: at the beginning of a statement a `match` would be all of it. The inner ones: rustc would report the
        // user's own, and `S { .. }` needs them.
        let woven = quote!((match (#value) { #tried => { #[allow(clippy::needless_update)] #p::Pick::early(&#pick, &#call, #place, &#tried); #tried } }));
        *expr.expr = Expr::Verbatim(woven);
    }
}
