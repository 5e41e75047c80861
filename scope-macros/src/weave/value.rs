//! How the choice of a strategy is written down.

use crate::site::own;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};

/// The strategy for a value whose type is known. To be used where the traits of `choose` are in scope.
pub(crate) fn strategy(p: &TokenStream, value: &dyn ToTokens) -> TokenStream {
    let chooser = quote!(#p::Choose::new(&#value));
    method(&chooser)
}

/// The strategy of a late-bound token.
pub(crate) fn late(pick: &Ident) -> TokenStream {
    method(&quote!(#pick.probe()))
}

/// One `&` for each strategy that method lookup may have to pass by: the documentation of `choose` counts them.
fn method(chooser: &TokenStream) -> TokenStream {
    let strategy = own("strategy");
    quote!((&&&&&&#chooser).#strategy())
}
