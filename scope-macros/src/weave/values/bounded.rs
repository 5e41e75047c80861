//! Types with bounds that a parameter of theirs may not keep.
//!
//! rustc says so of the first place in a signature where such a type stands, and again where a value of it is borrowed. What it says twice of one
//! place it shows once: so what looks at the value stands where the type does.

use super::value::is_of_std;
use crate::item::parts;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{FnArg, ReturnType, Signature};

/// Where a type stands that may have bounds: its first token, and its last one.
#[derive(Clone, Copy, Default)]
pub(crate) struct Bounded(Option<(Span, Span)>);

impl Bounded {
    pub(crate) fn is_some(self) -> bool {
        self.0.is_some()
    }

    /// `#p::name(arguments)`, in the place of the type.
    pub(crate) fn call(self, p: &Tokens, name: &str, arguments: Tokens) -> Tokens {
        let mut call = p.clone();
        call.path(name);
        let mut arguments = arguments.within(Delimiter::Parenthesis);
        // A path of the user's own (`crate = path`) has a place already.
        let place = self.0.filter(|_| matches!(p.0.first(), Some(TokenTree::Punct(_))));
        if let Some((begin, end)) = place {
            let first = call.0.iter_mut().take_while(|token| matches!(token, TokenTree::Punct(_)));
            first.for_each(|token| token.set_span(begin));
            call.0.pop();
            call.push(Ident::new(name, end));
            arguments.set_span(end);
        }
        call.push(arguments);
        call
    }
}

/// The types in a signature that may have bounds: the name of each, and where it stands first.
#[derive(Default)]
pub(crate) struct Bounds {
    types: Vec<(String, Bounded)>,
    /// What `Self` is.
    owner: Option<String>,
}

impl Bounds {
    pub(crate) fn of(sig: &Signature, owner: Option<&str>) -> Self {
        let mut bounds = Self { types: Vec::new(), owner: owner.map(str::to_owned) };
        for input in &sig.inputs {
            match input {
                FnArg::Receiver(receiver) => {
                    let (name, this) = (bounds.owner.clone(), receiver.self_token.span);
                    bounds.types.extend(name.map(|name| (name, Bounded(Some((this, this))))));
                }
                FnArg::Typed(arg) => bounds.types.extend(found(&arg.ty.to_token_stream(), owner)),
            }
        }
        if let ReturnType::Type(_, ty) = &sig.output {
            bounds.types.extend(found(&ty.to_token_stream(), owner));
        }
        bounds
    }

    /// Of a type in the signature.
    pub(crate) fn of_type(&self, ty: &TokenStream) -> Bounded {
        let owner = self.owner.as_deref();
        found(ty, owner).map(|(name, _)| self.named(&name)).unwrap_or_default()
    }

    /// Of `self`.
    pub(crate) fn of_self(&self) -> Bounded {
        self.owner.as_deref().map(|name| self.named(name)).unwrap_or_default()
    }

    fn named(&self, name: &str) -> Bounded {
        self.types.iter().find(|(other, _)| other == name).map(|(_, ty)| *ty).unwrap_or_default()
    }
}

/// The name of a type that may have bounds.
pub(crate) fn name(ty: &TokenStream) -> Option<String> {
    found(ty, None).map(|(name, _)| name)
}

fn found(ty: &TokenStream, owner: Option<&str>) -> Option<(String, Bounded)> {
    in_tokens(&ty.clone().into_iter().collect::<Vec<_>>(), owner)
}

/// Of types of std, which have no bounds, it is what is in them.
fn in_tokens(tokens: &[TokenTree], owner: Option<&str>) -> Option<(String, Bounded)> {
    match tokens {
        [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => return found(&group.stream(), owner),
        [TokenTree::Punct(and), rest @ ..] if and.as_char() == '&' => return in_tokens(rest, owner),
        [TokenTree::Punct(quote), _, rest @ ..] if quote.as_char() == '\'' => return in_tokens(rest, owner),
        [TokenTree::Ident(word), rest @ ..] if word == "mut" => return in_tokens(rest, owner),
        [TokenTree::Ident(word)] if word == "Self" => {
            return owner.map(|owner| (owner.to_owned(), Bounded(Some((word.span(), word.span())))));
        }
        _ => {}
    }
    let is_path = |token: &&TokenTree| match token {
        TokenTree::Ident(_) => true,
        TokenTree::Punct(punct) => punct.as_char() == ':',
        _ => false,
    };
    let (path, generics) = tokens.split_at(tokens.iter().take_while(is_path).count());
    let ([.., TokenTree::Ident(name)], [TokenTree::Punct(open), inside @ .., TokenTree::Punct(close)]) =
        (path, generics)
    else {
        return None;
    };
    if open.as_char() != '<' || close.as_char() != '>' {
        return None;
    }
    let name = name.to_string();
    if is_of_std(&name) {
        return parts(inside).find_map(|ty| in_tokens(ty, owner));
    }
    let is_lifetime = |ty: &[TokenTree]| matches!(ty.first(), Some(TokenTree::Punct(quote)) if quote.as_char() == '\'');
    if parts(inside).all(is_lifetime) {
        return None;
    }
    Some((name, Bounded(Some((tokens.first()?.span(), close.span())))))
}
