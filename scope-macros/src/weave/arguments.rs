//! The record of an entry: which arguments it holds, and the code that makes it.

use super::value::{self, Way, Written};
use super::{Weaver, asyncs, pattern};
use crate::item::FnHead;
use crate::site::own;
use crate::tokens::Tokens;
use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote};
use scope_plan::Resolved;
use syn::FnArg;
use syn::ext::IdentExt;

/// An argument in the entry record.
#[derive(Clone)]
pub(crate) struct Arg {
    /// The `#[cfg]`s of the parameter.
    pub(crate) cfgs: Tokens,
    /// The parameter's own token: `self` of a macro's making is not any `self`.
    pub(crate) place: TokenStream,
    pub(crate) name: String,
    pub(crate) written: Written,
    /// Whether it is a reference for sure.
    pub(crate) is_reference: bool,
}

/// The arguments to capture: each name that is bound, in order.
pub(crate) fn captured(weaver: &Weaver<'_>, head: &FnHead, is_async: bool) -> Vec<Arg> {
    let mut args: Vec<Arg> = Vec::new();
    for (index, input) in head.sig.inputs.iter().enumerate() {
        match input {
            FnArg::Receiver(receiver) => {
                let cfgs = pattern::cfgs(&receiver.attrs);
                let this = &receiver.self_token;
                // What is borrowed is kept in the future: the reference itself need not be.
                let place = if is_async && receiver.reference.is_some() { quote!(*#this) } else { quote!(#this) };
                let is_reference = !is_async && receiver.reference.is_some();
                let written = Written::Whole;
                args.extend(cfgs.map(|cfgs| Arg { cfgs, place, name: "self".to_owned(), written, is_reference }));
            }
            FnArg::Typed(arg) => {
                let Some(cfgs) = pattern::cfgs(&arg.attrs) else { continue };
                if is_async && asyncs::is_replaced(&arg.pat) {
                    // Taken apart later: here it is still whole.
                    if !matches!(&*arg.pat, syn::Pat::Wild(_)) {
                        let name = crate::paths::compact(arg.pat.to_token_stream());
                        let place = asyncs::replacement(index).to_token_stream();
                        args.push(Arg { cfgs, place, name, written: Written::Other, is_reference: false });
                    }
                    continue;
                }
                let whole = pattern::single(&arg.pat).is_some();
                let ty = arg.ty.to_token_stream();
                let written = if whole { Written::of(&ty) } else { Written::Other };
                let is_reference = whole && value::is_reference(&ty);
                for ident in pattern::bindings(&arg.pat) {
                    let name = ident.unraw().to_string();
                    args.push(Arg { cfgs: cfgs.clone(), place: ident.to_token_stream(), name, written, is_reference });
                }
            }
        }
    }
    args.retain(|arg| {
        let ident: Option<Ident> = syn::parse2(arg.place.clone()).ok();
        let itself = arg.name == "self" && weaver.args.skip.iter().any(|skipped| skipped == "self");
        !itself && !ident.is_some_and(|ident| weaver.skips(&ident))
    });
    args
}

/// The names of the probes that record an entry: without arguments, and the first and the last of one with arguments.
pub(crate) type EntryProbes = [&'static str; 3];
pub(crate) const ENTRY: EntryProbes = ["__scope_entry", "__scope_begin_entry", "__scope_enter"];
/// Those that tell of the first line, too.
pub(crate) const ENTRY_LINE: EntryProbes = ["__scope_entry_line", "__scope_begin_entry", "__scope_enter_line"];
/// Those of a call that is polled.
pub(crate) const TASK_ENTRY: EntryProbes = ["__scope_task", "__scope_begin_task", "__scope_enter_task"];

/// What records the entry.
pub(crate) fn entry(weaver: &Weaver<'_>, resolved: &Resolved, args: &[Arg], probes: EntryProbes) -> TokenStream {
    let p = &weaver.p;
    let (sites, entry) = (own("__SITES"), own("__entry"));
    let [plain, begin, finish] = probes.map(own);
    if args.is_empty() {
        return quote!((&#sites).#plain());
    }
    let each = args.iter().map(|Arg { cfgs, place, name, written, is_reference }| {
        if resolved.redacts(name) {
            return quote!(#cfgs #entry.__scope_redacted(););
        }
        let written = if resolved.is_opaque(name) { &Written::Object } else { written };
        let seen = value::borrowed(place);
        match Way::of(p, place, *written, *is_reference) {
            Way::Number => quote!(#cfgs #entry.__scope_number(#seen);),
            Way::By(strategy) => quote!(#cfgs #entry.__scope_arg(#seen, #strategy);),
            Way::Direct(looked_at, name) => {
                let record = own(&format!("__scope_{name}_arg"));
                quote!(#cfgs #looked_at.#record(&mut #entry);)
            }
        }
    });
    // Room is kept for each: one that a `#[cfg]` takes away costs the others nothing that they would miss.
    let count = proc_macro2::Literal::usize_unsuffixed(args.len());
    quote!({ let mut #entry = (&#sites).#begin(#count); #(#each)* #entry.#finish() })
}

/// The pardon for looking at `_x`, if there is one.
pub(crate) fn allow_underscores(args: &[Arg]) -> Option<TokenStream> {
    let any = args.iter().any(|arg| arg.place.to_string().starts_with('_'));
    any.then(|| quote!(#[allow(clippy::used_underscore_binding)]))
}
