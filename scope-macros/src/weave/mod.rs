//! Generation: items with the plan's probes woven in. It cannot fail; what can't be woven is woven less.

mod arguments;
mod assemble;
mod body;
mod branch;
mod depth;
mod exits;
mod facts;
mod fragments;
mod function;
mod futures;
mod in_macros;
mod less;
mod line;
mod locks;
pub(crate) mod pattern;
mod plain;
mod ranges;
mod sources;
mod syntax;
mod twice;
mod values;
mod variables;
mod words;

use crate::args::Args;
use crate::attr::{self, Attr};
use crate::errors::{Error, Errors};
use crate::forbidden::Forbidden;
use crate::item::{self, Item, Kind};
use crate::paths::compact;
use crate::tokens::{Bare as _, Tokens};
use crate::{check, lints, plan, site};
use exits::written::As;
use proc_macro2::{Group, Span, TokenStream};
use quote::{ToTokens, quote};
use scope_plan::{Level, Loaded, Resolved};
use std::cell::OnceCell;
use values::bounded::{self, Bounds};
use values::clauses;

/// Weaves the items of one attribute.
pub(crate) struct Weaver<'a> {
    plan: &'a Loaded,
    forbidden: &'a Forbidden,
    /// The path of the hidden module of the facade.
    pub(crate) p: Tokens,
    runtime: String,
    /// What the text of each function says of the plan.
    plan_line: String,
    args: Args,
    /// The module, crate name first.
    module: Vec<String>,
    /// The names inside the module: of types, traits and functions.
    names: Vec<String>,
    errors: Errors,
    /// `#[allow(unreachable_code)]`, once it is needed.
    pardon: OnceCell<Tokens>,
    /// Whether an item round this one has an attribute that may be a macro: it sees what is woven.
    among_others: bool,
    /// Whether it is in a trait, as one of its own functions.
    in_trait: bool,
    /// Whether a clause of the `impl` or trait binds what values are looked up by.
    binds_lookup: bool,
    /// The type that an `impl` is of, if that may have bounds.
    owner: Option<String>,
    /// Those of the function that is being woven.
    bounds: Bounds,
    /// Whether what makes cargo track the plan is still to be put somewhere.
    tracks: bool,
    /// The plan wants nothing of some function.
    left_by_plan: bool,
    /// The attribute stands on a function.
    on_function: bool,
}

/// Where a function is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Home {
    Module,
    /// In an `impl` of a type, or in another function.
    Type,
    /// In a trait, or an `impl` of one: a type may have another of that name.
    Trait,
}

impl<'a> Weaver<'a> {
    pub(crate) fn new(plan: &'a Loaded, forbidden: &'a Forbidden, args: Args, module: Vec<String>) -> Self {
        let p = args.hidden();
        let runtime = plan.plan.runtime_lines();
        Self {
            plan,
            forbidden,
            p,
            runtime,
            plan_line: plan::line(plan),
            args,
            module,
            names: Vec::new(),
            errors: Errors::default(),
            pardon: OnceCell::new(),
            among_others: false,
            in_trait: false,
            binds_lookup: false,
            owner: None,
            bounds: Bounds::default(),
            tracks: false,
            left_by_plan: false,
            on_function: false,
        }
    }

    pub(crate) fn into_errors(self) -> Vec<Error> {
        self.errors.into_vec()
    }

    /// The attribute's item. `None`: it stays as it is.
    ///
    /// Where the plan leaves it as it is, what tracks the plan stands beside it, so that it is compiled again when the plan wants more; a
    /// function has no place for that but its body, and goes without.
    pub(crate) fn whole(&mut self, item: &Item) -> Option<TokenStream> {
        if fragments::would_split_beside(item) {
            return None;
        }
        if item.kind == Kind::Fn {
            // It may be a method: only inside it is there a place for items.
            self.tracks = true;
            self.on_function = true;
            return self.item(item);
        }
        let said_here = self.args.level == Some(Level::None);
        let woven = self.item(item);
        let mut woven = woven.or_else(|| (self.left_by_plan && !said_here).then(|| item.to_token_stream()))?;
        woven.extend(plan::tracking(self.plan, &self.p));
        Some(woven)
    }

    /// The pardon for a probe that is never reached.
    fn pardon(&self) -> &Tokens {
        self.pardon.get_or_init(|| Tokens::of(quote!(#[allow(unreachable_code)])))
    }

    /// Whether attributes of others may be yet to see an item.
    fn is_seen_by_others(&self, item: &Item) -> bool {
        self.among_others || item.attrs.iter().any(Attr::may_be_a_macro)
    }

    /// Whether nothing may stand where rustc sees that it is never reached: the crate forbids to pardon that.
    fn is_strict(&self) -> bool {
        self.forbidden.unreachable
    }

    /// What makes cargo track the plan, if it is to stand inside the function.
    fn tracking(&mut self) -> Option<TokenStream> {
        std::mem::take(&mut self.tracks).then(|| plan::tracking(self.plan, &self.p))
    }

    /// The items in `tokens`. `None`: nothing changes.
    fn items(&mut self, tokens: TokenStream) -> Option<TokenStream> {
        let (inner, items) = item::split(tokens);
        let mut result = lints::soften(attr::inner_comments(inner));
        let mut changed = false;
        for item in &items {
            match self.item(item) {
                Some(woven) => {
                    changed = true;
                    result.extend(woven);
                }
                None => item.to_tokens(&mut result),
            }
        }
        changed.then_some(result)
    }

    fn item(&mut self, item: &Item) -> Option<TokenStream> {
        if item.kind == Kind::Other || item.body.is_none() {
            return None;
        }
        let attrs = item.attributes();
        if attrs.iter().any(check::is_skip) || check::is_made_anew(&attrs) || check::lists_items(item) {
            return None;
        }
        let Some(own) = attrs.iter().find(|attr| check::is_instrument(attr)) else { return self.kinds(item, &attrs) };
        // An attribute of its own: this pass weaves the item, with the inner arguments on top. One that is ours for sure goes;
        // one that may be ours stays, and finds the item woven.
        let sure = check::is_ours(own, &self.args);
        let mut errors = Errors::default();
        let inner = match &own.meta {
            syn::Meta::List(list) => Args::parse(list.tokens.clone(), &mut errors),
            _ => Args::default(),
        };
        let outer = self.args.clone();
        if errors.is_empty() {
            self.args = outer.with(inner);
        } else if sure {
            self.errors.append(errors.into_vec());
        }
        let woven = if sure {
            let mut item = item.clone();
            let ours = own.to_token_stream().to_string();
            item.attrs.retain(|attr| attr.to_token_stream().to_string() != ours);
            self.kinds(&item, &attrs).or_else(|| Some(item.to_token_stream()))
        } else {
            self.kinds(item, &attrs)
        };
        self.args = outer;
        woven
    }

    fn kinds(&mut self, item: &Item, attrs: &[syn::Attribute]) -> Option<TokenStream> {
        match item.kind {
            Kind::Fn => function::weave(self, item, attrs),
            Kind::Impl => {
                let head: syn::ItemImpl = item.parse_head()?;
                let of = compact(head.self_ty.to_token_stream());
                let name = match &head.trait_ {
                    Some((_, path, _)) => format!("<{of} as {}>", compact(path.to_token_stream())),
                    None => of,
                };
                let owner = bounded::name(&head.self_ty.to_token_stream());
                let outer = std::mem::replace(&mut self.owner, owner);
                let woven = self.inside(item, name);
                self.owner = outer;
                woven
            }
            Kind::Trait => {
                let head: syn::ItemTrait = item.parse_head()?;
                let outer = std::mem::replace(&mut self.in_trait, true);
                let woven = self.inside(item, head.ident.bare());
                self.in_trait = outer;
                woven
            }
            Kind::Mod => {
                let head: syn::ItemMod = item.parse_head()?;
                self.module.push(head.ident.bare());
                let names = std::mem::take(&mut self.names);
                let woven = self.contents(item);
                self.names = names;
                self.module.pop();
                woven
            }
            Kind::Other => None,
        }
    }

    /// Weaves a function.
    fn in_function(
        &mut self,
        name: String,
        weave: impl FnOnce(&mut Self) -> Option<TokenStream>,
    ) -> Option<TokenStream> {
        self.names.push(name);
        let outer = std::mem::take(&mut self.bounds);
        let woven = weave(self);
        self.bounds = outer;
        self.names.pop();
        woven
    }

    fn inside(&mut self, item: &Item, name: String) -> Option<TokenStream> {
        self.names.push(name);
        let outer = std::mem::replace(&mut self.binds_lookup, clauses::bind_lookup(&item.head.0));
        let woven = self.contents(item);
        self.binds_lookup = outer;
        self.names.pop();
        woven
    }

    fn contents(&mut self, item: &Item) -> Option<TokenStream> {
        let body = item.body.as_ref()?;
        let among_others = self.among_others;
        self.among_others |= item.attrs.iter().any(Attr::may_be_a_macro);
        let contents = self.items(body.stream());
        self.among_others = among_others;
        let contents = contents?;
        let mut woven = TokenStream::new();
        item.attrs.iter().for_each(|attr| attr.soften(&mut woven));
        item.head.to_tokens(&mut woven);
        let mut body_woven = Group::new(body.delimiter(), contents);
        body_woven.set_span(body.span());
        body_woven.to_tokens(&mut woven);
        Some(woven)
    }

    /// The name of the function that is being woven, inside its module.
    fn name(&self) -> String {
        self.names.join("::")
    }

    /// Whether what is being woven may be a method in an `impl Trait for …`.
    fn may_be_in_trait_impl(&self) -> bool {
        // The last name is the function's.
        match self.names.iter().rev().nth(1) {
            Some(outer) => outer.starts_with('<'),
            None => self.is_alone() && !sources::is_of_no_trait(Span::call_site()),
        }
    }

    /// What is known of the head of the `impl` or trait that the function which is being woven is in: all of it, or its name.
    fn head_around(&self) -> Option<String> {
        match self.names.iter().rev().nth(1) {
            Some(outer) => Some(outer.clone()),
            None => self.head_in_sources(),
        }
    }

    /// The head of the `impl` or trait round a method of which only its own tokens are seen.
    fn head_in_sources(&self) -> Option<String> {
        if self.is_alone() { sources::head_around(Span::call_site()) } else { None }
    }

    /// How what a function gives back is written again.
    fn writes_types(&self) -> As {
        if !self.may_be_in_trait_impl() {
            return As::Theirs;
        }
        let implementor = match self.names.iter().rev().nth(1) {
            Some(outer) => outer.rsplit_once(" as ").map(|(ty, _)| ty.trim_start_matches('<').to_owned()),
            None => self.head_in_sources().and_then(|head| head.rsplit_once(" for ").map(|(_, ty)| ty.to_owned())),
        };
        let name = |ty: String| ty.split(['<', '{', ' ']).next()?.rsplit("::").next().map(str::to_owned);
        implementor.and_then(name).map_or(As::Ours, As::InTraitOf)
    }

    /// Where the function that is being woven is.
    fn home(&self) -> Home {
        let of_trait = self.in_trait || self.names.len() > 1 && self.may_be_in_trait_impl();
        match (self.names.len(), self.head_in_sources()) {
            (1, None) => Home::Module,
            (_, Some(head)) if sources::is_of_trait(&head) => Home::Trait,
            _ if of_trait => Home::Trait,
            _ => Home::Type,
        }
    }

    /// Whether it is one of a trait itself.
    fn is_in_trait(&self) -> bool {
        let is_trait =
            |head: String| head.split_whitespace().take_while(|word| *word != "impl").any(|word| word == "trait");
        self.in_trait || self.head_in_sources().is_some_and(is_trait)
    }

    /// Whether what is being woven may be a method of which only its own tokens are seen. One that begins a line is none.
    fn is_alone(&self) -> bool {
        self.names.len() == 1 && self.on_function && Span::call_site().start().column > 0
    }

    /// Whether a clause of the function with this head, or of what it is in, binds what values are looked up by.
    fn is_lookup_bound(&self, head: &Tokens) -> bool {
        let around = || self.head_in_sources().filter(|head| head.contains("where"))?.parse().ok();
        let bound_around =
            || around().is_some_and(|head: TokenStream| clauses::bind_lookup(&head.into_iter().collect::<Vec<_>>()));
        self.binds_lookup || clauses::bind_lookup(&head.0) || bound_around()
    }

    /// A function that is woven: what its sites are told of it. `args`: those that are captured, each with its `#[cfg]`s.
    fn function<'f>(
        &'f self,
        name: &'f str,
        span: Span,
        args: &'f [(Tokens, String)],
        resolved: &'f Resolved,
    ) -> site::Function<'f> {
        let Self { plan: loaded, plan_line, runtime, .. } = self;
        site::Function { name, span, args, resolved, loaded, plan_line, runtime }
    }

    /// Whether the value of `name` is never captured.
    fn skips(&self, name: &proc_macro2::Ident) -> bool {
        self.args.skips(name)
    }

    /// What the plan and the arguments say of it.
    fn resolve(&self) -> Resolved {
        let path = self.module.iter().chain(&self.names).map(String::as_str).collect::<Vec<_>>().join("::");
        self.plan.plan.resolve(&path).with(&self.args.overrides())
    }
}
