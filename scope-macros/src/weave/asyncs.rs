//! Async functions: the body becomes a future inside, which the run time watches while it is polled.
//!
//! The arguments move into that future, also those that the body does not name, so that all of them die in the order in which
//! they always did: locals, then arguments from the last to the first. (A future drops what it captured in the order in which
//! its code first mentions it.)

use super::expression::Given;
use super::function::{Arg, Pieces, braced, entry, typed};
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

/// The parameters of an async function, on their way into the future inside.
struct Parameters {
    /// The function's head, with other patterns.
    head: TokenStream,
    /// Captures all of them.
    mentions: TokenStream,
    /// Takes them apart.
    lets: TokenStream,
    /// Those whose values may be looked at on a copy that is gone before the first `await`: name and pattern.
    rebound: Vec<(TokenStream, TokenStream)>,
}

fn parameters(pieces: &Pieces<'_>) -> Parameters {
    let mut sig = pieces.head.sig.clone();
    let (mut mentions, mut lets, mut rebound) = (Vec::new(), TokenStream::new(), Vec::new());
    // Locals die before what was captured: from the first pattern on, all arguments become locals.
    let mut apart = false;
    let mut changed = false;
    for (index, input) in sig.inputs.iter_mut().enumerate() {
        let arg = match input {
            FnArg::Receiver(receiver) => {
                let this = &receiver.self_token;
                mentions.push(quote!(let _ = &#this;));
                continue;
            }
            FnArg::Typed(arg) => arg,
        };
        let Some(cfgs) = pattern::cfgs(&arg.attrs) else { continue };
        let (name, pat) = if is_replaced(&arg.pat) {
            let name = replacement(index);
            let pat = std::mem::replace(&mut *arg.pat, Pat::Verbatim(name.to_token_stream()));
            changed = true;
            let is_wild = matches!(pat, Pat::Wild(_));
            apart |= !is_wild;
            if apart {
                lets.extend(quote!(#cfgs let #name = #name;));
            }
            if !is_wild {
                lets.extend(quote!(#cfgs let #pat = #name;));
            }
            (name.to_token_stream(), name.to_token_stream())
        } else {
            let Some(single) = pattern::single(&arg.pat) else { continue };
            let (name, pat) = (single.ident.to_token_stream(), single.to_token_stream());
            if apart {
                lets.extend(quote!(#cfgs let #pat = #name;));
            }
            (name, if apart { single.ident.to_token_stream() } else { pat })
        };
        mentions.push(quote!(#cfgs #[allow(clippy::used_underscore_binding)] let _ = &#name;));
        let seen = pieces.args.iter().any(|arg| arg.place.to_string() == name.to_string());
        let seen = seen && cfgs.is_empty();
        if (seen || apart)
            && let Pat::Ident(ident) = &mut *arg.pat
        {
            // The `mut` goes where the value goes.
            changed |= ident.mutability.take().is_some();
        }
        if seen {
            rebound.push((name, pat));
        }
    }
    let head = if changed {
        let (vis, default) = (&pieces.head.vis, &pieces.head.default);
        quote!(#vis #default #sig)
    } else {
        pieces.item.head.clone()
    };
    Parameters { head, mentions: mentions.into_iter().rev().collect(), lets, rebound }
}

/// Records the entry; gives the task.
///
/// A future keeps every local that was borrowed until it goes out of scope, and these are about to be in the future inside, too. So
/// they are looked at where they go out of scope at once.
fn begin(
    weaver: &Weaver<'_>,
    resolved: &Resolved,
    args: &[Arg],
    rebound: &[(TokenStream, TokenStream)],
) -> TokenStream {
    let task = own("__task");
    let entry = entry(weaver, resolved, args, ["task_entry", "begin_task", "enter_task"]);
    if rebound.is_empty() {
        return quote!(#[allow(clippy::used_underscore_binding)] let #task = #entry;);
    }
    let (names, pats): (Vec<_>, Vec<_>) = rebound.iter().cloned().unzip();
    quote! {
        #[allow(clippy::used_underscore_binding, clippy::shadow_reuse)]
        let (#task, #(#pats),*) = {
            let (#(#names,)*) = (#(#names,)*);
            let #task = #entry;
            (#task, #(#names),*)
        };
    }
}

/// An async function.
pub(crate) fn assemble(weaver: &Weaver<'_>, resolved: &Resolved, pieces: Pieces<'_>) -> TokenStream {
    let p = &weaver.p;
    let Parameters { head, mentions, lets, rebound } = parameters(&pieces);
    let Pieces { item, inner, body, tail, picks, given, record_return, calls, mut items, args, .. } = pieces;
    let ty = written(&given, &pieces.head.sig.output, &mut items);
    let ret = own("__ret");
    // Tells the future its type before the first `return` or `?` has to guess it.
    let edge =
        ty.as_ref().map(|ty| quote!(#[allow(unreachable_code)] if false { let #ret: #ty = loop {}; return #ret; }));
    let call = (calls || record_return.is_some()).then(|| {
        let (call, sites) = (own("__call"), own("__SITES"));
        quote!(let #call = #p::TaskCall::current(&#sites);)
    });
    let value = match ty {
        Some(ty) if record_return.is_some() || !picks.is_empty() => typed(&ty, record_return, &picks, body, tail, p),
        Some(_) => body,
        None => picks.without_value(quote!(#body #record_return), p),
    };
    let content = if resolved.probes.boundaries {
        let (task, begin) = (own("__task"), begin(weaver, resolved, &args, &rebound));
        quote! {
            #inner #items #begin
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
