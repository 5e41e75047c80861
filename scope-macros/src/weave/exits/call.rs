//! The call that a walk is in.

use super::declared::Declared;
use super::expression::Given;
use crate::site::Sites;
use crate::tokens::Tokens;
use crate::weave::futures::handed::Handed;
use crate::weave::values::bounded::Bounds;
use proc_macro2::{Delimiter, Group, Ident, TokenStream};
use std::cell::Cell;

/// How a call is seen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seen {
    /// By what its code holds.
    FromInside,
    /// In the same way, and each `.await` of it is watched.
    AtAwaits,
    /// By what polls it.
    FromOutside,
}

/// A call: of the function, or of an async block in it.
pub(crate) struct Call {
    /// Its name inside its module.
    pub(crate) name: String,
    pub(crate) given: Given,
    /// Its type with lifetimes, where rustc may tell of them.
    pub(crate) like: Option<TokenStream>,
    /// What is known of its places so far.
    pub(crate) sites: Sites,
    /// The name of its `static`, and a borrow of that in parentheses.
    sites_name: Ident,
    sites_borrowed: Group,
    /// Whether anything asked for one of them.
    is_asked: Cell<bool>,
    pub(crate) seen: Seen,
    /// Whether woven code names it.
    pub(crate) calls: bool,
    /// Whether it is that of an async block, or the rest of one there.
    pub(crate) is_block: bool,
    /// What is known of an async block that the call may be handed to. `None`: it is handed to none.
    pub(crate) handed: Option<Handed>,
    /// Whether its type may mean something else where it is left.
    pub(crate) shadowed: bool,
    /// Whether a value was shown whose type is not written again: rustc has to know it otherwise.
    pub(crate) asks: bool,
}

impl Call {
    pub(crate) fn new(name: String, given: Given, seen: Seen, sites_name: Ident) -> Self {
        let (sites, sites_borrowed) = (Sites::default(), borrowed(&sites_name));
        Self {
            name,
            given,
            like: None,
            sites,
            sites_name,
            sites_borrowed,
            is_asked: Cell::new(false),
            seen,
            calls: false,
            is_block: false,
            handed: None,
            shadowed: false,
            asks: false,
        }
    }

    /// How the variable for what it gives back gets its type.
    pub(crate) fn declared(&self, bounds: &Bounds) -> Declared<'_> {
        match &self.given {
            Given::Typed(ty) if !self.shadowed => Declared::of(ty, self.like.as_ref(), bounds.of_type(ty)),
            _ => Declared::Open,
        }
    }

    /// The name of the `static`.
    pub(crate) fn sites_name(&self) -> &Ident {
        self.is_asked.set(true);
        &self.sites_name
    }

    /// Whether code in the call names the `static`.
    pub(crate) fn names_sites(&self) -> bool {
        self.is_asked.get()
    }

    /// Gives the `static` another name.
    pub(crate) fn name_sites(&mut self, name: Ident) {
        self.sites_borrowed = borrowed(&name);
        self.sites_name = name;
    }

    /// `(&SITES)`.
    pub(crate) fn sites(&self) -> Tokens {
        Tokens(vec![self.sites_borrowed().into()])
    }

    pub(crate) fn sites_borrowed(&self) -> Group {
        self.is_asked.set(true);
        self.sites_borrowed.clone()
    }
}

pub(crate) fn borrowed(name: &Ident) -> Group {
    let mut borrowed = Tokens::default();
    borrowed.punct('&');
    borrowed.push(name.clone());
    borrowed.within(Delimiter::Parenthesis)
}
