//! Where a late-bound token is of no use: whether a probe may mention the tokens of its function.

use crate::tokens::Bare as _;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use std::ffi::OsString;
use std::sync::OnceLock;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Block, ExprClosure, ExprPath, Item, PatIdent, UseTree};

/// Whether closures and async blocks capture only what they read: from the edition of 2021 on.
pub(crate) fn precise() -> bool {
    is_precise(current())
}

/// Whether temporaries of a block's last expression outlive the block: before the edition of 2024.
pub(crate) fn temporaries_linger() -> bool {
    !matches!(current(), Some(edition) if is_precise(Some(edition)) && edition != "2021")
}

/// Whether a leading `::` means the user's crate, and `async` is a name: in the edition of 2015, which is rustc's own default.
pub(crate) fn oldest() -> bool {
    matches!(current(), None | Some("2015"))
}

fn current() -> Option<&'static str> {
    static EDITION: OnceLock<Option<String>> = OnceLock::new();
    // Outside of a compiler, in a test, the newest edition holds.
    let find = || if proc_macro::is_available() { edition(std::env::args_os()) } else { Some("2024".to_owned()) };
    EDITION.get_or_init(find).as_deref()
}

/// The edition, by the compiler's own command line: no stable interface tells it.
fn edition(args: impl Iterator<Item = OsString>) -> Option<String> {
    let mut args = args.filter_map(|arg| arg.into_string().ok());
    loop {
        let arg = args.next()?;
        match arg.strip_prefix("--edition") {
            Some("") => return args.next(),
            Some(rest) => return rest.strip_prefix('=').map(str::to_owned),
            None => {}
        }
    }
}

/// What is unknown counts as old: then less is woven, and nothing breaks.
fn is_precise(edition: Option<&str>) -> bool {
    edition.is_some_and(|edition| !["2015", "2018"].contains(&edition))
}

/// Whether a body has casts such as `x as *mut _` or `&v as &Vec<T>`: rustc finds out what they mean only behind all of the body, in their order, and
/// what hangs on them is open until then. So the late-bound tokens are resolved by casts that come last. A cast to a number says nothing of what it
/// casts.
pub(crate) fn casts_to_open_types(block: &Block) -> bool {
    const NUMBERS: [&str; 16] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
        "char",
    ];
    fn any(tokens: TokenStream) -> bool {
        // Behind an `as`; and how the token before it ends: `<T as Trait>` is no cast.
        let (mut cast, mut angle, mut before) = (false, false, false);
        tokens.into_iter().any(|token| {
            let is_angle = matches!(&token, TokenTree::Punct(punct) if ['<', '>'].contains(&punct.as_char()));
            let is_as = matches!(&token, TokenTree::Ident(ident) if ident == "as");
            let found = match &token {
                TokenTree::Ident(ident) if cast => !angle && !NUMBERS.iter().any(|number| ident == number),
                TokenTree::Group(group) => cast || any(group.stream()),
                _ => cast && !angle,
            };
            if is_as {
                angle |= before;
            } else {
                angle = before;
            }
            (cast, before) = (is_as, is_angle);
            found
        })
    }
    any(block.to_token_stream())
}

/// Whether a closure mentions one of `locals` for sure.
///
/// One that mentions none may be turned into a function pointer, and then it must mention none of ours either.
pub(crate) fn mentions_local(closure: &ExprClosure, locals: &[String]) -> bool {
    let mut names = Names::default();
    names.visit_expr_closure(closure);
    names.used.iter().any(|name| {
        let name = name.bare();
        locals.contains(&name) && !names.bound.iter().any(|bound| bound.unraw() == name)
    })
}

/// The names by which an item may be used where a local may be.
pub(crate) fn names_of_values(item: &Item) -> Vec<&Ident> {
    let mut names = Vec::new();
    match item {
        Item::Fn(item) => names.push(&item.sig.ident),
        Item::Const(item) => names.push(&item.ident),
        Item::Static(item) => names.push(&item.ident),
        Item::Struct(item) => names.push(&item.ident),
        Item::Use(item) => brought(&item.tree, &mut names),
        _ => {}
    }
    names
}

/// Whether an item brings what a module has, whatever its names are. What a type has is called as no local is.
pub(crate) fn takes_all(item: &Item) -> bool {
    fn any(tree: &UseTree, within: Option<&Ident>) -> bool {
        match tree {
            UseTree::Path(path) => any(&path.tree, Some(&path.ident)),
            UseTree::Group(group) => group.items.iter().any(|tree| any(tree, within)),
            UseTree::Glob(_) => within.is_none_or(|name| !name.to_string().starts_with(char::is_uppercase)),
            _ => false,
        }
    }
    matches!(item, Item::Use(item) if any(&item.tree, None))
}

/// The names that come into scope.
fn brought<'t>(tree: &'t UseTree, names: &mut Vec<&'t Ident>) {
    match tree {
        UseTree::Path(path) => brought(&path.tree, names),
        UseTree::Name(name) => names.push(&name.ident),
        UseTree::Rename(rename) => names.push(&rename.rename),
        UseTree::Group(group) => group.items.iter().for_each(|tree| brought(tree, names)),
        UseTree::Glob(_) => {}
    }
}

/// The names that an expression uses, and those that it binds anywhere inside.
#[derive(Default)]
struct Names<'e> {
    used: Vec<&'e Ident>,
    bound: Vec<&'e Ident>,
}

impl<'e> Visit<'e> for Names<'e> {
    fn visit_expr_path(&mut self, expr: &'e ExprPath) {
        if expr.qself.is_none() {
            self.used.extend(expr.path.get_ident());
        }
    }

    fn visit_pat_ident(&mut self, pat: &'e PatIdent) {
        self.bound.push(&pat.ident);
        visit::visit_pat_ident(self, pat);
    }

    /// What is inside of an item has nothing to do with locals.
    fn visit_item(&mut self, item: &'e Item) {
        self.bound.extend(names_of_values(item));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn editions() {
        for (args, expected) in [
            ("rustc --crate-name a --edition=2021 src/lib.rs", true),
            ("rustc --edition 2024 src/lib.rs", true),
            ("rustc --edition=2018", false),
            ("rustc --edition", false),
            ("rustc src/lib.rs", false),
        ] {
            let edition = edition(args.split(' ').map(OsString::from));
            assert_eq!(is_precise(edition.as_deref()), expected, "{args}");
        }
    }

    #[test]
    fn casts() {
        for (text, expected) in [
            ("{ f(x as *mut _); }", true),
            ("{ let y: u8 = x as _; }", true),
            ("{ g(|| (x as *const [_; 2])) }", true),
            ("{ m!(x as *const Vec<_>) }", true),
            ("{ f(&v as &Vec<Op>) }", true),
            ("{ f(&mut st as *mut Stat) }", true),
            ("{ f(x as c_int) }", true),
            ("{ x as u8 }", false),
            ("{ <T as Trait>::f(); <Vec<T> as Trait>::g(); }", false),
            ("{ let _ = x as u8 + 1; match x { _ => 1 } }", false),
        ] {
            assert_eq!(casts_to_open_types(&syn::parse_str(text).unwrap()), expected, "{text}");
        }
    }

    #[test]
    fn mentions() {
        let locals = ["a".to_owned(), "self".to_owned()];
        for (text, expected) in [
            ("|x| x + a", true),
            ("|x| self.f(x)", true),
            ("|a| a", false),
            ("|x| { let a = x; a }", false),
            ("|x| x.a()", false),
            ("|x| S { a: x }", false),
            ("|x| m!(a)", false),
            ("|x| { fn f() { a } x }", false),
            ("|x| { fn a(x: u8) -> u8 { x } a(x) }", false),
            ("|x| { use m::b as a; a(x) }", false),
            ("|x| { use m::*; fn f() {} a(x) }", true),
            ("|x| a::b(x)", false),
        ] {
            let closure: ExprClosure = syn::parse_str(text).unwrap();
            assert_eq!(mentions_local(&closure, &locals), expected, "{text}");
        }
    }
}
