//! Which values are never looked at again, as far as the syntax shows it.
//!
//! rustc warns of them (`unused_variables`, `unused_assignments`). A probe that looked at one would be a use of it, and the warning would
//! be gone. So the body is walked backwards, as rustc does it, with the set of the variables whose values are still wanted. Where
//! the syntax does not tell, a value is wanted.

mod walk;

use crate::check::any_token;
use crate::tokens::Bare as _;
use crate::weave::pattern;
use crate::weave::variables::links::{Code, mentioned};
use proc_macro2::{Ident, Span, TokenTree};
use quote::ToTokens;
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Expr, Pat, Stmt};

/// The places where a variable gets a value that nobody looks at.
#[derive(Default)]
pub(crate) struct Dead {
    places: BTreeMap<String, Place>,
    /// The variables that are looked at somewhere.
    used: Live,
}

/// Where a variable gets a value.
#[derive(Default)]
struct Place {
    variable: usize,
    /// Whether it is wanted.
    wanted: bool,
}

impl Dead {
    /// Those of a body. `params`: the names that it begins with.
    pub(crate) fn of(stmts: &[Stmt], params: &[Ident]) -> Self {
        let mut lives = Lives::default();
        params.iter().for_each(|name| lives.name(name, false));
        lives.statements(stmts);
        for name in params {
            let id = lives.id(name);
            lives.gets(name, id);
        }
        if !lives.may_bind && !lives.unknown.is_empty() {
            lives.names_nobody_binds(stmts);
        }
        Self { places: lives.places, used: lives.used }
    }

    /// Whether the value that `name` gets at this place is never looked at.
    pub(crate) fn at(&self, name: &Ident) -> bool {
        self.places.get(&key(name.span())).is_some_and(|place| !place.wanted)
    }

    /// Whether it is so because another one is put there first.
    pub(crate) fn overwritten(&self, name: &Ident) -> bool {
        self.places.get(&key(name.span())).is_some_and(|place| !place.wanted && self.used.contains(&place.variable))
    }
}

/// What tells places apart. What a macro repeats is one place.
fn key(span: Span) -> String {
    format!("{span:?}")
}

type Live = BTreeSet<usize>;

/// Where `break` and `continue` go to.
struct Target {
    label: Option<String>,
    is_loop: bool,
    broken: Live,
    continued: Live,
}

#[derive(Default)]
struct Lives {
    /// The variables in scope.
    scope: Vec<(String, usize)>,
    variables: usize,
    /// The variables whose values are wanted at this point of the code.
    live: Live,
    /// Those that are wanted where the function or closure is left.
    at_exit: Live,
    /// Those that a local macro may look at whenever it is called.
    forever: Live,
    targets: Vec<Target>,
    /// How many loops and closures that are walked twice the walk is in.
    twice: u32,
    places: BTreeMap<String, Place>,
    used: Live,
    /// The names and places of variables that get a value, and are not known.
    unknown: Vec<(String, String)>,
    /// Whether a macro may bind it.
    may_bind: bool,
}

impl Lives {
    fn name(&mut self, name: &Ident, conditional: bool) {
        // Under a `#[cfg]` it may be the variable of the same name that is in scope already.
        let known = if conditional { self.id(name) } else { None };
        let id = known.unwrap_or(self.variables);
        self.variables += 1;
        self.scope.push((name.bare(), id));
    }

    /// Of a variable that is bound nowhere rustc says so: once is enough.
    fn names_nobody_binds(&mut self, stmts: &[Stmt]) {
        // Patterns, also those under a `#[cfg]`.
        let mut bound = Patterns::default();
        stmts.iter().for_each(|stmt| bound.visit_stmt(stmt));
        for (_, place) in self.unknown.drain(..).filter(|(name, _)| !bound.0.contains(name)) {
            self.places.entry(place).or_default();
        }
    }

    fn declare(&mut self, pat: &Pat, conditional: bool) {
        pattern::bound(pat).iter().for_each(|bound| self.name(&bound.ident, conditional));
    }

    fn id(&self, name: &Ident) -> Option<usize> {
        let name = name.bare();
        self.scope.iter().rev().find(|(known, _)| *known == name).map(|(_, id)| *id)
    }

    /// A variable gets a value.
    fn gets(&mut self, name: &Ident, id: Option<usize>) {
        if let Some(id) = id {
            let wanted = self.live.contains(&id) || self.forever.contains(&id);
            let place = self.places.entry(key(name.span())).or_default();
            place.variable = id;
            place.wanted |= wanted;
        }
    }

    /// A pattern binds what was declared from `mark` on.
    fn bind(&mut self, pat: &Pat, mark: usize, conditional: bool) {
        let names = Names::of(pat);
        for name in &names.0 {
            let id = self.id(name);
            self.gets(name, id);
        }
        if !conditional {
            self.scope[mark..].iter().for_each(|(_, id)| _ = self.live.remove(id));
        }
        self.scope.truncate(mark);
    }

    fn uses(&mut self, code: &impl Code) {
        let ids = self.ids(code);
        self.used.extend(&ids);
        self.live.extend(ids);
    }

    /// The variables that some code mentions.
    fn ids(&self, code: &impl Code) -> Vec<usize> {
        let names = mentioned(code);
        let mut found: BTreeMap<&str, usize> = BTreeMap::new();
        self.scope.iter().filter(|(name, _)| names.contains(name)).for_each(|(name, id)| _ = found.insert(name, *id));
        found.into_values().collect()
    }
}

/// All the words in patterns.
#[derive(Default)]
struct Patterns(BTreeSet<String>);

impl<'p> Visit<'p> for Patterns {
    fn visit_pat(&mut self, pat: &'p Pat) {
        any_token(&pat.to_token_stream(), &mut |token, _| {
            self.0.extend(matches!(token, TokenTree::Ident(_)).then(|| token.to_string()));
            false
        });
    }
}

/// All the names that a pattern binds, also the second time.
struct Names(Vec<Ident>);

impl Names {
    fn of(pat: &Pat) -> Self {
        let mut names = Self(Vec::new());
        names.visit_pat(pat);
        names
    }
}

impl<'p> Visit<'p> for Names {
    fn visit_pat_ident(&mut self, pat: &'p syn::PatIdent) {
        self.0.push(pat.ident.clone());
        visit::visit_pat_ident(self, pat);
    }

    fn visit_expr(&mut self, _: &'p Expr) {}
}

fn path(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Path(path) if path.qself.is_none() => path.path.get_ident(),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
