//! What closures capture: whether a probe inside one may mention the tokens of the function.

use proc_macro2::Ident;
use std::sync::OnceLock;
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{ExprClosure, ExprPath, Item, PatIdent};

/// Whether closures and async blocks capture only what they read: from the edition of 2021 on.
pub(crate) fn precise() -> bool {
    static PRECISE: OnceLock<bool> = OnceLock::new();
    if !proc_macro::is_available() {
        return true;
    }
    // No stable interface tells the edition, but the lexer does: `c""` is one literal from 2021 on, before an identifier and a literal.
    *PRECISE
        .get_or_init(|| "c\"\"".parse::<proc_macro::TokenStream>().is_ok_and(|tokens| tokens.into_iter().count() == 1))
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
