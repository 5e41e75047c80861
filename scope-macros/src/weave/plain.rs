//! Functions of which nothing but entry and exit is recorded, and nothing inside is changed: most of all functions, at `boundaries`. They
//! are woven without being parsed, which costs a tenth.

use super::Weaver;
use super::arguments::{ENTRY, Known, slow};
use super::assemble::{block, braced, in_an_arm, in_one_line, without_braces, without_value};
use super::exits::ends;
use super::exits::expression::{hides, may_be_unit};
use super::exits::missing;
use super::facts::Facts;
use super::values::captures;
use crate::head::Head;
use crate::item::Item;
use crate::site::{Sites, own};
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use scope_plan::{Detail, Resolved};

/// What is written of the type that a function gives back.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Output {
    /// None, or `()`.
    Unit,
    /// `!`, or a type that can't be written down again.
    Hidden,
    /// Any other.
    Type,
}

/// What a function gives back, if it is one of these.
pub(crate) fn fits(resolved: &Resolved, facts: Facts, head: &Head) -> Option<Output> {
    let probes = &resolved.probes;
    let more = probes.lines || probes.variables || probes.args != Detail::None || probes.return_value != Detail::None;
    let special = facts.function || facts.conditions || facts.is_async || facts.locks || facts.guards || head.is_async;
    if probes.boundaries && !more && !special { output(&head.output) } else { None }
}

/// Whether it is wrong, since its body lacks a value.
pub(crate) fn lacks_value(output: Output, head: &Head, statements: &[TokenTree]) -> bool {
    output == Output::Type && missing::in_tokens(statements) && !may_be_unit(&head.output.iter().cloned().collect())
}

/// What is in its body.
pub(crate) struct Contents<'t> {
    /// The inner attributes.
    pub(crate) inner: TokenStream,
    /// What is behind them.
    pub(crate) statements: &'t [TokenTree],
    /// Whether it has to stay as it is: see [`super::fragments`].
    pub(crate) in_one_piece: bool,
}

/// Weaves it. `output`: what [`fits`] said.
pub(crate) fn weave(
    weaver: &mut Weaver<'_>,
    resolved: &Resolved,
    item: &Item,
    head: &Head,
    output: Output,
    contents: Contents<'_>,
) -> TokenStream {
    let Contents { inner, statements, in_one_piece } = contents;
    let name = weaver.name();
    let function = weaver.function(&name, head.name.span(), &[], resolved);
    let (sites, definition) = Known::of(&Sites::default(), false, &weaver.p, &function);
    let entry = sites.entry(&weaver.p, resolved, ENTRY[0]);
    let open = ends::open(statements, None);
    let tail = ends::tail(statements, None);
    let in_arm = !open && output != Output::Hidden && captures::temporaries_linger() && !tail.may_lend();
    // rustc may find braces of the user's unnecessary, if they are on one line, but those of an arm.
    let as_written =
        inner.is_empty() && (in_one_piece || in_arm || ends::has_statements(statements) || !in_one_line(item));
    let body = match &item.body {
        Some(body) if as_written => body.clone().into(),
        _ => block(item, ends::has_statements(statements), statements.iter().cloned().collect()),
    };
    let mut content = Tokens(inner.into_iter().collect());
    content.0.extend(definition.0);
    content.0.extend(weaver.tracking().unwrap_or_default());
    content.append(slow(resolved));
    if in_arm {
        content.0.extend(in_an_arm(entry, body, tail, output == Output::Type).0);
    } else {
        let call = own("__call");
        content.0.extend(quote!(let #call = #entry;));
        content.0.extend(match () {
            () if in_one_piece => body.into(),
            () if open && output != Output::Unit => without_value(weaver, body),
            () => without_braces(body),
        });
    }
    braced(item, &item.head, content.0.into_iter().collect())
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
    if hides(&tokens.iter().cloned().collect()) { Output::Hidden } else { Output::Type }
}
