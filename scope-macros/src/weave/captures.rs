//! What closures capture: whether a probe inside one may mention the tokens of the function.

use proc_macro2::Ident;
use std::ffi::OsString;
use std::sync::OnceLock;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{ExprClosure, ExprPath, Item, PatIdent};

/// Whether closures and async blocks capture only what they read: from the edition of 2021 on.
pub(crate) fn precise() -> bool {
    static PRECISE: OnceLock<bool> = OnceLock::new();
    // Outside of a compiler, in a test, the newest edition holds.
    *PRECISE.get_or_init(|| !proc_macro::is_available() || is_precise(edition(std::env::args_os()).as_deref()))
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

/// Whether a closure mentions one of `locals` for sure.
///
/// One that mentions none may be turned into a function pointer, and then it must mention none of ours either.
pub(crate) fn mentions_local(closure: &ExprClosure, locals: &[String]) -> bool {
    let mut names = Names::default();
    names.visit_expr_closure(closure);
    names.used.iter().any(|name| {
        let name = name.unraw().to_string();
        locals.contains(&name) && !names.bound.iter().any(|bound| bound.unraw() == name)
    })
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

    fn visit_item(&mut self, _: &'e Item) {}
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
            ("|x| a::b(x)", false),
        ] {
            let closure: ExprClosure = syn::parse_str(text).unwrap();
            assert_eq!(mentions_local(&closure, &locals), expected, "{text}");
        }
    }
}
