//! Functions that begin with a lock held, though no guard is among their parameters.

use crate::head::Head;
use crate::tokens::Bare as _;
use crate::weave::Weaver;
use crate::weave::sources::{self, learnt};
use proc_macro2::TokenTree;

/// Whether a function may be called with a lock held, by what it is in, or what calls it.
pub(crate) fn is_called_with_lock(weaver: &Weaver<'_>, head: &Head) -> bool {
    let is_self = |token: TokenTree| matches!(token, TokenTree::Ident(word) if word == "self");
    let has_self = || head.inputs.clone().into_iter().any(is_self);
    learnt::has_holders() && has_self() && is_of_holder(weaver, head) || makes_static(weaver, head)
}

/// Whether a function is one of a type that holds the guard of a lock.
pub(crate) fn is_of_holder(weaver: &Weaver<'_>, head: &Head) -> bool {
    if !learnt::has_holders() {
        return false;
    }
    let item = item_around(weaver, head);
    // `impl Deref for Lease<'_>`, `<Lease<'_> as Deref>`
    let ty = item.split_once(" for ").map_or(item.as_str(), |(_, ty)| ty);
    let ty = ty.split(" as ").next().unwrap_or_default();
    ty.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| learnt::any_holder(|holder| holder == word))
}

/// Whether a function may be called to make a static: that is as a lock, to a `Debug` that asks for it.
fn makes_static(weaver: &Weaver<'_>, head: &Head) -> bool {
    learnt::makes_static(&head.name.bare(), || item_around(weaver, head))
}

/// The `impl` or trait that a function is in.
fn item_around(weaver: &Weaver<'_>, head: &Head) -> String {
    let item = if weaver.is_alone() {
        sources::head_around(head.name.span())
    } else {
        weaver.names.iter().rev().nth(1).cloned()
    };
    item.unwrap_or_default()
}
