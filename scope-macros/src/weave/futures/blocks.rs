//! Async blocks and closures: each block is a call of its own, from its first poll to its end, which is seen from outside. So the block stays the block that
//! it is: what it captures and how, and the order in which that is dropped.
//!
//! One exception: a block that a function gives back as its future (`Box::pin(async move { … })` in the tail, as `async_trait` writes it)
//! is the rest of the function's own call, which was entered with the arguments and then waits for its first poll.

use super::hidden::Hidden;
use super::tails;
use crate::site::own;
use crate::tokens::Tokens;
use crate::weave::arguments::slow;
use crate::weave::assemble::ending;
use crate::weave::body::{Body, Frame};
use crate::weave::exits::call::{Call, Seen};
use crate::weave::exits::declared::told;
use crate::weave::exits::ends;
use crate::weave::exits::expression::Given;
use crate::weave::exits::given::Place;
use crate::weave::exits::shadows;
use crate::weave::line;
use crate::weave::values::{captures, value};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::Detail;
use syn::token::{Brace, Paren};
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprBlock, ExprClosure, ExprParen, Item, Pat, ReturnType, Stmt};

impl Body<'_, '_> {
    /// `async { … }` → `SITES.__scope_block(async { … })`.
    pub(crate) fn weave_async(&mut self, expr: &mut Expr) {
        let Expr::Async(e) = expr else { return };
        let unused = std::mem::take(&mut self.unused);
        let handed = self.handed(&mut e.attrs);
        let links = self.frame().links && captures::precise();
        let mut frame = Frame { own_exits: false, suspends: true, calm: None, links, assigns: false };
        // In front of what becomes an argument there is no place for attributes.
        if !self.resolved.probes.boundaries || !e.attrs.is_empty() {
            return self.framed(frame, |this| this.visit_block_mut(&mut e.block));
        }
        frame.own_exits = true;
        let span = e.async_token.span;
        let is_handed = handed.is_some();
        let call = self.new_call("{async block}", handed.unwrap_or(Given::Inferred), Seen::FromOutside);
        let outer = self.enter(call, is_handed);
        self.framed(frame, |this| this.content(&mut e.block));
        let call = self.leave(outer, is_handed, span);
        let slow = slow(self.resolved);
        if is_handed && !slow.is_empty() {
            // The function's own time is that of making the future.
            let stmts = &mut e.block.stmts;
            if stmts.iter().any(|stmt| matches!(stmt, Stmt::Item(_))) {
                // For clippy, which wants items in front of statements. Around one expression rustc would find braces unnecessary.
                let mut body = Group::new(Delimiter::Brace, stmts.iter().map(ToTokens::to_token_stream).collect());
                body.set_span(e.block.brace_token.span.join());
                *stmts = vec![Stmt::Item(Item::Verbatim(body.into_token_stream()))];
            }
            stmts.insert(0, Stmt::Item(Item::Verbatim(slow.to_token_stream())));
        }
        let end = e.block.brace_token.span.close();
        let (method, args) = match (is_handed, unused) {
            (true, _) => ("__scope_handed_block", {
                let call = own("__call");
                quote!(#call, #e)
            }),
            (false, true) => ("__scope_unused_block", e.to_token_stream()),
            (false, false) => ("__scope_block", e.to_token_stream()),
        };
        let (mut sites, mut args, method) = (call, Group::new(Delimiter::Parenthesis, args), own(method));
        // The user's own places: for those of other tokens rustc would report the attribute.
        sites.set_span(span);
        args.set_span(end);
        *expr = Expr::Verbatim(quote!(#sites.#method #args));
    }

    /// `e.await` → `(match into_future(e) { f => awaited(&__call, pin!(f)).await })`, where the call is seen from inside. Where a lock
    /// is held meanwhile, what is awaited is marked while it is made and polled.
    ///
    /// What is awaited dies with the arm, as it does without us when it is done, and the temporaries of `e` with the statement. It lies in the
    /// future itself: in a future of ours it would be one deeper, and rustc follows futures to a certain depth only.
    pub(crate) fn weave_await(&mut self, expr: &mut Expr) {
        let Expr::Await(e) = expr else { return };
        let locks = self.awaits_with_lock(&e.base);
        self.walk(&mut e.base);
        self.watch(expr, locks);
    }

    /// Whether some `.await` here may be watched.
    pub(crate) fn watches(&self) -> bool {
        self.frame().suspends && (self.sees_awaits() || self.locks.any)
    }

    fn sees_awaits(&self) -> bool {
        self.frame().own_exits && self.call.seen == Seen::AtAwaits
    }

    /// What [`Self::weave_await`] does where it stands alone. `held`, `made`: what [`Self::awaits_with_lock`] said of it.
    pub(crate) fn watch(&mut self, expr: &mut Expr, (held, made): (bool, bool)) {
        let Expr::Await(e) = expr else { return };
        let begin = line::begin(&e.base);
        let seen = self.sees_awaits();
        if seen || held {
            self.pardons.of_await();
            let (p, call, future) = (&self.weaver.p, own("__call"), own("__future"));
            let mut base = e.base.to_token_stream();
            // Here rustc finds a call of the function itself.
            let mut awaited = called(quote!(#p::pin!), quote!(#future), begin, line::here(e.await_token.span));
            if seen {
                awaited = quote!(#p::awaited(&#call, #awaited));
            }
            if held {
                awaited = quote!(#p::holding(#awaited));
            }
            if made {
                base = quote!(#p::made(#p::held(), #base));
            }
            // In parentheses of ours: rustc would report the user's own.
            let made = made_future(p, quote!((#base)), e.await_token.span);
            let (dot, word) = (e.dot_token, e.await_token);
            // From here to the end rustc finds the place of a value that is not used.
            let keyword = Ident::new("match", begin);
            let mut arm = Group::new(Delimiter::Brace, quote!(#future => #awaited #dot #word));
            arm.set_span(word.span);
            let woven = quote!(#keyword #made #arm);
            *expr = Expr::Paren(ExprParen {
                attrs: std::mem::take(&mut e.attrs),
                paren_token: Paren(line::here(begin)),
                expr: Box::new(Expr::Verbatim(woven)),
            });
        }
    }

    /// `async |x| { … }` → `async |x| { let __call = …; … }`. False: nothing was done.
    ///
    /// The future of such a closure may borrow from the closure, and so has to be made in its place; its awaits are what can be seen of it.
    pub(crate) fn weave_async_closure(&mut self, closure: &mut ExprClosure, links: bool) -> bool {
        if !self.resolved.probes.boundaries || Hidden::of_expression(&closure.body).waits_unseen {
            return false;
        }
        let Some(asyncness) = closure.asyncness else { return false };
        self.pardons.of_async_closure(&closure.body);
        let given = match &closure.output {
            ReturnType::Default => Given::Inferred,
            typed => Given::of(typed),
        };
        let body = std::mem::replace(&mut *closure.body, Expr::PLACEHOLDER);
        let mut block = match body {
            Expr::Block(e) if e.label.is_none() && e.attrs.is_empty() => e.block,
            body => Block { brace_token: Brace(braces_round(&body)), stmts: vec![Stmt::Expr(body, None)] },
        };
        let pats: Vec<Pat> = closure.inputs.iter().cloned().collect();
        let call = self.new_call("{async closure}", given, Seen::AtAwaits);
        let outer = self.enter(call, false);
        let links = self.frame().links && links;
        let frame = Frame { own_exits: true, suspends: true, calm: None, links, assigns: false };
        self.framed(frame, |this| this.scoped(&pats, |this| this.content(&mut block)));
        let sites = self.leave(outer, false, asyncness.span);
        let call = own("__call");
        block.stmts.insert(0, Stmt::Item(Item::Verbatim(quote!(let #call = (&#sites).__scope_task();))));
        *closure.body = Expr::Block(ExprBlock { attrs: Vec::new(), label: None, block });
        true
    }

    /// Walks what a call of its own does, and shows what it gives back.
    fn content(&mut self, block: &mut Block) {
        if let Given::Typed(ty) = &self.call.given {
            self.call.shadowed |= shadows::may_shadow(block, ty);
        }
        let shown = self.resolved.probes.return_value != Detail::None && has_value(block);
        let whole = match self.call.given {
            Given::Typed(_) => shown,
            Given::Inferred if !shown || !self.frame().links => false,
            // What is expected of the value comes from others that leave the block before, or from what the closure is passed to.
            Given::Inferred if self.call.seen == Seen::AtAwaits || Hidden::of_block(block).returns => {
                tails::mark_tail(&mut block.stmts);
                false
            }
            Given::Inferred => true,
            Given::Unit | Given::Opaque | Given::Never => false,
        };
        let theirs = block.stmts.len() > 1;
        let tail = ends::tail(&[], Some(&block.stmts));
        self.visit_block_mut(block);
        if whole || matches!(self.call.given, Given::Unit) && self.call.calls {
            self.show_value(block, tail, theirs);
        } else if self.call.asks {
            let body = braced(block, theirs);
            block.stmts = vec![Stmt::Item(Item::Verbatim(body.to_token_stream()))];
        }
        if let Given::Typed(ty) = &self.call.given
            && self.call.asks
        {
            block.stmts.insert(0, Stmt::Item(Item::Verbatim(told(&self.weaver.p, ty))));
        }
    }

    fn new_call(&mut self, kind: &str, given: Given, seen: Seen) -> Call {
        let name = format!("{}::{kind}", self.call.name);
        let mut call = Call::new(name, given, seen, self.call.sites_name().clone());
        call.is_block = true;
        call.shadowed = self.call.shadowed;
        call
    }

    /// The walk enters a block; gives the call round it. `is_handed`: the block is part of that call.
    fn enter(&mut self, mut call: Call, is_handed: bool) -> Call {
        if is_handed {
            std::mem::swap(&mut call.sites, &mut self.call.sites);
        } else {
            self.block_count += 1;
            call.name_sites(own(&format!("__SITES{}", self.block_count)));
        }
        std::mem::replace(&mut self.call, call)
    }

    /// The walk leaves a block; gives the name of its sites.
    fn leave(&mut self, outer: Call, is_handed: bool, span: Span) -> proc_macro2::Ident {
        let call = std::mem::replace(&mut self.call, outer);
        let sites_name = call.sites_name().clone();
        if is_handed {
            self.call.sites = call.sites;
        } else {
            let function = self.weaver.function(&call.name, span, &[], self.resolved);
            let cfgs = self.cfgs();
            let definition = call.sites.definition(call.sites_name(), &self.weaver.p, &function);
            self.blocks.extend(quote!(#cfgs #definition));
        }
        sites_name
    }

    /// Shows the call the value of its block. `theirs`: the braces round it are the user's, see `ends::has_statements`.
    fn show_value(&mut self, block: &mut Block, tail: Place, theirs: bool) {
        let span = block.brace_token.span.close();
        let body = Tokens(vec![braced(block, theirs).into()]);
        let woven = match self.call.given {
            Given::Typed(_) => {
                let (lookup, value) = (value::lookup(&self.weaver.p, false), self.kept(&body.stream(), tail, false));
                quote!(#lookup #value)
            }
            Given::Unit => {
                let record = self.record_unit(span);
                let body = ending(self.weaver, false, body);
                quote!(#body #record)
            }
            _ => {
                let body = ending(self.weaver, true, body);
                self.seen(body.stream(), span)
            }
        };
        block.stmts = vec![Stmt::Item(Item::Verbatim(woven))];
    }
}

/// The statements of a block in braces of their own.
fn braced(block: &Block, theirs: bool) -> Group {
    let mut body = Group::new(Delimiter::Brace, block.stmts.iter().map(ToTokens::to_token_stream).collect());
    if theirs {
        body.set_span(block.brace_token.span.join());
    }
    body
}

/// Where braces round an expression stand: the user's, but round `()`, which clippy would find unneeded in them.
fn braces_round(expr: &Expr) -> Span {
    let begin = line::begin(expr);
    if matches!(expr, Expr::Tuple(tuple) if tuple.elems.is_empty()) { line::here(begin) } else { begin }
}

/// A call of ours in the place of the user's expression from `begin` to `end`: what is wrong with it is reported there.
pub(crate) fn called(function: TokenStream, args: TokenStream, begin: Span, end: Span) -> TokenStream {
    let mut args = Group::new(Delimiter::Parenthesis, args);
    args.set_span(end);
    at(begin, function).into_iter().chain([TokenTree::Group(args)]).collect()
}

/// `{ future_of }(base)`. In braces rustc does not look at the arguments for what is wrong with a call: what is no future it finds here, in
/// the `.await` and in what we make of it, and where all of them are in the user's own place it tells of one.
fn made_future(p: &Tokens, base: TokenStream, place: Span) -> TokenStream {
    let mut path = quote!(#p::future_of);
    // `$crate` is another one in another place.
    if matches!(path.clone().into_iter().next(), Some(TokenTree::Punct(_))) {
        let placed = path.into_iter().map(|mut token| {
            token.set_span(place);
            token
        });
        path = placed.collect();
    }
    called(Group::new(Delimiter::Brace, path).into_token_stream(), base, place, place)
}

/// Tokens of ours in the place of the user's.
pub(crate) fn at(place: Span, tokens: TokenStream) -> TokenStream {
    let placed = tokens.into_iter().map(|mut token| {
        token.set_span(line::here(place));
        token
    });
    placed.collect()
}

/// Walks what something of the user's stands behind: what is wrong with both is reported from the one to the other, so that the first has to be the
/// user's own, too.
pub(crate) fn before(base: &mut Expr, behind: Span, walk: impl FnOnce(&mut Expr)) {
    let is_awaited = matches!(base, Expr::Await(_));
    walk(base);
    if let Expr::Paren(woven) = base
        && is_awaited
    {
        woven.paren_token = Paren(woven.paren_token.span.open().resolved_at(behind));
    }
}

/// Whether a block ends with an expression that may have a value.
fn has_value(block: &Block) -> bool {
    match block.stmts.last() {
        Some(Stmt::Expr(expr, None)) => match expr {
            Expr::ForLoop(_) | Expr::While(_) | Expr::Assign(_) => false,
            Expr::If(e) => e.else_branch.is_some(),
            _ => true,
        },
        Some(Stmt::Macro(call)) => call.semi_token.is_none(),
        _ => false,
    }
}
