//! Parameters and types that are written simply, as syn would have them: most are, and syn takes ten times as long. Types stay the tokens
//! that they are, but for the `&mut` in front.

use crate::item::Angles;
use proc_macro2::{Delimiter, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use syn::punctuated::Punctuated;
use syn::{FnArg, Lifetime, Pat, PatIdent, PatType, Receiver, ReturnType, Token, Type, TypeReference};

/// The parameters of a function. `None`: syn has to read them.
pub(crate) fn inputs(tokens: &[TokenTree]) -> Option<Punctuated<FnArg, Token![,]>> {
    let mut inputs = Punctuated::new();
    let (mut angles, mut begin) = (Angles::default(), 0);
    for (at, token) in tokens.iter().enumerate() {
        let outside = angles.step(token);
        if let TokenTree::Punct(comma) = token
            && outside
            && comma.as_char() == ','
        {
            inputs.push_value(input(&tokens[begin..at])?);
            inputs.push_punct(Token![,](comma.span()));
            begin = at + 1;
        }
    }
    if begin < tokens.len() {
        inputs.push_value(input(&tokens[begin..])?);
    }
    Some(inputs)
}

fn input(tokens: &[TokenTree]) -> Option<FnArg> {
    match tokens {
        [TokenTree::Ident(mutable), TokenTree::Ident(name), TokenTree::Punct(colon), ty @ ..] if mutable == "mut" => {
            typed(Some(Token![mut](mutable.span())), name, colon, ty)
        }
        [TokenTree::Ident(name), TokenTree::Punct(colon), ty @ ..] => typed(None, name, colon, ty),
        _ => receiver(tokens),
    }
}

/// `name: Type`.
fn typed(mutability: Option<Token![mut]>, name: &Ident, colon: &Punct, tokens: &[TokenTree]) -> Option<FnArg> {
    let plain = colon.as_char() == ':' && colon.spacing() == Spacing::Alone;
    if !plain || ["self", "_", "ref", "mut", "box"].iter().any(|word| name == word) {
        return None;
    }
    let pat = PatIdent { attrs: Vec::new(), by_ref: None, mutability, ident: name.clone(), subpat: None };
    Some(FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(Pat::Ident(pat)),
        colon_token: Token![:](colon.span()),
        ty: Box::new(ty(tokens)?),
    }))
}

fn ty(tokens: &[TokenTree]) -> Option<Type> {
    match tokens {
        [] => None,
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::None => None,
        [TokenTree::Punct(and), rest @ ..] if and.as_char() == '&' => {
            let (lifetime, mutability, rest) = borrow(rest);
            let elem = Box::new(ty(rest)?);
            Some(Type::Reference(TypeReference { and_token: Token![&](and.span()), lifetime, mutability, elem }))
        }
        _ => Some(Type::Verbatim(tokens.iter().cloned().collect())),
    }
}

/// What may stand behind `&`.
fn borrow(mut tokens: &[TokenTree]) -> (Option<Lifetime>, Option<Token![mut]>, &[TokenTree]) {
    let (mut lifetime, mut mutability) = (None, None);
    if let [TokenTree::Punct(apostrophe), TokenTree::Ident(name), rest @ ..] = tokens
        && apostrophe.as_char() == '\''
    {
        lifetime = Some(Lifetime { apostrophe: apostrophe.span(), ident: name.clone() });
        tokens = rest;
    }
    if let [TokenTree::Ident(word), rest @ ..] = tokens
        && word == "mut"
    {
        mutability = Some(Token![mut](word.span()));
        tokens = rest;
    }
    (lifetime, mutability, tokens)
}

/// `self`, `mut self`, `&self`, `&'a mut self`.
fn receiver(tokens: &[TokenTree]) -> Option<FnArg> {
    let (reference, (lifetime, mutability, rest)) = match tokens {
        [TokenTree::Punct(and), rest @ ..] if and.as_char() == '&' => (Some(Token![&](and.span())), borrow(rest)),
        _ => (None, borrow(tokens)),
    };
    let [TokenTree::Ident(this)] = rest else { return None };
    if this != "self" || reference.is_none() && lifetime.is_some() {
        return None;
    }
    Some(FnArg::Receiver(Receiver {
        attrs: Vec::new(),
        reference: reference.map(|and| (and, lifetime)),
        mutability,
        self_token: Token![self](this.span()),
        colon_token: None,
        // What it says again no one asks.
        ty: Box::new(Type::Verbatim(TokenStream::new())),
    }))
}

/// What is given back. `None`: syn has to read it: it may be `()` or `!`, hold a lifetime, an `impl Trait` or a future.
pub(crate) fn output(tokens: &[TokenTree]) -> Option<ReturnType> {
    if tokens.is_empty() {
        return Some(ReturnType::Default);
    }
    let simple = !matches!(tokens, [TokenTree::Group(_)]) && tokens.iter().all(is_simple);
    let arrow = Token![->](Span::call_site());
    simple.then(|| ReturnType::Type(arrow, Box::new(Type::Verbatim(tokens.iter().cloned().collect()))))
}

fn is_simple(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(word) => {
            let word = word.to_string();
            !["impl", "dyn", "fn", "for", "unsafe", "extern", "_"].contains(&word.as_str()) && !word.ends_with("Future")
        }
        TokenTree::Punct(punct) => matches!(punct.as_char(), ':' | '<' | '>' | ',' | '&' | '*' | ';'),
        TokenTree::Literal(_) => true,
        TokenTree::Group(group) => {
            matches!(group.delimiter(), Delimiter::Parenthesis | Delimiter::Bracket)
                && group.stream().into_iter().all(|token| is_simple(&token))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::item::split;
    use quote::ToTokens;

    /// What of a parameter the weave asks for.
    fn told(input: &FnArg) -> String {
        match input {
            FnArg::Receiver(this) => format!("self {} {}", this.reference.is_some(), this.mutability.is_some()),
            FnArg::Typed(arg) => {
                let borrowed = matches!(&*arg.ty, Type::Reference(ty) if ty.mutability.is_some());
                format!("{} {} {borrowed}", arg.pat.to_token_stream(), arg.ty.to_token_stream())
            }
        }
    }

    #[test]
    fn says_what_syn_says() {
        for (simple, head) in [
            (true, "()"),
            (true, "(&self, mut a: u8, b: &'a mut Vec<(A, B)>) -> Vec<u8>"),
            (true, "(mut self, f: impl Fn(u8, u8) -> u8, g: HashMap<K, V>,) -> Option<&[u8; 4]>"),
            (true, "(&'a mut self) -> <Self as Trait<u8>>::Out"),
            (true, "(self, r#type: ::std::vec::Vec<u8>)"),
            (true, "(&self, F: &str) -> (u8, u8)::Out"),
            (false, "(self: Box<Self>)"),
            (false, "(_: u8)"),
            (false, "((a, b): (u8, u8))"),
            (false, "(#[cfg(x)] a: u8)"),
            (false, "(ref a: u8)"),
            (false, "(S { a }: S)"),
            (false, "() -> ()"),
            (false, "() -> (A, B)"),
            (false, "() -> !"),
            (false, "() -> &'a u8"),
            (false, "() -> Vec<impl Sized>"),
            (false, "() -> BoxFuture<u8>"),
        ] {
            let (_, items) = split(format!("fn f{head} {{}}").parse().unwrap());
            let light = crate::head::Head::of(&items[0]).unwrap().simple();
            assert_eq!(light.is_some(), simple, "{head}");
            if let (Some(light), Some(whole)) = (light, items[0].fn_head()) {
                let all = |head: &crate::item::FnHead| head.sig.inputs.iter().map(told).collect::<Vec<_>>();
                assert_eq!(all(&light), all(&whole), "{head}");
                let output =
                    |head: &crate::item::FnHead| head.sig.output.to_token_stream().to_string().replace(' ', "");
                assert_eq!(output(&light), output(&whole), "{head}");
            }
        }
    }
}
