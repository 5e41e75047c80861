//! Functions that give back a future which they make of an async block: the block is the rest of their call.
//!
//! Only what leads to the function's own exits counts, and only what is known to hand its one operand on: `Box::pin(async …)`,
//! `(async …).boxed()`, the arms of a `match`. The blocks are marked before the walk, by an attribute of ours.

use crate::check::any_token;
use crate::weave::body::Body;
use crate::weave::exits::ends;
use crate::weave::exits::expression::Given;
use crate::weave::pattern;
use crate::weave::sources::learnt;
use crate::weave::syntax::expression_attributes;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit::{self, Visit};
use syn::{AssocType, Attribute, Expr, ReturnType, Stmt, Type, parse_quote};

/// On a block whose value is what the function's type says.
const AS_SAID: &str = "__scope_handed";
/// On one whose value may be another.
const UNKNOWN: &str = "__scope_handed_on";

/// Methods that put a future into a box.
pub(crate) const BOXES: [&str; 2] = ["boxed", "boxed_local"];

/// What is known of the future that a function may give back.
#[derive(Clone)]
pub(crate) struct Handed {
    /// What an async block gives back that is this future.
    given: Given,
    /// Whether the function's type says that it is one: then anything that is made of a block is taken for it.
    is_named: bool,
}

impl Handed {
    /// Its type is no longer known where that may mean something else in the body.
    pub(crate) fn forget_where(&mut self, may_be_another: impl FnOnce(&TokenStream) -> bool) {
        if matches!(&self.given, Given::Typed(ty) if may_be_another(ty)) {
            self.given = Given::Inferred;
        }
    }
}

/// What is known of the future that a function with this type may give back.
pub(crate) fn given_by_future(output: &ReturnType) -> Option<Handed> {
    let ReturnType::Type(_, ty) = output else { return None };
    let future = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident.to_string().ends_with("Future"));
    let is_named = any_token(&ty.to_token_stream(), &mut |token, _| future(token));
    let mut outputs = Outputs(Vec::new());
    outputs.visit_type(ty);
    let given = match outputs.0[..] {
        [ty] if is_named => match Given::of(&parse_quote!(-> #ty)) {
            Given::Opaque | Given::Never => Given::Inferred,
            known => known,
        },
        _ => Given::Inferred,
    };
    Some(Handed { given, is_named })
}

/// The types that are said to be an `Output`.
struct Outputs<'t>(Vec<&'t Type>);

impl<'t> Visit<'t> for Outputs<'t> {
    fn visit_assoc_type(&mut self, assoc: &'t AssocType) {
        if assoc.ident == "Output" {
            self.0.push(&assoc.ty);
        }
        visit::visit_assoc_type(self, assoc);
    }
}

impl Body<'_, '_> {
    /// Marks the async blocks in the function's tail that its call is handed to.
    pub(crate) fn hands_over_tail(&mut self, statements: &mut [Stmt]) -> bool {
        let handed = self.call.handed.as_ref().is_some_and(|handed| mark_tail(statements, true, handed.is_named));
        self.is_handed |= handed;
        handed
    }

    /// Marks those in the operand of a `return`.
    pub(crate) fn hands_over(&mut self, value: Option<&mut Expr>) -> bool {
        let named = self.call.handed.as_ref().map(|handed| handed.is_named);
        let handed = value.zip(named).is_some_and(|(value, named)| mark(value, true, named));
        self.is_handed |= handed;
        handed
    }

    /// What a block gives back that has a mark.
    pub(crate) fn handed(&self, attrs: &mut Vec<Attribute>) -> Option<Given> {
        let mark = attrs.pop_if(|attr| attr.path().is_ident(AS_SAID) || attr.path().is_ident(UNKNOWN))?;
        let said = self.call.handed.as_ref().filter(|_| mark.path().is_ident(AS_SAID));
        Some(said.map_or(Given::Inferred, |handed| handed.given.clone()))
    }
}

/// Marks the blocks that `expr` hands on, where the walk will find them. `as_said`: as they are; `named`: or in any other way.
fn mark(expr: &mut Expr, as_said: bool, named: bool) -> bool {
    if !expression_attributes(expr).is_empty() {
        return false;
    }
    match expr {
        Expr::Async(e) if as_said || named => {
            let name = quote::format_ident!("{}", if as_said { AS_SAID } else { UNKNOWN });
            e.attrs.push(parse_quote!(#[#name]));
            true
        }
        Expr::Paren(e) => mark(&mut e.expr, as_said, named),
        Expr::Group(e) => mark(&mut e.expr, as_said, named),
        Expr::Cast(e) => mark(&mut e.expr, as_said, named),
        Expr::Block(e) if e.label.is_none() => mark_tail(&mut e.block.stmts, as_said, named),
        Expr::Unsafe(e) => mark_tail(&mut e.block.stmts, as_said, named),
        Expr::If(e) => {
            let then = mark_tail(&mut e.then_branch.stmts, as_said, named);
            let other = e.else_branch.as_mut().is_some_and(|(_, other)| mark(other, as_said, named));
            then | other
        }
        Expr::Match(e) => {
            let arms = e.arms.iter_mut().filter(|arm| pattern::cfgs(&arm.attrs).is_some());
            arms.fold(false, |any, arm| mark(&mut arm.body, as_said, named) | any)
        }
        Expr::Call(e) if e.args.len() == 1 => match &*e.func {
            Expr::Path(func) => {
                let same = hands_on(&func.path);
                e.args.first_mut().is_some_and(|arg| mark(arg, as_said && same, named))
            }
            _ => false,
        },
        Expr::MethodCall(e) if e.args.is_empty() => {
            // One of the crate's own may make another future.
            let same = BOXES.iter().any(|name| e.method == name && !learnt::may_take(name));
            mark(&mut e.receiver, as_said && same, named)
        }
        _ => false,
    }
}

/// Whether what a function gives back is its operand, or a box with it.
fn hands_on(path: &syn::Path) -> bool {
    let names: Vec<String> = path.segments.iter().rev().take(2).map(|segment| segment.ident.to_string()).collect();
    let names = names.iter().map(String::as_str).collect::<Vec<_>>();
    matches!(names[..], ["Ok" | "Some"] | ["pin" | "new", "Box"])
}

fn mark_tail(statements: &mut [Stmt], as_said: bool, named: bool) -> bool {
    match statements {
        [before @ .., Stmt::Expr(tail, None)] if !before.iter().any(ends::statement) => mark(tail, as_said, named),
        _ => false,
    }
}
