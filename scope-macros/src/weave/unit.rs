//! Units: the stretches of code that one set of late-bound tokens serves.
//!
//! A token (`Pick`) is declared at the top of its unit, used beside the value, and resolved in code that is type-checked and
//! never run, behind all of the unit's own code: the value's type is known by then. Between a token and its use lies no loop
//! (the token would keep the borrows of each round alive), no closure and no async block.

use super::value;
use crate::site::own;
use proc_macro2::{Ident, TokenStream};
use quote::quote;

/// A stretch of code.
pub(crate) struct Unit {
    picks: Vec<Pick>,
    /// Whether `return` and `?` in here leave the function that is being woven.
    pub(crate) own_exits: bool,
    /// Whether this code can be suspended: what is borrowed once is kept in the future.
    pub(crate) suspends: bool,
    /// In code that runs many times and has no place of its own for tokens: the condition of a `while`.
    pub(crate) closed: bool,
}

struct Pick {
    name: Ident,
    /// The `#[cfg]`s of the code that uses it.
    cfgs: TokenStream,
    /// Whether it is about the operand of a `?`.
    residual: bool,
}

impl Unit {
    pub(crate) fn new(own_exits: bool, suspends: bool) -> Self {
        Self { picks: Vec::new(), own_exits, suspends, closed: false }
    }

    /// A further token.
    pub(crate) fn pick(&mut self, number: usize, cfgs: TokenStream, residual: bool) -> Ident {
        let name = own(&format!("__pick{number}"));
        self.picks.push(Pick { name: name.clone(), cfgs, residual });
        name
    }

    pub(crate) fn is_plain(&self) -> bool {
        self.picks.is_empty()
    }

    /// The declarations, for the top.
    pub(crate) fn declared(&self, p: &TokenStream) -> TokenStream {
        self.picks.iter().map(|Pick { name, cfgs, .. }| quote!(#cfgs let #name = #p::Pick::new();)).collect()
    }

    /// Fixes each token's strategy.
    fn resolutions(&self, p: &TokenStream) -> TokenStream {
        let each = self.picks.iter().map(|Pick { name, cfgs, residual }| {
            let resolve = value::resolve(p, name, *residual);
            quote!(#cfgs #resolve)
        });
        let lookup = self.picks.iter().any(|pick| !pick.residual).then(|| value::lookup(p));
        let residuals = self.picks.iter().any(|pick| pick.residual).then(|| value::residual_lookup(p));
        quote!(#lookup #residuals #(#each)*)
    }

    /// What resolves the tokens, for behind the unit's code.
    pub(crate) fn resolved(&self, p: &TokenStream) -> TokenStream {
        if self.is_plain() {
            return TokenStream::new();
        }
        let label = syn::Lifetime::new("'__types", proc_macro2::Span::mixed_site());
        let resolutions = self.resolutions(p);
        quote!(#[allow(unreachable_code)] #label: { break #label; #resolutions })
    }

    /// A body whose value goes on to where the unit stands; what is expected of the value reaches the body's tail.
    pub(crate) fn with_value(&self, body: TokenStream, p: &TokenStream) -> TokenStream {
        if self.is_plain() {
            return body;
        }
        let label = syn::Lifetime::new("'__value", proc_macro2::Span::mixed_site());
        let (declared, resolutions) = (self.declared(p), self.resolutions(p));
        // The second attribute is for what stands behind a body that never ends; the tail itself can't have one.
        quote!(#declared #label: { #[allow(unreachable_code)] break #label #body; #[allow(unreachable_code)] { #resolutions } })
    }

    /// A body without a value.
    pub(crate) fn without_value(&self, body: TokenStream, p: &TokenStream) -> TokenStream {
        if self.is_plain() {
            return body;
        }
        let (declared, resolved) = (self.declared(p), self.resolved(p));
        quote!(#declared #body #resolved)
    }
}
