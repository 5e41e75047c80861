//! The variable for what a function gives back, and how it gets its type.

use super::given::may_borrow;
use super::written::{named_lifetimes, whole};
use crate::check::any_token;
use crate::item::Angles;
use crate::site::{given_back, own};
use crate::tokens::Tokens;
use crate::weave::Weaver;
use crate::weave::values::bounded::Bounded;
use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{ReturnType, Type};

/// How the variable gets its type.
#[derive(Clone, Copy)]
pub(crate) enum Declared<'t> {
    /// By writing it down once more, with open lifetimes.
    As(&'t TokenStream, Bounded),
    /// It is that of what is given back. Its lifetimes are open, but where rustc tells of it, it is this one.
    Like(&'t TokenStream),
    /// It is that of what is given back.
    Open,
}

impl<'t> Declared<'t> {
    /// `like`: see [`with_lifetimes`].
    pub(crate) fn of(ty: &'t TokenStream, like: Option<&'t TokenStream>, bounded: Bounded) -> Self {
        like.map_or(Self::As(ty, bounded), Self::Like)
    }

    pub(crate) fn may_borrow(self) -> bool {
        match self {
            Self::As(ty, _) => may_borrow(ty),
            Self::Like(_) => true,
            Self::Open => false,
        }
    }

    pub(crate) fn bounded(self) -> Bounded {
        if let Self::As(_, bounded) = self { bounded } else { Bounded::default() }
    }

    /// The `let` for this variable.
    pub(crate) fn declaration(self, p: &Tokens, ret: &Ident) -> TokenStream {
        match self {
            Self::As(ty, _) => {
                let pardon = pardon_type(ty);
                quote!(#pardon let #ret: #ty;)
            }
            // Lifetimes are looked at where code is reached.
            Self::Like(ty) => {
                let like = own("__like");
                quote! {
                    let #ret;
                    #[allow(unreachable_code, clippy::type_complexity)]
                    if false {
                        return #p::never();
                        let #like: &mut #ty = &mut #ret;
                    }
                }
            }
            // Not the one value for both: of its lifetimes rustc would tell here.
            Self::Open => {
                let (one, other) = (own("__one"), own("__other"));
                quote!(let #ret; if false { let (#one, #other) = #p::never_two(); #ret = #one; return #other; })
            }
        }
    }
}

/// What a function gives back, with its lifetimes, where rustc may tell of them: they are those of `Self`, or of the `impl` round it. `head`: that of the
/// function.
///
/// A lifetime that is declared nowhere is not written once more: rustc tells of it wherever it stands. Nor is one of the function itself: clippy would find it
/// needed. Of a reference rustc knows more where its type is written down.
pub(crate) fn with_lifetimes(weaver: &Weaver<'_>, output: &ReturnType, head: &Tokens) -> Option<TokenStream> {
    let ReturnType::Type(_, ty) = output else { return None };
    let (names, of_self) = (named_lifetimes(ty), names_self(&ty.to_token_stream()));
    let is_one = !matches!(**ty, Type::Reference(_)) && (of_self || names.iter().any(|name| name != "static"));
    if !is_one || weaver.is_strict() || !names.is_empty() && generics(&head.0).contains('\'') {
        return None;
    }
    let around = weaver.head_around().filter(|head| head.contains('\''))?;
    let is_known = |name: &String| name == "static" || is_in(&around, name);
    names.iter().all(is_known).then(|| whole(ty, weaver.writes_types()))
}

/// Whether a type names `Self`, or what is `Self`'s.
fn names_self(ty: &TokenStream) -> bool {
    any_token(ty, &mut |token, _| matches!(token, TokenTree::Ident(word) if word == "Self"))
}

/// The text of a function's generics.
fn generics(head: &[TokenTree]) -> String {
    let mut angles = Angles::default();
    let is_group = |token: &TokenTree| matches!(token, TokenTree::Group(_));
    let behind = head.iter().skip_while(|token| !matches!(token, TokenTree::Ident(word) if word == "fn"));
    behind.take_while(|token| !(angles.step(token) && is_group(token))).cloned().collect::<TokenStream>().to_string()
}

/// Whether a text names this lifetime.
fn is_in(text: &str, lifetime: &str) -> bool {
    let behind = |rest: &str| rest.starts_with(|next: char| next == '_' || next.is_alphanumeric());
    text.split('\'').skip(1).any(|name| name.strip_prefix(lifetime).is_some_and(|rest| !behind(rest)))
}

/// Tells rustc the type of the value that is given back, before it has to guess it. Where a function gives it back, rustc knows it.
pub(crate) fn told(p: &Tokens, ty: &TokenStream) -> TokenStream {
    let pardon = pardon_type(ty);
    // Where two values don't fit, rustc says that the first told the type.
    let place = ty.clone().into_iter().next().map_or_else(Span::call_site, |first| first.span());
    let (value, word) = (given_back(place), Ident::new("return", place));
    quote!(if false { #pardon let #value: #ty = #p::never(); #word #value; })
}

/// The pardon for a `let` of a type that clippy may find too complex, a borrow of a box, or keys that change: of what an async function or one of a trait gives
/// back it says nothing.
fn pardon_type(ty: &TokenStream) -> Option<TokenStream> {
    /// Fewer names and brackets, each in the one before, are not complex enough. A `fn` weighs more.
    const FEW: u32 = 6;
    const KEYED: [&str; 4] = ["HashMap", "HashSet", "BTreeMap", "BTreeSet"];
    let (mut parts, mut borrows, mut boxes, mut keys) = (0_u32, false, false, false);
    any_token(ty, &mut |token, _| {
        parts += u32::from(matches!(token, TokenTree::Ident(_) | TokenTree::Group(_)));
        parts += if matches!(token, TokenTree::Ident(word) if word == "fn") { FEW } else { 0 };
        borrows |= matches!(token, TokenTree::Punct(punct) if punct.as_char() == '&');
        boxes |= borrows && matches!(token, TokenTree::Ident(word) if word == "Box");
        keys |= matches!(token, TokenTree::Ident(word) if KEYED.iter().any(|name| word == name));
        false
    });
    let complex = (parts > FEW).then(|| quote!(clippy::type_complexity,));
    let borrowed = boxes.then(|| quote!(clippy::borrowed_box,));
    let keyed = keys.then(|| quote!(clippy::mutable_key_type,));
    (complex.is_some() || borrowed.is_some() || keys).then(|| quote!(#[allow(#complex #borrowed #keyed)]))
}
