//! What probes in front of an arm's value or a block's statements make of it.

use crate::tokens::Tokens;
use crate::weave::syntax::as_tail;
use proc_macro2::{Delimiter, Group, Span};
use quote::{ToTokens, quote};
use syn::{Block, Expr, Item, Stmt};

/// `e` → `{ …; e }`, in braces at `span`.
pub(super) fn wrap(expr: &mut Expr, probes: Tokens, span: Span) {
    if !probes.is_empty() {
        let value = as_tail(expr);
        let content = quote!(#probes #value);
        let mut braces = Group::new(Delimiter::Brace, content);
        braces.set_span(span);
        *expr = Expr::Verbatim(braces.to_token_stream());
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
