//! The type of what a function gives back, written once more: for the variable that holds the value meanwhile.

use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::values::captures;
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Type;
use syn::visit_mut::{self, VisitMut};

/// How a type is written again.
pub(crate) enum As {
    /// As the user's own is.
    Theirs,
    Ours,
    /// In a trait's `impl` for the type of this name.
    InTraitOf(String),
}

/// The type, once more.
pub(super) fn again(ty: &Type, how: As) -> TokenStream {
    let mut ty = ty.clone();
    Lifetimes::default().visit_type_mut(&mut ty);
    whole(&ty, how)
}

/// The type, once more, with its lifetimes.
pub(super) fn whole(ty: &Type, how: As) -> TokenStream {
    let ty = ty.to_token_stream();
    match how {
        As::Theirs => ty,
        As::Ours => ours(ty, None),
        As::InTraitOf(name) => ours(ty, Some(&name)),
    }
}

/// The names of the lifetimes in a type that [`again`] leaves open.
pub(super) fn named_lifetimes(ty: &Type) -> Vec<String> {
    let mut lifetimes = Lifetimes::default();
    lifetimes.visit_type_mut(&mut ty.clone());
    lifetimes.names
}

/// Associated types of std's traits. Of an unknown `IntoIter<T>` rustc offers `Self::IntoIter`, by the place of all of it, and that is ours where its end is.
const ASSOCIATED: [&str; 7] = ["IntoIter", "Item", "Output", "Target", "Error", "Err", "Owned"];

/// A type as one of ours: some lints look at every type that is written down, but for the signatures of a trait's methods. Where they look
/// at the signature, too, the user's own type is found twice at one place, and so is what is wrong with it: that is reported once.
///
/// A lifetime stays the user's: it would be another one.
///
/// In a trait's `impl` the names in it stay the user's, too, but for that of the `implementor`, which clippy would have as `Self`, and those of
/// [`ASSOCIATED`].
///
/// In older editions `Box<Trait>` means something else than in ours: only the beginning of a type is made ours there.
fn ours(ty: TokenStream, implementor: Option<&str>) -> TokenStream {
    let theirs = |token: &TokenTree| match (token, implementor) {
        (TokenTree::Ident(ident), Some(name)) if captures::precise() => {
            ident != name && !ASSOCIATED.iter().any(|name| ident == name)
        }
        _ => false,
    };
    let stays = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "gen" || ident == "$crate");
    if any_token(&ty, &mut |token, _| stays(token)) || captures::oldest() && begins_otherwise(&ty) {
        return ty;
    }
    let most = if captures::precise() { usize::MAX } else { 1 };
    let mut is_lifetime = false;
    let each = ty.into_iter().enumerate().map(|(at, mut token)| {
        let quote = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '\'');
        let behind_quote = std::mem::replace(&mut is_lifetime, quote);
        if at >= most || is_lifetime || behind_quote || theirs(&token) {
            return token;
        }
        let span = token.span().resolved_at(Span::mixed_site());
        if let TokenTree::Group(group) = &token
            && captures::precise()
        {
            token = Group::new(group.delimiter(), ours(group.stream(), implementor)).into();
        }
        token.set_span(span);
        token
    });
    each.collect()
}

/// Whether a type begins with what means something else in the edition of 2015.
fn begins_otherwise(ty: &TokenStream) -> bool {
    match ty.clone().into_iter().next() {
        Some(TokenTree::Punct(first)) => first.as_char() == ':',
        Some(TokenTree::Ident(first)) => ["async", "await", "dyn", "try"].iter().any(|word| first == word),
        _ => false,
    }
}

/// Leaves the lifetimes in a type open: the signature has them, and what is wrong with them is then reported where the value is given
/// back, as without us.
#[derive(Default)]
struct Lifetimes {
    /// Of those that had one.
    names: Vec<String>,
}

impl VisitMut for Lifetimes {
    fn visit_lifetime_mut(&mut self, lifetime: &mut syn::Lifetime) {
        if lifetime.ident != "_" {
            self.names.push(lifetime.ident.bare());
        }
        *lifetime = syn::Lifetime::new("'_", lifetime.span());
    }

    // `<T as Trait<'a>>::Out`: which of several it is may hang on the lifetime.
    fn visit_type_path_mut(&mut self, path: &mut syn::TypePath) {
        if path.qself.is_none() {
            visit_mut::visit_type_path_mut(self, path);
        }
    }

    // What is left open among the arguments of a function type is open for each call.
    fn visit_type_bare_fn_mut(&mut self, _: &mut syn::TypeBareFn) {}
    fn visit_trait_bound_mut(&mut self, _: &mut syn::TraitBound) {}
    fn visit_parenthesized_generic_arguments_mut(&mut self, _: &mut syn::ParenthesizedGenericArguments) {}
}
