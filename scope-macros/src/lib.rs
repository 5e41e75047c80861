//! The attribute of `scope`: `#[instrument]` weaves in the probes that the plan asks for, `#[skip]` keeps an item as it is.
//!
//! Users meet both through the facade, `scope::instrument` and `scope::skip`, which documents them.
//!
//! All work is done on `proc_macro2` token streams, so that the tests of this crate run it in their own process. The phases:
//! arguments (`args`) → items (`item`) → refusals (`check`) → generation (`weave`), which cannot fail. Faults are
//! collected (`errors`) and reported together, beside the item as it was written.

mod args;
mod attr;
mod check;
mod errors;
mod expand;
mod forbidden;
mod head;
mod item;
mod lints;
mod paths;
mod plan;
mod simple;
mod site;
mod source;
mod tokens;
mod weave;

use proc_macro::TokenStream;

/// Weaves the plan's probes into a function, an `impl`, a trait or an inline module; documented at `scope::instrument`.
#[proc_macro_attribute]
pub fn instrument(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::instrument(arguments.into(), item.into(), &plan::OfCompiler).into()
}

/// Keeps `#[scope::instrument]` from weaving anything into an item; documented at `scope::skip`.
#[proc_macro_attribute]
pub fn skip(arguments: TokenStream, item: TokenStream) -> TokenStream {
    expand::skip(arguments.into(), item.into()).into()
}
