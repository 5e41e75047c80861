//! Async functions.
//!
//! The body stays in its place, behind what records the entry, and each `.await` is watched. Where a macro may hide one (`select!`), the
//! body becomes an async block, which is watched while it is polled. The function then gives that back as its future, as rustc has it do:
//! awaited inside, the arguments would be in the future twice. Only where another macro may look for an `async fn`, or rustc for what it wants of
//! one, it stays one: then the block is boxed.
//!
//! In all cases arguments are moved once more, so that all of them die in the order in which they always did: locals, then arguments
//! from the last to the first; but from the first on where the future was never polled. (A block captures in the order in which its code first
//! mentions what it captures, and drops in that order.)

use super::blocks::at;
use super::given_back::{give_back, may_give_back, never, output_span, pardon};
use crate::check::any_token;
use crate::item::{FnHead, Item};
use crate::site::own;
use crate::tokens::Tokens;
use crate::weave::arguments::{Arg, slow, task_entry};
use crate::weave::assemble::{Pieces, braced, ending, no_value, shown};
use crate::weave::exits::declared::{Declared, told};
use crate::weave::exits::expression::Given;
use crate::weave::{Weaver, line, pattern};
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use scope_plan::Resolved;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, FnArg, Pat, ReturnType, Signature, Type};

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

/// The parameters of an async function, on their way to its body.
struct Parameters {
    /// The function's signature, with other patterns.
    sig: Signature,
    /// Whether it is another one than before.
    changed: bool,
    /// Captures all of them. A future that is given back drops them in this order if it is never polled.
    mentions: TokenStream,
    /// Takes them apart.
    lets: TokenStream,
    /// Those whose values are looked at where they are gone before the first `await`.
    rebound: Vec<Rebound>,
}

/// A parameter that is moved once more.
struct Rebound {
    from: TokenStream,
    /// Its name while it is looked at.
    name: TokenStream,
    /// What it is bound to behind.
    pat: TokenStream,
}

/// Where the body of an async function is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Where it was.
    Function,
    /// In an async block that captures the parameters, and that the function awaits.
    Awaited,
    /// In one that the function gives back.
    GivenBack,
}

fn parameters(pieces: &Pieces<'_>, body: Place) -> Parameters {
    let inside = body != Place::Function;
    let mut sig = pieces.head.sig.clone();
    let (mut mentions, mut lets, mut rebound) = (Vec::new(), TokenStream::new(), Vec::new());
    let shadows = quote!(#[allow(
        clippy::no_effect_underscore_binding, clippy::shadow_reuse, clippy::shadow_same, clippy::used_underscore_binding
    )]);
    let is_seen = |name: &str| pieces.args.iter().any(|arg| arg.is_called(name));
    // Locals die before what was captured: from the first pattern on, all arguments become locals. Of a future that is given back all are,
    // which is how rustc has them.
    let mut apart = match body {
        Place::Function => !sig.inputs.iter().all(|input| is_simple(input, &is_seen)),
        Place::Awaited => false,
        Place::GivenBack => true,
    };
    let mut changed = false;
    for (index, input) in sig.inputs.iter_mut().enumerate() {
        let arg = match input {
            FnArg::Receiver(receiver) => {
                let this = receiver.self_token;
                mentions.push(quote!(let _ = &#this;));
                // Nothing but `self` can be called `self`: it gets its value back.
                if !inside && receiver.reference.is_none() && is_seen("self") {
                    changed |= receiver.mutability.replace(Default::default()).is_none();
                    let name = own("__self").to_token_stream();
                    lets.extend(quote!(#[allow(unused_assignments)] { #this = #name; }));
                    rebound.push(Rebound { from: this.to_token_stream(), pat: name.clone(), name });
                }
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
                let borrows =
                    pattern::bound(&pat).iter().any(|bound| bound.by_ref.is_some() && bound.mutability.is_some());
                let mutable = borrows.then(|| quote!(mut));
                lets.extend(quote!(#cfgs #shadows let #mutable #name = #name;));
            }
            if !is_wild {
                let lints = lints(&mut arg.attrs);
                lets.extend(quote!(#cfgs #(#lints)* let #pat = #name;));
            }
            (name.to_token_stream(), name.to_token_stream())
        } else {
            let Some(single) = pattern::single(&arg.pat) else { continue };
            let (name, pat) = (single.ident.to_token_stream(), single.to_token_stream());
            // A local may be given a borrow of another local, what was captured may not.
            apart |= inside && single.mutability.is_some();
            if apart {
                let lints = lints(&mut arg.attrs);
                changed |= !lints.is_empty();
                lets.extend(quote!(#cfgs #shadows #(#lints)* let #pat = #name;));
            }
            (name, if apart { single.ident.to_token_stream() } else { pat })
        };
        mentions.push(quote!(#cfgs #[allow(clippy::used_underscore_binding)] let _ = &#name;));
        let seen = is_seen(&name.to_string()) && cfgs.is_empty();
        if (seen || apart)
            && let Pat::Ident(ident) = &mut *arg.pat
        {
            // The `mut` goes where the value goes.
            changed |= ident.mutability.take().is_some();
        }
        if seen {
            rebound.push(Rebound { from: name.clone(), name, pat });
        }
    }
    if body == Place::Awaited {
        mentions.reverse();
    }
    Parameters { sig, changed, mentions: mentions.into_iter().collect(), lets, rebound }
}

/// A function's head with another signature.
fn with_signature(head: &FnHead, sig: &Signature) -> TokenStream {
    let (vis, default) = (&head.vis, &head.default);
    quote!(#vis #default #sig)
}

/// Takes what is said of lints: it goes where the pattern goes.
fn lints(attrs: &mut Vec<Attribute>) -> Vec<Attribute> {
    let is_lint = |attr: &Attribute| ["allow", "deny", "expect", "warn"].iter().any(|name| attr.path().is_ident(name));
    let lints = attrs.iter().filter(|attr| is_lint(attr)).cloned().collect();
    attrs.retain(|attr| !is_lint(attr));
    lints
}

/// Whether a parameter is an argument in the entry's record as it is.
fn is_simple(input: &FnArg, is_seen: &dyn Fn(&str) -> bool) -> bool {
    match input {
        FnArg::Receiver(_) => true,
        FnArg::Typed(arg) => {
            let name = pattern::single(&arg.pat).map(|single| single.ident.to_string());
            arg.attrs.is_empty() && !is_replaced(&arg.pat) && name.is_some_and(|name| is_seen(&name))
        }
    }
}

/// Records the entry; gives the task.
///
/// A future keeps every local that was borrowed until it goes out of scope. So arguments are looked at where they go out of scope at
/// once.
fn begin(weaver: &Weaver<'_>, resolved: &Resolved, args: &[Arg], task: &Ident, rebound: &[Rebound]) -> TokenStream {
    if rebound.is_empty() {
        let entry = task_entry(weaver, resolved, args);
        return quote!(#[allow(clippy::used_underscore_binding)] let #task = #entry;);
    }
    let args: Vec<Arg> = args
        .iter()
        .map(|arg| {
            let moved = rebound.iter().find(|_| arg.name == "self").filter(|first| first.from.to_string() == "self");
            let place = moved.map_or_else(|| arg.place.clone(), |moved| Tokens::of(moved.name.clone()));
            Arg { place, ..arg.clone() }
        })
        .collect();
    let entry = task_entry(weaver, resolved, &args);
    let (from, names) = (rebound.iter().map(|r| &r.from), rebound.iter().map(|r| &r.name).collect::<Vec<_>>());
    let pats = rebound.iter().map(|r| &r.pat);
    quote! {
        #[allow(clippy::used_underscore_binding, clippy::shadow_reuse, clippy::shadow_same)]
        let (#task, #(#pats),*) = {
            let (#(#names,)*) = (#(#from,)*);
            let #task = #entry;
            (#task, #(#names),*)
        };
    }
}

/// The beginning of an async function whose body stays in its place: its head, and what moves the arguments and records the entry.
pub(crate) fn enter(weaver: &Weaver<'_>, resolved: &Resolved, pieces: &Pieces<'_>) -> (TokenStream, TokenStream) {
    let call = own("__call");
    // Behind a reference nothing need be moved.
    if pieces.args.iter().all(Arg::is_behind_reference) {
        return (pieces.item.head.to_token_stream(), begin(weaver, resolved, &pieces.args, &call, &[]));
    }
    let Parameters { sig, changed, lets, rebound, .. } = parameters(pieces, Place::Function);
    let begin = begin(weaver, resolved, &pieces.args, &call, &rebound);
    let head = if changed { with_signature(&pieces.head, &sig) } else { pieces.item.head.to_token_stream() };
    (head, quote!(#begin #lets))
}

/// An async function whose body becomes a future inside.
pub(crate) fn assemble(weaver: &Weaver<'_>, resolved: &Resolved, pieces: Pieces<'_>) -> TokenStream {
    let p = &weaver.p;
    let place = if may_give_back(weaver, &pieces) { Place::GivenBack } else { Place::Awaited };
    let Parameters { mut sig, mentions, lets, .. } = parameters(&pieces, place);
    let is_held = place == Place::Awaited && holds(&sig);
    let Pieces { item, head, inner, body, tail, picks, given, record_return, bounded, items, args, .. } = pieces;
    let ty = written(&given, &head.sig.output, p);
    // Tells the future its type before the first `return` or `?` has to guess it. Of `!` there is nothing to guess.
    let guessed = ty.as_ref().filter(|_| !matches!(given, Given::Never));
    let edge = guessed.map(|ty| told(p, ty));
    let value = match &ty {
        Some(ty) if record_return.is_some() || !picks.is_empty() || tail.may_lend() => {
            shown(p, Declared::As(ty, bounded), record_return, &picks, &body, tail.in_full())
        }
        Some(_) => Tokens(vec![body]),
        None => {
            let mut body = ending(weaver, false, Tokens(vec![body]));
            body.append(record_return.unwrap_or_else(no_value));
            picks.without_value(body, p)
        }
    };
    let slow = slow(resolved);
    if !resolved.probes.boundaries {
        return braced(item, &item.head, quote!(#inner #items #slow #value));
    }
    let pardon = pardon(&sig, &given);
    let entry = task_entry(weaver, resolved, &args);
    let content = quote! {
        #mentions
        #[allow(clippy::used_underscore_binding)]
        #p::begun(#entry);
        #lets #edge #value
    };
    // What is wrong with the future is reported where its type is.
    let span = line::here(output_span(&sig));
    let mut block = Group::new(Delimiter::Brace, content);
    block.set_span(span);
    let block = quote_spanned!(span=> async move #block);
    let way = match lent(&head.sig.output) {
        _ if is_held => quote!(boxed),
        Some(ty) if place == Place::GivenBack => quote!(giving::<#ty>),
        _ => quote!(beginning),
    };
    // What it gives back in vain is reported where its value begins.
    let (watched, args) = (at(tail.begin, quote!(#p::Traced::)), at(tail.begin, quote!((&__SITES, #block))));
    let mut future = quote!(#watched #way #args);
    if place == Place::GivenBack {
        give_back(&mut sig, p);
        if !slow.is_empty() {
            future = quote!(#p::Timed::new(&__SITES, #future));
        }
    } else {
        future = quote!(#slow #future.await);
    }
    let attrs = item.attrs.iter().cloned().chain(pardon).collect();
    let item = Item { attrs, ..item.clone() };
    braced(&item, &with_signature(&head, &sig), quote!(#inner #items #future))
}

/// Whether an async function has arguments whose size matters: those of its future stay in it to the end, wherever they were moved.
fn holds(sig: &Signature) -> bool {
    let is_reference = |input: &FnArg| matches!(input, FnArg::Receiver(receiver) if receiver.reference.is_some());
    !sig.inputs.iter().all(is_reference)
}

/// The type of the future's value, as far as it can be written down. `None`: `()`.
fn written(given: &Given, output: &ReturnType, p: &Tokens) -> Option<TokenStream> {
    match given {
        Given::Unit => None,
        Given::Typed(ty) => Some(ty.clone()),
        Given::Opaque | Given::Inferred => as_far_as_written(output),
        Given::Never => Some(never(p)),
    }
}

fn as_far_as_written(output: &ReturnType) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = output else { return None };
    let mut ty = ty.clone();
    Placeholders.visit_type_mut(&mut ty);
    Some(ty.to_token_stream())
}

/// The type of the value of a function that names a lifetime in it.
fn lent(output: &ReturnType) -> Option<TokenStream> {
    let is_name = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'');
    let anonymous = |next: Option<&TokenTree>| matches!(next, Some(TokenTree::Ident(name)) if name == "_");
    let ty = as_far_as_written(output)?;
    any_token(&ty, &mut |token, next| is_name(token) && !anonymous(next)).then_some(ty)
}

/// Puts `_` for what has no name.
struct Placeholders;

impl VisitMut for Placeholders {
    fn visit_type_mut(&mut self, ty: &mut Type) {
        match ty {
            Type::ImplTrait(_) | Type::Macro(_) => {
                *ty = Type::Infer(syn::TypeInfer { underscore_token: Default::default() })
            }
            Type::Paren(inside) if matches!(*inside.elem, Type::ImplTrait(_)) => {
                *ty = (*inside.elem).clone();
                self.visit_type_mut(ty);
            }
            other => visit_mut::visit_type_mut(self, other),
        }
    }
}
