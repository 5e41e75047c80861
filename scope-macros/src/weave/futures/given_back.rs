//! Async functions that give their future back, as rustc has each of them do: their signatures, and which may have such a one.

use super::refused;
use crate::attr::Attr;
use crate::tokens::Tokens;
use crate::weave::assemble::Pieces;
use crate::weave::exits::expression::Given;
use crate::weave::values::value::Written;
use crate::weave::{Weaver, line};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    FnArg, GenericParam, Lifetime, LifetimeParam, ParenthesizedGenericArguments, ReturnType, Signature, Type,
    TypeBareFn, TypeImplTrait, TypeReference,
};

/// Whether an async function may become one that gives a future back: everything that sees it takes it for the same.
pub(crate) fn may_give_back(weaver: &Weaver<'_>, pieces: &Pieces<'_>) -> bool {
    let sig = &pieces.head.sig;
    let seen_by_others = weaver.is_seen_by_others(pieces.item);
    // `main` may not be async, types must say their lifetimes, and a public trait had better have no such function: that is rustc's to say.
    !(seen_by_others || weaver.is_in_trait() || sig.ident == "main" || refused::elides(sig))
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
    name_lifetimes(sig);
    sig.asyncness = None;
    sig.output = ReturnType::Type(Default::default(), Box::new(Type::Verbatim(future)));
}

/// Lifetimes without a name stand in an argument's `impl` of async functions alone: they get one.
fn name_lifetimes(sig: &mut Signature) {
    let mut named = Named::default();
    for input in &mut sig.inputs {
        named.visit_fn_arg_mut(input);
    }
    let at = sig.generics.lifetimes().count();
    for (index, name) in named.names.into_iter().enumerate() {
        sig.generics.params.insert(at + index, GenericParam::Lifetime(LifetimeParam::new(name)));
    }
}

/// Names lifetimes.
#[derive(Default)]
struct Named {
    names: Vec<Lifetime>,
    in_impl: bool,
}

impl Named {
    fn fresh(&mut self, place: Span) -> Lifetime {
        let name = Lifetime::new(&format!("'__lifetime{}", self.names.len()), line::here(place));
        self.names.push(name.clone());
        name
    }
}

impl VisitMut for Named {
    fn visit_type_impl_trait_mut(&mut self, ty: &mut TypeImplTrait) {
        let was = std::mem::replace(&mut self.in_impl, true);
        visit_mut::visit_type_impl_trait_mut(self, ty);
        self.in_impl = was;
    }

    fn visit_type_reference_mut(&mut self, ty: &mut TypeReference) {
        if self.in_impl && ty.lifetime.is_none() {
            ty.lifetime = Some(self.fresh(ty.and_token.span));
        }
        visit_mut::visit_type_reference_mut(self, ty);
    }

    fn visit_lifetime_mut(&mut self, lifetime: &mut Lifetime) {
        if self.in_impl && lifetime.ident == "_" {
            *lifetime = self.fresh(lifetime.span());
        }
    }

    // Theirs is any lifetime: `for<'a> Fn(&'a u8)`.
    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut ParenthesizedGenericArguments) {}
    fn visit_type_bare_fn_mut(&mut self, _: &mut TypeBareFn) {}
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
pub(crate) fn pardon(sig: &Signature, given: &Given) -> Option<Attr> {
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
    (!lints.is_empty()).then(|| Attr::allow(quote!(#(#lints),*)))
}
