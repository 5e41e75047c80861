//! How the choice of a strategy is written down: see `scope_core::capture::choose`.

use super::bounded::Bounded;
use crate::check::any_token;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::quote;

/// What has to be in scope where a strategy is looked up. `certain`: one is, under whatever `#[cfg]`.
pub(crate) fn lookup(p: &Tokens, certain: bool) -> TokenStream {
    let allow = (!certain).then(|| quote!(#[allow(unused_imports)]));
    quote!(#allow use #p::lookup::*;)
}

/// What can be told of a type by the way it is written. It may be wrong (a `u8` of the user's own): then less is shown, no more.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// A number, a `bool` or a `char`, by the literal that it is.
    Literal,
    /// A number, a text and the like: nothing has to be looked up.
    Plain,
    /// The name of a type that does not sound like one of parts.
    Whole,
    /// A type with parts of one kind.
    InParts,
    /// A type with parts of two kinds, which are best asked for one after the other.
    InHalves,
    /// A trait object that may not live for ever. Somebody may have an `impl Debug for dyn Trait`, which is for those that do: lookup
    /// would take it, and then the borrow checker would refuse the user's function.
    Object,
    /// Any other, or not written at all.
    Other,
}

/// Numbers, texts and the like.
const PLAIN: [&str; 18] = [
    "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
    "char", "str", "String",
];

/// Types with parts of one kind.
const IN_PARTS: [&str; 11] = [
    "Option",
    "Poll",
    "Vec",
    "VecDeque",
    "LinkedList",
    "BinaryHeap",
    "BTreeSet",
    "HashSet",
    "RefCell",
    "Mutex",
    "RwLock",
];

/// Types with parts of two kinds.
const IN_HALVES: [&str; 4] = ["Result", "HashMap", "BTreeMap", "ControlFlow"];

/// Pointers, which have the parts of what they point to.
const POINTERS: [&str; 3] = ["Box", "Rc", "Arc"];

/// What types are called that may be other names for one of two kinds of parts.
const LIKE_HALVES: [&str; 4] = ["Result", "Map", "Flow", "Pair"];

impl Written {
    /// Whether a strategy is looked up for a value of such a type.
    pub(crate) fn looks_up(self) -> bool {
        !matches!(self, Self::Literal | Self::Plain | Self::Object)
    }

    pub(crate) fn of(ty: &TokenStream) -> Self {
        let text = ty.to_string();
        if text.contains("dyn") && is_object(ty) {
            return Self::Object;
        }
        Self::of_tokens(&ty.clone().into_iter().collect::<Vec<_>>())
    }

    fn of_tokens(tokens: &[TokenTree]) -> Self {
        let (mut references, mut rest) = (0, tokens);
        loop {
            rest = match rest {
                [TokenTree::Punct(punct), rest @ ..] if punct.as_char() == '&' => {
                    references += 1;
                    rest
                }
                [TokenTree::Punct(punct), TokenTree::Ident(_), rest @ ..] if punct.as_char() == '\'' => rest,
                [TokenTree::Ident(ident), rest @ ..] if ident == "mut" => {
                    references += 2;
                    rest
                }
                _ => break,
            }
        }
        match rest {
            [TokenTree::Group(slice)] if slice.delimiter() == Delimiter::Bracket => return Self::InParts,
            [TokenTree::Group(group)] if group.delimiter() == Delimiter::None => {
                return Self::of_tokens(&group.stream().into_iter().collect::<Vec<_>>());
            }
            _ => {}
        }
        let (mut name, mut in_path, mut associated) = (None::<String>, false, false);
        while let [token, behind @ ..] = rest {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == ':' => in_path = true,
                TokenTree::Punct(punct) if punct.as_char() == '<' && name.is_some() => break,
                TokenTree::Ident(ident) => {
                    // `T::Item`, `Self::Error`: any type at all.
                    associated |= name.is_some_and(|name| name == "Self" || name.len() == 1);
                    name = Some(ident.to_string());
                }
                _ => return Self::Other,
            }
            rest = behind;
        }
        let Some(name) = name.filter(|name| name != "_" && !associated) else { return Self::Other };
        let name = name.as_str();
        match rest {
            [] if PLAIN.contains(&name) && !in_path && references == usize::from(name == "str") => Self::Plain,
            [_, inside @ .., _] if POINTERS.contains(&name) => match Self::of_tokens(inside) {
                Self::Plain => Self::Whole,
                other => other,
            },
            _ if IN_HALVES.contains(&name) => Self::InHalves,
            _ if IN_PARTS.contains(&name) => Self::InParts,
            _ if LIKE_HALVES.iter().any(|like| name.ends_with(like)) => Self::Other,
            _ => Self::Whole,
        }
    }
}

/// Whether a type of this name is one of std, which asks nothing of what is in it.
pub(crate) fn is_of_std(name: &str) -> bool {
    PLAIN.contains(&name) || IN_PARTS.contains(&name) || IN_HALVES.contains(&name) || POINTERS.contains(&name)
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

/// Whether a type is written as a reference.
pub(crate) fn is_reference(ty: &TokenStream) -> bool {
    match ty.clone().into_iter().next() {
        Some(TokenTree::Punct(punct)) => punct.as_char() == '&',
        Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::None => is_reference(&group.stream()),
        _ => false,
    }
}

/// How a value is recorded whose type is known.
pub(crate) enum Way {
    /// As a number, by its copy: rustc, which computes with what is known, knows nothing of a variable that was borrowed.
    Copied,
    /// As a number.
    Number,
    /// By a lookup on this that also records it, with what its methods are called by.
    Direct(Tokens, &'static str),
    /// By this strategy.
    By(Tokens),
}

impl Way {
    /// `seen`: the value, borrowed. `reference`: the value, if it is a reference for sure, so that what it points to can be looked at. `ty`: its type.
    pub(crate) fn of(p: &Tokens, seen: &Tokens, written: Written, reference: Option<&Tokens>, ty: Bounded) -> Self {
        let (of, steps): (_, &[_]) = match written {
            Written::Literal => return Self::Copied,
            Written::Plain => return Self::Number,
            Written::Object => {
                let mut opaque = p.clone();
                opaque.path("Opaque");
                return Self::By(opaque);
            }
            Written::Whole | Written::InParts => ("Of", &[]),
            Written::InHalves => ("of", &["__scope_halves", "__scope_first", "__scope_second"]),
            Written::Other => ("of", &["__scope_strategy", "__scope_parts"]),
        };
        let mut inside = Tokens::default();
        let depth = if written == Written::InParts { 3 } else { 2 };
        (0..depth).for_each(|_| inside.punct('&'));
        let looked_at = reference.filter(|_| steps.is_empty()).unwrap_or(seen);
        inside.append(ty.call(p, of, looked_at.clone()));
        let mut lookup = Tokens::default();
        lookup.group(Delimiter::Parenthesis, inside);
        for step in steps {
            lookup.call(Ident::new(step, Span::call_site()), Tokens::default());
        }
        match written {
            Written::Whole => Self::Direct(lookup, "as"),
            Written::InParts => Self::Direct(lookup, "parts_as"),
            _ => Self::By(lookup),
        }
    }
}

/// `&value`, all of it where the value stands: if it must not be borrowed there, the user's own code is wrong, and rustc says it once.
pub(crate) fn borrowed(value: &Tokens) -> Tokens {
    borrowed_from(value.0.first().map_or_else(Span::call_site, TokenTree::span), value)
}

/// The same, from this place on.
pub(crate) fn borrowed_from(begin: Span, value: &Tokens) -> Tokens {
    let mut borrowed = Tokens::default();
    let mut and = Punct::new('&', Spacing::Alone);
    and.set_span(begin);
    borrowed.push(and);
    borrowed.like(value);
    borrowed
}

/// The code, never reached, that fixes the strategy of a late-bound token. `answer`: what does it in casts, where the type may be open even here.
pub(crate) fn resolve(pick: &Ident, answer: Option<&Ident>, residual: bool) -> Tokens {
    let mut resolve = Tokens::default();
    if let Some(answer) = answer {
        let (method, casts) = if residual { ("__scope_settle_residual_late", 2) } else { ("__scope_settle_late", 3) };
        let mut answers = Tokens::default();
        for _ in 0..casts {
            answers.push(answer.clone());
            answers.word("as");
            answers.punct('&');
            answers.word("_");
            answers.punct(',');
        }
        resolve.push(pick.clone());
        resolve.call(Ident::new(method, Span::call_site()), answers);
    } else {
        let mut inside = Tokens::default();
        (0..2).for_each(|_| inside.punct('&'));
        inside.push(pick.clone());
        resolve.group(Delimiter::Parenthesis, inside);
        let steps: &[_] = if residual { &["__scope_settle_residual"] } else { &["__scope_settle", "__scope_parts"] };
        for step in steps {
            resolve.call(Ident::new(step, Span::call_site()), Tokens::default());
        }
    }
    resolve.punct(';');
    resolve
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
            ("Vec<u8>", "parts"),
            ("[u8; 2]", "parts"),
            ("Result<u8, E>", "halves"),
            ("std::io::Result<()>", "halves"),
            ("&'a mut HashMap<K, V>", "halves"),
            ("fmt::Result", "halves"),
            ("Option<Result<u8, E>>", "parts"),
            ("fn() -> Result<u8, E>", "other"),
            ("<T as Has>::Result", "other"),
            ("", "other"),
            ("&'a mut my::Parser<'a, T>", "whole"),
            ("Self", "whole"),
            ("T", "whole"),
            ("T::Item", "other"),
            ("Self::Error", "other"),
            ("ParseResult<T>", "other"),
            ("Rc<RefCell<Node>>", "parts"),
            ("&mut IndexMap<K, V>", "other"),
            ("_", "other"),
            ("(A, B)", "other"),
            ("&Arc<str>", "whole"),
            ("Box<Result<A, B>>", "halves"),
            ("&'v (dyn Value + 'v)", "object"),
            ("&mut dyn Value", "object"),
            ("Box<dyn Value + 'a>", "object"),
            ("Box<dyn Value>", "whole"),
            ("&mut [Box<dyn Fn()>]", "parts"),
            ("&'a [Box<dyn Fn() + 'static>]", "parts"),
            ("Vec<&'a (dyn A + Send)>", "object"),
            ("&dyn Error", "whole"),
        ] {
            let written = match Written::of(&text.parse().unwrap()) {
                Written::Literal => "literal",
                Written::Plain => "plain",
                Written::InHalves => "halves",
                Written::Object => "object",
                Written::Whole => "whole",
                Written::InParts => "parts",
                Written::Other => "other",
            };
            assert_eq!(written, expected, "{text}");
        }
    }
}
