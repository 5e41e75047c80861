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
    /// The name of a type that does not sound like one of parts.
    Whole,
    /// A type with parts of two kinds, which are best asked for one after the other.
    InHalves,
    /// A trait object that may not live for ever. Somebody may have an `impl Debug for dyn Trait`, which is for those that do: lookup
    /// would take it, and then the borrow checker would refuse the user's function.
    Object,
    /// Any other, or not written at all.
    Other,
}

/// Types with parts, and what others that have some are often called.
const WITH_PARTS: [&str; 18] = [
    "Result", "Option", "Poll", "Vec", "Deque", "List", "Heap", "Map", "Set", "Cell", "Mutex", "Lock", "Box", "Rc",
    "Arc", "Flow", "Output", "Item",
];

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
        let mut associated = false;
        let mut generic = false;
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Punct(punct) if punct.as_char() == '&' && last.is_none() => references += 1,
                // A lifetime.
                TokenTree::Punct(punct) if punct.as_char() == '\'' && last.is_none() => _ = tokens.next(),
                TokenTree::Punct(punct) if punct.as_char() == ':' => path = true,
                TokenTree::Punct(punct) if punct.as_char() == '<' && last.is_some() => {
                    generic = true;
                    break;
                }
                TokenTree::Ident(ident) if last.is_none() && ident == "mut" => references += 2,
                TokenTree::Ident(ident) => {
                    associated |= last.is_some_and(|last| last == "Self" || last.len() == 1);
                    last = Some(ident.to_string());
                }
                _ => return Self::Other,
            }
        }
        match last.as_deref() {
            Some("str") if references == 1 && !path && !generic => Self::Plain,
            Some(name) if references == 0 && !path && !generic && PLAIN.contains(&name) && name != "str" => Self::Plain,
            // Also `fmt::Result`.
            Some(name) if IN_HALVES.contains(&name) => Self::InHalves,
            Some(name) if !associated && name != "_" && !WITH_PARTS.iter().any(|part| name.ends_with(part)) => {
                Self::Whole
            }
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

/// How a value is recorded whose type is known.
pub(crate) enum Way {
    /// As a number.
    Number,
    /// By a lookup that also records it.
    Direct,
    /// By this strategy.
    By(TokenStream),
}

impl Way {
    pub(crate) fn of(p: &TokenStream, value: &dyn ToTokens, written: Written) -> Self {
        let looked_up = |steps| {
            let value = borrowed(value);
            Self::By(quote!((&&#p::of(#value)) #steps))
        };
        match written {
            Written::Plain => Self::Number,
            Written::Whole => Self::Direct,
            Written::Object => Self::By(quote!(#p::Opaque)),
            Written::InHalves => looked_up(quote!(.__scope_halves().__scope_first().__scope_second())),
            Written::Other => looked_up(quote!(.__scope_strategy().__scope_parts())),
        }
    }
}

/// What [`Way::Direct`] looks at.
pub(crate) fn looked_at(p: &TokenStream, value: &dyn ToTokens) -> TokenStream {
    let value = borrowed(value);
    quote!((&&#p::Of(#value)))
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
            ("&'a mut str", "whole"),
            ("&u8", "whole"),
            ("& &str", "whole"),
            ("my::u8", "whole"),
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
            ("&'a mut my::Parser<'a, T>", "whole"),
            ("Self", "whole"),
            ("T", "whole"),
            ("T::Item", "other"),
            ("Self::Error", "other"),
            ("ParseResult<T>", "other"),
            ("Rc<RefCell<Node>>", "other"),
            ("&mut IndexMap<K, V>", "other"),
            ("_", "other"),
            ("&'v (dyn Value + 'v)", "object"),
            ("&mut dyn Value", "object"),
            ("Box<dyn Value + 'a>", "object"),
            ("Box<dyn Value>", "other"),
            ("&mut [Box<dyn Fn()>]", "other"),
            ("&'a [Box<dyn Fn() + 'static>]", "other"),
            ("Vec<&'a (dyn A + Send)>", "object"),
            ("&dyn Error", "whole"),
        ] {
            let written = match Written::of(&text.parse().unwrap()) {
                Written::Plain => "plain",
                Written::InHalves => "halves",
                Written::Object => "object",
                Written::Whole => "whole",
                Written::Other => "other",
            };
            assert_eq!(written, expected, "{text}");
        }
    }
}
