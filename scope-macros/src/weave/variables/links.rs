//! Which locals may hold a borrow of which: those that a statement mentions together, and what hangs together by such statements.

use crate::tokens::Bare as _;
use crate::weave::futures::hidden;
use crate::weave::pattern;
use proc_macro2::{Ident, Literal, TokenStream, TokenTree};
use std::collections::{BTreeMap, BTreeSet};
use syn::visit::{self, Visit};
use syn::{Block, Expr, Item, Lit, Local, Pat, PatIdent, Stmt};

/// The names in some code, whatever they stand for; also those in format strings.
pub(crate) fn mentioned(code: &impl Code) -> BTreeSet<String> {
    let mut names = Names(BTreeSet::new());
    code.walk(&mut names);
    names.0
}

/// What names can be found in.
pub(crate) trait Code {
    fn walk(&self, names: &mut Names);
}

macro_rules! code {
    ($($Node:ty: $visit:ident),* $(,)?) => {
        $(impl Code for $Node {
            fn walk(&self, names: &mut Names) {
                names.$visit(self);
            }
        })*
    };
}

code! {
    Block: visit_block,
    Expr: visit_expr,
    Pat: visit_pat,
    Stmt: visit_stmt,
    TokenStream: visit_token_stream,
    syn::Arm: visit_arm,
    syn::ExprAsync: visit_expr_async,
    syn::ExprClosure: visit_expr_closure,
    syn::ItemMacro: visit_item_macro,
}

impl<C: Code> Code for Box<C> {
    fn walk(&self, names: &mut Names) {
        (**self).walk(names);
    }
}

/// Names, as they are found.
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    fn text(&mut self, literal: &Literal) {
        let mut text = literal.to_string();
        // `\x7bx}` is `{x}`, too.
        if text.contains('\\')
            && let Lit::Str(literal) = Lit::new(literal.clone())
        {
            text = literal.value();
        }
        if text.contains(['{', '$']) {
            format_names(&text, &mut self.0);
        }
    }
}

impl<'c> Visit<'c> for Names {
    fn visit_ident(&mut self, ident: &'c Ident) {
        self.0.insert(ident.bare());
    }

    fn visit_lit(&mut self, literal: &'c Lit) {
        match literal {
            Lit::Str(text) => self.text(&text.token()),
            Lit::Verbatim(literal) => self.text(literal),
            _ => {}
        }
    }

    fn visit_token_stream(&mut self, tokens: &'c TokenStream) {
        for token in tokens.clone() {
            match token {
                TokenTree::Ident(ident) => self.visit_ident(&ident),
                TokenTree::Group(group) => self.visit_token_stream(&group.stream()),
                TokenTree::Literal(literal) => self.text(&literal),
                TokenTree::Punct(_) => {}
            }
        }
    }
}

/// `x` and `w` of `{x:w$}`.
fn format_names(text: &str, names: &mut BTreeSet<String>) {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut rest = text.replace("{{", "");
    while let Some(at) = rest.find(is_word) {
        let before = rest[..at].trim_end().chars().next_back();
        let word = &rest[at..];
        let end = word.find(|c| !is_word(c)).unwrap_or(word.len());
        if before == Some('{') || word[end..].starts_with('$') {
            names.insert(word[..end].to_owned());
        }
        rest = word[end..].to_owned();
    }
}

/// The locals of a function, and those of its arguments that may change, in groups.
#[derive(Default)]
pub(crate) struct Links {
    groups: BTreeMap<String, usize>,
    /// What is mentioned beside a local that holds no borrow, but may be lent.
    beside: BTreeMap<String, BTreeSet<String>>,
    locals: BTreeSet<String>,
}

impl Links {
    /// `parts`: of arguments.
    pub(crate) fn of(block: &Block, args: impl Iterator<Item = String>, parts: Vec<String>) -> Self {
        let mut found = Locals { names: parts.into_iter().collect(), ..Locals::default() };
        found.visit_block(block);
        let (plain, locals): (BTreeSet<_>, BTreeSet<_>) =
            found.names.into_iter().partition(|name| found.plain.contains(name) && !found.twice.contains(name));
        let beside = plain.into_iter().map(|name| (name, BTreeSet::new())).collect();
        let groups = locals.iter().cloned().chain(args).enumerate().map(|(group, name)| (name, group)).collect();
        let mut links = Self { groups, beside, locals };
        Statements(&mut links).visit_block(block);
        links
    }

    /// Whether the local `holder` may hold a borrow of `name`. No argument can, their types are the caller's.
    pub(crate) fn may_hold(&self, holder: &str, name: &str) -> bool {
        let beside = || self.beside.get(name).is_some_and(|names| names.iter().any(|other| self.linked(holder, other)));
        holder != name && self.locals.contains(holder) && (self.linked(holder, name) || beside())
    }

    /// Whether two names are the same, or locals of one group.
    pub(crate) fn linked(&self, a: &str, b: &str) -> bool {
        a == b || self.groups.get(a).is_some_and(|group| self.groups.get(b) == Some(group))
    }

    fn join(&mut self, names: &BTreeSet<String>) {
        for name in names {
            if let Some(beside) = self.beside.get_mut(name) {
                beside.extend(names.iter().filter(|other| self.groups.contains_key(*other)).cloned());
            }
        }
        let groups: BTreeSet<usize> = names.iter().filter_map(|name| self.groups.get(name).copied()).collect();
        let Some(first) = groups.iter().min().copied() else { return };
        self.groups.values_mut().filter(|group| groups.contains(group)).for_each(|group| *group = first);
    }
}

/// The names that are bound in a body.
#[derive(Default)]
struct Locals {
    names: BTreeSet<String>,
    /// Bound to what holds no borrow for sure.
    plain: BTreeSet<String>,
    /// Bound at more than one place.
    twice: BTreeSet<String>,
}

impl<'b> Visit<'b> for Locals {
    fn visit_pat_ident(&mut self, pat: &'b PatIdent) {
        let name = pat.ident.bare();
        if !self.names.insert(name.clone()) {
            self.twice.insert(name);
        }
        visit::visit_pat_ident(self, pat);
    }

    // What a macro that is made in here says, each call of it may mean: its own name stands for all of that.
    fn visit_item_macro(&mut self, item: &'b syn::ItemMacro) {
        self.names.extend(item.ident.iter().map(|ident| ident.bare()));
    }

    // It may bind what it mentions.
    fn visit_stmt_macro(&mut self, call: &'b syn::StmtMacro) {
        let name = call.mac.path.segments.last().map(|last| last.ident.to_string());
        if !name.is_some_and(|name| hidden::is_known(&name)) {
            self.names.extend(mentioned(&call.mac.tokens));
        }
    }

    fn visit_local(&mut self, local: &'b Local) {
        let init = local.init.as_ref().map(|init| &*init.expr);
        if let Some(name) = pattern::single(&local.pat)
            && (matches!(init, Some(Expr::Lit(literal)) if stays_plain(&literal.lit, name))
                || matches!(&local.pat, Pat::Type(typed) if is_number(&typed.ty)))
        {
            self.plain.insert(name.ident.bare());
        }
        visit::visit_local(self, local);
    }
}

/// A text may be the first that a variable has, and the next one a borrow.
fn stays_plain(literal: &Lit, name: &PatIdent) -> bool {
    let is_text = matches!(literal, Lit::Str(_) | Lit::ByteStr(_) | Lit::CStr(_));
    !is_text || name.mutability.is_none()
}

fn is_number(ty: &syn::Type) -> bool {
    const NUMBERS: [&str; 16] = [
        "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128", "isize", "f32", "f64", "bool",
        "char",
    ];
    matches!(ty, syn::Type::Path(path) if path.qself.is_none() && NUMBERS.iter().any(|name| path.path.is_ident(name)))
}

/// Links what each statement mentions.
struct Statements<'l>(&'l mut Links);

impl<'b> Visit<'b> for Statements<'_> {
    fn visit_stmt(&mut self, statement: &'b Stmt) {
        match statement {
            Stmt::Item(Item::Macro(item)) => self.0.join(&mentioned(item)),
            Stmt::Item(_) => return,
            Stmt::Expr(expr, _) => self.effects(expr),
            other => self.0.join(&mentioned(other)),
        }
        visit::visit_stmt(self, statement);
    }
}

impl Statements<'_> {
    /// An expression whose value goes nowhere, or where the value of its block goes: what is in its own blocks are statements of
    /// their own.
    fn effects(&mut self, expr: &Expr) {
        match expr {
            Expr::If(e) => {
                self.0.join(&mentioned(&e.cond));
                if let Some((_, other)) = &e.else_branch {
                    self.effects(other);
                }
            }
            Expr::While(e) => self.0.join(&mentioned(&e.cond)),
            Expr::ForLoop(e) => {
                let mut names = mentioned(&e.pat);
                names.extend(mentioned(&e.expr));
                self.0.join(&names);
            }
            Expr::Match(e) => {
                let mut names = mentioned(&e.expr);
                for arm in &e.arms {
                    names.extend(mentioned(&arm.pat));
                    names.extend(arm.guard.iter().flat_map(|(_, guard)| mentioned(guard)));
                    self.effects(&arm.body);
                }
                self.0.join(&names);
            }
            Expr::Block(_) | Expr::Unsafe(_) | Expr::Loop(_) => {}
            other => self.0.join(&mentioned(other)),
        }
    }
}
