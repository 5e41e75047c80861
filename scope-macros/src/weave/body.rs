//! The walk through a body: puts probes between its statements and round its exits, and hands items inside to the weaver.

use super::Weaver;
use super::exits::call::{Call, Seen};
use super::exits::expression::Given;
use super::exits::given::may_borrow;
use super::exits::{ends, shadows};
use super::facts::Facts;
use super::futures::blocks::before;
use super::futures::calm::Calm;
use super::futures::tails;
use super::line::Ahead;
use super::locks::{Locks, calls};
use super::pattern::{self, is_cfg};
use super::syntax::expression_attributes;
use super::values::captures;
use super::values::picks::{PickId, Picks, Token};
use super::variables::lives::Dead;
use super::variables::uses::Uses;
use crate::attr::Attr;
use crate::site::{Sites, own};
use crate::tokens::{Bare as _, Tokens};
use pardons::Pardons;
use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use scope_plan::{Detail, Resolved};
pub(crate) use statement::Matched;
use syn::punctuated::Punctuated;
use syn::visit_mut::VisitMut;
use syn::{Attribute, Block, Expr, FnArg, Item, Stmt, Token};

pub(crate) mod pardons;
mod statement;

/// The body of one function, while it is woven.
pub(crate) struct Body<'w, 'a> {
    pub(crate) weaver: &'w mut Weaver<'a>,
    pub(crate) resolved: &'w Resolved,
    /// The call that the walk is in.
    pub(crate) call: Call,
    /// The calls that are complete: those of async blocks.
    pub(crate) blocks: TokenStream,
    pub(crate) block_count: usize,
    /// Whether the function's call is handed to an async block.
    pub(crate) is_handed: bool,
    pub(crate) picks: Picks,
    pub(crate) uses: Uses,
    pub(crate) locks: Locks,
    /// The values that nobody looks at, which no probe may look at either.
    pub(crate) dead: Dead,
    frame: Frame,
    /// The names of the locals that are in scope for sure.
    pub(crate) locals: Vec<String>,
    /// Whether there is `unsafe` code: there a name that gets a value may be that of a `static mut`.
    pub(crate) is_unsafe: bool,
    /// Whether no value may be looked into whose type is not known: see [`super::sources`].
    pub(crate) objects: bool,
    /// The `#[cfg]`s round the code that the walk is in.
    cfgs: Vec<Tokens>,
    /// Whether a strategy was looked up for what the call gives back.
    pub(crate) looks_up: bool,
    /// Whether an item inside was woven.
    pub(crate) changed: bool,
    /// What the probe in front of the walk tells of what is next.
    pub(crate) ahead: Ahead,
    /// Whether the function's entry tells of its first line.
    pub(crate) tells_line: bool,
    /// Of the `match` that is next.
    pub(crate) matched: Matched,
    /// The next async block is a statement of its own.
    pub(crate) unused: bool,
    /// Whether the block that is next is the function's, and its type is written down.
    gives: bool,
    pub(crate) pardons: Pardons,
    /// Whether a variable may be mentioned whose value is gone, or not there yet.
    pub(crate) outlived: bool,
}

/// What has no name in a block, since items have it there: the places of such locals and variables, and what they were called.
#[derive(Default)]
struct Hidden {
    locals: Vec<(usize, String)>,
    variables: Vec<(usize, String)>,
}

/// What holds for a stretch of code.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// Whether `return` and `?` in here leave the function that is being woven.
    pub(crate) own_exits: bool,
    /// Whether this code can be suspended: what is borrowed once is kept in the future.
    pub(crate) suspends: bool,
    /// Where it can, the variables that are gone before it is.
    pub(crate) calm: Option<Calm>,
    /// Whether code in here may mention the function's tokens.
    pub(crate) links: bool,
    /// Whether it may assign to them: it is the function's own.
    pub(crate) assigns: bool,
}

impl<'w, 'a> Body<'w, 'a> {
    pub(crate) fn new(weaver: &'w mut Weaver<'a>, resolved: &'w Resolved, given: Given, suspends: bool) -> Self {
        let seen = if suspends { Seen::FromOutside } else { Seen::FromInside };
        let call = Call::new(weaver.name(), given, seen, own("__SITES"));
        Self {
            weaver,
            resolved,
            call,
            blocks: TokenStream::new(),
            block_count: 0,
            is_handed: false,
            picks: Picks::default(),
            uses: Uses::default(),
            locks: Locks::default(),
            dead: Dead::default(),
            frame: Frame { own_exits: true, suspends, calm: None, links: true, assigns: true },
            locals: Vec::new(),
            is_unsafe: false,
            objects: false,
            cfgs: Vec::new(),
            looks_up: false,
            changed: false,
            ahead: Ahead::Nothing,
            tells_line: false,
            matched: Matched::Open,
            unused: false,
            gives: false,
            pardons: Pardons::default(),
            outlived: false,
        }
    }

    /// Weaves the statements of the function.
    pub(crate) fn weave(
        &mut self,
        mut block: Block,
        inputs: &Punctuated<FnArg, Token![,]>,
        facts: Facts,
    ) -> TokenStream {
        self.picks.late |= facts.casts && self.resolved.probes.shows_values() && captures::casts_to_open_types(&block);
        if let Given::Typed(ty) = &self.call.given {
            self.call.shadowed = facts.returns && shadows::may_shadow(&block, ty);
            self.gives = true;
        }
        if let Some(handed) = &mut self.call.handed {
            handed.forget_where(|ty| shadows::may_shadow(&block, ty));
        }
        self.outlived = facts.outlived;
        if self.resolved.probes.variables {
            let inputs = inputs.iter().filter(|_| !self.frame.suspends);
            let lends = matches!(&self.call.given, Given::Typed(ty) if may_borrow(ty));
            self.uses = Uses::of(&block, inputs, self.resolved.probes.args != Detail::None, facts.mutates, lends);
        }
        let calls = self.resolved.probes.boundaries && !self.frame.suspends && self.call.handed.is_none();
        let ahead = if calls && self.call.sites.is_empty() { Ahead::Line } else { Ahead::Nothing };
        self.tells_line = self.ahead_of(ahead, |this| this.visit_block_mut(&mut block));
        block.stmts.iter().map(ToTokens::to_token_stream).collect()
    }

    /// The pardons for what is woven in here.
    pub(crate) fn pardon(&mut self) -> Vec<Attr> {
        self.locks.forgive(&mut self.pardons);
        self.pardons.attr().into_iter().chain(self.locks.pardon()).collect()
    }

    /// The function's places and tokens, and the sites of the async blocks in it.
    pub(crate) fn finish(self) -> (Sites, Picks, TokenStream) {
        (self.call.sites, self.picks, self.blocks)
    }

    /// The `#[cfg]`s round the code that the walk is in.
    pub(crate) fn cfgs(&self) -> Tokens {
        Tokens(self.cfgs.iter().flat_map(|cfgs| cfgs.0.iter().cloned()).collect())
    }

    /// Whether the walk is under a `#[cfg]`.
    pub(crate) fn is_conditional(&self) -> bool {
        self.cfgs.iter().any(|cfgs| !cfgs.is_empty())
    }

    pub(crate) fn frame(&self) -> Frame {
        self.frame
    }

    pub(crate) fn frame_mut(&mut self) -> &mut Frame {
        &mut self.frame
    }

    pub(crate) fn place(&mut self, kind: &'static str, span: Span, names: Vec<String>) -> usize {
        self.call.sites.place(kind, span, names)
    }

    /// A new token for code at this point.
    pub(crate) fn pick(&mut self, residual: bool) -> PickId {
        let cfgs = self.cfgs();
        self.picks.pick(cfgs, residual)
    }

    /// The token for a probe at this point.
    pub(crate) fn token(&mut self, pick: PickId) -> Token {
        if self.frame.assigns { self.picks.assigned(pick) } else { Token::Like(self.like(pick)) }
    }

    /// The like of a token.
    pub(crate) fn like(&mut self, pick: PickId) -> TokenStream {
        self.picks.like(pick, &self.weaver.p)
    }

    /// Walks code that runs at another time than the code round it.
    fn detached(&mut self, suspends: bool, links: bool, walk: impl FnOnce(&mut Self)) {
        let links = self.frame.links && links;
        self.framed(Frame { own_exits: false, suspends, calm: None, links, assigns: false }, walk);
    }

    /// Walks code for which `frame` holds.
    pub(crate) fn framed(&mut self, frame: Frame, walk: impl FnOnce(&mut Self)) {
        let (outer, locks) = (std::mem::replace(&mut self.frame, frame), self.locks.rest());
        walk(self);
        self.frame = outer;
        self.locks.rest_again(locks);
    }

    /// Walks code in which the names of patterns are bound, too.
    pub(crate) fn scoped(&mut self, pats: &[syn::Pat], walk: impl FnOnce(&mut Self)) {
        let before = self.locals.len();
        pats.iter().for_each(|pat| pattern::idents(pat, &mut self.locals));
        walk(self);
        self.locals.truncate(before);
    }

    /// In a block with an item the name of a local may be the item's.
    fn hide_behind_items(&mut self, statements: &[Stmt]) -> Hidden {
        let items = || statements.iter().filter_map(|stmt| if let Stmt::Item(item) = stmt { Some(item) } else { None });
        let names: Vec<String> = items().flat_map(captures::names_of_values).map(|ident| ident.bare()).collect();
        let all = items().any(captures::takes_all);
        if !all && names.is_empty() {
            return Hidden::default();
        }
        let is_hidden = |name: &str| all || names.iter().any(|other| other == name);
        let locals = self.locals.iter_mut().enumerate().filter(|(_, local)| is_hidden(local));
        let locals = locals.map(|(at, local)| (at, std::mem::take(local))).collect();
        Hidden { locals, variables: self.uses.hide(is_hidden) }
    }

    fn show_again(&mut self, hidden: Hidden) {
        hidden.locals.into_iter().for_each(|(at, name)| self.locals[at] = name);
        self.uses.show_again(hidden.variables);
    }

    /// Walks code that stands under `cfgs`.
    pub(crate) fn under(&mut self, cfgs: Tokens, walk: impl FnOnce(&mut Self)) {
        self.cfgs.push(cfgs);
        walk(self);
        self.cfgs.pop();
    }

    /// Walks an expression.
    pub(crate) fn walk(&mut self, expr: &mut Expr) {
        self.visit_expr_mut(expr);
    }

    /// Whether a `?` here leaves the call.
    pub(crate) fn sees_questions(&self) -> bool {
        self.frame.own_exits && self.resolved.probes.early
    }

    /// Walks what something of the user's stands behind.
    fn base(&mut self, base: &mut Expr, behind: Span) {
        before(base, behind, |base| self.walk(base));
    }

    fn closure(&mut self, closure: &mut syn::ExprClosure) {
        if closure.constness.is_some() || closure.movability.is_some() {
            return;
        }
        let links = captures::precise() && captures::mentions_local(closure, &self.locals);
        if closure.asyncness.is_some() && self.weave_async_closure(closure, links) {
            return;
        }
        let inputs: Vec<syn::Pat> = closure.inputs.iter().cloned().collect();
        self.detached(closure.asyncness.is_some(), links, |this| this.closure_body(&inputs, &mut closure.body));
    }

    fn item(&mut self, item: Item) -> Item {
        if !matches!(item, Item::Fn(_) | Item::Impl(_) | Item::Trait(_) | Item::Mod(_)) {
            return item;
        }
        match self.weaver.items(item.to_token_stream()) {
            Some(woven) => {
                self.changed = true;
                Item::Verbatim(woven)
            }
            None => item,
        }
    }

    /// An expression whose own attributes were looked at.
    fn children(&mut self, expr: &mut Expr) {
        match expr {
            // Evaluated by the compiler, or with other rules for `?`.
            Expr::Const(_) | Expr::TryBlock(_) => {}
            Expr::Closure(closure) => self.closure(closure),
            Expr::Async(_) => self.weave_async(expr),
            Expr::If(e) => self.weave_if(e),
            Expr::While(e) => self.weave_while(e),
            Expr::ForLoop(e) => self.weave_for(e),
            Expr::Loop(e) => self.weave_loop(e),
            Expr::Match(e) => self.weave_match(e),
            Expr::Repeat(e) => self.visit_expr_mut(&mut e.expr),
            // The left side is a place or a pattern.
            Expr::Assign(e) => self.visit_expr_mut(&mut e.right),
            Expr::Return(e) => self.exit(e, false),
            Expr::Await(_) => self.weave_await(expr),
            Expr::Group(e) if tails::is_marked(e) => self.marked_value(expr),
            Expr::MethodCall(e) => {
                if self.resolved.probes.lines {
                    self.pardons.of_call(e);
                }
                let (calls, holds) = (self.locks.any && calls::is_method(e), self.holds(&e.receiver));
                self.base(&mut e.receiver, e.dot_token.span);
                self.beside(holds, |this| match calls {
                    true => this.held_arguments(&mut e.args),
                    false => this.parts(&mut e.args),
                });
            }
            Expr::Field(e) => self.base(&mut e.base, e.dot_token.span),
            Expr::Call(e) if self.locks.any && calls::is_function(e) => self.held_arguments(&mut e.args),
            Expr::Try(e) => self.weave_question(e, Self::base),
            other => self.parts_of(other),
        }
    }
}

impl VisitMut for Body<'_, '_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let gives = std::mem::take(&mut self.gives);
        let (locals, variables, calm) = (self.locals.len(), self.uses.enter(), self.frame.calm);
        let (locks, waits) = (self.locks.enter(), self.last_wait(&block.stmts));
        let (hidden, lends) = (self.hide_behind_items(&block.stmts), self.uses.lends.enter(&block.stmts));
        let count = block.stmts.len();
        if self.resolved.probes.lines {
            self.pardons.of_block(&block.stmts);
        }
        let last = ends::first_that_may_be_last(&block.stmts);
        let mut statements = std::mem::take(&mut block.stmts).into_iter();
        block.stmts.reserve(2 * count);
        for index in 0.. {
            let Some(statement) = statements.next() else { break };
            self.uses.lends.next(index);
            let lend = if self.uses.any() { self.uses.lends.by(&statement, statements.as_slice()) } else { None };
            let ends = ends::statement(&statement);
            self.calm_from_here(index >= waits);
            self.matched = Matched::of(&statement, gives && index + 1 == count);
            self.statement(statement, statements.as_slice(), index >= last, index + 1 >= waits, &mut block.stmts);
            self.uses.lends.add(lend);
            if ends {
                break;
            }
        }
        // What is never reached gets no probes: rustc would report them, not the user's code. Items are not reached, but called.
        block.stmts.extend(statements.map(|statement| match statement {
            Stmt::Item(item) => Stmt::Item(self.item(item)),
            other => other,
        }));
        self.locals.truncate(locals);
        self.uses.leave(variables);
        self.uses.lends.leave(lends);
        self.show_again(hidden);
        self.locks.leave(locks);
        self.frame.calm = calm;
    }

    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        // Under a `#[cfg]` in the middle of an expression: left as it is.
        if !expression_attributes(expr).iter().any(is_cfg) {
            self.children(expr);
        }
    }

    fn visit_field_value_mut(&mut self, field: &mut syn::FieldValue) {
        // `S { x }` must stay the name alone.
        if !field.attrs.iter().any(is_cfg) && field.colon_token.is_some() {
            self.visit_expr_mut(&mut field.expr);
        }
    }

    fn visit_macro_mut(&mut self, call: &mut syn::Macro) {
        self.weave_macro(call);
    }

    // Code in there runs in the compiler, or is none.
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_angle_bracketed_generic_arguments_mut(&mut self, _: &mut syn::AngleBracketedGenericArguments) {}
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}
