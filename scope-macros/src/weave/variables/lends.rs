//! Borrows with a name of their own. While such a one is used, what is borrowed may not be: where the user's code uses it all the same, rustc says so
//! once, and would say it once more of a probe.

use super::links::mentioned;
use crate::tokens::Bare as _;
use crate::weave::pattern;
use proc_macro2::Ident;
use std::collections::BTreeSet;
use syn::visit::{self, Visit};
use syn::{Expr, ExprLet, ExprMatch, Local, Stmt};

/// `let holder = &mut x;`, or a closure that may borrow all that it mentions.
#[derive(Clone)]
pub(crate) struct Lend {
    /// The borrow.
    holder: String,
    /// What may be borrowed.
    names: BTreeSet<String>,
    /// The last statement of the block that mentions the borrow. `None`: it is mentioned behind the block, too.
    until: Option<usize>,
}

/// The borrows at a place in a block.
#[derive(Clone, Default)]
pub(crate) struct Lends {
    all: Vec<Lend>,
    /// The statement.
    at: usize,
}

impl Lends {
    /// A block begins. Gives the borrows round it, for [`Self::leave`].
    pub(crate) fn enter(&mut self, statements: &[Stmt]) -> Self {
        let all = self.all.iter().filter_map(|lend| lend.inside(self.at, statements)).collect();
        std::mem::replace(self, Self { all, at: 0 })
    }

    pub(crate) fn leave(&mut self, outer: Self) {
        *self = outer;
    }

    /// Statement `at` of a block comes next.
    pub(crate) fn next(&mut self, at: usize) {
        self.at = at;
        self.all.retain(|lend| lend.until.is_none_or(|until| until >= at));
    }

    /// What this statement borrows, with these `behind` it: for [`Self::add`], once it has.
    pub(crate) fn by(&self, statement: &Stmt, behind: &[Stmt]) -> Option<Lend> {
        Lend::by(statement, self.at, behind)
    }

    pub(crate) fn add(&mut self, lend: Option<Lend>) {
        self.all.extend(lend);
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.all.iter().any(|lend| lend.names.contains(name))
    }
}

/// Variables that a function may give back a borrow of, by way of another: `match x.get_mut() { … }`, `let y = &mut x;`. Where it does in one
/// branch, rustc takes them for borrowed in all that may come behind, be it another branch.
#[derive(Default)]
pub(crate) struct Lent(BTreeSet<String>);

impl Lent {
    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.contains(name)
    }

    fn asked(&mut self, expr: &Expr) {
        self.0.extend(lent_mutably(expr).map(|name| name.bare()));
    }
}

impl<'e> Visit<'e> for Lent {
    fn visit_local(&mut self, local: &'e Local) {
        local.init.iter().for_each(|init| self.asked(&init.expr));
        visit::visit_local(self, local);
    }

    fn visit_expr_let(&mut self, e: &'e ExprLet) {
        self.asked(&e.expr);
        visit::visit_expr_let(self, e);
    }

    fn visit_expr_match(&mut self, e: &'e ExprMatch) {
        self.asked(&e.expr);
        visit::visit_expr_match(self, e);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}

/// `x`, of `x.get_mut(y)?` and `&mut x.y`.
fn lent_mutably(expr: &Expr) -> Option<&Ident> {
    match expr {
        Expr::Reference(e) if e.mutability.is_some() => root(&e.expr),
        Expr::MethodCall(e) if e.method.to_string().ends_with("mut") => root(&e.receiver),
        Expr::MethodCall(e) => lent_mutably(&e.receiver),
        Expr::Try(e) => lent_mutably(&e.expr),
        Expr::Paren(e) => lent_mutably(&e.expr),
        _ => None,
    }
}

/// How many statements behind a borrow are searched for it.
const LONGEST_LEND: usize = 50;

impl Lend {
    /// By statement `index` of a block, with these `behind` it.
    fn by(statement: &Stmt, index: usize, behind: &[Stmt]) -> Option<Self> {
        let Stmt::Local(local) = statement else { return None };
        let holder = pattern::single(&local.pat)?.ident.bare();
        let names = match &*local.init.as_ref()?.expr {
            Expr::Reference(e) if e.mutability.is_some() => [root(&e.expr)?.bare()].into(),
            Expr::Closure(closure) if closure.capture.is_none() => mentioned(closure),
            _ => return None,
        };
        let last = last_mention(&holder, behind)?;
        Some(Self { holder, names, until: Some(index + 1 + last) })
    }

    /// What it is in a block of statement `at`. `None`: it is over there.
    fn inside(&self, at: usize, statements: &[Stmt]) -> Option<Self> {
        let until = if self.until == Some(at) { Some(last_mention(&self.holder, statements)?) } else { None };
        Some(Self { until, ..self.clone() })
    }
}

fn last_mention(name: &str, statements: &[Stmt]) -> Option<usize> {
    let near = &statements[..statements.len().min(LONGEST_LEND)];
    // From where another one has the name on it is over.
    let near = near.split(|statement| binds(statement, name)).next().unwrap_or(near);
    near.iter().rposition(|statement| mentioned(statement).contains(name))
}

/// The variable that a place is in.
fn root(place: &Expr) -> Option<&Ident> {
    match place {
        Expr::Path(e) => e.path.get_ident(),
        Expr::Field(e) => root(&e.base),
        Expr::Index(e) => root(&e.expr),
        Expr::Paren(e) => root(&e.expr),
        _ => None,
    }
}

fn binds(statement: &Stmt, name: &str) -> bool {
    let Stmt::Local(local) = statement else { return false };
    pattern::single(&local.pat).is_some_and(|other| other.ident == name)
}
