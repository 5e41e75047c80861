//! The pardons for what clippy makes of probes, and rustc of blocks: these lints look at the shape of code.

use crate::attr::Attr;
use crate::check::any_token;
use crate::item::{Item, begins_item};
use crate::weave::exits::ends::{PANICS, last_value};
use crate::weave::futures::hidden;
use crate::weave::pattern::{self, is_cfg};
use crate::weave::syntax::attributes;
use proc_macro2::{Delimiter, Group, Ident, Span, TokenTree};
use quote::{ToTokens, quote};
use std::mem::discriminant;
use syn::{Arm, Block, Expr, ExprIf, ExprMethodCall, Local, Pat, Stmt};

/// Those of a function.
#[derive(Default)]
pub(crate) struct Pardons {
    /// Of clippy.
    lints: Vec<&'static str>,
    /// That of braces round what a macro was called with.
    braces: bool,
    /// How many branches of ours clippy takes for the user's.
    branches: u32,
}

impl Pardons {
    pub(crate) fn add(&mut self, lint: &'static str) {
        if !self.lints.contains(&lint) {
            self.lints.push(lint);
        }
    }

    /// Before the first statement there is a probe: a `transmute` is no longer the function's value, nor an item the first thing in it.
    pub(crate) fn of_function(item: &Item, statements: &[TokenTree], transmutes: bool, braces: bool) -> Self {
        let mut pardons = Self { braces, ..Self::default() };
        if transmutes {
            pardons.add("missing_transmute_annotations");
        }
        if item.attrs.iter().any(Attr::inlines_always) && !does_something(statements) {
            pardons.add("inline_always");
        }
        pardons
    }

    /// An item with these, if there are any.
    pub(crate) fn on(&self, item: &Item) -> Option<Item> {
        let attr = self.attr()?;
        let attrs = item.attrs.iter().cloned().chain([attr]).collect();
        Some(Item { attrs, ..item.clone() })
    }

    /// A probe may be in an argument in which clippy wants no calls.
    pub(crate) fn of_call(&mut self, call: &ExprMethodCall) {
        if branches_in_arguments(call) {
            self.add(if call.method == "expect" { "expect_fun_call" } else { "or_fun_call" });
        }
    }

    /// A probe is what is in front of an item where the macro behind it is nothing, or is items, or a statement goes.
    pub(crate) fn of_block(&mut self, statements: &[Stmt]) {
        let is_item = |stmt: &&Stmt| matches!(stmt, Stmt::Item(_));
        let behind = statements.iter().skip_while(|stmt| !may_go(stmt));
        let first = statements.iter().find(|stmt| !is_item(stmt));
        let makes_items = |stmt: &Stmt| matches!(stmt, Stmt::Macro(call) if !hidden::makes_no_items(&call.mac));
        if behind.skip(1).any(|stmt| is_item(&stmt)) || first.is_some_and(makes_items) {
            self.add("items_after_statements");
        }
    }

    /// In braces with a probe clippy does not see that an arm is no longer of the type that it was.
    pub(crate) fn of_match(&mut self, arms: &[Arm]) {
        if let [a, b] = arms
            && (is_of_option(&a.pat) || is_of_option(&b.pat))
        {
            self.add("option_if_let_else");
        }
        for arm in arms {
            self.of_value_in_block(&arm.body);
            if matches!(*arm.body, Expr::If(_)) {
                self.add("redundant_else");
            }
            // What is one statement without the macro is two with a probe.
            if arms.len() == 2 && matches!(&*arm.body, Expr::Block(e) if e.block.stmts.iter().any(may_go)) {
                self.add("single_match_else");
            }
            if pattern::bound(&arm.pat).iter().any(|bound| bound.by_ref.is_some()) {
                self.add("ref_binding_to_reference");
            }
        }
    }

    /// The same for `if let … else`. And branches that were the same, or what is left of one that was all of what ends the other, share their end.
    pub(crate) fn of_if(&mut self, e: &ExprIf) {
        let is_value = |block: &Block| matches!(&*block.stmts, [Stmt::Expr(_, None)]);
        let other = e.else_branch.as_ref().map(|(_, other)| &**other);
        if matches!(&*e.cond, Expr::Let(_))
            && let Some(Expr::Block(other)) = other
            && is_value(&e.then_branch)
            && is_value(&other.block)
        {
            self.add("option_if_let_else");
        }
        if let Some(Expr::Block(other)) = other
            && let (Some(a), Some(b)) = (e.then_branch.stmts.last(), other.block.stmts.last())
            && are_same(a, b)
        {
            self.add("branches_sharing_code");
        }
    }

    /// With a probe in front of it, the value of an arm or a closure is a statement.
    pub(crate) fn of_value_in_block(&mut self, value: &Expr) {
        self.of_iteration(value);
        // What is said of it is no longer right in front of it.
        if matches!(value, Expr::Unsafe(_)) {
            self.add("undocumented_unsafe_blocks");
            self.add("unnecessary_safety_comment");
        }
    }

    fn of_iteration(&mut self, value: &Expr) {
        if let Expr::MethodCall(call) = value
            && (call.method == "for_each" || call.method == "try_for_each")
        {
            self.add("needless_for_each");
        }
    }

    /// A closure that gives its parameter back does something with it before, to look at.
    pub(crate) fn of_closure(&mut self, inputs: &[Pat], body: &Expr) {
        let value = match body {
            Expr::Block(e) => match &*e.block.stmts {
                [Stmt::Expr(value, None)] => value,
                _ => return,
            },
            value => value,
        };
        if let Expr::Path(e) = value
            && e.path.get_ident().is_some_and(|name| inputs.iter().any(|pat| pattern::bindings(pat).contains(&name)))
        {
            self.add("manual_inspect");
        }
    }

    /// A loop over one thing: its body is more than clippy would take out of it. Over a range up to a variable: a `break` does not follow at once where the
    /// variable is assigned to.
    pub(crate) fn of_for(&mut self, all: &Expr, body: &Block) {
        // Where it no longer sees a copy, clippy wants an iterator.
        if matches!(all, Expr::Range(_)) && body.stmts.iter().any(copies_an_element) {
            self.add("needless_range_loop");
            self.add("explicit_counter_loop");
        }
        let one = match all {
            Expr::Reference(e) => &e.expr,
            Expr::MethodCall(e) => &e.receiver,
            all => all,
        };
        if matches!(one, Expr::Array(e) if e.elems.len() == 1) {
            self.add("single_element_loop");
        }
        let is_variable = |end: &Option<Box<Expr>>| end.as_ref().is_some_and(|end| matches!(&**end, Expr::Path(_)));
        if matches!(all, Expr::Range(range) if is_variable(&range.start) || is_variable(&range.end)) {
            self.add("mut_range_bound");
        }
    }

    /// An `.await` that is watched is none to clippy, which would leave `let _ = f().await` alone.
    pub(crate) fn of_let(&mut self, local: &Local) {
        let is_unused = match &local.pat {
            Pat::Wild(_) => true,
            Pat::Ident(name) => name.ident.to_string().starts_with('_'),
            _ => false,
        };
        let init = local.init.as_ref().map(|init| &*init.expr);
        // Of what nothing is known any more, rustc takes `()` for the type.
        let is_never = matches!(init, Some(Expr::Match(e)) if e.arms.is_empty());
        if is_never {
            self.add("semicolon_if_nothing_returned");
        }
        if is_never || is_unused && matches!(init, Some(Expr::Await(_))) {
            self.add("let_unit_value");
        }
    }

    /// What is awaited is made and pinned by name: for the crate's own Rust that may be too new.
    /// And clippy takes the user's `.await;` for our `match`, and the path of what makes the future for the user's.
    pub(crate) fn of_await(&mut self) {
        self.add("absolute_paths");
        self.add("incompatible_msrv");
        self.add("unnecessary_semicolon");
    }

    /// A `match` of ours looks at what is in front of a `?`.
    pub(crate) fn of_question(&mut self, asked: &Expr) {
        if matches!(asked, Expr::Block(_) | Expr::Unsafe(_)) {
            self.add("blocks_in_conditions");
        }
    }

    /// A parameter that nobody uses, and that has another name, is no longer `mut`: as such clippy would let it be large.
    pub(crate) fn of_renamed(&mut self, was_mutable: bool) {
        if was_mutable {
            self.add("large_types_passed_by_value");
        }
    }

    /// Behind a probe the future that an async closure gives back is no call's.
    pub(crate) fn of_async_closure(&mut self, body: &Expr) {
        if !matches!(body, Expr::Block(_)) {
            self.add("async_yields_async");
        }
    }

    /// A `return Box::new(e)` goes through a variable whose type is written. Under a condition it may be all of a block that gives a value.
    pub(crate) fn of_return(&mut self, value: Option<&Expr>, is_conditional: bool) {
        if is_conditional {
            self.add("diverging_sub_expression");
        }
        value.into_iter().for_each(|value| self.of_iteration(value));
        // Only one of two branches waits, see `Place::kept`.
        if value.is_some_and(waits) {
            self.add("zombie_processes");
        }
        let is_branch = |value: &Expr| match value {
            Expr::Group(e) => matches!(*e.expr, Expr::If(_)),
            value => matches!(value, Expr::If(_)),
        };
        if value.is_some_and(is_branch) {
            self.add("redundant_else");
        }
        if let Some(Expr::Call(call)) = value
            && let Expr::Path(func) = &*call.func
            && func.path.segments.iter().any(|segment| segment.ident == "Box")
        {
            self.add("box_default");
        }
    }

    /// A value that is given back is one of two branches, see `Place::kept`.
    pub(crate) fn of_branch(&mut self) {
        /// Fewer make no difference to a function that is not all but too complex.
        const MANY: u32 = 4;
        self.branches += 1;
        if self.branches == MANY {
            self.add("cognitive_complexity");
        }
    }

    /// `if let Some(x) = y { x } else { &z }`, shown branch by branch: clippy sees no more that the second is borrowed anew as another type.
    pub(crate) fn of_choice(&mut self) {
        self.add("option_if_let_else");
    }

    /// An async function that is nothing yet, or ends so.
    pub(crate) fn of_async(&mut self, statements: &[TokenTree]) {
        let is_not_done = |code: &[TokenTree]| matches!(code, [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Group(_), ..] if name == "todo" || name == "unimplemented");
        if is_not_done(statements) {
            self.add("diverging_sub_expression");
        }
        if is_not_done(statements) || is_not_done(last_value(statements)) {
            self.add("unused_async");
        }
    }

    /// As an attribute of the function.
    pub(crate) fn attr(&self) -> Option<Attr> {
        let lints = self.lints.iter().map(|lint| Ident::new(lint, Span::mixed_site()));
        let braces = self.braces.then(|| quote!(unused_braces,));
        (self.braces || !self.lints.is_empty()).then(|| Attr::allow(quote!(#braces #(clippy::#lints),*)))
    }
}

/// `a[i] = b[j]`.
fn copies_an_element(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Expr(Expr::Assign(e), _) if matches!((&*e.left, &*e.right), (Expr::Index(_), Expr::Index(_))))
}

/// `child.wait().ok()`.
fn waits(value: &Expr) -> bool {
    match value {
        Expr::MethodCall(e) => e.method.to_string().contains("wait") || waits(&e.receiver),
        Expr::Try(e) => waits(&e.expr),
        _ => false,
    }
}

/// Whether a statement may be nothing once macros and conditions are.
fn may_go(stmt: &Stmt) -> bool {
    matches!(stmt, Stmt::Macro(_)) || attributes(stmt).iter().any(is_cfg)
}

/// Whether two statements are the same text. Of most the beginning tells that they are not.
fn are_same(a: &Stmt, b: &Stmt) -> bool {
    let may_be = match (a, b) {
        (Stmt::Macro(a), Stmt::Macro(b)) => a.mac.path.get_ident() == b.mac.path.get_ident(),
        (Stmt::Expr(a, _), Stmt::Expr(b, _)) => match (a, b) {
            (Expr::MethodCall(a), Expr::MethodCall(b)) => a.method == b.method,
            (a, b) => discriminant(a) == discriminant(b),
        },
        _ => false,
    };
    may_be && a.to_token_stream().to_string() == b.to_token_stream().to_string()
}

/// `Some(x)`, `None`, `Ok(x)`, `Err(x)`.
fn is_of_option(pat: &Pat) -> bool {
    let name = match pat {
        Pat::Ident(name) => Some(&name.ident),
        Pat::TupleStruct(variant) => variant.path.segments.last().map(|last| &last.ident),
        Pat::Path(variant) => variant.path.segments.last().map(|last| &last.ident),
        _ => None,
    };
    name.is_some_and(|name| ["Some", "None", "Ok", "Err"].iter().any(|variant| name == variant))
}

/// Whether a value that is only perhaps asked for has branches: `o.unwrap_or(if c { a } else { b })`.
fn branches_in_arguments(call: &ExprMethodCall) -> bool {
    let is_block =
        |token: &TokenTree| matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    let name = call.method.to_string();
    (name.split('_').any(|word| word == "or") || name == "then_some" || name == "expect")
        && call.args.iter().any(|arg| any_token(&arg.to_token_stream(), &mut |token, _| is_block(token)))
}

/// Whether clippy takes code for some that does anything: by its first statement, which is no item, no panic and no lone `return`.
fn does_something(statements: &[TokenTree]) -> bool {
    let of_group = |group: &Group| does_something(&group.stream().into_iter().collect::<Vec<_>>());
    let is = |token: &TokenTree, punct: char| matches!(token, TokenTree::Punct(other) if other.as_char() == punct);
    match statements {
        [] => false,
        [pound, TokenTree::Group(_), behind @ ..] if is(pound, '#') => does_something(behind),
        [TokenTree::Group(group), ..] if group.delimiter() == Delimiter::Brace => of_group(group),
        [TokenTree::Ident(word), TokenTree::Group(group), ..] if word == "unsafe" => of_group(group),
        [TokenTree::Ident(word), behind @ ..] if word == "return" => {
            !behind.first().is_some_and(|token| is(token, ';')) && does_something(behind)
        }
        [TokenTree::Ident(word), bang, ..] if is(bang, '!') && PANICS.iter().any(|panic| word == panic) => false,
        [TokenTree::Ident(word), ..] => !begins_item(word),
        _ => true,
    }
}
