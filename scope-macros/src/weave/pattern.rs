//! The names that a pattern binds.

use super::syntax::{in_front, pattern_attributes};
use crate::check::any_token;
use crate::tokens::{Bare as _, Tokens};
use proc_macro2::{Ident, TokenTree};
use syn::visit::{self, Visit};
use syn::{Attribute, Pat, PatIdent};

/// The identifiers that `pat` binds for sure, each once.
///
/// Left out: capitals, which may name a constant or a variant (`None`), what stands under `#[cfg]`, and what a macro binds.
pub(crate) fn bindings(pat: &Pat) -> Vec<&Ident> {
    bound(pat).into_iter().map(|bound| &bound.ident).collect()
}

/// The same with how they are bound.
pub(crate) fn bound(pat: &Pat) -> Vec<&PatIdent> {
    let mut found = Bindings(Vec::new());
    found.visit_pat(pat);
    found.0
}

/// Their names.
pub(crate) fn idents(pat: &Pat, names: &mut Vec<String>) {
    names.extend(bindings(pat).into_iter().map(|ident| ident.bare()));
}

/// The names that it may bind, too, or may not: under a `#[cfg]`, by a macro, or in capitals.
pub(crate) fn perhaps(pat: &Pat) -> Vec<Ident> {
    let mut found = Perhaps::default();
    found.visit_pat(pat);
    found.names
}

/// The identifier of a pattern that binds a whole value to one name.
pub(crate) fn single(pat: &Pat) -> Option<&PatIdent> {
    match pat {
        Pat::Ident(ident) if ident.by_ref.is_none() && ident.subpat.is_none() && !may_be_constant(ident) => Some(ident),
        Pat::Type(typed) => single(&typed.pat),
        Pat::Paren(paren) => single(&paren.pat),
        _ => None,
    }
}

fn may_be_constant(pat: &PatIdent) -> bool {
    pat.by_ref.is_none()
        && pat.mutability.is_none()
        && pat.subpat.is_none()
        && pat.ident.bare().starts_with(char::is_uppercase)
}

struct Bindings<'p>(Vec<&'p PatIdent>);

impl<'p> Visit<'p> for Bindings<'p> {
    /// The parameters of closures have attributes.
    fn visit_pat(&mut self, pat: &'p Pat) {
        if !pattern_attributes(pat).iter().any(is_cfg) {
            visit::visit_pat(self, pat);
        }
    }

    fn visit_pat_ident(&mut self, pat: &'p PatIdent) {
        if !may_be_constant(pat) && !self.0.iter().any(|bound| bound.ident == pat.ident) {
            self.0.push(pat);
        }
        visit::visit_pat_ident(self, pat);
    }

    fn visit_field_pat(&mut self, field: &'p syn::FieldPat) {
        if !field.attrs.iter().any(is_cfg) {
            visit::visit_field_pat(self, field);
        }
    }

    fn visit_expr(&mut self, _: &'p syn::Expr) {}

    fn visit_type(&mut self, _: &'p syn::Type) {}
}

#[derive(Default)]
struct Perhaps {
    names: Vec<Ident>,
    conditional: bool,
}

impl Perhaps {
    fn under(&mut self, attrs: &[Attribute], walk: impl FnOnce(&mut Self)) {
        let outer = self.conditional;
        self.conditional |= attrs.iter().any(is_cfg);
        walk(self);
        self.conditional = outer;
    }
}

impl<'p> Visit<'p> for Perhaps {
    fn visit_pat(&mut self, pat: &'p Pat) {
        self.under(pattern_attributes(pat), |this| visit::visit_pat(this, pat));
    }

    fn visit_pat_ident(&mut self, pat: &'p PatIdent) {
        self.names.extend((self.conditional || may_be_constant(pat)).then(|| pat.ident.clone()));
        visit::visit_pat_ident(self, pat);
    }

    fn visit_field_pat(&mut self, field: &'p syn::FieldPat) {
        self.under(&field.attrs, |this| visit::visit_field_pat(this, field));
    }

    fn visit_macro(&mut self, call: &'p syn::Macro) {
        any_token(&call.tokens, &mut |token, _| {
            self.names.extend(if let TokenTree::Ident(name) = token { Some(name.clone()) } else { None });
            false
        });
    }

    fn visit_expr(&mut self, _: &'p syn::Expr) {}

    fn visit_type(&mut self, _: &'p syn::Type) {}
}

/// Whether an attribute may take away what it stands on.
pub(crate) fn is_cfg(attr: &Attribute) -> bool {
    attr.path().is_ident("cfg") || attr.path().is_ident("cfg_attr")
}

/// The `#[cfg]`s among `attrs`, for code of ours that must go when the user's goes. `None`: it can't be told, because of a `cfg_attr`.
pub(crate) fn cfgs(attrs: &[Attribute]) -> Option<Tokens> {
    if attrs.iter().any(|attr| attr.path().is_ident("cfg_attr")) {
        return None;
    }
    let cfgs = attrs.iter().filter(|attr| attr.path().is_ident("cfg"));
    Some(Tokens(cfgs.flat_map(|attr| in_front(attr).0).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use syn::parse::Parser;

    #[test]
    fn names_in_patterns() {
        for (text, expected) in [
            ("x", "x"),
            ("(a, mut b, _, ..)", "a b"),
            ("P { x, y: z, #[cfg(a)] w, .. }", "x z"),
            ("[first, .., last]", "first last"),
            ("&(ref a, ref mut b)", "a b"),
            ("Some(n) | Other(n)", "n"),
            ("all @ Some(1..=MAX)", "all"),
            ("None", ""),
            ("mut X", "X"),
            ("r#type", "type"),
            ("m!(a)", ""),
        ] {
            let mut names = Vec::new();
            idents(&Pat::parse_multi_with_leading_vert.parse_str(text).unwrap(), &mut names);
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn names_that_may_be_bound() {
        for (text, expected) in [
            ("(a, Some(b))", ""),
            ("(V, None, mut W)", "V None"),
            ("(m!(a), b)", "a"),
            ("P { x, #[cfg(a)] w, #[cfg(a)] v: (y, z) }", "w y z"),
        ] {
            let names = perhaps(&Pat::parse_multi_with_leading_vert.parse_str(text).unwrap());
            let names: Vec<_> = names.iter().map(Ident::to_string).collect();
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }

    #[test]
    fn parameters_of_closures() {
        for (text, expected) in [
            ("|a, #[allow(x)] b: u8| a", "a b"),
            ("|#[cfg(x)] a, #[cfg_attr(x, y)] b: u8, #[cfg(x)] (c, d), #[cfg(x)] &e, f| a", "f"),
            ("|S { #[cfg(x)] a, b: [c, ..], .. }| a", "c"),
        ] {
            let closure: syn::ExprClosure = syn::parse_str(text).unwrap();
            let mut names = Vec::new();
            closure.inputs.iter().for_each(|pat| idents(pat, &mut names));
            assert_eq!(names.join(" "), expected, "{text}");
        }
    }
}
