//! What a statement does with the variables that it mentions, as far as the syntax shows it.

use super::links::{Code, mentioned};
use crate::tokens::Bare as _;
use crate::weave::exits::ends;
use crate::weave::pattern;
use crate::weave::syntax::expression_attributes;
use proc_macro2::Ident;
use std::collections::BTreeSet;
use syn::visit::{self, Visit};
use syn::{Expr, Macro, Pat, Stmt};

/// What the head of a statement uses; not what is in its blocks and closures.
#[derive(Default)]
pub(crate) struct Heads {
    /// Variables that are used as a whole: not only a field of them, which may be all that is left.
    pub(crate) whole: Vec<Ident>,
    /// Variables that get a value, or are mentioned where nobody knows what happens to them.
    pub(crate) spoiled: BTreeSet<String>,
    /// All names.
    pub(crate) mentions: BTreeSet<String>,
    /// Names that a `let` of a condition gave another meaning: `if let Ok(line) = next() && line.len() > 3`.
    bound: BTreeSet<String>,
    /// What follows is never reached: there anything may be mentioned.
    ended: bool,
    /// Whether this is an operand: the rest of the statement comes behind its blocks.
    is_operand: bool,
}

impl Heads {
    /// An operand that is a place: a bare name in it is no use of the whole.
    fn place(&mut self, expr: &Expr) {
        match expr {
            Expr::Path(e) => self.mention(e),
            Expr::Field(e) => self.place(&e.base),
            Expr::Paren(e) => self.place(&e.expr),
            Expr::Group(e) => self.place(&e.expr),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.place(&e.expr),
            other => self.visit_expr(other),
        }
    }

    fn spoil(&mut self, code: &impl Code) {
        let names = mentioned(code);
        self.mentions.extend(names.iter().cloned());
        self.spoiled.extend(names);
    }

    fn mention(&mut self, path: &syn::ExprPath) {
        self.mentions.extend(path.path.get_ident().map(|ident| ident.bare()));
    }

    /// What runs behind the head of an expression: as a part of the statement's own head it may assign before the rest of that uses.
    fn branches<'e, C: Code + 'e>(&mut self, is_operand: bool, code: impl IntoIterator<Item = &'e C>) {
        if is_operand {
            code.into_iter().for_each(|code| self.spoil(code));
        }
    }

    fn each(&mut self, expr: &Expr, is_operand: bool) {
        match expr {
            _ if expression_attributes(expr).iter().any(pattern::is_cfg) => self.spoil(expr),
            Expr::Path(e) if e.qself.is_none() => {
                self.mention(e);
                let is_used = |name: &&Ident| !self.ended && !self.bound.contains(&name.bare());
                self.whole.extend(e.path.get_ident().filter(is_used).cloned());
            }
            Expr::Field(_) => self.place(expr),
            Expr::Unary(e) if matches!(e.op, syn::UnOp::Deref(_)) => self.place(&e.expr),
            Expr::RawAddr(e) => self.spoil(&e.expr),
            Expr::Assign(e) => {
                self.spoil(&e.left);
                self.is_operand = is_operand;
                if matches!(&*e.left, Expr::Path(_)) { self.visit_expr(&e.right) } else { self.place(&e.right) }
            }
            Expr::Binary(e) if super::bound::is_assignment(&e.op) => {
                self.spoil(&e.left);
                self.is_operand = is_operand;
                self.visit_expr(&e.right);
            }
            // What is moved out of `v` in `S { .. ..v }` is only what is missing.
            Expr::Struct(e) => {
                for field in &e.fields {
                    if field.attrs.iter().any(pattern::is_cfg) {
                        self.spoil(&field.expr);
                    } else {
                        self.visit_expr(&field.expr);
                    }
                }
                e.rest.iter().for_each(|rest| self.place(rest));
            }
            Expr::If(e) => {
                self.visit_expr(&e.cond);
                self.branches(is_operand, [&e.then_branch]);
                self.branches(is_operand, e.else_branch.iter().map(|(_, other)| &**other));
            }
            Expr::While(e) => {
                self.visit_expr(&e.cond);
                self.branches(is_operand, [&e.body]);
            }
            Expr::Let(e) => {
                self.place(&e.expr);
                self.bound.extend(pattern::bound(&e.pat).into_iter().map(|bound| bound.ident.bare()));
            }
            Expr::Match(e) => {
                self.place(&e.expr);
                self.branches(is_operand, &e.arms);
            }
            Expr::ForLoop(e) => {
                self.visit_expr(&e.expr);
                self.branches(is_operand, [&e.body]);
            }
            // What is in there may assign before the rest of the statement uses.
            Expr::Block(_) | Expr::Unsafe(_) | Expr::Loop(_) | Expr::Macro(_) | Expr::Closure(_) | Expr::Async(_) => {
                self.spoil(expr);
            }
            Expr::Const(_) | Expr::TryBlock(_) | Expr::Verbatim(_) => self.spoil(expr),
            other => {
                // Of these the blocks of their operand are the last that runs.
                let is_last = matches!(other, Expr::Paren(_) | Expr::Group(_) | Expr::Return(_) | Expr::Reference(_));
                self.is_operand = is_operand || !is_last;
                visit::visit_expr(self, other);
            }
        }
    }
}

impl<'e> Visit<'e> for Heads {
    fn visit_local(&mut self, local: &'e syn::Local) {
        let Some(init) = &local.init else { return };
        // `let P { x, .. } = v` takes a part, `let _ = v` nothing.
        if pattern::single(&local.pat).is_some() { self.visit_expr(&init.expr) } else { self.place(&init.expr) }
    }

    fn visit_stmt_macro(&mut self, _: &'e syn::StmtMacro) {}

    fn visit_expr(&mut self, expr: &'e Expr) {
        let is_operand = std::mem::replace(&mut self.is_operand, true);
        self.each(expr, is_operand);
        self.is_operand = is_operand;
        self.ended |= ends::expression(expr);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
    fn visit_pat(&mut self, _: &'e Pat) {}
    fn visit_type(&mut self, _: &'e syn::Type) {}
}

/// The names of variables that a statement, with all that is in it, may change: all that it mentions but those that it only
/// reads.
pub(crate) fn changed(statement: &Stmt) -> BTreeSet<String> {
    let mut changes = Changes(BTreeSet::new());
    changes.visit_stmt(statement);
    changes.0
}

/// The same for what a statement looks at before it goes one way or another.
pub(crate) fn changed_by<'e>(heads: impl IntoIterator<Item = &'e Expr>) -> BTreeSet<String> {
    let mut changes = Changes(BTreeSet::new());
    heads.into_iter().for_each(|head| changes.read(head));
    changes.0
}

struct Changes(BTreeSet<String>);

impl Changes {
    /// An operand that is only read, if it is a bare name.
    fn read(&mut self, expr: &Expr) {
        if !matches!(expr, Expr::Path(_)) {
            self.visit_expr(expr);
        }
    }
}

impl<'e> Visit<'e> for Changes {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Path(e) => self.0.extend(e.path.get_ident().map(|ident| ident.bare())),
            Expr::Binary(e) if !super::bound::is_assignment(&e.op) => {
                self.read(&e.left);
                self.read(&e.right);
            }
            Expr::Unary(e) => self.read(&e.expr),
            Expr::Cast(e) => self.read(&e.expr),
            Expr::Reference(e) if e.mutability.is_none() => self.read(&e.expr),
            Expr::If(e) => {
                self.read(&e.cond);
                self.visit_block(&e.then_branch);
                e.else_branch.iter().for_each(|(_, other)| self.visit_expr(other));
            }
            Expr::Index(e) => {
                self.visit_expr(&e.expr);
                self.read(&e.index);
            }
            Expr::Closure(_) | Expr::Verbatim(_) => self.0.extend(mentioned(expr)),
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, call: &'e Macro) {
        const READ: [&str; 11] = [
            "print",
            "println",
            "eprint",
            "eprintln",
            "format",
            "panic",
            "assert",
            "assert_eq",
            "assert_ne",
            "debug_assert",
            "debug_assert_eq",
        ];
        if !READ.iter().any(|name| call.path.is_ident(name)) {
            self.0.extend(mentioned(&call.tokens));
        }
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
    fn visit_pat(&mut self, _: &'e Pat) {}
    fn visit_type(&mut self, _: &'e syn::Type) {}
}
