//! The record of an entry: which arguments it holds, and the code that makes it.

use super::exits::call::borrowed;
use super::futures::asyncs;
use super::values::bounded::Bounded;
use super::values::value::{self, Way, Written};
use super::{Weaver, pattern};
use crate::item::FnHead;
use crate::site::{Function, Sites, own};
use crate::tokens::{Bare as _, Tokens};
use proc_macro2::{Delimiter, Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::{Clock, Resolved};
use syn::FnArg;

/// An argument in the entry record.
#[derive(Clone)]
pub(crate) struct Arg {
    /// The `#[cfg]`s of the parameter.
    pub(crate) cfgs: Tokens,
    /// The parameter's own token: `self` of a macro's making is not any `self`.
    pub(crate) place: Tokens,
    pub(crate) name: String,
    pub(crate) written: Written,
    /// Whether it is a reference for sure.
    pub(crate) is_reference: bool,
    pub(crate) ty: Bounded,
}

impl Arg {
    /// What it is called where its value is.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        matches!(&*self.place.0, [TokenTree::Ident(ident)] if ident == name)
    }

    /// Whether its value is behind a reference.
    pub(crate) fn is_behind_reference(&self) -> bool {
        matches!(self.place.0.first(), Some(TokenTree::Punct(_)))
    }

    fn begins_with_underscore(&self) -> bool {
        matches!(&*self.place.0, [TokenTree::Ident(ident)] if ident.to_string().starts_with('_'))
    }
}

/// The arguments to capture: each name that is bound, in order.
pub(crate) fn captured(weaver: &Weaver<'_>, head: &FnHead, is_async: bool) -> Vec<Arg> {
    let mut args: Vec<Arg> = Vec::new();
    for (index, input) in head.sig.inputs.iter().enumerate() {
        match input {
            FnArg::Receiver(receiver) => {
                let cfgs = pattern::cfgs(&receiver.attrs);
                let this = &receiver.self_token;
                // What is borrowed is kept in the future: the reference itself need not be.
                let mut place = Tokens::default();
                if is_async && receiver.reference.is_some() {
                    place.punct('*');
                }
                place.push(Ident::new("self", this.span));
                let is_reference = !is_async && receiver.reference.is_some();
                let (name, written, ty) = ("self".to_owned(), Written::Whole, weaver.bounds.of_self());
                args.extend(cfgs.map(|cfgs| Arg { cfgs, place, name, written, is_reference, ty }));
            }
            FnArg::Typed(arg) => {
                let Some(cfgs) = pattern::cfgs(&arg.attrs) else { continue };
                if is_async && asyncs::is_replaced(&arg.pat) {
                    // Taken apart later: here it is still whole.
                    if !matches!(&*arg.pat, syn::Pat::Wild(_)) {
                        let name = crate::paths::compact(arg.pat.to_token_stream());
                        let place = Tokens(vec![asyncs::replacement(index).into()]);
                        args.push(Arg {
                            cfgs,
                            place,
                            name,
                            written: Written::Other,
                            is_reference: false,
                            ty: Bounded::default(),
                        });
                    }
                    continue;
                }
                let whole = pattern::single(&arg.pat).is_some();
                let ty = arg.ty.to_token_stream();
                let (known, bounded) = (Written::of(&ty), weaver.bounds.of_type(&ty));
                let written = if whole || known == Written::Object { known } else { Written::Other };
                let is_reference = whole && value::is_reference(&ty);
                for ident in pattern::bindings(&arg.pat) {
                    let name = ident.bare();
                    let place = Tokens(vec![ident.clone().into()]);
                    args.push(Arg { cfgs: cfgs.clone(), place, name, written, is_reference, ty: bounded });
                }
            }
        }
    }
    args.retain(|arg| {
        let itself = arg.name == "self" && weaver.args.skip.iter().any(|skipped| skipped == "self");
        !itself && !matches!(&*arg.place.0, [TokenTree::Ident(ident)] if weaver.skips(ident))
    });
    args
}

/// The names of the probes that record an entry: without arguments, and the first and the last of one with arguments.
pub(crate) type EntryProbes = [&'static str; 3];
pub(crate) const ENTRY: EntryProbes = ["__scope_entry", "__scope_begin_entry", "__scope_enter"];
/// Those that tell of the first line, too.
pub(crate) const ENTRY_LINE: EntryProbes = ["__scope_entry_line", "__scope_begin_entry", "__scope_enter_line"];
/// Those of a call that is polled.
pub(crate) const TASK_ENTRY: EntryProbes = ["__scope_task", "__scope_begin_task", "__scope_enter_task"];

/// How an entry knows the function's sites.
pub(crate) enum Known {
    /// By the name of their `static`.
    ByName,
    /// By the function's text, see [`Sites::by_text`]: so it is where nothing else names them.
    ByText(Tokens),
}

impl Known {
    /// How it knows those of a function, and the `static`, if that is how. `named`: others name it, too.
    pub(crate) fn of(sites: &Sites, named: bool, p: &Tokens, function: &Function<'_>) -> (Self, Tokens) {
        let name = own("__SITES");
        let by_text = if named { Err(sites.definition(&name, p, function)) } else { sites.by_text(&name, p, function) };
        match by_text {
            Ok(text) => (Self::ByText(text), Tokens::default()),
            Err(definition) => (Self::ByName, definition),
        }
    }

    /// What records an entry without arguments.
    pub(crate) fn entry(self, p: &Tokens, resolved: &Resolved, probe: &str) -> Tokens {
        match self {
            Self::ByText(text) => by_text(p, probe, text),
            Self::ByName => {
                let mut entry = entries(sites(), resolved);
                entry.call(own(probe), Tokens::default());
                entry
            }
        }
    }

    /// A borrow of the sites.
    fn sites(self, p: &Tokens) -> Tokens {
        match self {
            Self::ByText(text) => by_text(p, "sites_of", text),
            Self::ByName => sites(),
        }
    }
}

/// `by_text!(function hash text)`: what a function of the facade's gives for a text.
fn by_text(p: &Tokens, function: &str, text: Tokens) -> Tokens {
    let mut inside = Tokens::default();
    inside.push(own(function));
    inside.append(text);
    let mut by_text = p.clone();
    by_text.path("by_text");
    by_text.punct('!');
    by_text.group(Delimiter::Parenthesis, inside);
    by_text
}

/// `(&__SITES)`.
fn sites() -> Tokens {
    Tokens(vec![borrowed(&own("__SITES")).into()])
}

/// What has the probes that record an entry: they differ by clock.
fn entries(sites: Tokens, resolved: &Resolved) -> Tokens {
    let mut entries = sites;
    let dated = match resolved.clock {
        Clock::Coarse => Some("__scope_coarse"),
        Clock::None => Some("__scope_undated"),
        _ => None,
    };
    if let Some(dated) = dated {
        entries.call(own(dated), Tokens::default());
    }
    entries
}

/// What takes the time of a call that may be too slow, and asks for a snapshot behind all that is recorded of it. Nothing where the plan asks for none.
pub(crate) fn slow(resolved: &Resolved) -> Tokens {
    let mut slow = Tokens::default();
    if resolved.snapshot_over.is_some() {
        slow.word("let");
        slow.push(own("__slow"));
        slow.punct('=');
        slow.append(sites());
        slow.call(own("__scope_slow"), Tokens::default());
        slow.punct(';');
    }
    slow
}

/// What records the entry of a call that is polled.
pub(crate) fn task_entry(weaver: &Weaver<'_>, resolved: &Resolved, args: &[Arg]) -> Tokens {
    entry(weaver, resolved, Known::ByName, args, TASK_ENTRY)
}

/// What records the entry.
pub(crate) fn entry(
    weaver: &Weaver<'_>,
    resolved: &Resolved,
    sites: Known,
    args: &[Arg],
    probes: EntryProbes,
) -> Tokens {
    let p = &weaver.p;
    if args.is_empty() && probes != TASK_ENTRY {
        return sites.entry(p, resolved, probes[0]);
    }
    let [plain, begin, finish] = probes.map(own);
    let mut record = if probes == TASK_ENTRY { sites.sites(p) } else { entries(sites.sites(p), resolved) };
    if args.is_empty() {
        record.call(plain, Tokens::default());
        return record;
    }
    if let Some(numbers) = numbers(resolved, args)
        && probes != TASK_ENTRY
    {
        record.call(own(&format!("{plain}_{}", args.len())), numbers);
        return record;
    }
    // Room is kept for each: one that a `#[cfg]` takes away costs the others nothing that they would miss.
    let mut count = Tokens::default();
    count.push(Literal::usize_unsuffixed(args.len()));
    record.call(begin, count);
    let entry = own("__entry");
    let mut each = Tokens::default();
    ["let", "mut"].into_iter().for_each(|word| each.word(word));
    each.push(entry.clone());
    each.punct('=');
    each.append(record);
    each.punct(';');
    for Arg { cfgs, place, name, written, is_reference, ty } in args {
        each.like(cfgs);
        let hidden = resolved.redacts(name);
        let written = if resolved.is_opaque(name) { Written::Object } else { *written };
        let seen = value::borrowed(place);
        let (record, arguments) = match Way::of(p, &seen, written, is_reference.then_some(place), *ty) {
            _ if hidden => ("__scope_redacted", Tokens::default()),
            Way::Copied | Way::Number => ("__scope_number", seen),
            Way::By(strategy) => {
                let mut arguments = seen;
                arguments.punct(',');
                arguments.append(strategy);
                ("__scope_arg", arguments)
            }
            Way::Direct(lookup, name) => {
                let mut arguments = Tokens::default();
                arguments.punct('&');
                arguments.word("mut");
                arguments.push(entry.clone());
                each.append(lookup);
                each.call(own(&format!("__scope_{name}_arg")), arguments);
                each.punct(';');
                continue;
            }
        };
        each.push(entry.clone());
        each.call(Ident::new(record, Span::call_site()), arguments);
        each.punct(';');
    }
    each.push(entry);
    each.call(finish, Tokens::default());
    let mut block = Tokens::default();
    block.group(Delimiter::Brace, each);
    block
}

/// The arguments, borrowed, where all of them are numbers or texts, and so few that one probe takes them.
fn numbers(resolved: &Resolved, args: &[Arg]) -> Option<Tokens> {
    const MOST: usize = 4;
    let mut borrowed = Tokens::default();
    for Arg { cfgs, place, name, written, .. } in args {
        let plain = args.len() <= MOST && *written == Written::Plain && cfgs.is_empty();
        if !plain || resolved.redacts(name) || resolved.is_opaque(name) {
            return None;
        }
        if !borrowed.is_empty() {
            borrowed.punct(',');
        }
        borrowed.append(value::borrowed(place));
    }
    Some(borrowed)
}

/// The pardon for looking at `_x`, and for what stands where the user's type does.
pub(crate) fn pardon(args: &[Arg]) -> Option<TokenStream> {
    let underscores = args.iter().any(Arg::begins_with_underscore).then(|| quote!(clippy::used_underscore_binding));
    let paths = args.iter().any(|arg| arg.ty.is_some()).then(|| quote!(clippy::absolute_paths));
    let lints: Vec<TokenStream> = underscores.into_iter().chain(paths).collect();
    (!lints.is_empty()).then(|| quote!(#[allow(#(#lints),*)]))
}
