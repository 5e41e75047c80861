//! What the attribute refuses, and what it leaves alone: each a function.

use crate::args::Args;
use crate::attr::Attr;
use crate::errors::Errors;
use crate::head::Head;
use crate::item::{Item, Kind};
use crate::tokens::Bare as _;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Block, FnArg, Stmt};

/// The attribute on something that can't be instrumented.
pub(crate) fn target(item: &Item, errors: &mut Errors) {
    if item.kind != Kind::Other {
        return;
    }
    let word = item.head.0.iter().find_map(|token| match token {
        TokenTree::Ident(ident) if !["pub", "unsafe", "crate", "default"].contains(&ident.to_string().as_str()) => {
            Some(ident)
        }
        _ => None,
    });
    let Some(word) = word else { return };
    let what = match word.to_string().as_str() {
        "struct" => "a struct",
        "enum" => "an enum",
        "union" => "a union",
        "use" => "a `use`",
        "const" => "a constant",
        "static" => "a static",
        "type" => "a type alias",
        "macro_rules" | "macro" => "a macro",
        // Nothing can be woven there, and nothing is wrong with it either.
        "extern" => return,
        _ => "a macro call",
    };
    let goes = "`#[scope::instrument]` goes on a function, an `impl`, a trait or an inline module";
    let hint = match what {
        "a struct" | "an enum" | "a union" => "; to record its methods, put it on the `impl`",
        _ => "",
    };
    errors.at(word.span(), format_args!("{what} can't be instrumented: {goes}{hint}"));
}

/// `skip(name)` on a function that has no such argument.
pub(crate) fn skipped_names(item: &Item, args: &Args, errors: &mut Errors) {
    let Some(head) = (item.kind == Kind::Fn && !args.skip.is_empty()).then(|| item.fn_head()).flatten() else { return };
    let mut names = Vec::new();
    for input in &head.sig.inputs {
        match input {
            FnArg::Receiver(_) => names.push("self".to_owned()),
            FnArg::Typed(arg) => crate::weave::pattern::idents(&arg.pat, &mut names),
        }
    }
    // A variable of the body may be meant too.
    let mut words = item.body.as_ref().map(|body| Words(body.stream()));
    for name in &args.skip {
        let text = name.bare();
        if names.contains(&text) || words.as_mut().is_some_and(|words| words.contain(&text)) {
            continue;
        }
        let hint = match scope_plan::closest(&text, names.iter().map(String::as_str)) {
            Some(close) => format!("did you mean `{close}`?"),
            None if names.is_empty() => "it takes no arguments".to_owned(),
            None => format!("it takes {}", names.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ")),
        };
        errors.at(name.span(), format_args!("the function has no argument `{text}`; {hint}"));
    }
}

struct Words(TokenStream);

impl Words {
    fn contain(&mut self, word: &str) -> bool {
        any_token(&self.0, &mut |token, _| matches!(token, TokenTree::Ident(ident) if ident.unraw() == word))
    }
}

/// Whether `test` holds for any token, at any depth; it also sees the token behind.
pub(crate) fn any_token(tokens: &TokenStream, test: &mut dyn FnMut(&TokenTree, Option<&TokenTree>) -> bool) -> bool {
    let mut iter = tokens.clone().into_iter().peekable();
    while let Some(token) = iter.next() {
        if test(&token, iter.peek()) {
            return true;
        }
        if let TokenTree::Group(group) = &token
            && any_token(&group.stream(), test)
        {
            return true;
        }
    }
    false
}

/// Why nothing can be woven into a function; nobody is told.
pub(crate) fn left_alone(head: &Head, attrs: &[Attribute]) -> bool {
    // The compiler runs it too.
    head.is_const
        || attrs.iter().any(is_bare)
        // Only declarations, and what only nightly has.
        || head.is_variadic
}

/// Whether a function does nothing but say something of types (`fn assert_send<T: Send>() {}`): clippy lets a type be unused in one that is empty.
pub(crate) fn is_assertion(item: &Item, body: &TokenStream) -> bool {
    if !body.is_empty() {
        return false;
    }
    let Some(head) = item.fn_head() else { return false };
    let mut words = Words(head.sig.inputs.to_token_stream());
    words.0.extend(head.sig.output.to_token_stream());
    head.sig.generics.type_params().any(|param| !words.contain(&param.ident.bare()))
}

/// Whether another attribute makes other code of an item, and what is woven would not fit there: a `const fn`; code with and code without
/// `async`; a value that is wrapped, or another one; a closure of all behind a `let`.
pub(crate) fn is_made_anew(attrs: &[Attribute]) -> bool {
    const BY: [&str; 10] = [
        "async_generic",
        "auto_enum",
        "const_fn",
        "maybe",
        "maybe_async",
        "must_be_sync",
        "tailcall",
        "try_fn",
        "tryvial",
        "with",
    ];
    let says = |attr: &Attribute, word: &str| Words(attr.meta.to_token_stream()).contain(word);
    attrs.iter().any(|attr| {
        let segments = &attr.path().segments;
        segments.last().is_some_and(|last| BY.iter().any(|name| last.ident == name))
            || segments.len() == 2 && segments[0].ident == "rustversion" && says(attr, "const")
            // In rune's functions `x.vm?` is a way out of its own.
            || segments.last().is_some_and(|last| last.ident == "function") && says(attr, "vm_result")
    })
}

/// Whether another attribute may read a function as a list of items: `#[starlark_module] fn f(all: &mut Globals) { fn a() {} const B: u8 = 1; }`.
pub(crate) fn lists_items(item: &Item) -> bool {
    let is_others = |attr: &Attr| attr.may_be_a_macro() && !attr.parsed().is_some_and(|attr| is_instrument(&attr));
    let Some(body) = item.body.as_ref().filter(|_| item.kind == Kind::Fn && item.attrs.iter().any(is_others)) else {
        return false;
    };
    let statements = Block::parse_within.parse2(body.stream()).unwrap_or_default();
    !statements.is_empty() && statements.iter().all(|statement| matches!(statement, Stmt::Item(_)))
}

/// Whether another `#[instrument]` may look at the end of a function, which is written in full: it takes one that ends with a future for an
/// async function.
pub(crate) fn ends_for_others(head: &Head, has_async: bool, attrs: &[Attribute], args: &Args) -> bool {
    has_async
        && !head.is_async
        && !head.output.is_empty()
        && attrs.iter().any(|attr| is_instrument(attr) && !is_ours(attr, args))
}

/// Whether a method is written as clippy wants it to be written, if its type is `Copy` or `Ord`: nothing happens there, and with a probe in
/// it clippy would want it to be written so.
pub(crate) fn is_canonical(name: &Ident, body: &TokenStream) -> bool {
    if name != "clone" && name != "partial_cmp" {
        return false;
    }
    let body = body.to_string().replace(' ', "");
    if name == "clone" {
        return body == "*self";
    }
    !body.contains(';') && body.contains("cmp(") && (body.starts_with("Some(") || body.ends_with(".into()"))
}

/// Assembly and nothing else, the compiler's own code, or what gives an opaque type its meaning: only nightly has the latter two.
fn is_bare(attr: &Attribute) -> bool {
    const WORDS: [&str; 3] = ["naked", "custom_mir", "define_opaque"];
    any_token(
        &attr.meta.to_token_stream(),
        &mut |token, _| matches!(token, TokenTree::Ident(ident) if WORDS.iter().any(|word| ident == word)),
    )
}

/// Whether an attribute is `#[scope::skip]`, under whatever name the facade goes.
pub(crate) fn is_skip(attr: &Attribute) -> bool {
    let mut segments = attr.path().segments.iter().map(|segment| &segment.ident);
    // Other tools have a `skip` too: `#[rustfmt::skip]`.
    segments.next_back().is_some_and(|last| last == "skip") && segments.next().is_none_or(|first| first != "rustfmt")
}

/// Whether an attribute may be ours.
pub(crate) fn is_instrument(attr: &Attribute) -> bool {
    attr.path().segments.last().is_some_and(|last| last.ident == "instrument")
}

/// Whether an attribute is ours for sure, by its path.
pub(crate) fn is_ours(attr: &Attribute, args: &Args) -> bool {
    let path = attr.path();
    let names = |path: &syn::Path| path.segments.iter().map(|segment| segment.ident.to_string()).collect::<Vec<_>>();
    let mut own = args.facade.as_ref().map_or_else(|| vec!["scope".to_owned()], names);
    own.push("instrument".to_owned());
    is_instrument(attr) && names(path) == own
}
