//! A woven function, put together of its pieces.

use super::arguments::{Arg, EntryProbes, Known, TASK_ENTRY, entry, pardon};
use super::exits::call::Seen;
use super::exits::declared::{Declared, told};
use super::exits::expression::Given;
use super::exits::given::Place;
use super::fragments::would_split;
use super::futures::asyncs;
use super::values::bounded::Bounded;
use super::values::captures;
use super::values::picks::Picks;
use super::{Weaver, line, locks};
use crate::item::{FnHead, Item, begins_item};
use crate::site::own;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::{Detail, Resolved};

/// The pieces of a woven function.
pub(crate) struct Pieces<'i> {
    pub(crate) item: &'i Item,
    pub(crate) head: FnHead,
    pub(crate) inner: TokenStream,
    /// The statements, woven where that is asked for, in braces.
    pub(crate) body: TokenTree,
    /// Whether the block ends without a value: if it ever ends, the program is wrong.
    pub(crate) open: bool,
    /// Whether the branches of its value were shown by themselves.
    pub(crate) by_branches: bool,
    /// Where its value stands.
    pub(crate) tail: Place,
    /// The body's late-bound tokens.
    pub(crate) picks: Picks,
    pub(crate) given: Given,
    /// See [`super::exits::declared::with_lifetimes`].
    pub(crate) like: Option<TokenStream>,
    /// What records the return value in the variable for it.
    pub(crate) record_return: Option<Tokens>,
    /// What is given back.
    pub(crate) bounded: Bounded,
    /// Whether a value in its body was shown whose type is not written again.
    pub(crate) asks: bool,
    pub(crate) seen: Seen,
    /// Whether a guard is among the parameters.
    pub(crate) guards: bool,
    /// The names of the probes that record the entry.
    pub(crate) entry_probes: EntryProbes,
    /// What gives the sites to the entry.
    pub(crate) sites: Known,
    /// The items in front: the sites, where they have a name; what tracks the plan.
    pub(crate) items: Tokens,
    pub(crate) args: Vec<Arg>,
}

/// A function whose body stays in its place.
pub(crate) fn assemble(weaver: &Weaver<'_>, resolved: &Resolved, pieces: Pieces<'_>) -> TokenStream {
    let moved = (pieces.seen == Seen::AtAwaits).then(|| asyncs::enter(weaver, resolved, &pieces));
    let Pieces {
        item,
        head: old,
        inner,
        body,
        open,
        by_branches,
        tail,
        picks,
        given,
        like,
        record_return,
        bounded,
        asks,
        guards,
        entry_probes,
        sites,
        items,
        args,
        ..
    } = pieces;
    let p = &weaver.p;
    let held = locks::of_parameters(guards && old.sig.asyncness.is_none(), p);
    let (head, moved) = moved.unzip();
    // Its temporaries die before the call ends, as they do before the arguments.
    let lingers = !open && captures::temporaries_linger();
    let entry =
        (resolved.probes.boundaries && moved.is_none()).then(|| entry(weaver, resolved, sites, &args, entry_probes));
    let is_told_nothing = match given {
        Given::Unit => record_return.is_none(),
        Given::Typed(_) => resolved.probes.return_value == Detail::None,
        _ => false,
    };
    if let Some(entry) = &entry
        && lingers
        && is_told_nothing
        && !tail.may_lend()
        && pardon(&args).is_none()
        && picks.is_empty()
        && held.is_empty()
        && entry_probes != TASK_ENTRY
    {
        let mut content = Tokens(inner.into_iter().collect());
        content.append(items);
        content.append(in_an_arm(entry.clone(), body, tail, !matches!(given, Given::Unit)));
        return braced(item, &item.head, content.stream());
    }
    let mut content = Tokens(inner.into_iter().collect());
    content.append(items);
    content.0.extend(held);
    if let Some(entry) = entry {
        content.0.extend(pardon(&args).unwrap_or_default());
        content.word("let");
        content.push(own("__call"));
        content.punct('=');
        content.append(entry);
        content.punct(';');
    }
    content.0.extend(moved.unwrap_or_default());
    if let Given::Typed(ty) = &given
        && (asks || like.is_some())
        && weaver.is_seen_by_others(item)
    {
        // They may put the body into a function or a block of theirs.
        content.0.extend(told(p, ty));
    }
    match given {
        // If its end can be reached rustc points at the type and at the last statement.
        Given::Typed(_) | Given::Opaque | Given::Never if open && picks.is_empty() => match record_return {
            Some(record) => {
                content.push(body);
                content.append(record);
            }
            None => content.0.extend(without_value(weaver, body)),
        },
        Given::Typed(_) if by_branches && picks.is_empty() => content.0.extend(without_braces(body)),
        Given::Typed(_) if by_branches => content.0.extend(picks.with_value(body.into(), p)),
        Given::Unit if lingers && picks.is_empty() => {
            content.append(ending(weaver, false, Tokens(vec![body])));
            content.append(record_return.unwrap_or_else(no_value));
        }
        Given::Typed(ty) if !open && (record_return.is_some() || !picks.is_empty() || lingers) => {
            content.append(shown(p, Declared::of(&ty, like.as_ref(), bounded), record_return, &picks, &body, tail));
        }
        Given::Typed(_) | Given::Opaque if !open && picks.is_empty() => content.0.extend(without_braces(body)),
        Given::Typed(_) | Given::Opaque if !open => content.0.extend(picks.with_value(body.into(), p)),
        Given::Inferred => content.0.extend(picks.with_value(body.into(), p)),
        Given::Unit | Given::Never if record_return.is_none() && picks.is_empty() => {
            content.0.extend(without_braces(body));
        }
        Given::Unit if record_return.is_none() && open => {
            content.append(picks.without_value(Tokens::of(without_braces(body)), p));
        }
        Given::Typed(_) | Given::Opaque | Given::Unit | Given::Never => {
            let mut body = Tokens(vec![body]);
            if record_return.is_some() {
                body = ending(weaver, false, body);
            }
            body.append(record_return.unwrap_or_default());
            content.append(picks.without_value(body, p));
        }
    }
    match head {
        Some(head) => braced(item, &head, content.stream()),
        None => braced(item, &item.head, content.stream()),
    }
}

/// The statements of a body whose value rustc would tell of at the block. clippy wants items in front, and fragments of a macro may need their bounds.
pub(crate) fn without_braces(body: TokenTree) -> TokenStream {
    match body {
        TokenTree::Group(body) if !may_hold_items(body.stream()) && !would_split(&body) => body.stream(),
        body => body.into(),
    }
}

/// The statements of a body that ends without a value: in braces rustc would look for it there.
pub(crate) fn without_value(weaver: &Weaver<'_>, body: TokenTree) -> TokenStream {
    let mut body = without_braces(body);
    let is_block = body.clone().into_iter().nth(1).is_none();
    if is_block && !weaver.is_strict() {
        body.extend(no_value().0);
    }
    body
}

/// Whether there are items among statements, or macros in braces that may make some: `cfg_if! { … }`.
fn may_hold_items(statements: TokenStream) -> bool {
    let mut is_called = false;
    statements.into_iter().any(|token| match token {
        TokenTree::Ident(word) => {
            is_called = false;
            begins_item(&word)
        }
        TokenTree::Group(group) => std::mem::take(&mut is_called) && group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(mark) => {
            is_called = mark.as_char() == '!';
            false
        }
        TokenTree::Literal(_) => false,
    })
}

/// Behind a body that may never end: what is behind it has to be pardoned.
pub(crate) fn no_value() -> Tokens {
    Tokens::of(quote!(#[allow(unreachable_code)] {};))
}

/// A body with something of ours behind it. Where that can't be pardoned, rustc is made to think that each body has an end, with or without a
/// `value`.
pub(crate) fn ending(weaver: &Weaver<'_>, value: bool, body: Tokens) -> Tokens {
    if !weaver.is_strict() {
        return body;
    }
    let (label, p) = (syn::Lifetime::new("'__end", Span::mixed_site()), &weaver.p);
    let value = value.then(|| quote!(#p::never()));
    Tokens::of(quote!(#label: { if false { break #label #value; } #body }))
}

/// A body whose call nobody tells of anything, so that it needs no name: `match entry { _ => body }`. The temporaries of an arm's value
/// die before those of the `match`, and the type need not be written again, which would cost the compiler more. `value`: whether it is more than `()`.
pub(crate) fn in_an_arm(entry: Tokens, body: TokenTree, tail: Place, value: bool) -> Tokens {
    // What is wrong with the value as a whole is reported there; behind a `()` of the user's clippy would want a semicolon.
    let (begin, end) = tail.round();
    let place = |span| if value { span } else { line::here(span) };
    let mut arm = Tokens::default();
    // Where the temporaries of the value die: at the end of the user's block.
    arm.push(Ident::new("_", line::here(line::end_of_token(&body))));
    arm.0.extend([Punct::new('=', Spacing::Joint), Punct::new('>', Spacing::Alone)].map(TokenTree::from));
    arm.push(body);
    let mut arm = Group::new(Delimiter::Brace, arm.0.into_iter().collect());
    arm.set_span(place(end));
    let mut value = Tokens::default();
    value.push(Ident::new("match", place(begin)));
    value.0.extend(entry.0);
    value.push(arm);
    value
}

/// A body that gives a value, and what shows it to the call.
///
/// The body is always in braces of its own: the user's items stay at the top of their block, and locals die before the call ends.
pub(crate) fn shown(
    p: &Tokens,
    ty: Declared<'_>,
    record: Option<Tokens>,
    picks: &Picks,
    body: &TokenTree,
    tail: Place,
) -> Tokens {
    let resolved = picks.resolved(p);
    let mut shown = picks.declared(p);
    shown.0.extend(tail.kept(p, ty, body, false, &quote!(#record #resolved)));
    shown
}

/// The user's statements in braces that stand where the user's do: what is wrong with them as a whole is reported there. `theirs`: they are
/// the user's in all.
pub(crate) fn block(item: &Item, theirs: bool, statements: TokenStream) -> TokenTree {
    let mut braces = Group::new(Delimiter::Brace, statements);
    if let Some(body) = &item.body {
        let span = body.span();
        braces.set_span(if theirs { span } else { span.resolved_at(Span::mixed_site()) });
    }
    braces.into()
}

pub(crate) fn in_one_line(item: &Item) -> bool {
    item.body.as_ref().is_some_and(|body| body.span_open().start().line == body.span_close().end().line)
}

/// The item with a new head and body.
pub(crate) fn braced(item: &Item, head: &impl ToTokens, content: TokenStream) -> TokenStream {
    let mut woven = TokenStream::new();
    item.attrs.iter().for_each(|attr| attr.soften(&mut woven));
    head.to_tokens(&mut woven);
    block(item, true, content).to_tokens(&mut woven);
    woven
}
