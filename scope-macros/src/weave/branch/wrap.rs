//! What probes in front of an arm's value or a block's statements make of it.

use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Group, Span};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Item, MacroDelimiter, Stmt};

/// `e` → `{ …; e }`, in braces at `span`.
pub(super) fn wrap(expr: &mut Expr, probes: Tokens, span: Span) {
    if !probes.is_empty() {
        // As a statement of its own, `match … { … }(x)` would end before the parenthesis, and `m! { … }` would make statements.
        let split = begins_with_block(expr, false);
        let content = if split { quote!(#probes (#expr)) } else { quote!(#probes #expr) };
        let mut braces = Group::new(Delimiter::Brace, content);
        braces.set_span(span);
        *expr = Expr::Verbatim(braces.to_token_stream());
    }
}

/// Whether an expression begins with one that ends with a block, and goes on behind it, or may once a macro is expanded.
fn begins_with_block(expr: &Expr, goes_on: bool) -> bool {
    match expr {
        Expr::Assign(e) => begins_with_block(&e.left, true),
        Expr::Await(e) => begins_with_block(&e.base, true),
        Expr::Binary(e) => begins_with_block(&e.left, true),
        Expr::Call(e) => begins_with_block(&e.func, true),
        Expr::Cast(e) => begins_with_block(&e.expr, true),
        Expr::Field(e) => begins_with_block(&e.base, true),
        Expr::Index(e) => begins_with_block(&e.expr, true),
        Expr::MethodCall(e) => begins_with_block(&e.receiver, true),
        Expr::Range(e) => e.start.as_ref().is_some_and(|start| begins_with_block(start, true)),
        Expr::Try(e) => begins_with_block(&e.expr, true),
        Expr::Block(_)
        | Expr::Unsafe(_)
        | Expr::If(_)
        | Expr::Match(_)
        | Expr::Loop(_)
        | Expr::While(_)
        | Expr::ForLoop(_)
        | Expr::Const(_)
        | Expr::TryBlock(_) => goes_on,
        Expr::Macro(e) if matches!(e.mac.delimiter, MacroDelimiter::Brace(_)) => true,
        // A brace that macros may open, and what was woven.
        Expr::Macro(_) | Expr::Verbatim(_) => goes_on,
        _ => false,
    }
}

/// Puts probes in front of a block's statements, behind the items that it begins with.
pub(super) fn prepend(block: &mut Block, probes: Tokens, items: usize) {
    if !probes.is_empty() {
        block.stmts.insert(items, Stmt::Item(Item::Verbatim(probes.stream())));
    }
}

/// How many items a block begins with.
pub(super) fn leading_items(block: &Block) -> usize {
    let is_item =
        |stmt: &&Stmt| matches!(stmt, Stmt::Item(item) if !matches!(item, Item::Macro(_) | Item::Verbatim(_)));
    block.stmts.iter().take_while(is_item).count()
}
