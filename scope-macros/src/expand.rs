//! What the attributes do, from tokens to tokens.

use crate::args::Args;
use crate::check;
use crate::errors::{self, Error, Errors};
use crate::item::{self, Item};
use crate::plan::{PlanFault, Source};
use crate::weave::Weaver;
use proc_macro2::{Span, TokenStream};

/// `#[instrument]`.
pub(crate) fn instrument(arguments: TokenStream, item: TokenStream, source: &dyn Source) -> TokenStream {
    let (mut tokens, errors) = attribute(arguments, item, source);
    tokens.extend(errors::report(&errors));
    tokens
}

/// `#[skip]`: the item as it is.
pub(crate) fn skip(arguments: TokenStream, mut item: TokenStream) -> TokenStream {
    if let Some(token) = arguments.into_iter().next() {
        item.extend(errors::report(&[Error::new(token.span(), "`skip` takes no arguments; write `#[scope::skip]`")]));
    }
    item
}

/// The woven item, or with errors the item as it was, so that nothing else goes wrong for want of it.
pub(crate) fn attribute(arguments: TokenStream, tokens: TokenStream, source: &dyn Source) -> (TokenStream, Vec<Error>) {
    let mut errors = Errors::default();
    let args = Args::parse(arguments, &mut errors);
    let forbidden = source.forbidden();
    let (inner, items) = item::split(forbidden.marked(tokens.clone()));
    let item = match <[Item; 1]>::try_from(items) {
        Ok([item]) if inner.is_empty() => item,
        // Nothing that rustc calls an item: it has its own words for that.
        _ => return (tokens, errors.into_vec()),
    };
    check::target(&item, &mut errors);
    check::skipped_names(&item, &args, &mut errors);
    if !errors.is_empty() {
        return (tokens, errors.into_vec());
    }
    let loaded = match source.plan() {
        Ok(loaded) => loaded,
        Err(fault) => {
            if let PlanFault::New(texts) = fault {
                texts.iter().for_each(|text| errors.at(Span::call_site(), text));
            }
            return (tokens, errors.into_vec());
        }
    };
    let mut weaver = Weaver::new(&loaded, &forbidden, args, source.module());
    let woven = weaver.whole(&item);
    errors.append(weaver.into_errors());
    match woven {
        Some(woven) if errors.is_empty() => (forbidden.without(woven), Vec::new()),
        _ => (tokens, errors.into_vec()),
    }
}

#[cfg(test)]
#[path = "by_text_tests.rs"]
mod by_text_tests;

#[cfg(test)]
#[path = "guest_tests.rs"]
mod guest_tests;

#[cfg(test)]
#[path = "expand_tests.rs"]
mod tests;
