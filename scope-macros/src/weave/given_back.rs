//! Async functions that give their future back, as rustc has each of them do: their signatures, and which may have such a one.

use super::Weaver;
use super::assemble::Pieces;
use super::expression::Given;
use super::line;
use super::value::Written;
use crate::attr::Attr;
use crate::check::any_token;
use crate::tokens::Tokens;
use proc_macro2::{Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use scope_plan::Resolved;
use syn::spanned::Spanned;
use syn::{FnArg, ReturnType, Signature, Type};

/// Whether an async function may become one that gives a future back: everything that sees it takes it for the same.
pub(crate) fn may_give_back(weaver: &Weaver<'_>, resolved: &Resolved, pieces: &Pieces<'_>) -> bool {
    let sig = &pieces.head.sig;
    let seen_by_others = weaver.among_others || pieces.item.attrs.iter().any(Attr::may_be_a_macro);
    // `main` may not be async, which is rustc's to say. And the function's time has to be taken round the call.
    let stays = seen_by_others || sig.ident == "main" || resolved.snapshot_over.is_some();
    !stays && !sig.inputs.iter().any(has_unnamed_lifetime_in_impl)
}

/// The signature of an async function becomes one that gives a future back.
pub(crate) fn give_back(sig: &mut Signature, p: &Tokens) {
    let value = match &sig.output {
        ReturnType::Default => quote!(()),
        ReturnType::Type(_, ty) if matches!(**ty, Type::Never(_)) => never(p),
        ReturnType::Type(_, ty) => match &**ty {
            // `(impl A + B)`, where no `+` need be told from others any more.
            Type::Paren(inside) if matches!(*inside.elem, Type::ImplTrait(_)) => inside.elem.to_token_stream(),
            ty => ty.to_token_stream(),
        },
    };
    // In a span of our edition it borrows all that the arguments do, as an async function's future does. Its end is the user's, and so is
    // the signature's, for what is wrong with that.
    let place = output_span(sig);
    let mut future = quote_spanned!(line::here(place)=> impl #p::Future<Output = #value);
    future.extend(quote_spanned!(place=> >));
    sig.asyncness = None;
    sig.output = ReturnType::Type(Default::default(), Box::new(Type::Verbatim(future)));
}

/// Whether a parameter's type has an `impl` with a lifetime in it that has no name: only an `async fn` may have that.
fn has_unnamed_lifetime_in_impl(input: &FnArg) -> bool {
    let FnArg::Typed(arg) = input else { return false };
    let mut inside = false;
    any_token(&arg.ty.to_token_stream(), &mut |token, next| {
        let is_next = |c: char| matches!(next, Some(TokenTree::Punct(punct)) if punct.as_char() == c);
        match token {
            TokenTree::Ident(word) => {
                inside |= word == "impl";
                false
            }
            TokenTree::Punct(punct) if inside => match punct.as_char() {
                '&' => !is_next('\''),
                '\'' => matches!(next, Some(TokenTree::Ident(name)) if name == "_"),
                _ => false,
            },
            _ => false,
        }
    })
}

/// Where the type is that a function gives back.
pub(crate) fn output_span(sig: &Signature) -> Span {
    match &sig.output {
        ReturnType::Default => sig.paren_token.span.close(),
        ReturnType::Type(_, ty) => ty.span(),
    }
}

/// `!`, which only stands behind an arrow: what a function pointer gives back.
pub(crate) fn never(p: &Tokens) -> TokenStream {
    quote!(<fn() -> ! as #p::GivesBack>::Type)
}

/// What rustc and clippy say of functions and blocks, but not of the async function that this was.
pub(crate) fn pardon(sig: &Signature, given: &Given) -> Option<TokenStream> {
    const LIKE_TRAITS: [&str; 12] =
        ["add", "clone", "cmp", "default", "from_iter", "from_str", "into_iter", "mul", "neg", "next", "not", "shl"];
    let mut lints = Vec::new();
    // A captured variable that is assigned to, and not looked at again, they find assigned in vain.
    if let Some(FnArg::Receiver(this)) = sig.inputs.first()
        && this.mutability.is_some()
        && this.reference.is_none()
    {
        lints.push(quote!(unused_assignments));
    }
    if LIKE_TRAITS.iter().any(|name| sig.ident == name) {
        lints.push(quote!(clippy::should_implement_trait));
    }
    let may_be_future = match given {
        Given::Typed(ty) => matches!(Written::of(ty), Written::Whole | Written::Object | Written::Other),
        Given::Opaque | Given::Inferred => true,
        Given::Unit | Given::Never => false,
    };
    if may_be_future {
        lints.push(quote!(clippy::async_yields_async));
    }
    (!lints.is_empty()).then(|| quote!(#![allow(#(#lints),*)]))
}
