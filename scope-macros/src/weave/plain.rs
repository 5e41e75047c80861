//! Functions of which nothing but entry and exit is recorded, and nothing inside is changed: most of all functions, at `boundaries`. They
//! are woven without being parsed, which costs a tenth.

use super::arguments::ENTRY;
use super::facts::Facts;
use super::function::{block, braced, in_an_arm, in_one_line};
use super::{Weaver, captures, ends};
use crate::head::Head;
use crate::item::Item;
use crate::site::{self, own};
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::{Detail, Resolved};

/// What is written of the type that a function gives back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Output {
    /// None, or `()`.
    Unit,
    /// `!`, or a type that can't be written down again.
    Hidden,
    /// Any other.
    Type,
}

/// Whether a function is one of these.
pub(crate) fn fits(resolved: &Resolved, facts: Facts, head: &Head) -> bool {
    let probes = &resolved.probes;
    let more = probes.lines || probes.variables || probes.args != Detail::None || probes.return_value != Detail::None;
    let special = facts.function || facts.conditions || facts.is_async || facts.locks || facts.guards || head.is_async;
    probes.boundaries && !more && !special && output(&head.output).is_some()
}

/// Weaves it. `inner`: the inner attributes of its body; `statements`: what is behind them.
pub(crate) fn weave(
    weaver: &mut Weaver<'_>,
    resolved: &Resolved,
    item: &Item,
    head: &Head,
    inner: TokenStream,
    statements: &[TokenTree],
) -> TokenStream {
    let sites = own("__SITES");
    let name = weaver.name();
    let function =
        site::Function { name: &name, span: head.name.span(), args: &[], resolved, runtime: weaver.runtime() };
    let definition = site::Sites::default().definition(&sites, &weaver.p, &function);
    let tracking = weaver.tracking();
    let enter = own(ENTRY[0]);
    let entry = quote!((&#sites).#enter());
    let open = ends::open(statements, None);
    let output = output(&head.output).unwrap_or(Output::Hidden);
    let in_arm = !open && output != Output::Hidden && captures::temporaries_linger();
    // rustc may find braces of the user's unnecessary, if they are on one line, but those of an arm.
    let as_written = inner.is_empty() && (in_arm || ends::has_statements(statements) || !in_one_line(item));
    let body = if as_written {
        item.body.to_token_stream()
    } else {
        block(item, ends::has_statements(statements), statements.iter().cloned().collect())
    };
    if in_arm {
        let value = in_an_arm(&entry, &body, ends::tail(statements, None));
        return braced(item, &item.head, quote!(#inner #definition #tracking #value));
    }
    // If its end can be reached rustc points at the type, unless a block of ours gives the value.
    let end = (open && output != Output::Unit).then(|| quote!(#[allow(unreachable_code)] {};));
    let call = own("__call");
    braced(item, &item.head, quote!(#inner #definition #tracking let #call = #entry; #body #end))
}

/// `None`: it has to be parsed.
fn output(tokens: &[TokenTree]) -> Option<Output> {
    match tokens {
        [] => Some(Output::Unit),
        [TokenTree::Group(group)] => match group.delimiter() {
            Delimiter::Bracket => Some(known(tokens)),
            Delimiter::Parenthesis if group.stream().is_empty() => Some(Output::Unit),
            // `(A, B)`, or a type in parentheses.
            _ => None,
        },
        [TokenTree::Punct(punct)] if punct.as_char() == '!' => Some(Output::Hidden),
        _ => Some(known(tokens)),
    }
}

fn known(tokens: &[TokenTree]) -> Output {
    if super::expression::hides(&tokens.iter().cloned().collect()) { Output::Hidden } else { Output::Type }
}
