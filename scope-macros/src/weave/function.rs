//! Functions: entry, exit, and what is between.

use super::arguments::{Arg, ENTRY, ENTRY_LINE, EntryProbes, TASK_ENTRY, allow_underscores, captured, entry};
use super::body::Body;
use super::call::Seen;
use super::expression::Given;
use super::facts::Facts;
use super::handed::given_by_future;
use super::hidden::Hidden;
use super::picks::Picks;
use super::unused::Unused;
use super::{Weaver, asyncs, captures, ends, locks, pattern, plain, value};
use crate::check;
use crate::head::Head;
use crate::item::{FnHead, Item, inner_attributes};
use crate::lints;
use crate::site::{self, own, own_at};
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Group, Ident, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::{Detail, Resolved};
use syn::ext::IdentExt;
use syn::parse::Parser;
use syn::{Attribute, Block, FnArg};

/// The pieces of a woven function.
pub(crate) struct Pieces<'i> {
    pub(crate) item: &'i Item,
    pub(crate) head: FnHead,
    pub(crate) inner: TokenStream,
    /// The statements, woven where that is asked for, in braces.
    pub(crate) body: TokenTree,
    /// Whether the block ends without a value: if it ever ends, the program is wrong.
    pub(crate) open: bool,
    /// Where its value begins.
    pub(crate) tail: Span,
    /// The body's late-bound tokens.
    pub(crate) picks: Picks,
    pub(crate) given: Given,
    /// What records the return value in `__ret`.
    pub(crate) record_return: Option<Tokens>,
    seen: Seen,
    /// Whether a guard is among the parameters.
    guards: bool,
    /// The names of the probes that record the entry.
    entry_probes: EntryProbes,
    /// The items in front: the sites, what tracks the plan.
    pub(crate) items: Tokens,
    pub(crate) args: Vec<Arg>,
}

/// Weaves a function. `None`: it stays as it is.
pub(crate) fn weave(weaver: &mut Weaver<'_>, item: &Item, attrs: &[Attribute]) -> Option<TokenStream> {
    let head = Head::of(item)?;
    weaver.names.push(head.name.unraw().to_string());
    let woven = named(weaver, item, attrs, &head);
    weaver.names.pop();
    woven
}

fn named(weaver: &mut Weaver<'_>, item: &Item, attrs: &[Attribute], head: &Head) -> Option<TokenStream> {
    let body = item.body.as_ref()?.stream();
    let (resolved, facts) = (weaver.resolve(), Facts::of_function(&head.inputs, &body));
    // The plan wants nothing of it, nor of those inside it.
    if resolved.is_empty() && !facts.function {
        weaver.left_by_plan = true;
        return None;
    }
    if check::left_alone(head, attrs) {
        return None;
    }
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let (inner, statements) = inner_attributes(&tokens);
    if already_woven(statements) || check::is_canonical(&head.name, &body) {
        return None;
    }
    if let Some(output) = plain::fits(&resolved, facts, head) {
        let inner = lints::soften(inner);
        return Some(plain::weave(weaver, &resolved, item, head, output, inner, statements));
    }
    parsed(weaver, item, attrs, head.simple().or_else(|| item.fn_head())?, inner, statements, facts)
}

/// Weaves one whose head has to be parsed, and mostly its body, too. `tokens`: the body, behind its inner attributes.
fn parsed(
    weaver: &mut Weaver<'_>,
    item: &Item,
    attrs: &[Attribute],
    mut head: FnHead,
    inner: TokenStream,
    tokens: &[TokenTree],
    facts: Facts,
) -> Option<TokenStream> {
    let resolved = weaver.resolve();
    let statements: TokenStream = tokens.iter().cloned().collect();
    let is_async = head.sig.asyncness.is_some();
    let given = Given::of(&head.sig.output);
    weaver.left_by_plan |= resolved.is_empty();
    let parse = || Block::parse_within.parse2(statements.clone()).ok();
    let locks = !resolved.is_empty() && facts.locks;
    let reads = locks || needs_parsing(&resolved, &head, facts) || is_async && resolved.probes.boundaries;
    let parsed = reads.then(parse);
    let awaits = is_async
        && parsed.as_ref().and_then(Option::as_ref).is_some_and(|stmts| !Hidden::of_statements(stmts).waits_unseen);
    let quiet = resolved.is_empty() || is_async && !awaits && asyncs::needs_its_type(&head.sig.output);
    let resolved = if quiet { resolved.with(&none()) } else { resolved };
    let failed = matches!(parsed, Some(None));
    let parsed = parsed.flatten();
    let mut body = Body::new(weaver, &resolved, given.clone(), is_async);
    body.locals = locals(&head);
    body.locks.any = locks && !quiet;
    if awaits && resolved.probes.boundaries {
        body.call.seen = Seen::AtAwaits;
    }
    body.call.handed = (resolved.probes.boundaries && !is_async).then(|| given_by_future(&head.sig.output)).flatten();
    let looks = resolved.probes.args != Detail::None || resolved.probes.variables || is_async;
    let unused = (looks && !quiet).then(|| Unused::of(&mut head, item, attrs, &statements, parsed.as_deref()));
    let unused = unused.unwrap_or_default();
    body.dead = unused.dead;
    let open = ends::open(tokens, parsed.as_deref());
    let tail = if open { Span::call_site() } else { ends::tail(tokens, parsed.as_deref()) };
    let leaves = parsed.as_ref().is_some_and(|stmts| stmts.last().is_some_and(ends::statement));
    let as_written = parsed.is_none() && inner.is_empty();
    let mut shows = resolved.probes.return_value != Detail::None;
    let woven = match parsed {
        Some(mut stmts) => {
            if facts.expects && lints::has_expectation(&statements) {
                lints::soften_body(&mut stmts);
            }
            shows &= !body.hands_over_tail(&mut stmts);
            body.weave(Block { brace_token: syn::token::Brace::default(), stmts }, &head.sig.inputs, facts)
        }
        None => statements.clone(),
    };
    if quiet {
        return body.changed.then(|| {
            let inner = lints::soften(inner);
            braced(item, &item.head, quote!(#inner #woven))
        });
    }
    let before = std::mem::take(&mut body.looks_up);
    let record_return = match given {
        // If its end is reached at all, the type is another name of `()`.
        Given::Typed(_) if open => (shows && !leaves).then(|| body.record_unit(end_of(item))),
        Given::Typed(_) if shows => Some(body.record_return(end_of(item), &own("__ret"))),
        // A `return` is shown, and so must be the end, or it would look like one that is hidden in a macro.
        Given::Unit if body.call.calls => Some(body.record_unit(end_of(item))),
        _ => None,
    };
    let looked_up = std::mem::replace(&mut body.looks_up, before);
    let (seen, guards, is_handed) = (body.call.seen, facts.guards, body.is_handed);
    let entry_probes = match () {
        () if is_handed => TASK_ENTRY,
        () if body.tells_line => ENTRY_LINE,
        () => ENTRY,
    };
    let pardon = body.locks.pardon();
    let returns = body.looks_up;
    let (sites, picks, blocks) = body.finish();
    let mut args = if resolved.probes.args == Detail::None { Vec::new() } else { captured(weaver, &head, is_async) };
    args.retain(|arg| !unused.untouched.contains(&arg.name));
    let names: Vec<_> = args.iter().map(|arg| (arg.cfgs.clone(), arg.name.clone())).collect();
    let name = weaver.name();
    let function = site::Function {
        name: &name,
        span: head.sig.ident.span(),
        args: &names,
        resolved: &resolved,
        runtime: &weaver.runtime,
    };
    let mut items = sites.definition(&own("__SITES"), &weaver.p, &function);
    items.0.extend(blocks);
    let looks_up =
        |arg: &&Arg| arg.written.looks_up() && !resolved.redacts(&arg.name) && !resolved.is_opaque(&arg.name);
    let certain = looked_up
        || picks.any_certain()
        || resolved.probes.boundaries && args.iter().filter(looks_up).any(|arg| arg.cfgs.is_empty());
    if certain || returns || is_handed || !picks.is_empty() || args.iter().any(|arg| looks_up(&arg)) {
        items.0.extend(value::lookup(&weaver.p, certain));
    }
    items.0.extend(weaver.tracking().unwrap_or_default());
    items.0.extend(unused.stands_in);
    let item = &unused.head.map_or_else(|| item.clone(), |head| Item { head: Tokens::of(head), ..item.clone() });
    // What rustc could not parse is left as it is, so that it says the same again, at the same place. Else it may find braces of the
    // user's unnecessary, if they are on one line.
    let body = if as_written && (failed || !in_one_line(item) || parse().is_none()) {
        item.body.clone()?.into()
    } else {
        block(item, ends::has_statements(tokens), woven)
    };
    let mut inner = lints::soften(inner);
    inner.extend(pardon);
    let pieces = Pieces {
        item,
        head,
        inner,
        body,
        open,
        tail,
        picks,
        given,
        record_return,
        seen,
        guards,
        entry_probes,
        items,
        args,
    };
    Some(if seen == Seen::FromOutside {
        asyncs::assemble(weaver, &resolved, pieces)
    } else {
        assemble(weaver, &resolved, pieces)
    })
}

/// The names of the parameters.
fn locals(head: &FnHead) -> Vec<String> {
    let mut names = Vec::new();
    for input in &head.sig.inputs {
        match input {
            FnArg::Receiver(_) => names.push("self".to_owned()),
            FnArg::Typed(arg) if arg.attrs.iter().any(pattern::is_cfg) => {}
            FnArg::Typed(arg) => pattern::idents(&arg.pat, &mut names),
        }
    }
    names
}

fn none() -> scope_plan::Overrides {
    scope_plan::Overrides { level: Some(scope_plan::Level::None), ..Default::default() }
}

/// Whether anything inside the body is to be changed: else it passes through as it is, unread.
fn needs_parsing(resolved: &Resolved, head: &FnHead, facts: Facts) -> bool {
    let probes = &resolved.probes;
    // One that is assigned to may not be used for all that.
    let assigned = |input| matches!(input, &FnArg::Typed(syn::PatType { ref pat, .. }) if pattern::bound(pat).iter().any(|bound| bound.mutability.is_some()));
    let exits = probes.return_value != Detail::None;
    probes.lines
        || probes.variables
        || probes.args != Detail::None && head.sig.inputs.iter().any(assigned)
        || facts.function
        // Which statement is the last may hang on it.
        || facts.conditions
        || facts.is_async && probes.boundaries
        || exits && (facts.returns || facts.questions)
}

/// Whether the body begins with sites of ours: an outer attribute was here before.
fn already_woven(statements: &[TokenTree]) -> bool {
    let path = |token: &TokenTree| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':',
        other => matches!(other, TokenTree::Ident(_)),
    };
    match &statements[statements.iter().take_while(|token| path(token)).count()..] {
        [TokenTree::Punct(bang), TokenTree::Group(group), ..] => bang.as_char() == '!' && begins_with(group, "__SITES"),
        _ => false,
    }
}

fn begins_with(group: &Group, name: &str) -> bool {
    matches!(group.stream().into_iter().next(), Some(TokenTree::Ident(ident)) if ident == name)
}

fn end_of(item: &Item) -> Span {
    item.body.as_ref().map_or_else(Span::call_site, Group::span_close)
}

/// A function whose body stays in its place.
fn assemble(weaver: &Weaver<'_>, resolved: &Resolved, pieces: Pieces<'_>) -> TokenStream {
    let moved = (pieces.seen == Seen::AtAwaits).then(|| asyncs::enter(weaver, resolved, &pieces));
    let Pieces {
        item,
        head: old,
        inner,
        body,
        open,
        tail,
        picks,
        given,
        record_return,
        guards,
        entry_probes,
        items,
        args,
        ..
    } = pieces;
    let p = &weaver.p;
    let held = locks::of_parameters(guards && old.sig.asyncness.is_none(), p);
    let (head, moved) = moved.unzip();
    // Its temporaries die before the call ends, as they do before the arguments.
    let lingers = !open && captures::temporaries_linger();
    let entry = (resolved.probes.boundaries && moved.is_none()).then(|| entry(weaver, resolved, &args, entry_probes));
    if let Some(entry) = &entry
        && lingers
        && matches!(given, Given::Unit | Given::Typed(_))
        && resolved.probes.return_value == Detail::None
        && args.is_empty()
        && picks.is_empty()
        && held.is_empty()
        && entry_probes != TASK_ENTRY
    {
        let mut content = Tokens(inner.into_iter().collect());
        content.append(items);
        content.append(in_an_arm(entry.clone(), body, tail));
        return braced(item, &item.head, content.stream());
    }
    let mut content = Tokens(inner.into_iter().collect());
    content.append(items);
    content.0.extend(held);
    if let Some(entry) = entry {
        content.0.extend(allow_underscores(&args).unwrap_or_default());
        content.word("let");
        content.push(own("__call"));
        content.punct('=');
        content.append(entry);
        content.punct(';');
    }
    content.0.extend(moved.unwrap_or_default());
    match given {
        // If its end can be reached rustc points at the type, unless a block of ours gives the value.
        Given::Typed(_) | Given::Opaque | Given::Never if open && picks.is_empty() => {
            content.push(body);
            content.append(record_return.unwrap_or_else(no_value));
        }
        Given::Unit if lingers && picks.is_empty() => {
            content.push(body);
            content.append(record_return.unwrap_or_else(no_value));
        }
        Given::Typed(ty) if !open && (record_return.is_some() || !picks.is_empty() || lingers) => {
            content.append(typed(&ty, record_return, &picks, body, tail, p));
        }
        Given::Typed(_) | Given::Opaque if !open => content.0.extend(picks.with_value(body.into(), p)),
        Given::Inferred => content.0.extend(picks.with_value(body.into(), p)),
        Given::Typed(_) | Given::Opaque | Given::Unit | Given::Never => {
            let mut body = Tokens(vec![body]);
            body.append(record_return.unwrap_or_default());
            content.append(picks.without_value(body, p));
        }
    }
    match head {
        Some(head) => braced(item, &head, content.stream()),
        None => braced(item, &item.head, content.stream()),
    }
}

/// Behind a body that may never end: what is behind it has to be pardoned.
fn no_value() -> Tokens {
    Tokens::of(quote!(#[allow(unreachable_code)] {};))
}

/// A body whose call nobody tells of anything, so that it needs no name: `match entry { _ => body }`. The temporaries of an arm's value
/// die before those of the `match`, and the type need not be written again, which would cost the compiler more.
pub(crate) fn in_an_arm(entry: Tokens, body: TokenTree, tail: Span) -> Tokens {
    // What is wrong with the value as a whole is reported where it begins.
    let place = tail.resolved_at(Span::mixed_site());
    let mut arm = Tokens::default();
    arm.push(Ident::new("_", Span::call_site()));
    arm.0.extend([Punct::new('=', Spacing::Joint), Punct::new('>', Spacing::Alone)].map(TokenTree::from));
    arm.push(body);
    let mut arm = Group::new(Delimiter::Brace, arm.0.into_iter().collect());
    arm.set_span(place);
    let mut value = Tokens::default();
    value.push(Ident::new("match", place));
    value.0.extend(entry.0);
    value.push(arm);
    value
}

/// A body that gives a value of type `ty`, and what shows it to the call.
///
/// The body is always in braces of its own: the user's items stay at the top of their block, and locals die before the call ends.
pub(crate) fn typed(
    ty: &TokenStream,
    record: Option<Tokens>,
    picks: &Picks,
    body: TokenTree,
    tail: Span,
    p: &Tokens,
) -> Tokens {
    // A type that no value can have is reported where it is written.
    let ty = Tokens::of(ty.clone());
    let ret = ty.0.first().map_or_else(|| own("__ret"), |token| own_at("__ret", token.span()));
    let mut typed = picks.declared(p);
    typed.word("let");
    typed.push(ret);
    typed.punct(':');
    typed.append(ty);
    typed.punct('=');
    typed.push(body);
    typed.punct(';');
    // Behind a body that never ends, one thing has to be pardoned.
    typed.append(record.unwrap_or_else(no_value));
    typed.append(picks.resolved());
    typed.push(own_at("__ret", tail));
    typed
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
