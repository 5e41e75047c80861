//! How the choice of a strategy is written down: see `scope_core::capture::choose`.

use crate::check::any_token;
use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};

/// What has to be in scope where a strategy is looked up.
pub(crate) fn lookup(p: &TokenStream) -> TokenStream {
    // Under a `#[cfg]` all that needs it may be gone.
    quote!(#[allow(unused_imports)] use #p::lookup::*;)
}

/// What can be told of a type by the way it is written. It may be wrong (a `u8` of the user's own): then less is shown, no more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// A number, a text and the like: nothing has to be looked up.
    Plain,
    /// A type with parts of two kinds, which are best asked for one after the other.
    InHalves,
    /// A trait object that may not live for ever. Somebody may have an `impl Debug for dyn Trait`, which is for those that do: lookup
    /// would take it, and then the borrow checker would refuse the user's function.
    Object,
    /// Any other, or not written at all.
    Other,
}

impl Written {
    pub(crate) fn of(ty: &TokenStream) -> Self {
        const PLAIN: [&str; 18] = [
            "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64",
            "bool", "char", "str", "String",
        ];
        const IN_HALVES: [&str; 4] = ["Result", "HashMap", "BTreeMap", "ControlFlow"];
        if is_object(ty) {
            return Self::Object;
        }
        let mut tokens = ty.clone().into_iter();
        let mut references = 0;
        let mut last: Option<String> = None;
        let mut path = false;
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == '&' && last.is_none() => references += 1,
                // A lifetime.
                TokenTree::Punct(punct) if punct.as_char() == '\'' && last.is_none() => _ = tokens.next(),
                TokenTree::Punct(punct) if punct.as_char() == ':' => path = true,
                TokenTree::Punct(punct) if punct.as_char() == '<' => {
                    let halves = last.is_some_and(|last| IN_HALVES.contains(&last.as_str()));
                    return if halves { Self::InHalves } else { Self::Other };
                }
                TokenTree::Ident(ident) if last.is_none() && ident == "mut" => references += 2,
                TokenTree::Ident(ident) => last = Some(ident.to_string()),
                _ => return Self::Other,
            }
        }
        match last.as_deref() {
            Some("str") if references == 1 && !path => Self::Plain,
            Some(name) if references == 0 && !path && PLAIN.contains(&name) && name != "str" => Self::Plain,
            // `fmt::Result`
            Some(name) if IN_HALVES.contains(&name) => Self::InHalves,
            _ => Self::Other,
        }
    }
}

/// Whether a type holds a trait object with a lifetime, of a trait that is not known to have `Debug` for all of them.
fn is_object(ty: &TokenStream) -> bool {
    let (mut object, mut known) = (false, false);
    // Behind a reference, which gives the object its lifetime; in a `dyn Trait + 'a`; the name of a lifetime comes next.
    let (mut behind, mut bound, mut lifetime) = (false, false, false);
    any_token(ty, &mut |token, _| {
        let names_lifetime = std::mem::take(&mut lifetime);
        match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                '\'' => lifetime = true,
                '&' => behind = true,
                '+' => bound = true,
                _ => (behind, bound) = (false, false),
            },
            TokenTree::Ident(ident) if names_lifetime => object |= bound && ident != "static",
            TokenTree::Ident(ident) if ident == "dyn" => object |= behind,
            TokenTree::Ident(ident) if ident != "mut" => {
                (behind, bound) = (false, false);
                known |= ident == "Debug" || ident == "Error";
            }
            TokenTree::Group(group) if group.delimiter() != Delimiter::Parenthesis => behind = false,
            _ => {}
        }
        false
    });
    object && !known
}

/// The strategy for a value whose type is known.
pub(crate) fn strategy(p: &TokenStream, value: &dyn ToTokens, written: Written) -> TokenStream {
    let value = borrowed(value);
    match written {
        Written::Plain => quote!(#p::ByNumber),
        Written::Object => quote!(#p::Opaque),
        Written::InHalves => quote!((&&#p::of(#value)).__scope_halves().__scope_first().__scope_second()),
        Written::Other => quote!((&&#p::of(#value)).__scope_strategy().__scope_parts()),
    }
}

/// `&value`, all of it where the value stands: if it must not be borrowed there, the user's own code is wrong, and rustc says it once.
pub(crate) fn borrowed(value: &dyn ToTokens) -> TokenStream {
    let value = value.to_token_stream();
    let span = value.clone().into_iter().next().map_or_else(Span::call_site, |token| token.span());
    quote_spanned!(span=> &#value)
}

/// The code, never reached, that fixes the strategy of a late-bound token.
pub(crate) fn resolve(pick: &Ident, residual: bool) -> TokenStream {
    let settle = if residual { quote!(__scope_settle_residual()) } else { quote!(__scope_settle().__scope_parts()) };
    quote!((&&#pick).#settle;)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_are_told_by_how_they_are_written() {
        for (text, expected) in [
            ("u8", "plain"),
            ("&str", "plain"),
            ("&'static str", "plain"),
            ("String", "plain"),
            ("&'a mut str", "other"),
            ("&u8", "other"),
            ("& &str", "other"),
            ("my::u8", "other"),
            ("Vec<u8>", "other"),
            ("[u8; 2]", "other"),
            ("Result<u8, E>", "halves"),
            ("std::io::Result<()>", "halves"),
            ("&'a mut HashMap<K, V>", "halves"),
            ("fmt::Result", "halves"),
            ("Option<Result<u8, E>>", "other"),
            ("fn() -> Result<u8, E>", "other"),
            ("<T as Has>::Result", "other"),
            ("", "other"),
            ("&'v (dyn Value + 'v)", "object"),
            ("&mut dyn Value", "object"),
            ("Box<dyn Value + 'a>", "object"),
            ("Box<dyn Value>", "other"),
            ("&mut [Box<dyn Fn()>]", "other"),
            ("&'a [Box<dyn Fn() + 'static>]", "other"),
            ("Vec<&'a (dyn A + Send)>", "object"),
            ("&dyn Error", "other"),
        ] {
            let written = match Written::of(&text.parse().unwrap()) {
                Written::Plain => "plain",
                Written::InHalves => "halves",
                Written::Object => "object",
                Written::Other => "other",
            };
            assert_eq!(written, expected, "{text}");
        }
    }
}
