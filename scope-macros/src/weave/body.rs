//! The walk through a body: puts probes between its statements and round its exits, and hands items inside to the weaver.

use super::Weaver;
use super::captures;
use super::expression::Given;
use super::heads::changed;
use super::late::{self, Late};
use super::line;
use super::pattern::{self, cfgs, is_cfg};
use super::picks::Picks;
use super::uses::Uses;
use super::variable;
use crate::site::{Sites, own};
use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote};
use scope_plan::{Detail, Resolved};
use std::collections::HashSet;
use syn::punctuated::Punctuated;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Block, Expr, FnArg, Item, Stmt, Token};

/// The body of one function, while it is woven.
pub(crate) struct Body<'w, 'a> {
    pub(crate) weaver: &'w mut Weaver<'a>,
    pub(crate) resolved: &'w Resolved,
    pub(crate) given: Given,
    /// What is known of the function's places so far.
    pub(crate) sites: Sites,
    pub(crate) sites_name: Ident,
    picks: Picks,
    pub(crate) uses: Uses,
    frame: Frame,
    /// The names of the locals that are in scope for sure.
    pub(crate) locals: Vec<String>,
    /// Those whose types may be open to the end.
    pub(crate) late: Late,
    /// The `#[cfg]`s round the code that the walk is in.
    cfgs: Vec<TokenStream>,
    /// Whether an item inside was woven.
    pub(crate) changed: bool,
    /// Whether woven code names the call.
    pub(crate) calls: bool,
}

/// What holds for a stretch of code.
#[derive(Clone, Copy)]
pub(crate) struct Frame {
    /// Whether `return` and `?` in here leave the function that is being woven.
    pub(crate) own_exits: bool,
    /// Whether this code can be suspended: what is borrowed once is kept in the future.
    pub(crate) suspends: bool,
    /// Whether code in here may mention the function's tokens.
    pub(crate) links: bool,
}

impl<'w, 'a> Body<'w, 'a> {
    pub(crate) fn new(weaver: &'w mut Weaver<'a>, resolved: &'w Resolved, given: Given, suspends: bool) -> Self {
        Self {
            weaver,
            resolved,
            given,
            sites: Sites::default(),
            sites_name: own("__SITES"),
            picks: Picks::default(),
            uses: Uses::default(),
            frame: Frame { own_exits: true, suspends, links: true },
            locals: Vec::new(),
            late: Late::default(),
            cfgs: Vec::new(),
            changed: false,
            calls: false,
        }
    }

    /// Weaves the statements of the function.
    pub(crate) fn weave(&mut self, mut block: Block, inputs: &Punctuated<FnArg, Token![,]>) -> TokenStream {
        if self.resolved.probes.variables && !self.frame.suspends {
            self.uses = Uses::of(&block, inputs.iter(), self.resolved.probes.args != Detail::None);
        }
        self.frame.links = !(self.resolved.probes.variables && captures::casts_to_open_types(&block));
        self.visit_block_mut(&mut block);
        block.stmts.iter().map(ToTokens::to_token_stream).collect()
    }

    /// The function's places and tokens, and whether the call is named.
    pub(crate) fn finish(self) -> (Sites, Picks, bool) {
        (self.sites, self.picks, self.calls)
    }

    /// Whether the walk is under a `#[cfg]`.
    pub(crate) fn is_conditional(&self) -> bool {
        self.cfgs.iter().any(|cfgs| !cfgs.is_empty())
    }

    pub(crate) fn frame(&self) -> Frame {
        self.frame
    }

    pub(crate) fn place(&mut self, kind: &'static str, span: Span, names: Vec<String>) -> usize {
        self.sites.place(kind, span, names)
    }

    /// A token for code at this point.
    pub(crate) fn pick(&mut self, residual: bool) -> TokenStream {
        let cfgs = self.cfgs.iter().cloned().collect();
        self.picks.pick(cfgs, residual, &self.weaver.p)
    }

    /// Walks code that runs at another time than the code round it.
    fn detached(&mut self, suspends: bool, links: bool, walk: impl FnOnce(&mut Self)) {
        let frame = Frame { own_exits: false, suspends, links: self.frame.links && links };
        let outer = std::mem::replace(&mut self.frame, frame);
        walk(self);
        self.frame = outer;
    }

    /// Walks code in which the names of patterns are bound, too.
    pub(crate) fn scoped(&mut self, pats: &[syn::Pat], walk: impl FnOnce(&mut Self)) {
        let before = self.locals.len();
        pats.iter().for_each(|pat| pattern::idents(pat, &mut self.locals));
        walk(self);
        self.locals.truncate(before);
    }

    /// Walks code that stands under `cfgs`.
    pub(crate) fn under(&mut self, cfgs: TokenStream, walk: impl FnOnce(&mut Self)) {
        self.cfgs.push(cfgs);
        walk(self);
        self.cfgs.pop();
    }

    /// Walks an expression.
    pub(crate) fn walk(&mut self, expr: &mut Expr) {
        self.visit_expr_mut(expr);
    }

    fn closure(&mut self, closure: &mut syn::ExprClosure) {
        if closure.constness.is_some() || closure.movability.is_some() {
            return;
        }
        let links = captures::precise() && captures::mentions_local(closure, &self.locals);
        let inputs: Vec<syn::Pat> = closure.inputs.iter().cloned().collect();
        self.detached(closure.asyncness.is_some(), links, |this| this.closure_body(&inputs, &mut closure.body));
    }

    fn statement(&mut self, statement: Stmt, woven: &mut Vec<Stmt>) {
        if let Stmt::Item(item) = statement {
            woven.push(Stmt::Item(self.item(item)));
            return;
        }
        let Some(cfgs) = cfgs(attributes(&statement)) else {
            woven.push(statement);
            return;
        };
        let conditional = !cfgs.is_empty();
        if conditional {
            self.cfgs.push(cfgs.clone());
        }
        let mut statement = statement;
        let empty = matches!(&statement, Stmt::Expr(Expr::Verbatim(tokens), _) if tokens.is_empty());
        if !empty {
            // The user may know that it is not reached.
            let known = attributes(&statement)
                .iter()
                .any(|attr| attr.path().is_ident("allow") || attr.path().is_ident("expect"));
            let pardon = known.then(|| quote!(#[allow(unreachable_code)]));
            push(woven, self.line(line::of_statement(&statement), &quote!(#cfgs #pardon)));
        }
        let is_macro = matches!(statement, Stmt::Macro(_) | Stmt::Expr(Expr::Macro(_), _));
        let changed = if self.uses.any() {
            push(woven, self.before(&statement));
            changed(&statement)
        } else {
            HashSet::new()
        };
        let mut after = TokenStream::new();
        match &mut statement {
            Stmt::Local(local) => {
                let lends = variable::extends_temporaries(local);
                let late = match &local.init {
                    Some(init) => self.late.bound(&local.pat, &init.expr),
                    None => late::all(&local.pat, false).collect(),
                };
                if let Some(init) = &mut local.init {
                    self.visit_expr_mut(&mut init.expr);
                    if let Some((token, diverge)) = &mut init.diverge {
                        self.uses.executed(&changed, is_macro);
                        self.let_else(&local.pat, token.span, diverge);
                    }
                }
                self.uses.executed(&changed, is_macro);
                self.late.bind(late, conditional);
                after = self.after_let(local, lends, &cfgs);
                if !conditional {
                    pattern::idents(&local.pat, &mut self.locals);
                }
            }
            Stmt::Expr(expr, semicolon) => {
                self.children(expr);
                self.uses.executed(&changed, is_macro);
                if semicolon.is_some() {
                    after = self.after_assignment(expr, &cfgs);
                }
            }
            Stmt::Macro(_) | Stmt::Item(_) => self.uses.executed(&changed, is_macro),
        }
        woven.push(statement);
        push(woven, after);
        if conditional {
            self.cfgs.pop();
        }
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
            Expr::Async(e) => self.detached(true, captures::precise(), |this| this.visit_block_mut(&mut e.block)),
            Expr::If(e) => self.weave_if(e),
            Expr::While(e) => self.weave_while(e),
            Expr::ForLoop(e) => self.weave_for(e),
            Expr::Loop(e) => self.weave_loop(e),
            Expr::Match(e) => self.weave_match(e),
            Expr::Repeat(e) => self.visit_expr_mut(&mut e.expr),
            // The left side is a place or a pattern.
            Expr::Assign(e) => self.visit_expr_mut(&mut e.right),
            Expr::Return(e) => {
                visit_mut::visit_expr_return_mut(self, e);
                if self.frame.own_exits && self.resolved.probes.return_value != Detail::None {
                    self.weave_return(e);
                }
            }
            Expr::Try(e) => {
                visit_mut::visit_expr_try_mut(self, e);
                if self.frame.own_exits && self.resolved.probes.early {
                    self.weave_question(e);
                }
            }
            other => visit_mut::visit_expr_mut(self, other),
        }
    }
}

impl VisitMut for Body<'_, '_> {
    fn visit_block_mut(&mut self, block: &mut Block) {
        let (locals, variables, late) = (self.locals.len(), self.uses.enter(), self.late.enter());
        let mut statements = std::mem::take(&mut block.stmts).into_iter();
        block.stmts.reserve(2 * statements.len());
        for statement in statements.by_ref() {
            let ends = diverges(&statement);
            self.statement(statement, &mut block.stmts);
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
        self.late.leave(late);
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

    // Code in there runs in the compiler, or is none.
    fn visit_type_mut(&mut self, _: &mut syn::Type) {}
    fn visit_pat_mut(&mut self, _: &mut syn::Pat) {}
    fn visit_path_mut(&mut self, _: &mut syn::Path) {}
    fn visit_angle_bracketed_generic_arguments_mut(&mut self, _: &mut syn::AngleBracketedGenericArguments) {}
    fn visit_macro_mut(&mut self, _: &mut syn::Macro) {}
    fn visit_attribute_mut(&mut self, _: &mut Attribute) {}
}

fn push(statements: &mut Vec<Stmt>, tokens: TokenStream) {
    if !tokens.is_empty() {
        statements.push(Stmt::Item(Item::Verbatim(tokens)));
    }
}

/// Whether a statement ends its block for sure.
fn diverges(statement: &Stmt) -> bool {
    let panics = |call: &syn::Macro| {
        let last = call.path.segments.last();
        last.is_some_and(|last| ["panic", "unreachable", "todo", "unimplemented"].iter().any(|name| last.ident == name))
    };
    let conditional = attributes(statement).iter().any(is_cfg);
    !conditional
        && match statement {
            Stmt::Expr(Expr::Return(_) | Expr::Break(_) | Expr::Continue(_), _) => true,
            Stmt::Expr(Expr::Macro(call), _) => panics(&call.mac),
            Stmt::Macro(call) => panics(&call.mac),
            _ => false,
        }
}

fn attributes(statement: &Stmt) -> &[Attribute] {
    match statement {
        Stmt::Local(local) => &local.attrs,
        Stmt::Macro(call) => &call.attrs,
        Stmt::Expr(expr, _) => expression_attributes(expr),
        Stmt::Item(_) => &[],
    }
}

/// The attributes in front of an expression.
fn expression_attributes(expr: &Expr) -> &[Attribute] {
    macro_rules! attributes {
        ($($variant:ident)*) => {
            match expr {
                $(Expr::$variant(e) => &e.attrs,)*
                _ => &[],
            }
        };
    }
    attributes! {
        Array Assign Async Await Binary Block Break Call Cast Closure Const Continue Field ForLoop Group If Index Infer Let Lit Loop
        Macro Match MethodCall Paren Path Range RawAddr Reference Repeat Return Struct Try TryBlock Tuple Unary Unsafe While Yield
    }
}
