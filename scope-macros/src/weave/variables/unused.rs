//! Parameters that the user does not use: the log has their values, and still rustc has to find that they are not used.
//!
//! So the parameter gets another name, which reads the same, and a variable with the user's own name stands in for it. Where that can't
//! be done, the parameter is left alone.

use super::links::mentioned;
use super::lives::Dead;
use crate::check::any_token;
use crate::item::{FnHead, Item};
use crate::site::own_at;
use crate::tokens::Bare as _;
use crate::weave::futures::hidden;
use crate::weave::pattern;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use std::collections::BTreeSet;
use syn::visit_mut::VisitMut;
use syn::{Attribute, FieldPat, FnArg, PatIdent, Stmt};

#[derive(Default)]
pub(crate) struct Unused {
    /// What in the whole body nobody looks at.
    pub(crate) dead: Dead,
    /// The names of parameters that no probe may look at.
    pub(crate) untouched: Vec<String>,
    /// The variables that stand in.
    pub(crate) stands_in: TokenStream,
    /// The function's head, with other names.
    pub(crate) head: Option<TokenStream>,
    /// Whether one of those was `mut`.
    pub(crate) was_mutable: bool,
}

impl Unused {
    /// Looks at a function's body, and renames parameters in its head.
    pub(crate) fn of(
        head: &mut FnHead,
        item: &Item,
        attrs: &[Attribute],
        statements: &TokenStream,
        parsed: Option<&[Stmt]>,
    ) -> Self {
        let mut names: Vec<Ident> = Vec::new();
        for input in &head.sig.inputs {
            match input {
                // rustc does not warn of `self`.
                FnArg::Receiver(_) => {}
                FnArg::Typed(arg) => names.extend(pattern::bindings(&arg.pat).into_iter().cloned()),
            }
        }
        let dead = parsed.map(|stmts| Dead::of(stmts, &names));
        // Of those that are looked at nothing more is to be known.
        let suspect = |name: &Ident| is_checked(name) && dead.as_ref().is_none_or(|dead| dead.at(name));
        if !names.iter().any(suspect) {
            return Self { dead: dead.unwrap_or_default(), ..Self::default() };
        }
        let mut unused = Self { dead: dead.unwrap_or_default(), ..Self::default() };
        // It may be written out.
        if !head.is_whole
            && let Some(whole) = item.fn_head()
        {
            *head = whole;
        }
        let mut said = mentioned(statements);
        // Other macros may name them: `#[tracing::instrument(fields(id = %id))]`.
        attrs.iter().filter(|attr| !attr.path().is_ident("doc")).for_each(|attr| words(&attr.meta, &mut said));
        // What is in another file may mention anything, and so may a procedural macro.
        let included = said.contains("include") || calls_unknown(statements);
        let mut renamed = Renamed { said: &said, names: Vec::new(), stand_in: TokenStream::new(), was_mutable: false };
        for input in &mut head.sig.inputs {
            let FnArg::Typed(arg) = input else {
                continue;
            };
            if arg.attrs.is_empty() && !included {
                renamed.visit_pat_mut(&mut arg.pat);
            }
            let pardoned = arg.attrs.iter().any(|attr| attr.path().is_ident("allow"));
            for name in pattern::bindings(&arg.pat) {
                let text = name.bare();
                let unused_here = !said.contains(&text) && !included || unused.dead.at(name);
                if unused_here && !pardoned && is_checked(name) && !renamed.names.contains(&text) {
                    unused.untouched.push(text);
                }
            }
        }
        if !renamed.names.is_empty() {
            unused.stands_in = renamed.stand_in;
            unused.was_mutable = renamed.was_mutable;
            let FnHead { vis, default, sig, .. } = head;
            unused.head = Some(quote!(#vis #default #sig));
        }
        unused
    }
}

/// Gives other names to what a pattern binds and nobody mentions.
struct Renamed<'s> {
    said: &'s BTreeSet<String>,
    names: Vec<String>,
    /// The variables with the names that they had.
    stand_in: TokenStream,
    was_mutable: bool,
}

impl VisitMut for Renamed<'_> {
    fn visit_pat_ident_mut(&mut self, pat: &mut PatIdent) {
        let plain = pat.attrs.is_empty() && pat.by_ref.is_none() && pat.subpat.is_none();
        let name = pat.ident.to_string();
        if plain && is_checked(&pat.ident) && !name.starts_with("r#") && !self.said.contains(&name) {
            self.stand_in.extend(quote!(#[allow(clippy::shadow_reuse)] let #pat = 0_u8;));
            self.was_mutable |= pat.mutability.take().is_some();
            pat.ident = own_at(&name, pat.ident.span());
            self.names.push(name);
        }
    }

    fn visit_field_pat_mut(&mut self, field: &mut FieldPat) {
        if !field.attrs.is_empty() {
            return;
        }
        let before = self.names.len();
        self.visit_pat_mut(&mut field.pat);
        if self.names.len() > before {
            // `P { x }` is `P { x: x }`.
            field.colon_token.get_or_insert_default();
        }
    }

    // A name that is bound twice stays one.
    fn visit_pat_or_mut(&mut self, _: &mut syn::PatOr) {}
    fn visit_expr_mut(&mut self, _: &mut syn::Expr) {}
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
}

/// Whether a macro is called that may be a procedural one, which can mention what its call does not.
fn calls_unknown(tokens: &TokenStream) -> bool {
    let mut name: Option<Ident> = None;
    any_token(tokens, &mut |token, next| match token {
        TokenTree::Punct(punct) if punct.as_char() == '!' && matches!(next, Some(TokenTree::Group(_))) => {
            name.take().is_some_and(|name| hidden::may_mention_more(&name.to_string()))
        }
        TokenTree::Ident(ident) => {
            name = Some(ident.clone());
            false
        }
        _ => {
            name = None;
            false
        }
    })
}

/// All words in an attribute, also those in texts.
fn words(meta: &syn::Meta, names: &mut BTreeSet<String>) {
    let text = meta.to_token_stream().to_string();
    names.extend(text.split(|c: char| !c.is_alphanumeric() && c != '_').map(str::to_owned));
}

/// rustc does not warn of what begins with an underscore.
fn is_checked(name: &Ident) -> bool {
    let text = name.bare();
    !text.starts_with('_') && !text.starts_with(char::is_uppercase)
}
