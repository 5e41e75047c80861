//! Async functions: the body becomes a future inside, which the run time watches while it is polled.
//!
//! The arguments move into that future, also those that the body does not name, so that all of them die in the order in which
//! they always did: locals, then arguments from the last to the first. (A future drops what it captured in the order in which
//! its code first mentions it.)

use super::expression::Given;
use super::function::{Pieces, braced, entry, typed};
use super::{Weaver, pattern};
use crate::check::any_token;
use crate::site::own;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::Resolved;
use syn::visit_mut::{self, VisitMut};
use syn::{FnArg, Pat, ReturnType, Type};

/// Whether the tail of a function may need to know its type from the signature, which can't be written down again: a closure literal
/// gets the types of its arguments from `impl Fn(..)`.
pub(crate) fn needs_its_type(output: &ReturnType) -> bool {
    let mut hides = false;
    let mut calls = false;
    any_token(&output.to_token_stream(), &mut |token, _| {
        if let TokenTree::Ident(ident) = token {
            hides |= ident == "impl";
            calls |= ident.to_string().ends_with("Fn") || ident == "FnMut" || ident == "FnOnce";
        }
        false
    });
    hides && calls
}

/// Whether a parameter gets another pattern: its own is for the future inside.
pub(crate) fn is_replaced(pat: &Pat) -> bool {
    match pat {
        Pat::Ident(ident) => ident.by_ref.is_some() || ident.subpat.is_some() || pattern::single(pat).is_none(),
        _ => true,
    }
}

/// The name of parameter `index` where its own pattern is replaced.
pub(crate) fn replacement(index: usize) -> Ident {
    own(&format!("__arg{index}"))
}

/// The parameters: the new signature, what captures them, what takes them apart.
struct Parameters {
    head: TokenStream,
    mentions: TokenStream,
    lets: TokenStream,
}

fn parameters(pieces: &Pieces<'_>) -> Parameters {
    let mut sig = pieces.head.sig.clone();
    let (mut mentions, mut lets) = (Vec::new(), TokenStream::new());
    // Locals die before what was captured: from the first pattern on, all arguments become locals.
    let mut apart = false;
    let mut replaced = false;
    for (index, input) in sig.inputs.iter_mut().enumerate() {
        match input {
            FnArg::Receiver(receiver) => {
                let this = &receiver.self_token;
                mentions.push(quote!(let _ = &#this;));
            }
            FnArg::Typed(arg) => {
                let Some(cfgs) = pattern::cfgs(&arg.attrs) else { continue };
                if is_replaced(&arg.pat) {
                    replaced = true;
                    let (name, pat) = (replacement(index), &arg.pat);
                    mentions.push(quote!(#cfgs let _ = &#name;));
                    if !matches!(&**pat, Pat::Wild(_)) {
                        apart = true;
                        lets.extend(quote!(#cfgs let #pat = #name;));
                    } else if apart {
                        lets.extend(quote!(#cfgs let #name = #name;));
                    }
                    *arg.pat = Pat::Verbatim(name.to_token_stream());
                } else if let Some(single) = pattern::single(&arg.pat) {
                    let name = &single.ident;
                    mentions.push(quote!(#cfgs let _ = &#name;));
                    if apart {
                        let pat = &arg.pat;
                        lets.extend(quote!(#cfgs let #pat = #name;));
                    }
                }
            }
        }
    }
    let head = if replaced {
        let (vis, default) = (&pieces.head.vis, &pieces.head.default);
        quote!(#vis #default #sig)
    } else {
        pieces.item.head.clone()
    };
    Parameters { head, mentions: mentions.into_iter().rev().collect(), lets }
}

/// An async function.
pub(crate) fn assemble(weaver: &Weaver<'_>, resolved: &Resolved, pieces: Pieces<'_>) -> TokenStream {
    let p = &weaver.p;
    let Parameters { head, mentions, lets } = parameters(&pieces);
    let Pieces { item, inner, body, unit, given, record_return, calls, mut items, args, .. } = pieces;
    let ty = written(&given, &pieces.head.sig.output, &mut items);
    let ret = own("__ret");
    // Tells the future its type before the first `return` or `?` has to guess it.
    let edge = ty.as_ref().map(|ty| quote!(if false { let #ret: #ty = loop {}; return #ret; }));
    let call = (calls || record_return.is_some()).then(|| {
        let (call, sites) = (own("__call"), own("__SITES"));
        quote!(let #call = #p::TaskCall::current(&#sites);)
    });
    let value = match ty {
        Some(ty) => typed(&ty, record_return, &unit, body, p),
        None => unit.without_value(quote!({ #body }), p),
    };
    let content = if resolved.probes.boundaries {
        let task = own("__task");
        let entry = entry(weaver, resolved, &args, "enter_task", "task_entry");
        quote! {
            #inner #items
            let #task = #entry;
            #p::Traced::new(#task, async move { #call #mentions #lets #edge #value }).await
        }
    } else {
        quote!(#inner #items #value)
    };
    let head = if resolved.probes.boundaries { &head } else { &item.head };
    braced(item, head, content)
}

/// The type of the future's value, as far as it can be written down. `None`: `()`.
fn written(given: &Given, output: &ReturnType, items: &mut TokenStream) -> Option<TokenStream> {
    match given {
        Given::Unit => None,
        Given::Typed(ty) => Some(ty.clone()),
        Given::Opaque => {
            let ReturnType::Type(_, ty) = output else { return None };
            let mut ty = ty.clone();
            Placeholders.visit_type_mut(&mut ty);
            Some(ty.to_token_stream())
        }
        Given::Never => {
            // `!` can't be written as a type of a variable, but as what a function pointer gives back.
            let (never, ty) = (own("__Never"), own("__T"));
            items.extend(quote! {
                trait #never { type Type; }
                impl<#ty> #never for fn() -> #ty { type Type = #ty; }
            });
            Some(quote!(<fn() -> ! as #never>::Type))
        }
    }
}

/// Puts `_` for what has no name.
struct Placeholders;

impl VisitMut for Placeholders {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::ImplTrait(_) | Type::Macro(_) => {
                *ty = Type::Infer(syn::TypeInfer { underscore_token: Default::default() })
            }
            other => visit_mut::visit_type_mut(self, other),
        }
    }
}
