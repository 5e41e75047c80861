//! Items, as far as the weave has to know them: where each begins and ends, what it is, and its body as tokens.
//!
//! A whole parse would look into every body; with entry and exit alone nobody needs what is inside, and code that is half
//! typed in an editor still gets through.

use crate::attr::Attr;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Signature, Token, Visibility};

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A function, with or without a body.
    Fn,
    /// An `impl` block.
    Impl,
    /// A trait.
    Trait,
    /// A module, with or without a body.
    Mod,
    /// Anything else: a `struct`, a `use`, a macro call …
    Other,
}

/// One item.
#[derive(Clone, Debug)]
pub(crate) struct Item {
    /// The attributes in front.
    pub(crate) attrs: Vec<Attr>,
    pub(crate) kind: Kind,
    /// From the visibility to the body.
    pub(crate) head: Tokens,
    /// The braces at the end.
    pub(crate) body: Option<Group>,
}

/// The head of a function.
pub(crate) struct FnHead {
    pub(crate) vis: Visibility,
    pub(crate) default: Option<Token![default]>,
    /// Without its generics and what stands before its name, unless [`Self::is_whole`].
    pub(crate) sig: Signature,
    pub(crate) is_whole: bool,
}

/// Splits tokens into the inner attributes in front, and items.
pub(crate) fn split(tokens: TokenStream) -> (TokenStream, Vec<Item>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let (inner, mut rest) = inner_attributes(&tokens);
    let mut items = Vec::new();
    let mut opened;
    while !rest.is_empty() {
        match item(rest) {
            Ok((item, behind)) => {
                items.push(item);
                rest = behind;
            }
            Err(group_opened) => {
                opened = group_opened;
                rest = &opened;
            }
        }
    }
    (inner, items)
}

/// The inner attributes at the beginning of a body (`#![allow(..)]`), and the rest.
pub(crate) fn inner_attributes(tokens: &[TokenTree]) -> (TokenStream, &[TokenTree]) {
    let mut end = 0;
    while let [TokenTree::Punct(hash), TokenTree::Punct(bang), TokenTree::Group(group), ..] = &tokens[end..] {
        if hash.as_char() != '#' || bang.as_char() != '!' || group.delimiter() != Delimiter::Bracket {
            break;
        }
        end += 3;
    }
    (tokens[..end].iter().cloned().collect(), &tokens[end..])
}

/// The first item of `tokens`, which are at least one, and what is behind it. An error: the tokens without the invisible group in
/// which a macro's `$item` comes, or the `$vis` in front of one.
fn item(tokens: &[TokenTree]) -> Result<(Item, &[TokenTree]), Vec<TokenTree>> {
    let mut attrs = Vec::new();
    let mut rest = tokens;
    while let Some((attr, behind)) = Attr::first(rest) {
        attrs.push(attr);
        rest = behind;
    }
    if let [TokenTree::Group(group), behind @ ..] = rest
        && group.delimiter() == Delimiter::None
    {
        let before = tokens[..tokens.len() - rest.len()].iter().cloned();
        return Err(before.chain(group.stream()).chain(behind.iter().cloned()).collect());
    }
    let (kind, keyword) = kind(rest);
    // A body ends an item; the braces in `const X: T = { … };` and `use a::{b, c};` don't.
    let to_semicolon = ["const", "static", "type", "use", "let", "="].contains(&keyword.as_str());
    let mut angles = Angles::default();
    for (at, token) in rest.iter().enumerate() {
        let outside = angles.step(token);
        match token {
            TokenTree::Punct(punct) if punct.as_char() == ';' => {
                return Ok((Item { attrs, kind, head: Tokens(rest[..=at].to_vec()), body: None }, &rest[at + 1..]));
            }
            TokenTree::Group(group) if outside && !to_semicolon => {
                if let Some(body) = braces(group) {
                    let head = Tokens(rest[..at].to_vec());
                    return Ok((Item { attrs, kind, head, body: Some(body) }, &rest[at + 1..]));
                }
            }
            _ => {}
        }
    }
    Ok((Item { attrs, kind, head: Tokens(rest.to_vec()), body: None }, &[]))
}

/// A group in braces, also one that is a macro's `$body`.
fn braces(group: &Group) -> Option<Group> {
    match group.delimiter() {
        Delimiter::Brace => Some(group.clone()),
        Delimiter::None => {
            let mut inside = group.stream().into_iter();
            match (inside.next(), inside.next()) {
                (Some(TokenTree::Group(only)), None) => braces(&only),
                _ => None,
            }
        }
        _ => None,
    }
}

/// How deep in generic arguments a walk is.
#[derive(Default)]
pub(crate) struct Angles {
    depth: u32,
    arrow: bool,
}

impl Angles {
    /// Takes one more token; says whether it is outside of generic arguments.
    pub(crate) fn step(&mut self, token: &TokenTree) -> bool {
        let outside = self.depth == 0;
        let arrow = std::mem::take(&mut self.arrow);
        if let TokenTree::Punct(punct) = token {
            match punct.as_char() {
                '<' => self.depth += 1,
                '>' if !arrow => self.depth = self.depth.saturating_sub(1),
                '-' | '=' => self.arrow = punct.spacing() == Spacing::Joint,
                _ => {}
            }
        }
        outside
    }
}

/// What stands between the commas of types: behind a last one nothing.
pub(crate) fn parts(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    let mut angles = Angles::default();
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
    let parts = tokens.split(move |token| angles.step(token) && is_comma(token));
    parts.filter(|part| !part.is_empty())
}

/// What kind of item begins here, and the word that says so.
fn kind(tokens: &[TokenTree]) -> (Kind, String) {
    let mut words = Vec::new();
    flatten(tokens, &mut words);
    let mut words = words.iter().map(String::as_str).peekable();
    while let Some(word) = words.next() {
        let kind = match word {
            "fn" => Kind::Fn,
            "impl" => Kind::Impl,
            "trait" => Kind::Trait,
            "mod" => Kind::Mod,
            "pub" | "default" | "unsafe" | "async" | "safe" | "auto" | "()" | "\"" | "gen" => continue,
            // `const fn`, and `const {` of a const block, which no item is.
            "const" if words.peek().is_some_and(|next| ["fn", "unsafe", "async", "extern", "trait"].contains(next)) => {
                continue;
            }
            "extern" if words.peek().is_some_and(|next| ["fn", "\""].contains(next)) => continue,
            "extern" if words.peek() == Some(&"crate") => return (Kind::Other, "use".to_owned()),
            _ => Kind::Other,
        };
        return (kind, word.to_owned());
    }
    (Kind::Other, String::new())
}

/// The first words of an item, looking through the invisible groups of macro fragments. `()`: parentheses, `"`: a literal.
fn flatten(tokens: &[TokenTree], words: &mut Vec<String>) {
    for token in tokens {
        // The longest run of qualifiers: `pub(crate) default const async unsafe extern "C" fn`.
        if words.len() > 9 {
            return;
        }
        match token {
            TokenTree::Ident(ident) => words.push(ident.to_string()),
            TokenTree::Literal(_) => words.push("\"".to_owned()),
            TokenTree::Punct(punct) => words.push(punct.as_char().to_string()),
            TokenTree::Group(group) => match group.delimiter() {
                Delimiter::None => flatten(&group.stream().into_iter().collect::<Vec<_>>(), words),
                Delimiter::Parenthesis => words.push("()".to_owned()),
                Delimiter::Brace | Delimiter::Bracket => words.push("{}".to_owned()),
            },
        }
    }
}

impl Item {
    /// The head of a function. `None`: a form that this version does not know.
    pub(crate) fn fn_head(&self) -> Option<FnHead> {
        let parser = |input: ParseStream<'_>| {
            Ok(FnHead { vis: input.parse()?, default: input.parse()?, sig: input.parse()?, is_whole: true })
        };
        parser.parse2(self.head.to_token_stream()).ok()
    }

    /// The head as a whole item of syn's, with an empty body.
    pub(crate) fn parse_head<T: syn::parse::Parse>(&self) -> Option<T> {
        let mut tokens = self.head.to_token_stream();
        Group::new(Delimiter::Brace, TokenStream::new()).to_tokens(&mut tokens);
        syn::parse2(tokens).ok()
    }

    /// The attributes that may say something to us.
    pub(crate) fn attributes(&self) -> Vec<Attribute> {
        self.attrs.iter().filter_map(Attr::parsed).collect()
    }
}

impl ToTokens for Item {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.attrs.iter().for_each(|attr| attr.to_tokens(tokens));
        self.head.to_tokens(tokens);
        self.body.to_tokens(tokens);
    }
}

/// The words that may begin an item.
pub(crate) const ITEM_WORDS: [&str; 13] = [
    "use",
    "const",
    "static",
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "impl",
    "mod",
    "type",
    "extern",
    "macro_rules",
];

pub(crate) fn begins_item(word: &Ident) -> bool {
    ITEM_WORDS.iter().any(|item| word == item)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<(Kind, bool)> {
        let tokens: TokenStream = text.parse().unwrap();
        let (inner, items) = split(tokens.clone());
        let mut again = inner;
        again.extend(items.iter().map(ToTokens::to_token_stream));
        assert_eq!(again.to_string(), tokens.to_string(), "nothing may get lost");
        items.iter().map(|item| (item.kind, item.body.is_some())).collect()
    }

    #[test]
    fn items_are_told_apart() {
        use Kind::{Fn, Impl, Mod, Other, Trait};
        for (text, expected) in [
            ("fn f() {}", (Fn, true)),
            (
                "pub(crate) default const async unsafe extern \"C\" fn f<const N: usize>(a: [u8; { 1 + 1 }]) -> S<{ N }> {}",
                (Fn, true),
            ),
            ("#[inline] /** x */ pub fn f() -> impl Fn() -> A<{ 1 }> where A<{ 2 }>: B {}", (Fn, true)),
            ("fn f();", (Fn, false)),
            ("const X: S = S { a: 1 };", (Other, false)),
            ("const fn f() {}", (Fn, true)),
            ("static S: u8 = { 1 };", (Other, false)),
            ("pub use a::{b, c};", (Other, false)),
            ("extern crate a;", (Other, false)),
            ("extern \"C\" { fn f(); }", (Other, true)),
            ("unsafe impl<T> A<{ 1 }> for B<T> {}", (Impl, true)),
            ("pub unsafe auto trait T: Fn(u8) -> u8 {}", (Trait, true)),
            ("mod a;", (Mod, false)),
            ("mod a { fn b() {} }", (Mod, true)),
            ("struct S<const N: usize = { 1 }> { a: u8 }", (Other, true)),
            ("struct S(u8);", (Other, false)),
            ("macro_rules! m { () => { fn f() {} } }", (Other, true)),
            ("thread_local! { static A: u8 = 1; }", (Other, true)),
            ("m!(fn f() {});", (Other, false)),
            ("type F = fn() -> u8;", (Other, false)),
            ("type A<T> where T: Fn() = [T; { 1 }];", (Other, false)),
        ] {
            assert_eq!(kinds(text), [expected], "{text}");
            assert_eq!(kinds(&format!("#![a] {text} fn z() {{}}")), [expected, (Fn, true)], "{text}");
        }
    }

    #[test]
    fn items_of_macros_come_in_groups() {
        let group = |text: &str| TokenTree::from(Group::new(Delimiter::None, text.parse().unwrap()));
        let mut tokens: Vec<TokenTree> = "#[inline]".parse::<TokenStream>().unwrap().into_iter().collect();
        tokens.push(group("#[cold] fn f() {}"));
        tokens.push(group("pub"));
        tokens.extend("mod a {}".parse::<TokenStream>().unwrap());
        tokens.push(group(""));
        tokens.push(group("struct S;"));
        let (_, items) = split(tokens.into_iter().collect());
        let seen: Vec<_> = items.iter().map(|item| (item.kind, item.attrs.len())).collect();
        assert_eq!(seen, [(Kind::Fn, 2), (Kind::Mod, 0), (Kind::Other, 0)]);
    }

    #[test]
    fn heads_are_read() {
        let (_, items) = split(
            "pub default async fn f<'a>(&'a self, (a, b): (u8, u8)) -> &'a u8 where Self: Sized { x? }"
                .parse()
                .unwrap(),
        );
        let head = items[0].fn_head().unwrap();
        assert_eq!((head.sig.ident.to_string(), head.sig.inputs.len()), ("f".to_owned(), 2));
        assert!(head.sig.asyncness.is_some() && head.default.is_some());
        let (_, items) = split("impl<T> Shape for Order<T> where T: Copy { broken ( ) half }".parse().unwrap());
        assert!(items[0].parse_head::<syn::ItemImpl>().is_some());
    }
}
