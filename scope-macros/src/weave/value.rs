//! How the choice of a strategy is written down: see `scope_core::capture::choose`.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

/// What has to be in scope where a strategy is looked up.
pub(crate) fn lookup(p: &TokenStream) -> TokenStream {
    // Under a `#[cfg]` all that needs it may be gone.
    quote!(#[allow(unused_imports)] use #p::lookup::*;)
}

/// The strategy for a value whose type is known.
pub(crate) fn strategy(p: &TokenStream, value: &dyn ToTokens) -> TokenStream {
    let value = borrowed(value);
    quote!((&&#p::of(#value)).__scope_strategy().__scope_parts())
}

/// `&value`, all of it where the value stands: if it must not be borrowed there, the user's own code is wrong, and rustc says it once.
pub(crate) fn borrowed(value: &dyn ToTokens) -> TokenStream {
    let value = value.to_token_stream();
    let span = value.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    quote_spanned!(span=> &#value)
}

/// The code, never reached, that fixes the strategy of a late-bound token.
pub(crate) fn resolve(pick: &Ident, residual: bool) -> TokenStream {
    let settle = if residual { quote!(__scope_settle_residual()) } else { quote!(__scope_settle().__scope_parts()) };
    quote!((&&#pick).#settle;)
}
