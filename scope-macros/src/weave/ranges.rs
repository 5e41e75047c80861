//! `0...9`, which patterns of the editions before 2021 may have for `0..=9`.

use proc_macro2::{Punct, Spacing, Span, TokenStream};
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Pat, PatRange, RangeLimits, Stmt};

/// Writes it as it was: a parse takes it for the other, of which rustc wants brackets behind a `&`, and does not warn.
pub(super) fn restore(statements: &mut [Stmt]) {
    statements.iter_mut().for_each(|statement| Restore.visit_stmt_mut(statement));
}

struct Restore;

impl VisitMut for Restore {
    fn visit_pat_mut(&mut self, pat: &mut Pat) {
        match pat {
            Pat::Range(range) => {
                if let Some(dots) = dots(range) {
                    *pat = Pat::Verbatim(with_dots(range, dots));
                }
            }
            other => visit_mut::visit_pat_mut(self, other),
        }
    }
}

/// Where a pattern's three dots are.
fn dots(range: &PatRange) -> Option<[Span; 3]> {
    let RangeLimits::Closed(limits) = &range.limits else { return None };
    let text = limits.spans[2].source_text()?;
    text.ends_with('.').then_some(limits.spans)
}

fn with_dots(range: &PatRange, dots: [Span; 3]) -> TokenStream {
    let mut tokens = TokenStream::new();
    range.attrs.iter().for_each(|attr| attr.to_tokens(&mut tokens));
    range.start.to_tokens(&mut tokens);
    for (span, spacing) in dots.into_iter().zip([Spacing::Joint, Spacing::Joint, Spacing::Alone]) {
        let mut dot = Punct::new('.', spacing);
        dot.set_span(span);
        tokens.extend([proc_macro2::TokenTree::from(dot)]);
    }
    range.end.to_tokens(&mut tokens);
    tokens
}
