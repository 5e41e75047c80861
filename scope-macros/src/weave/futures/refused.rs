//! Async functions in which a macro may hide an `.await`, and that rustc refuses: of an `async fn` it says so in other words than of the `fn` or the block
//! that becomes of it.

use super::hidden::Hidden;
use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::Home;
use crate::weave::sources::learnt;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{ReturnType, Signature, Type, TypePath};

/// Types of std with a lifetime.
const LENT: [&str; 10] = [
    "Arguments",
    "Chars",
    "Cow",
    "Formatter",
    "MutexGuard",
    "Ref",
    "RefMut",
    "RwLockReadGuard",
    "RwLockWriteGuard",
    "StdoutLock",
];

/// What makes recursion one of a known size.
const INDIRECT: [&str; 3] = ["box", "pin", "dyn"];

/// Whether rustc will refuse it for what is in its body. It is left as it is.
pub(crate) fn is_refused(sig: &Signature, home: Home, body: &TokenStream, hidden: &Hidden) -> bool {
    hidden.waits_unseen && (hidden.asks && gives_no_failure(&sig.output) || waits_for_itself(sig, home, body))
}

/// Whether no `?` may leave a function that gives this back.
fn gives_no_failure(output: &ReturnType) -> bool {
    let ReturnType::Type(_, ty) = output else { return true };
    match &**ty {
        Type::Array(_) | Type::Never(_) | Type::Ptr(_) | Type::Reference(_) | Type::Tuple(_) => true,
        Type::Path(path) => path.path.get_ident().is_some_and(|name| {
            let name = name.bare();
            name == "String" || name.starts_with(|first: char| first.is_ascii_lowercase()) || is_struct(&name)
        }),
        _ => false,
    }
}

/// Whether a name is that of a type of the crate, and not that of another module's `Result`.
fn is_struct(name: &str) -> bool {
    const FAIL: [&str; 4] = ["Result", "Option", "Poll", "ControlFlow"];
    !FAIL.iter().any(|end| name.ends_with(end)) && learnt::is_type(name)
}

/// Whether a function waits for itself, and nothing keeps that from being in its own future.
fn waits_for_itself(sig: &Signature, home: Home, body: &TokenStream) -> bool {
    let name = sig.ident.bare();
    let this: &[&str] = match home {
        Home::Module => &[""],
        Home::Type => &["self", "Self"],
        Home::Trait => return false,
    };
    let is_word = |token: &TokenTree| {
        let TokenTree::Ident(ident) = token else { return false };
        let word = ident.to_string().to_lowercase();
        INDIRECT.iter().any(|part| word.contains(part))
    };
    waits_for(body, &name, this, false) && !any_token(body, &mut |token, _| is_word(token))
}

/// Whether `name` of one of `this` is called and awaited, or handed to a macro. `given`: these are its arguments.
fn waits_for(tokens: &TokenStream, name: &str, this: &[&str], given: bool) -> bool {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    let is =
        |at: usize, punct: char| matches!(tokens.get(at), Some(TokenTree::Punct(other)) if other.as_char() == punct);
    tokens.iter().enumerate().any(|(at, token)| match token {
        TokenTree::Group(group) => {
            let of_macro = at > 1 && is(at - 1, '!') && matches!(tokens[at - 2], TokenTree::Ident(_));
            waits_for(&group.stream(), name, this, of_macro)
        }
        TokenTree::Ident(ident) => {
            let is_call = || matches!(tokens.get(at + 1), Some(TokenTree::Group(_)));
            let is_awaited =
                || is(at + 2, '.') && matches!(tokens.get(at + 3), Some(TokenTree::Ident(word)) if word == "await");
            let is_this = || this.contains(&owner(&tokens[..at]).as_str());
            ident.bare() == name && is_call() && (given || is_awaited()) && is_this()
        }
        _ => false,
    })
}

/// What a name is of: `self` in `self.name`, `Self` in `Self::name`, nothing where it stands alone.
fn owner(before: &[TokenTree]) -> String {
    let is = |token: &TokenTree, punct: char| matches!(token, TokenTree::Punct(other) if other.as_char() == punct);
    match before {
        [.., TokenTree::Ident(word), dot] if is(dot, '.') => word.to_string(),
        [.., TokenTree::Ident(word), first, second] if is(first, ':') && is(second, ':') => word.to_string(),
        [.., TokenTree::Ident(word)] if word == "fn" => word.to_string(),
        [.., last] if is(last, '.') || is(last, ':') => last.to_string(),
        _ => String::new(),
    }
}

/// Whether a type may stand in the arguments with a lifetime that it does not say: in those of an async function it has to.
pub(crate) fn elides(sig: &Signature) -> bool {
    let mut elided = Elided(false);
    sig.inputs.iter().for_each(|input| elided.visit_fn_arg(input));
    elided.0
}

struct Elided(bool);

impl<'c> Visit<'c> for Elided {
    fn visit_type_path(&mut self, ty: &'c TypePath) {
        if let Some(last) = ty.path.segments.last() {
            let name = last.ident.bare();
            let is_lent = || LENT.contains(&name.as_str()) || learnt::is_lent(&name);
            let mut says = false;
            any_token(&last.arguments.to_token_stream(), &mut |token, _| {
                says |= matches!(token, TokenTree::Punct(punct) if punct.as_char() == '\'');
                says
            });
            self.0 |= is_lent() && !says;
        }
        visit::visit_type_path(self, ty);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_refused() {
        for (head, body, refused) in [
            ("async fn f(n: u8)", "{ wait!(x); join_all(|n| f(n)).await }", false),
            ("async fn f(n: u8)", "{ wait!(x); of::f(n).await; F { f }.f(n).await }", false),
            ("async fn f()", "{ wait!(x); info!(?x, y = ?z) }", false),
            ("async fn f(n: u8)", "{ wait!(f(n)) }", true),
            ("async fn f(n: u8)", "{ wait!(Box::pin(f(n))) }", false),
            ("async fn new() -> Self", "{ wait!(Other::new()) }", false),
            ("async fn f(n: u8)", "{ f(n).await }", false),
            ("async fn f() -> &'static str", "{ wait!(x); x?; }", true),
            ("async fn f() -> io::Result<()>", "{ wait!(x); x?; }", false),
            ("async fn f()", "{ wait!(x?); }", true),
            ("async fn f()", "{ wait!(async { x? }); wait!(|| x?); (|| x?)() }", false),
        ] {
            let head = format!("{head} {{}}");
            let sig = syn::parse_str::<syn::ItemFn>(&head).unwrap().sig;
            let hidden = Hidden::of_block(&syn::parse_str(body).unwrap());
            let body = body.parse().unwrap();
            assert_eq!(is_refused(&sig, Home::Module, &body, &hidden), refused, "{head} {body}");
            let of_trait = is_refused(&sig, Home::Trait, &body, &hidden);
            assert_eq!(of_trait, refused && hidden.asks, "{head} {body}");
        }
    }

    #[test]
    fn methods_that_are_refused() {
        let hidden = Hidden::of_block(&syn::parse_quote!({ wait!(x) }));
        let sig = syn::parse_str("async fn f(&self)").unwrap();
        for (body, refused) in [
            ("wait!(x); self.f().await", true),
            ("wait!(Self::f(self))", true),
            ("f().await", false),
            ("self.x.f().await", false),
        ] {
            assert_eq!(is_refused(&sig, Home::Type, &body.parse().unwrap(), &hidden), refused, "{body}");
        }
    }

    #[test]
    fn what_elides() {
        for (head, elides) in
            [("f: &mut fmt::Formatter", true), ("f: &mut fmt::Formatter<'_>", false), ("f: Chart", false)]
        {
            let sig = syn::parse_str::<syn::ItemFn>(&format!("async fn f({head}) {{}}")).unwrap().sig;
            assert_eq!(super::elides(&sig), elides, "{head}");
        }
    }
}
