//! Which way the code went: the branches of `if`, `match` and `let … else` that were taken, the rounds of loops, and what their
//! patterns bound. Each probe is the first statement of a block, where what a pattern binds may always be looked at.

use super::body::{Body, Matched};
use super::exits::expression::is_unit;
use super::line::{self, Ahead};
use super::pattern;
use super::values::closed::is_typed;
use super::values::lent::may_make_temporaries;
use super::values::value::Written;
use super::variables::bound::{How, builds_a_value, shown_as};
use super::variables::chains::Bound;
use super::variables::heads::changed_by;
use crate::site::own;
use crate::source;
use crate::tokens::{Bare as _, Tokens};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use syn::spanned::Spanned;
use syn::token::Brace;
use syn::{Arm, Block, Expr, ExprForLoop, ExprIf, ExprLoop, ExprMatch, ExprWhile, Lit, Pat, Stmt, UnOp};
use wrap::{leading_items, prepend, wrap};

mod wrap;

/// How much of the user's text names a branch, in characters.
const LONGEST: usize = 60;

impl Body<'_, '_> {
    /// `if c { … } else { … }`; the `if` behind an `else` is one of its own.
    pub(crate) fn weave_if(&mut self, e: &mut ExprIf) {
        let locks = self.lock_condition(&e.cond);
        let calm = self.is_calm(&e.then_branch, behind_lets(&e.cond));
        let name = self.named("if", &e.cond);
        if name.is_some() {
            self.pardons.of_if(e);
        }
        self.head([&*e.cond]);
        let holds = self.condition_holds(&e.cond);
        let bound = Bound::by_condition(&e.cond);
        self.walk_condition(&mut e.cond, &bound);
        if locks {
            self.mark_condition(&mut e.cond);
        }
        let span = e.if_token.span;
        self.beside(holds, |this| {
            this.calmly(calm, |this| this.branch(&mut e.then_branch, "Branch", span, &name, &bound));
            let Some((token, other)) = &mut e.else_branch else { return };
            match &mut **other {
                Expr::Block(other) if other.label.is_none() => {
                    let name = name.map(|name| format!("else of {name}"));
                    this.branch(&mut other.block, "Branch", token.span, &name, &Bound::default());
                }
                other => this.walk(other),
            }
        });
    }

    pub(crate) fn weave_while(&mut self, e: &mut ExprWhile) {
        let locks = self.lock_condition(&e.cond);
        let calm = self.is_calm(&e.body, behind_lets(&e.cond));
        let name = self.named("while", &e.cond);
        let holds = self.condition_holds(&e.cond);
        let bound = Bound::by_condition(&e.cond);
        self.walk_condition(&mut e.cond, &bound);
        if locks {
            self.mark_condition(&mut e.cond);
        }
        let span = e.while_token.span;
        self.beside(holds, |this| {
            this.calmly(calm, |this| this.branch(&mut e.body, "Iteration", span, &name, &bound));
        });
    }

    /// What a `let` of a chain binds has another meaning in the parts behind it.
    fn walk_condition(&mut self, cond: &mut Expr, bound: &Bound) {
        let is_alone = matches!(cond, Expr::Let(_));
        let hidden = self.uses.hide(|name| !is_alone && bound.binds(name));
        self.walk(cond);
        self.uses.show_again(hidden);
    }

    pub(crate) fn weave_for(&mut self, e: &mut ExprForLoop) {
        let bound = Bound::by([&*e.pat]);
        let calm = self.is_calm(&e.body, None);
        let name = self.named("for", &Head(&e.pat, &e.expr));
        self.pardons.of_for(&e.expr, &e.body);
        let (holds, span) = (self.holds(&e.expr), e.for_token.span);
        self.walk(&mut e.expr);
        self.beside(holds, |this| {
            this.calmly(calm, |this| this.branch(&mut e.body, "Iteration", span, &name, &bound));
        });
    }

    pub(crate) fn weave_loop(&mut self, e: &mut ExprLoop) {
        let name = self.named("loop", &TokenStream::new());
        self.branch(&mut e.body, "Iteration", e.loop_token.span, &name, &Bound::default());
    }

    pub(crate) fn weave_match(&mut self, e: &mut ExprMatch) {
        let guards = e.arms.iter().filter_map(|arm| arm.guard.as_ref()).map(|(_, guard)| &**guard);
        self.head(guards.chain([&*e.expr]));
        if self.resolved.probes.lines {
            self.pardons.of_match(&e.arms);
        }
        let (value, of_two) = (std::mem::take(&mut self.matched), e.arms.len() == 2);
        let reborrows = value != Matched::Typed && self.may_reborrow(&e.arms);
        let holds = self.holds(&e.expr);
        self.walk(&mut e.expr);
        for arm in &mut e.arms {
            let locks = arm.guard.as_ref().is_some_and(|(_, guard)| self.lock_condition(guard));
            if let Some(cfgs) = pattern::cfgs(&arm.attrs) {
                let calm = self.is_calm_value(&arm.body, arm.guard.as_ref().map(|(_, guard)| &**guard));
                self.under(cfgs, |this| {
                    let holds = holds || arm.guard.as_ref().is_some_and(|(_, guard)| this.condition_holds(guard));
                    this.beside(holds, |this| this.calmly(calm, |this| this.arm(arm, reborrows, value, of_two)));
                });
            }
            if let Some((_, guard)) = arm.guard.as_mut().filter(|_| locks) {
                self.mark_condition(guard);
            }
        }
    }

    /// Whether the arms of a `match` of no known type may be `&mut`. rustc then borrows anew what an arm that is a place has, and would
    /// move it out of the block that a probe needs.
    fn may_reborrow(&self, arms: &[Arm]) -> bool {
        let is_number = |arm: &Arm| matches!(&*arm.body, Expr::Path(e) if e.path.get_ident().is_some_and(|name| self.is_number(name)));
        !arms.iter().any(|arm| is_no_borrow(&arm.body) || is_number(arm))
    }

    /// Whether an arm is a place that lives on behind it.
    fn is_outer_place(&self, body: &Expr, pat: &Pat) -> bool {
        match body {
            Expr::Paren(e) => self.is_outer_place(&e.expr, pat),
            Expr::Group(e) => self.is_outer_place(&e.expr, pat),
            Expr::Path(e) => e.path.get_ident().is_some_and(|name| {
                !name.bare().starts_with(char::is_uppercase) && !pattern::bindings(pat).contains(&name)
            }),
            Expr::Field(e) => is_place(&e.base),
            Expr::Index(e) => is_place(&e.expr),
            Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)),
            _ => false,
        }
    }

    fn is_number(&self, name: &Ident) -> bool {
        matches!(self.uses.how(&name.bare()), Some(How::Known(Written::Plain | Written::Literal)))
    }

    /// An arm; not its guard, which may run several times. `reborrows`: a place in it may have to stay one. `of_two`: there is one other.
    fn arm(&mut self, arm: &mut Arm, reborrows: bool, value: Matched, of_two: bool) {
        let name = self.named("", &Reached(arm));
        let span = arm.pat.span();
        let bound = Bound::by_arm(arm);
        if let Expr::Block(body) = &mut *arm.body
            && body.label.is_none()
            && body.attrs.is_empty()
        {
            if body.block.stmts.len() == 1 {
                // With the probe it is more than one statement, which the user did not write.
                body.block.brace_token = Brace(body.block.brace_token.span.join().resolved_at(Span::mixed_site()));
            }
            return self.branch(&mut body.block, "Branch", span, &name, &bound);
        }
        let fork = self.uses.fork();
        if forgets(&arm.body) || reborrows && self.is_outer_place(&arm.body, &arm.pat) {
            bound.pats.iter().for_each(|pat| self.declare(pat, &mut |_| None));
            self.scoped(&bound.pats, |this| this.walk(&mut arm.body));
            return self.uses.join(&fork);
        }
        let (place, bound_probes) = self.entered("Branch", span, &name, &bound);
        let mut probes = self.reached(place, false);
        probes.append(bound_probes);
        probes.append(self.lock_mark_in(&arm.body));
        // An arm is from its first token to its last. Of two with the last in braces clippy would rather have an `if let`, and in braces no `()`.
        let end = line::end(&arm.body);
        let end = if of_two || is_unit(&arm.body) { line::here(end) } else { end };
        self.scoped(&bound.pats, |this| this.walk(&mut arm.body));
        self.uses.join(&fork);
        // rustc reports the parentheses of `(a + b)` where it is the tail of a block, and not where it is an arm.
        if let Expr::Paren(inside) = &mut *arm.body
            && matches!(&*inside.expr, Expr::Binary(_))
            && inside.attrs.is_empty()
            && !probes.is_empty()
        {
            *arm.body = std::mem::replace(&mut *inside.expr, Expr::Verbatim(TokenStream::new()));
        }
        // The body of an arm is where its temporaries end, with braces or without.
        if value == Matched::Unused
            && let Some(made) = made_and_borrowed(&mut arm.body)
        {
            wrap(made, probes, Span::mixed_site());
        } else {
            wrap(&mut arm.body, probes, end);
        }
    }

    /// The block behind `let … else`.
    pub(crate) fn let_else(&mut self, pat: &Pat, token: Span, diverge: &mut Expr) {
        match diverge {
            Expr::Block(e) if e.label.is_none() => {
                let name = self.named("else of let", pat);
                self.branch(&mut e.block, "Branch", token, &name, &Bound::default());
            }
            other => self.walk(other),
        }
    }

    /// A closure's body, with what its parameters are.
    pub(crate) fn closure_body(&mut self, inputs: &[Pat], body: &mut Expr) {
        let fork = self.uses.fork();
        self.pardons.of_value_in_block(body);
        self.pardons.of_closure(inputs, body);
        let items = if let Expr::Block(e) = &*body { leading_items(&e.block) } else { 0 };
        let mut probes = self.mark_of_closure();
        let held = if probes.is_empty() { self.lock_mark_in(body) } else { Tokens::default() };
        probes.append(self.bound(&Bound::by(inputs)));
        probes.append(held);
        self.scoped(inputs, |this| this.walk(body));
        self.uses.join(&fork);
        match body {
            Expr::Block(e) if e.label.is_none() && e.attrs.is_empty() => prepend(&mut e.block, probes, items),
            // A closure is from its first token to its last.
            body => wrap(body, probes, line::end(body)),
        }
    }

    /// A block that is entered with this bound.
    fn branch(&mut self, block: &mut Block, kind: &'static str, span: Span, name: &Option<String>, bound: &Bound) {
        let fork = self.uses.fork();
        if kind == "Iteration" {
            self.uses.all_stale();
        }
        let items = leading_items(block);
        let (place, bound_probes) = self.entered(kind, span, name, bound);
        let ahead = if place.is_some() && bound_probes.is_empty() { Ahead::Line } else { Ahead::Nothing };
        let told = self.ahead_of(ahead, |this| {
            this.scoped(&bound.pats, |this| syn::visit_mut::VisitMut::visit_block_mut(this, block));
        });
        self.uses.join(&fork);
        let mut probes = self.reached(place, told);
        probes.append(bound_probes);
        prepend(block, probes, items);
    }

    /// What decides on the way has been executed.
    fn head<'e>(&mut self, heads: impl IntoIterator<Item = &'e Expr>) {
        if self.uses.any() {
            self.uses.executed(&changed_by(heads), false);
        }
    }

    /// The place of a branch, and the probes of what it binds.
    fn entered(
        &mut self,
        kind: &'static str,
        span: Span,
        name: &Option<String>,
        bound: &Bound,
    ) -> (Option<usize>, Tokens) {
        let place = name.as_ref().map(|name| self.place(kind, span, vec![name.clone()]));
        (place, self.bound(bound))
    }

    /// The probe of a branch, which may tell of the first line in it, too.
    fn reached(&self, place: Option<usize>, with_line: bool) -> Tokens {
        let Some(place) = place else { return Tokens::default() };
        let mut probe = self.call.sites();
        let mut arguments = Tokens::default();
        arguments.number(place);
        probe.call(own(if with_line { "__scope_lines" } else { "__scope_line" }), arguments);
        probe.punct(';');
        probe
    }

    /// The probes of what is bound, and in scope from here on.
    fn bound(&mut self, bound: &Bound) -> Tokens {
        let (links, pats) = (self.frame().links, &bound.pats);
        let seen = pats.iter().filter(|pat| links || is_typed(pat));
        let mut names: Vec<Ident> = seen.flat_map(pattern::bindings).cloned().collect();
        names.retain(|name| self.looks() && bound.may_show(&name.bare()));
        let (probes, shown) = self.bind(&names, None, &Tokens::default(), &[]);
        pats.iter().for_each(|pat| self.declare(pat, &mut |name| shown_as(&shown, name)));
        probes
    }

    /// What names a branch; `None`: nobody asks for it.
    fn named(&self, word: &str, what: &dyn ToTokens) -> Option<String> {
        self.resolved.probes.lines.then(|| {
            let text = source::text(what.to_token_stream(), LONGEST);
            let space = if word.is_empty() || text.is_empty() { "" } else { " " };
            format!("{word}{space}{text}")
        })
    }
}

/// Whether an expression is a place in what has a name.
fn is_place(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(e) => is_place(&e.expr),
        Expr::Group(e) => is_place(&e.expr),
        Expr::Field(e) => is_place(&e.base),
        Expr::Index(e) => is_place(&e.expr),
        Expr::Unary(e) => matches!(e.op, UnOp::Deref(_)),
        Expr::Path(_) => true,
        _ => false,
    }
}

/// Whether an expression is seen to be no reference. (Behind one that is shared, a `&mut` is borrowed anew, too.)
fn is_no_borrow(expr: &Expr) -> bool {
    let is_made = |path: &syn::Path| path.segments.last().is_some_and(|last| is_made(&last.ident.bare()));
    match expr {
        Expr::Paren(e) => is_no_borrow(&e.expr),
        Expr::Group(e) => is_no_borrow(&e.expr),
        Expr::Path(e) => is_made(&e.path),
        Expr::Call(e) => matches!(&*e.func, Expr::Path(func) if is_made(&func.path)),
        Expr::Macro(e) => builds_a_value(&e.mac),
        Expr::Unary(e) => !matches!(e.op, UnOp::Deref(_)),
        Expr::Block(e) => matches!(e.block.stmts.last(), Some(Stmt::Expr(tail, None)) if is_no_borrow(tail)),
        Expr::Lit(e) => {
            matches!(e.lit, Lit::Int(_) | Lit::Float(_) | Lit::Bool(_) | Lit::Char(_) | Lit::Byte(_))
        }
        Expr::Array(_)
        | Expr::Async(_)
        | Expr::Binary(_)
        | Expr::Closure(_)
        | Expr::Range(_)
        | Expr::Repeat(_)
        | Expr::Struct(_)
        | Expr::Tuple(_) => true,
        _ => false,
    }
}

/// What an arm makes and borrows: `&format!(…)`. In braces with a probe, that borrow would be made another type's only behind them, where it has
/// come to its end; it may where nobody uses it.
fn made_and_borrowed(body: &mut Expr) -> Option<&mut Expr> {
    let Expr::Reference(e) = body else { return None };
    let makes = match &*e.expr {
        Expr::Macro(made) => builds_a_value(&made.mac),
        made => matches!(made, Expr::MethodCall(_)) && !may_make_temporaries(made),
    };
    makes.then_some(&mut *e.expr)
}

/// What is called like a unit or a constructor. (A constant may be a reference.)
pub(crate) fn is_made(name: &str) -> bool {
    name.starts_with(char::is_uppercase) && name.chars().any(char::is_lowercase)
}

/// `for x in xs`, without the `for`.
struct Head<'e>(&'e Pat, &'e Expr);

impl ToTokens for Head<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        let Self(pat, expr) = self;
        tokens.extend(quote!(#pat in #expr));
    }
}

/// `p if g`.
struct Reached<'e>(&'e Arm);

impl ToTokens for Reached<'_> {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.0.pat.to_tokens(tokens);
        if let Some((word, guard)) = &self.0.guard {
            word.to_tokens(tokens);
            guard.to_tokens(tokens);
        }
    }
}

/// What of a condition runs behind the first of its `let`s.
fn behind_lets(cond: &Expr) -> Option<&Expr> {
    (!matches!(cond, Expr::Let(_))).then_some(cond)
}

/// Whether an arm is a call of `drop` or `forget` and no more: rustc asks what that is good for everywhere else.
fn forgets(body: &Expr) -> bool {
    let Expr::Call(call) = body else { return false };
    let Expr::Path(path) = &*call.func else { return false };
    path.path.segments.last().is_some_and(|last| last.ident == "drop" || last.ident == "forget")
}
