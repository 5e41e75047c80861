//! `return` and `?`: where a function is left, and with what.

use super::body::{Body, Seen};
use super::{value, values};
use crate::site::own;
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use scope_plan::Detail;
use syn::visit_mut;
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
    /// A type that is not written anywhere: that of an async block.
    Inferred,
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
    /// A `return`.
    pub(crate) fn exit(&mut self, expr: &mut ExprReturn) {
        let seen = self.frame().own_exits && self.resolved.probes.return_value != Detail::None;
        let handed = self.frame().own_exits && self.hands_over(expr.expr.as_deref_mut());
        let inferred = matches!(self.call.given, Given::Inferred);
        if let Some(value) = &mut expr.expr
            && seen
            && inferred
            && self.frame().links
        {
            values::mark(value);
        }
        visit_mut::visit_expr_return_mut(self, expr);
        if seen && !handed && !inferred {
            self.weave_return(expr);
        }
    }

    /// `return e` → `return { let r: R = e; …; r }`.
    fn weave_return(&mut self, expr: &mut ExprReturn) {
        let span = expr.return_token.span;
        self.call.calls = true;
        let ret = own("__ret");
        let woven = match (&self.call.given, &expr.expr) {
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

    /// The call, for code in it.
    pub(crate) fn call(&self) -> TokenStream {
        if self.call.seen == Seen::FromOutside {
            let (p, sites) = (&self.weaver.p, &self.call.sites_name);
            quote!(#p::TaskCall::current(&#sites))
        } else {
            own("__call").to_token_stream()
        }
    }

    /// Shows the call the value that it is about to give back.
    pub(crate) fn record_return(&mut self, span: proc_macro2::Span, ret: &proc_macro2::Ident) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let (p, call) = (&self.weaver.p, self.call());
        let strategy = value::strategy(p, ret);
        quote!(#[allow(unreachable_code)] #call.ret(#place, &#ret, #strategy);)
    }

    /// The same for `unit`, a `()`.
    pub(crate) fn record_unit(&mut self, span: proc_macro2::Span, unit: &TokenStream) -> TokenStream {
        let place = self.place("Return", span, Vec::new());
        let (p, call) = (&self.weaver.p, self.call());
        quote!(#[allow(unreachable_code)] #call.ret(#place, &#unit, #p::ByCapture);)
    }

    /// `e?` → `(match e { t => { …; t } })?`: a `match` keeps temporaries alive as long as the statement does.
    pub(crate) fn weave_question(&mut self, expr: &mut ExprTry) {
        if self.call.is_block && !self.frame().links {
            return;
        }
        self.call.calls = true;
        let place = self.place("Question", expr.question_token.span, Vec::new());
        let pick = self.pick(true);
        let (call, tried, value) = (self.call(), own("__tried"), &expr.expr);
        let p = &self.weaver.p;
        // The outer parentheses: at the beginning of a statement a `match` would be all of it. The inner ones: rustc would report the
        // user's own, and `S { .. }` needs them.
        let woven = quote!((match (#value) { #tried => { #[allow(clippy::needless_update)] #p::Pick::early(&#pick, &#call, #place, &#tried); #tried } }));
        *expr.expr = Expr::Verbatim(woven);
    }
}
