//! How the choice of a strategy is written down.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// What has to be in scope where a strategy is looked up.
pub(crate) fn lookup(p: &TokenStream) -> TokenStream {
    quote!(use #p::choose::Choice as _;)
}

/// The strategy for a value whose type is known.
pub(crate) fn strategy(p: &TokenStream, value: &dyn ToTokens) -> TokenStream {
    quote!(#p::Choose::new(&#value).__scope_strategy())
}

/// What has to be in scope where the strategy for the operand of a `?` is looked up.
pub(crate) fn residual_lookup(p: &TokenStream) -> TokenStream {
    quote!(use #p::choose::Leaves as _;)
}

/// The code, never reached, that fixes the strategy of a late-bound token.
pub(crate) fn resolve(p: &TokenStream, pick: &Ident, residual: bool) -> TokenStream {
    let choose = if residual { quote!(__scope_residual) } else { quote!(__scope_strategy) };
    quote!(#p::Pick::__scope_resolve(&#pick, #p::Pick::__scope_probe(&#pick).#choose());)
}
