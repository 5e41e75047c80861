//! Whether a variable is read behind the statement that gives it a value.
//!
//! `let x = f(&temporary());` is legal where nobody reads `x` later: then the temporary, which dies with the statement, is borrowed
//! no longer. So what may borrow from a temporary is looked at only where the code goes on to read it.

use super::links::mentioned;
use super::pattern;
use super::variable::{assigned, is_assignment};
use std::collections::{HashMap, HashSet};
use syn::ext::IdentExt;
use syn::visit::{self, Visit};
use syn::{Expr, Macro, PatIdent, Stmt};

/// The blocks that the walk is in, from the outermost on.
#[derive(Default)]
pub(crate) struct Later {
    frames: Vec<Frame>,
    /// The next block is the body of a loop, whose head reads these.
    head: Option<HashSet<String>>,
}

struct Frame {
    /// The statement that the walk is at.
    at: usize,
    /// Whether what stands before may be executed again.
    repeats: bool,
    /// For each name the statements that read it, and those that give the name another meaning or value.
    reads: HashMap<String, Vec<usize>>,
    ends: HashMap<String, Vec<usize>>,
}

impl Later {
    /// The next block is the body of a loop; `head`: what is read before each round.
    pub(crate) fn repeat(&mut self, head: HashSet<String>) {
        self.head = Some(head);
    }

    /// Enters a block.
    pub(crate) fn enter(&mut self, statements: &[Stmt]) {
        let head = self.head.take();
        let mut frame = Frame { at: 0, repeats: head.is_some(), reads: HashMap::new(), ends: HashMap::new() };
        for name in head.into_iter().flatten() {
            frame.reads.entry(name).or_default();
        }
        for (index, statement) in statements.iter().enumerate() {
            frame.add(index, statement);
        }
        self.frames.push(frame);
    }

    pub(crate) fn leave(&mut self) {
        self.frames.pop();
    }

    /// The walk goes on to the next statement.
    pub(crate) fn next(&mut self) {
        self.frames.last_mut().into_iter().for_each(|frame| frame.at += 1);
    }

    /// Whether what `name` is given by the statement at hand may be read; `here`: the name is one of this block.
    pub(crate) fn is_read(&self, name: &str, here: bool) -> bool {
        for frame in self.frames.iter().rev().take(if here { 1 } else { usize::MAX }) {
            let read = frame.after(&frame.reads, name);
            let end = frame.after(&frame.ends, name);
            match (read, end) {
                (Some(read), end) if end.is_none_or(|end| read <= end) => return true,
                (_, Some(_)) => return false,
                _ if !here && frame.repeats && frame.reads.contains_key(name) => return true,
                _ => {}
            }
        }
        false
    }
}

impl Frame {
    fn add(&mut self, index: usize, statement: &Stmt) {
        let mut read = |names: HashSet<String>| {
            names.into_iter().for_each(|name| self.reads.entry(name).or_default().push(index));
        };
        let mut ended = Vec::new();
        match statement {
            Stmt::Local(local) => {
                if let Some(init) = &local.init {
                    read(mentioned(&init.expr));
                    init.diverge.iter().for_each(|(_, diverge)| read(mentioned(diverge)));
                }
                pattern::idents(&local.pat, &mut ended);
            }
            Stmt::Expr(Expr::Assign(assign), _) => {
                let mut names = Vec::new();
                assigned(&assign.left, &mut names);
                ended.extend(names.into_iter().map(|name| name.unraw().to_string()));
                let mut left = mentioned(&assign.left);
                left.retain(|name| !ended.contains(name));
                read(left);
                read(mentioned(&assign.right));
            }
            other => read(mentioned(other)),
        }
        ended.into_iter().for_each(|name| self.ends.entry(name).or_default().push(index));
    }

    fn after(&self, statements: &HashMap<String, Vec<usize>>, name: &str) -> Option<usize> {
        statements.get(name)?.iter().copied().find(|index| *index > self.at)
    }
}

/// Whether a variable is given a value that may borrow from what is dropped at the end of its statement.
pub(crate) fn is_lent(statement: &Stmt) -> bool {
    match statement {
        Stmt::Local(local) => local.init.as_ref().is_some_and(|init| may_borrow_temporary(&init.expr)),
        Stmt::Expr(Expr::Assign(e), _) => may_borrow_temporary(&e.right),
        Stmt::Expr(Expr::Binary(e), _) => is_assignment(&e.op) && may_borrow_temporary(&e.right),
        _ => false,
    }
}

/// Whether the value of an expression may borrow from what is dropped at the end of its statement.
fn may_borrow_temporary(expr: &Expr) -> bool {
    let mut temporaries = Temporaries(false);
    temporaries.visit_expr(expr);
    temporaries.0
}

struct Temporaries(bool);

impl<'e> Visit<'e> for Temporaries {
    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Reference(e) => self.0 |= !is_place(&e.expr),
            Expr::MethodCall(e) => self.0 |= !is_place(&e.receiver),
            _ => {}
        }
        visit::visit_expr(self, expr);
    }

    fn visit_pat_ident(&mut self, pat: &'e PatIdent) {
        self.0 |= pat.by_ref.is_some();
        visit::visit_pat_ident(self, pat);
    }

    fn visit_macro(&mut self, call: &'e Macro) {
        self.0 |= !(call.path.is_ident("format") || call.path.is_ident("matches"));
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
}

/// Whether an expression is a place that was there before.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Path(_) | Expr::Lit(_) => true,
        Expr::Field(e) => is_place(&e.base),
        Expr::Index(e) => is_place(&e.expr),
        Expr::Paren(e) => is_place(&e.expr),
        Expr::Group(e) => is_place(&e.expr),
        Expr::Unary(e) => matches!(e.op, syn::UnOp::Deref(_)) && is_place(&e.expr),
        _ => false,
    }
}
