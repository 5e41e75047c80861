//! Values before use: what a statement is about to work on, shown as a debugger shows it beside the line.
//!
//! Before a statement that uses a variable as a whole, the variable may be looked at: the statement itself could not use it if it were
//! not initialized, had been moved, or were borrowed for longer. Two things can still be in the way, and both are seen in
//! the syntax. The statement gives the variable a value. Or a mutable borrow of it ends inside this statement: then it is held by
//! another local that the statement mentions too, and that was linked with the variable before, by a statement that
//! mentioned both or by a chain of them. Arguments can't hold a borrow of a local: their types are the caller's.
//!
//! Only variables that can have changed since they were last seen are shown: `mut` ones and `&mut` arguments, mentioned since.

use super::bound::How;
use super::heads::Heads;
use super::lends::{Lends, Lent};
use super::links::Links;
use super::reads::Place;
use crate::tokens::{Bare as _, Tokens};
use crate::weave::body::Body;
use crate::weave::pattern;
use crate::weave::values::value::Written;
use proc_macro2::Ident;
use quote::ToTokens;
use std::collections::BTreeSet;
use syn::visit::Visit;
use syn::{FnArg, Pat, Stmt};

/// What is known of the variables in scope.
#[derive(Default)]
pub(crate) struct Uses {
    links: Links,
    variables: Vec<Variable>,
    pub(crate) lends: Lends,
    /// Those that the function may give back a borrow of, if it may at all.
    lent: Option<Lent>,
}

struct Variable {
    name: String,
    /// How it is shown, once that is known.
    how: Option<How>,
    /// Whether it may change, and so is shown before it is used.
    changes: bool,
    /// Whether it was shown, and not mentioned since.
    fresh: bool,
}

impl Uses {
    /// `seen`: whether the arguments are in the record of the entry; `mutates`: whether variables of the body may change; `lends`: whether the function may
    /// give back a borrow.
    pub(crate) fn of<'i>(
        block: &syn::Block,
        inputs: impl Iterator<Item = &'i FnArg>,
        seen: bool,
        mutates: bool,
        lends: bool,
    ) -> Self {
        let mut uses = Self::default();
        // What a pattern takes out of an argument has a type of its own.
        let mut parts = Vec::new();
        for input in inputs {
            uses.argument(input);
            if let FnArg::Typed(arg) = input
                && pattern::single(&arg.pat).is_none()
            {
                pattern::idents(&arg.pat, &mut parts);
            }
        }
        uses.variables.iter_mut().for_each(|variable| variable.fresh = seen);
        let changing = uses.variables.iter().filter(|variable| variable.changes).map(|variable| variable.name.clone());
        // Where nothing changes, nothing is shown again.
        if mutates || uses.any() {
            uses.links = Links::of(block, changing, parts);
            uses.lent = lends.then(Lent::default);
        }
        uses
    }

    /// How many variables there are, for [`Self::leave`].
    pub(crate) fn enter(&self) -> usize {
        self.variables.len()
    }

    /// Forgets the variables of a scope.
    pub(crate) fn leave(&mut self, entered: usize) {
        self.variables.truncate(entered);
    }

    /// Takes the names of variables away, all or those that `is_hidden` says: they mean something else here. They come back by [`Self::show_again`].
    pub(crate) fn hide(&mut self, is_hidden: impl Fn(&str) -> bool) -> Vec<(usize, String)> {
        let variables = self.variables.iter_mut().enumerate().filter(|(_, variable)| is_hidden(&variable.name));
        variables.map(|(at, variable)| (at, std::mem::take(&mut variable.name))).collect()
    }

    pub(crate) fn show_again(&mut self, hidden: Vec<(usize, String)>) {
        hidden.into_iter().for_each(|(at, name)| self.variables[at].name = name);
    }

    /// A variable comes into scope. `how`: it was shown in this way.
    pub(crate) fn declare(&mut self, name: &Ident, changes: bool, how: Option<How>) {
        self.variables.push(Variable { name: name.bare(), how, changes, fresh: how.is_some() });
    }

    fn argument(&mut self, input: &FnArg) {
        let FnArg::Typed(arg) = input else { return };
        let mut ty = &*arg.ty;
        while let syn::Type::Group(syn::TypeGroup { elem, .. }) | syn::Type::Paren(syn::TypeParen { elem, .. }) = ty {
            ty = elem;
        }
        let borrowed = matches!(ty, syn::Type::Reference(ty) if ty.mutability.is_some());
        let conditional = arg.attrs.iter().any(pattern::is_cfg);
        for bound in pattern::bound(&arg.pat) {
            let is_whole = pattern::single(&arg.pat).is_some();
            let changes = bound.mutability.is_some() || borrowed && is_whole;
            let how = is_whole.then(|| How::Known(Written::of(&arg.ty.to_token_stream())));
            self.declare(&bound.ident, changes && !conditional, how);
        }
    }

    /// Whether there is a variable to show before it is used.
    pub(crate) fn any(&self) -> bool {
        self.variables.iter().any(|variable| variable.changes)
    }

    /// A variable was shown, in this way.
    pub(crate) fn shown(&mut self, name: &str, how: Option<How>) {
        if let Some(variable) = self.variables.iter_mut().rev().find(|variable| variable.name == name) {
            variable.fresh = true;
            variable.how = how;
        }
    }

    /// Whether a variable is in scope, be it under a `#[cfg]`.
    pub(crate) fn knows(&self, name: &str) -> bool {
        self.variables.iter().any(|variable| variable.name == name)
    }

    /// How a variable that is in scope is shown.
    pub(crate) fn how(&self, name: &str) -> Option<How> {
        self.variables.iter().rev().find(|variable| variable.name == name)?.how
    }

    /// All may have changed: a round of a loop begins.
    pub(crate) fn all_stale(&mut self) {
        self.variables.iter_mut().for_each(|variable| variable.fresh = false);
    }

    /// Where the code may go one way or another: what is fresh, for [`Self::join`].
    pub(crate) fn fork(&self) -> Vec<bool> {
        self.variables.iter().map(|variable| variable.fresh).collect()
    }

    /// The end of one way. What it showed was not seen by those who went another one; what it changed is said of the whole statement.
    pub(crate) fn join(&mut self, fork: &[bool]) {
        self.variables.truncate(fork.len());
        self.variables.iter_mut().zip(fork).for_each(|(variable, fresh)| variable.fresh = *fresh);
    }

    /// This statement comes next.
    pub(crate) fn may_lend(&mut self, statement: &Stmt) {
        self.lent.iter_mut().for_each(|lent| lent.visit_stmt(statement));
    }

    fn gives_back(&self, name: &str) -> bool {
        self.lent.as_ref().is_some_and(|lent| lent.has(name))
    }

    /// A statement, or the head of one, has been executed that may have changed these.
    pub(crate) fn executed(&mut self, changed: &BTreeSet<String>, is_macro: bool) {
        for variable in &mut self.variables {
            if changed.iter().any(|name| self.links.linked(name, &variable.name)) {
                variable.fresh = false;
            }
            // It may have given the name to another variable, as `pin!(x)` does.
            if is_macro && changed.contains(&variable.name) {
                variable.changes = false;
                variable.how = None;
            }
        }
    }
}

impl Body<'_, '_> {
    /// What is to be shown before `statement`.
    pub(crate) fn before(&mut self, statement: &Stmt) -> Tokens {
        if !self.is_plain() {
            return Tokens::default();
        }
        let mut heads = Heads::default();
        heads.visit_stmt(statement);
        if heads.whole.is_empty() {
            return Tokens::default();
        }
        let mut probes = Tokens::default();
        let mut seen = BTreeSet::new();
        for ident in heads.whole {
            let name = ident.bare();
            let Some(index) = self.uses.variables.iter().rposition(|variable| variable.name == name) else { continue };
            let variable = &self.uses.variables[index];
            if self.frame().calm.is_some_and(|calm| index < calm.uses) {
                continue;
            }
            let held = self.uses.lends.has(&name)
                || self.uses.gives_back(&name)
                || heads.mentions.iter().any(|other| self.uses.links.may_hold(other, &name));
            if !variable.changes || variable.fresh || held || heads.spoiled.contains(&name) || !seen.insert(name) {
                continue;
            }
            let how = variable.how.or_else(|| self.how_to_show(&ident, None));
            let place = Place::read(&ident, std::slice::from_ref(statement));
            probes.append(self.show(&ident, &place, &Tokens::default(), how));
            self.uses.shown(&ident.bare(), how);
        }
        probes
    }

    /// The variables of a `let` are in scope.
    pub(crate) fn declare(&mut self, pat: &Pat, how: &mut dyn FnMut(&Ident) -> Option<How>) {
        let (plain, conditional) = (self.is_plain(), self.is_conditional());
        for bound in pattern::bound(pat) {
            let changes = plain && bound.mutability.is_some() && bound.by_ref.is_none();
            // Under another `#[cfg]` the name may be that of another variable.
            let how = if conditional { None } else { how(&bound.ident) };
            self.uses.declare(&bound.ident, changes, how);
        }
        self.shadow_perhaps(&pattern::perhaps(pat));
    }

    /// These names may be other variables from here on.
    pub(crate) fn shadow_perhaps(&mut self, names: &[Ident]) {
        names.iter().for_each(|name| self.uses.declare(name, false, None));
    }

    /// Whether this code runs when the function runs, and once for each time, and what is mentioned in it is alive.
    fn is_plain(&self) -> bool {
        let frame = self.frame();
        !self.outlived && self.looks() && frame.own_exits && frame.links && !self.is_conditional()
    }
}
