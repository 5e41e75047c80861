//! The walk through a body, backwards.

use super::{Live, Lives, Names, Target, key, path};
use crate::tokens::Bare as _;
use crate::weave::exits::ends;
use crate::weave::in_macros::is_of_expressions;
use crate::weave::pattern;
use crate::weave::syntax::attributes;
use crate::weave::variables::bound;
use crate::weave::variables::links::Code;
use proc_macro2::Ident;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprClosure, ExprMatch, Label, Pat, Stmt};

impl Lives {
    pub(super) fn statements(&mut self, stmts: &[Stmt]) {
        let mut marks = Vec::with_capacity(stmts.len());
        for stmt in stmts {
            marks.push(self.scope.len());
            match stmt {
                Stmt::Local(local) => self.declare(&local.pat, local.attrs.iter().any(pattern::is_cfg)),
                Stmt::Item(syn::Item::Macro(item)) => {
                    let ids = self.ids(&item.mac.tokens);
                    self.forever.extend(ids);
                }
                _ => {}
            }
        }
        for (stmt, mark) in stmts.iter().zip(marks).rev() {
            match stmt {
                Stmt::Local(local) => self.local(local, mark),
                Stmt::Expr(expr, _) => {
                    self.scope.truncate(mark);
                    if attributes(stmt).iter().any(pattern::is_cfg) {
                        self.perhaps(|this| this.visit_expr(expr));
                    } else {
                        self.visit_expr(expr);
                    }
                }
                Stmt::Macro(call) => {
                    self.scope.truncate(mark);
                    self.may_bind |= !call.mac.path.get_ident().is_some_and(|name| is_of_expressions(&name.bare()));
                    self.visit_macro(&call.mac);
                }
                Stmt::Item(_) => self.scope.truncate(mark),
            }
        }
    }

    fn local(&mut self, local: &syn::Local, mark: usize) {
        let conditional = local.attrs.iter().any(pattern::is_cfg);
        let Some(init) = &local.init else {
            // No value yet.
            self.scope.truncate(mark);
            return;
        };
        self.bind(&local.pat, mark, conditional);
        if let Some((_, diverge)) = &init.diverge {
            let after = std::mem::take(&mut self.live);
            self.visit_expr(diverge);
            self.live.extend(after);
        }
        self.visit_expr(&init.expr);
    }

    /// Code that may run, or not.
    fn perhaps(&mut self, walk: impl FnOnce(&mut Self)) {
        let without = self.live.clone();
        walk(self);
        self.live.extend(without);
    }

    /// A condition that leads to `then`, or to where `otherwise` is wanted.
    fn condition(&mut self, cond: &Expr, otherwise: &Live, then: impl FnOnce(&mut Self)) {
        let mut operands = Vec::new();
        flatten(cond, &mut operands);
        let mut marks = Vec::with_capacity(operands.len());
        for operand in &operands {
            marks.push(self.scope.len());
            if let Expr::Let(e) = operand {
                self.declare(&e.pat, false);
            }
        }
        then(self);
        for (operand, mark) in operands.into_iter().zip(marks).rev() {
            let Expr::Let(e) = operand else {
                self.scope.truncate(mark);
                self.live.extend(otherwise);
                self.visit_expr(operand);
                continue;
            };
            self.bind(&e.pat, mark, false);
            self.live.extend(otherwise);
            self.visit_expr(&e.expr);
        }
    }

    /// A loop whose rounds are `round`: what is wanted at the end of one is what is wanted at the beginning of the next.
    fn rounds(&mut self, label: &Option<Label>, mut round: impl FnMut(&mut Self, &Live)) {
        let after = std::mem::take(&mut self.live);
        let deep = self.is_deep();
        if deep {
            self.live = self.scope.iter().map(|(_, id)| *id).collect();
        }
        self.twice += 1;
        for _ in 0..if deep { 1 } else { 2 } {
            let (broken, continued) = (after.clone(), self.live.clone());
            self.targets.push(Target { label: text(label), is_loop: true, broken, continued });
            round(self, &after);
            self.targets.pop();
        }
        self.twice -= 1;
    }

    /// What is walked twice doubles the work for all that is inside; so deep, all counts as wanted.
    fn is_deep(&self) -> bool {
        self.twice > 5
    }

    /// Code that runs at another time, once or often; it only borrows what it mentions, but for names of its own, or has it.
    fn detached(&mut self, whole: &impl Code, borrows: Option<&[Ident]>, often: bool, mut walk: impl FnMut(&mut Self)) {
        let (after, owns) = (self.live.clone(), borrows.is_none());
        let mut borrowed = Live::new();
        if let Some(own) = borrows {
            borrowed.extend(self.ids(whole));
            own.iter().filter_map(|name| self.id(name)).for_each(|id| _ = borrowed.remove(&id));
        }
        let (targets, exit) = (std::mem::take(&mut self.targets), std::mem::take(&mut self.at_exit));
        self.live.clone_from(&borrowed);
        let twice = often && owns;
        let deep = twice && self.is_deep();
        if deep {
            self.live = self.scope.iter().map(|(_, id)| *id).collect();
        }
        self.twice += u32::from(twice);
        for _ in 0..=usize::from(twice && !deep) {
            self.at_exit.clone_from(&self.live);
            walk(self);
        }
        self.twice -= u32::from(twice);
        (self.targets, self.at_exit) = (targets, exit);
        self.live.extend(borrowed.into_iter().chain(after));
    }

    fn closure(&mut self, closure: &ExprClosure) {
        let names: Vec<Ident> = closure.inputs.iter().flat_map(|pat| Names::of(pat).0).collect();
        let borrows = closure.capture.is_none().then_some(&*names);
        self.detached(closure, borrows, true, |this| {
            let mark = this.scope.len();
            closure.inputs.iter().for_each(|pat| this.declare(pat, false));
            this.visit_expr(&closure.body);
            for name in &names {
                let id = this.id(name);
                this.gets(name, id);
            }
            this.scope[mark..].iter().for_each(|(_, id)| _ = this.live.remove(id));
            this.scope.truncate(mark);
        });
    }

    fn matching(&mut self, e: &ExprMatch) {
        let after = std::mem::take(&mut self.live);
        let mut before = Live::new();
        for arm in &e.arms {
            self.live.clone_from(&after);
            let mark = self.scope.len();
            self.declare(&arm.pat, false);
            match &arm.guard {
                // What it binds is the arm's.
                Some((_, guard)) if has_let(guard) => {
                    self.condition(guard, &Live::new(), |this| this.visit_expr(&arm.body));
                }
                guard => {
                    self.visit_expr(&arm.body);
                    guard.iter().for_each(|(_, guard)| self.visit_expr(guard));
                }
            }
            self.bind(&arm.pat, mark, false);
            before.extend(std::mem::take(&mut self.live));
        }
        self.live = before;
        self.visit_expr(&e.expr);
    }

    fn goes_to(&mut self, label: &Option<syn::Lifetime>, breaks: bool) {
        let name = label.as_ref().map(|label| label.ident.to_string());
        let fits = |target: &&Target| if name.is_some() { target.label == name } else { target.is_loop };
        self.live = match self.targets.iter().rev().find(fits) {
            Some(target) if breaks => target.broken.clone(),
            Some(target) => target.continued.clone(),
            None => self.at_exit.clone(),
        };
    }

    /// What is on the left of an `=`.
    fn assigned(&mut self, left: &Expr) {
        match left {
            Expr::Path(path) if path.path.get_ident().is_some_and(|name| self.id(name).is_some()) => {
                let Some(name) = path.path.get_ident() else { return };
                let id = self.id(name);
                self.gets(name, id);
                id.iter().for_each(|id| _ = self.live.remove(id));
            }
            Expr::Path(path) if path.qself.is_none() => self.unknown.extend(path.path.get_ident().map(place)),
            Expr::Tuple(e) => e.elems.iter().for_each(|e| self.assigned(e)),
            Expr::Array(e) => e.elems.iter().for_each(|e| self.assigned(e)),
            Expr::Call(e) => e.args.iter().for_each(|e| self.assigned(e)),
            Expr::Struct(e) => e.fields.iter().for_each(|field| self.assigned(&field.expr)),
            Expr::Paren(e) => self.assigned(&e.expr),
            Expr::Group(e) => self.assigned(&e.expr),
            other => self.visit_expr(other),
        }
    }
}

impl<'e> Visit<'e> for Lives {
    fn visit_block(&mut self, block: &'e Block) {
        self.statements(&block.stmts);
    }

    fn visit_expr(&mut self, expr: &'e Expr) {
        match expr {
            Expr::Path(e) => {
                let id = e.path.get_ident().and_then(|name| self.id(name));
                self.used.extend(id);
                self.live.extend(id);
            }
            Expr::Assign(e) => {
                let name = path(&e.left);
                let dead = name.and_then(|name| self.id(name)).is_some_and(|id| !self.live.contains(&id));
                self.assigned(&e.left);
                match &*e.right {
                    // `x = x + 1` wants `x` only for itself.
                    Expr::Binary(sum) if dead && path(&sum.left) == name => self.visit_expr(&sum.right),
                    right => self.visit_expr(right),
                }
            }
            Expr::Binary(e) if bound::is_assignment(&e.op) => {
                // `x += 1`, too.
                match path(&e.left).map(|name| (name, self.id(name))) {
                    Some((name, id @ Some(_))) => self.gets(name, id),
                    Some((name, None)) => self.unknown.push(place(name)),
                    None => self.visit_expr(&e.left),
                }
                self.visit_expr(&e.right);
            }
            Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_) | syn::BinOp::Or(_)) => {
                self.perhaps(|this| this.visit_expr(&e.right));
                self.visit_expr(&e.left);
            }
            Expr::If(e) => {
                let after = self.live.clone();
                e.else_branch.iter().for_each(|(_, other)| self.visit_expr(other));
                let otherwise = std::mem::replace(&mut self.live, after);
                self.condition(&e.cond, &otherwise, |this| this.visit_block(&e.then_branch));
            }
            Expr::While(e) => self.rounds(&e.label, |this, after| {
                this.condition(&e.cond, after, |this| this.visit_block(&e.body));
            }),
            Expr::Loop(e) => self.rounds(&e.label, |this, _| this.visit_block(&e.body)),
            Expr::ForLoop(e) => {
                self.rounds(&e.label, |this, after| {
                    let mark = this.scope.len();
                    this.declare(&e.pat, false);
                    this.visit_block(&e.body);
                    this.bind(&e.pat, mark, false);
                    this.live.extend(after);
                });
                self.visit_expr(&e.expr);
            }
            Expr::Match(e) => self.matching(e),
            Expr::Block(e) => {
                let broken = self.live.clone();
                let label = text(&e.label);
                self.targets.push(Target { label, is_loop: false, broken, continued: Live::new() });
                self.visit_block(&e.block);
                self.targets.pop();
            }
            Expr::Closure(e) => self.closure(e),
            Expr::Async(e) => {
                self.detached(e, e.capture.is_none().then_some(&[]), false, |this| this.visit_block(&e.block))
            }
            Expr::Break(e) => {
                self.goes_to(&e.label, true);
                e.expr.iter().for_each(|e| self.visit_expr(e));
            }
            Expr::Continue(e) => self.goes_to(&e.label, false),
            Expr::Return(e) => {
                self.live = self.at_exit.clone();
                e.expr.iter().for_each(|e| self.visit_expr(e));
            }
            Expr::Try(e) => {
                let exit: Vec<_> = self.at_exit.iter().copied().collect();
                self.live.extend(exit);
                self.visit_expr(&e.expr);
            }
            Expr::Macro(e) => self.visit_macro(&e.mac),
            Expr::Const(_) | Expr::TryBlock(_) | Expr::Verbatim(_) => self.uses(expr),
            other => visit::visit_expr(self, other),
        }
    }

    fn visit_macro(&mut self, call: &'e syn::Macro) {
        if ends::panics(call) {
            self.live = self.at_exit.clone();
        }
        self.uses(&call.tokens);
    }

    fn visit_item(&mut self, _: &'e syn::Item) {}
    fn visit_pat(&mut self, _: &'e Pat) {}
    fn visit_type(&mut self, _: &'e syn::Type) {}
}

fn place(name: &Ident) -> (String, String) {
    (name.to_string(), key(name.span()))
}

fn text(label: &Option<Label>) -> Option<String> {
    label.as_ref().map(|label| label.name.ident.to_string())
}

fn has_let(cond: &Expr) -> bool {
    let mut operands = Vec::new();
    flatten(cond, &mut operands);
    operands.iter().any(|operand| matches!(operand, Expr::Let(_)))
}

/// The operands of a chain of `&&`.
fn flatten<'e>(cond: &'e Expr, operands: &mut Vec<&'e Expr>) {
    match cond {
        Expr::Binary(e) if matches!(e.op, syn::BinOp::And(_)) => {
            flatten(&e.left, operands);
            flatten(&e.right, operands);
        }
        other => operands.push(other),
    }
}
