//! Functions: entry, exit, and what is between.

use super::arguments::{Arg, ENTRY, ENTRY_LINE, Known, TASK_ENTRY, captured, slow};
use super::assemble::{Pieces, assemble, block, braced, in_one_line};
use super::body::Body;
use super::body::pardons::Pardons;
use super::exits::branches;
use super::exits::call::Seen;
use super::exits::declared::with_lifetimes;
use super::exits::ends;
use super::exits::expression::{Given, may_be_unit};
use super::exits::given::Place;
use super::exits::{misfits, missing};
use super::facts::Facts;
use super::futures::asyncs;
use super::futures::handed::given_by_future;
use super::futures::hidden::Hidden;
use super::futures::refused;
use super::less;
use super::locks::handed;
use super::sources;
use super::twice::{already_woven, is_found_by_text};
use super::values::bounded::Bounds;
use super::values::late::{self, Late};
use super::values::value;
use super::variables::unused::Unused;
use super::{Weaver, fragments, pattern, plain, ranges};
use crate::check::any_token;
use crate::head::Head;
use crate::item::{FnHead, Item, inner_attributes};
use crate::tokens::{Bare as _, Tokens};
use crate::{check, lints};
use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::{Detail, Resolved};
use syn::parse::Parser;
use syn::{Attribute, Block, FnArg};

/// Weaves a function. `None`: it stays as it is.
pub(crate) fn weave(weaver: &mut Weaver<'_>, item: &Item, attrs: &[Attribute]) -> Option<TokenStream> {
    let head = Head::of(item)?;
    weaver.in_function(head.name.bare(), |weaver| named(weaver, item, attrs, &head))
}

fn named(weaver: &mut Weaver<'_>, item: &Item, attrs: &[Attribute], head: &Head) -> Option<TokenStream> {
    let body = item.body.as_ref()?;
    let (would_split, blocks) = (fragments::would_split(body), fragments::are_blocks(body));
    let body = body.stream();
    let mut resolved = weaver.resolve();
    if !resolved.is_empty() {
        sources::read_at(head.name.span());
    }
    let text = body.to_string();
    // The plan wants nothing of it, nor of those inside it, since there are none.
    if resolved.is_empty() && !text.contains("fn ") {
        weaver.left_by_plan = true;
        return None;
    }
    let mut facts = Facts::of_function(&item.head, &head.inputs, &body, &text);
    facts.guards |= !resolved.is_empty() && handed::is_called_with_lock(weaver, head);
    let late = if resolved.probes.shows_values() { late::may_be_in(&text) } else { Late::No };
    let asked = || sources::Asked {
        span: head.name.span(),
        names: &weaver.names,
        alone: weaver.is_alone(),
        late: late != Late::No,
        inner: is_inner(weaver, item),
    };
    if resolved.probes.shows_values() && sources::are_named(&asked(), || item.to_token_stream()) {
        resolved = resolved.with(&less::without_values());
    }
    // One that is for others is given whole values, but may make one.
    if facts.unsafety && !asked().inner && resolved.probes.variables {
        let as_inner = sources::Asked { inner: true, ..asked() };
        if sources::are_named(&as_inner, || item.to_token_stream()) {
            resolved = resolved.with(&less::without_variables());
        }
    }
    if is_part_of_serializer(head, &item.head) || resolved.probes.shows_values() && weaver.is_lookup_bound(&item.head) {
        resolved = resolved.with(&less::without_values());
    }
    let in_one_piece = would_split || facts.is_deep;
    if in_one_piece {
        resolved = resolved.with(&less::boundaries());
    }
    if facts.unmade {
        resolved = resolved.with(&less::without_own_values());
    }
    let of_holder = !resolved.is_empty() && text.contains("Self") && handed::is_of_holder(weaver, head);
    facts.locks |= of_holder
        || facts.borrows && !resolved.is_empty() && sources::are_found(head.name.span(), |found| found.borrows);
    // The text may only look as if there were some.
    if resolved.is_empty() && !facts.function {
        weaver.left_by_plan = true;
        return None;
    }
    if check::left_alone(head, attrs) || check::ends_for_others(head, facts.is_async, attrs, &weaver.args) {
        return None;
    }
    let tokens: Vec<TokenTree> = body.clone().into_iter().collect();
    let (inner, statements) = inner_attributes(&tokens);
    if already_woven(statements)
        || facts.by_text && is_found_by_text(statements)
        || check::is_canonical(&head.name, &body)
        || check::is_assertion(item, &body)
    {
        return None;
    }
    if in_one_piece && !inner.is_empty() {
        return None;
    }
    let pardoned = Pardons::of_function(item, statements, facts.transmutes, blocks && !weaver.is_strict()).on(item);
    let item = pardoned.as_ref().unwrap_or(item);
    if let Some(output) = plain::fits(&resolved, facts, head) {
        if plain::lacks_value(output, head, statements) {
            return None;
        }
        let inner = lints::soften(inner);
        let contents = plain::Contents { inner, statements, in_one_piece: would_split };
        return Some(plain::weave(weaver, &resolved, item, head, output, contents));
    }
    if in_one_piece {
        return None;
    }
    let head = head.simple().or_else(|| item.fn_head())?;
    parsed(weaver, item, attrs, head, Contents { resolved, facts, of_holder, late, inner, tokens: statements })
}

/// Whether a function serializes what it is given, as those of a `Serializer` do: shown by its `Serialize`, that would be done once more, in the
/// middle of the first time.
fn is_part_of_serializer(head: &Head, tokens: &Tokens) -> bool {
    let is_bound = |token: &TokenTree| matches!(token, TokenTree::Ident(ident) if ident == "Serialize");
    head.name.to_string().starts_with("serialize_")
        && any_token(&tokens.0.iter().cloned().collect(), &mut |token, _| is_bound(token))
}

/// Whether a function is not for others: neither public nor a trait's.
fn is_inner(weaver: &Weaver<'_>, item: &Item) -> bool {
    let public = match &*item.head.0 {
        [TokenTree::Ident(word), TokenTree::Group(_), ..] if word == "pub" => false,
        [TokenTree::Ident(word), ..] => word == "pub",
        _ => false,
    };
    !public && !weaver.names.iter().any(|name| name.contains(" as "))
}

/// What is known of a function before it is parsed.
struct Contents<'t> {
    resolved: Resolved,
    facts: Facts,
    /// Whether it is of a type that holds a lock.
    of_holder: bool,
    /// Whether a type may be open to the end: asked only where values are shown.
    late: Late,
    /// The inner attributes of its body, and what is behind them.
    inner: TokenStream,
    tokens: &'t [TokenTree],
}

/// Weaves one whose head has to be parsed, and mostly its body, too.
fn parsed(
    weaver: &mut Weaver<'_>,
    item: &Item,
    attrs: &[Attribute],
    mut head: FnHead,
    contents: Contents<'_>,
) -> Option<TokenStream> {
    let Contents { resolved, facts, of_holder, late, inner, tokens } = contents;
    let statements: TokenStream = tokens.iter().cloned().collect();
    let is_async = head.sig.asyncness.is_some();
    weaver.bounds = Bounds::of(&head.sig, weaver.owner.as_deref());
    let given = Given::written(&head.sig.output, || weaver.writes_types());
    weaver.left_by_plan |= resolved.is_empty();
    let parse = || {
        let mut parsed = Block::parse_within.parse2(statements.clone()).ok()?;
        if facts.dots {
            ranges::restore(&mut parsed);
        }
        Some(parsed)
    };
    let locks = !resolved.is_empty() && facts.locks;
    let shows = resolved.probes.return_value != Detail::None;
    let reads = locks || needs_parsing(&resolved, &head, facts, tokens) || is_async && resolved.probes.boundaries;
    let parsed = reads.then(parse);
    let hidden =
        parsed.as_ref().and_then(Option::as_ref).filter(|_| is_async).map(|stmts| Hidden::of_statements(stmts));
    if hidden.as_ref().is_some_and(|hidden| refused::is_refused(&head.sig, weaver.home(), &statements, hidden)) {
        return None;
    }
    let awaits = hidden.is_some_and(|hidden| !hidden.waits_unseen);
    // With an attribute of others `return` and `?` may mean something else.
    let differs = if weaver.is_seen_by_others(item) { misfits::at_end } else { misfits::in_body };
    let stmts = parsed.as_ref().map(Option::as_deref);
    let lacks = matches!(&given, Given::Typed(ty) if missing::value(ty, tokens, stmts));
    if lacks || stmts.flatten().is_some_and(|stmts| differs(&head.sig.output, stmts)) {
        return None;
    }
    let quiet = resolved.is_empty() || is_async && !awaits && asyncs::needs_its_type(&head.sig.output);
    let mut resolved = if quiet { resolved.with(&less::none()) } else { resolved };
    if matches!(&given, Given::Typed(ty) if stmts.flatten().is_some_and(|stmts| missing::perhaps(ty, stmts))) {
        resolved = resolved.with(&less::without_variables());
    }
    let failed = matches!(parsed, Some(None));
    let parsed = parsed.flatten();
    let mut body = Body::new(weaver, &resolved, given.clone(), is_async);
    let like = if shows && !is_async { with_lifetimes(body.weaver, &head.sig.output, &item.head) } else { None };
    body.call.like.clone_from(&like);
    body.locals = locals(&head);
    body.is_unsafe = facts.unsafety;
    let strict = body.weaver.is_strict();
    body.objects = strict || !quiet && resolved.probes.variables && sources::may_be_at(head.sig.ident.span());
    body.picks.late = !quiet && may_be_late(late, head.sig.ident.span());
    body.locks.any = locks && !quiet;
    body.locks.unlocks = facts.unlocks;
    body.locks.of_holder = locks && of_holder;
    if is_async {
        body.pardons.of_async(tokens);
    }
    if awaits && resolved.probes.boundaries {
        body.call.seen = Seen::AtAwaits;
    }
    body.call.handed = (resolved.probes.boundaries && !is_async).then(|| given_by_future(&head.sig.output)).flatten();
    let looks = resolved.probes.args != Detail::None || resolved.probes.variables || is_async;
    let unused = (looks && !quiet).then(|| Unused::of(&mut head, item, attrs, &statements, parsed.as_deref()));
    let unused = unused.unwrap_or_default();
    body.pardons.of_renamed(unused.was_mutable);
    body.dead = unused.dead;
    let open = ends::open(tokens, parsed.as_deref());
    let tail = if open { Place::at(Span::call_site()) } else { ends::tail(tokens, parsed.as_deref()) };
    let leaves = parsed.as_ref().is_some_and(|stmts| stmts.last().is_some_and(ends::statement));
    let as_written = parsed.is_none() && inner.is_empty();
    let mut shows = resolved.probes.return_value != Detail::None;
    let mut by_branches = false;
    let woven = match parsed {
        Some(stmts) => {
            let mut block = Block { brace_token: syn::token::Brace::default(), stmts };
            if facts.expects && lints::has_expectation(&statements) {
                lints::soften_body(&mut block.stmts);
            }
            shows &= !body.hands_over_tail(&mut block.stmts);
            by_branches = shows && body.gives_by_branches(&mut block);
            shows &= !by_branches;
            body.weave(block, &head.sig.inputs, facts)
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
        Given::Typed(ref ty) if open => {
            (shows && !leaves && !strict && may_be_unit(ty)).then(|| body.record_unit(end_of(item)))
        }
        Given::Typed(_) if shows => Some(body.record_return(end_of(item), tail.begin)),
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
    let pardon = body.pardon();
    let returns = body.looks_up;
    let asks = body.call.asks;
    // What is polled has it in several places.
    let named = body.call.names_sites()
        || !resolved.probes.boundaries
        || seen != Seen::FromInside
        || entry_probes == TASK_ENTRY;
    let (sites, picks, blocks) = body.finish();
    let mut args = if resolved.probes.args == Detail::None { Vec::new() } else { captured(weaver, &head, is_async) };
    // What is behind a reference may be made only here.
    let made = |arg: &Arg| facts.made && arg.is_reference && arg.name != "self";
    args.retain(|arg| !unused.untouched.contains(&arg.name) && !made(arg));
    let names: Vec<_> = args.iter().map(|arg| (arg.cfgs.clone(), arg.name.clone())).collect();
    let bounded = given.bounded(&weaver.bounds);
    let name = weaver.name();
    let function = weaver.function(&name, head.sig.ident.span(), &names, &resolved);
    let (sites, mut items) = Known::of(&sites, named, &weaver.p, &function);
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
    if seen != Seen::FromOutside {
        items.append(slow(&resolved));
    }
    let mut item = item.clone();
    item.attrs.extend(pardon);
    item.head = unused.head.map_or(item.head, Tokens::of);
    let item = &item;
    // What rustc could not parse is left as it is, so that it says the same again, at the same place. Else it may find braces of the
    // user's unnecessary, if they are on one line.
    let body = if as_written && (failed || !in_one_line(item) || parse().is_none()) {
        item.body.clone()?.into()
    } else {
        block(item, ends::has_statements(tokens), woven)
    };
    let inner = lints::soften(inner);
    let pieces = Pieces {
        item,
        head,
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
        seen,
        guards,
        entry_probes,
        sites,
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

/// Whether a type may be open to the end.
fn may_be_late(late: Late, span: Span) -> bool {
    late == Late::MayBe || late == Late::ByIndex && sources::are_found(span, |found| found.indexed)
}

/// Whether anything inside the body is to be changed: else it passes through as it is, unread.
fn needs_parsing(resolved: &Resolved, head: &FnHead, facts: Facts, body: &[TokenTree]) -> bool {
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
        || exits && (facts.returns || facts.questions || branches::may_give(&head.sig.output, body))
}

fn end_of(item: &Item) -> Span {
    item.body.as_ref().map_or_else(Span::call_site, Group::span_close)
}
