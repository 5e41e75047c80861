//! Async blocks: each is a call of its own, from its first poll to its end, which is seen from outside. So the block stays the block that
//! it is: what it captures and how, and the order in which that is dropped.
//!
//! One exception: a block that a function gives back as its future (`Box::pin(async move { … })` in the tail, as `async_trait` writes it)
//! is the rest of the function's own call, which was entered with the arguments and then waits for its first poll.

use super::body::{Body, Call, Frame, Seen};
use super::captures;
use super::expression::Given;
use super::hidden::Hidden;
use super::{line, value, values};
use crate::site::{self, Sites, own};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::Detail;
use syn::visit_mut::VisitMut;
use syn::{Block, Expr, ExprAwait, Item, Stmt};

impl Body<'_, '_> {
    /// `async { … }` → `Traced::lazy(…, async { … })`.
    pub(crate) fn weave_async(&mut self, expr: &mut Expr) {
        let Expr::Async(e) = expr else { return };
        let handed = self.handed(&mut e.attrs);
        let links = self.frame().links && captures::precise();
        let mut frame = Frame { own_exits: false, suspends: true, calm: None, links };
        // In front of what becomes an argument there is no place for attributes.
        if !self.resolved.probes.boundaries || !e.attrs.is_empty() {
            return self.framed(frame, |this| this.visit_block_mut(&mut e.block));
        }
        frame.own_exits = true;
        let span = e.async_token.span;
        let is_handed = handed.is_some();
        let outer = self.enter(handed);
        let shown = self.resolved.probes.return_value != Detail::None && has_value(&e.block);
        let whole = match self.call.given {
            Given::Typed(_) => shown,
            Given::Inferred if !shown || !links => false,
            // Other values may leave the block before, and what is expected of the last one comes from them.
            Given::Inferred if Hidden::of_block(&e.block).returns => {
                values::mark_tail(&mut e.block.stmts);
                false
            }
            Given::Inferred => true,
            Given::Unit | Given::Opaque | Given::Never => false,
        };
        self.framed(frame, |this| {
            this.visit_block_mut(&mut e.block);
            if whole {
                this.show_value(&mut e.block);
            }
        });
        let call = self.leave(outer, is_handed, span);
        let p = &self.weaver.p;
        let (function, first) = if is_handed {
            (quote!(#p::Traced::handed), own("__call").to_token_stream())
        } else {
            (quote!(#p::Traced::lazy), quote!(&#call))
        };
        let end = e.block.brace_token.span.close();
        *expr = Expr::Verbatim(called(function, quote!(#first, #e), span, end));
    }

    /// `e.await` → `awaited(&__call, e).await`, where the call is seen from inside.
    pub(crate) fn weave_await(&mut self, expr: &mut ExprAwait) {
        self.walk(&mut expr.base);
        if self.frame().own_exits && self.call.seen == Seen::AtAwaits {
            let (p, call, base) = (&self.weaver.p, own("__call"), &expr.base);
            let begin = line::begin(base);
            let awaited = called(quote!(#p::awaited), quote!(&#call, #base), begin, expr.await_token.span);
            *expr.base = Expr::Verbatim(awaited);
        }
    }

    /// The walk enters a block; gives the call round it. `handed`: what the block gives back, where it is part of that call.
    fn enter(&mut self, handed: Option<Given>) -> Call {
        let is_handed = handed.is_some();
        let mut call = Call {
            name: format!("{}::{{async block}}", self.call.name),
            given: handed.unwrap_or(Given::Inferred),
            sites: Sites::default(),
            sites_name: self.call.sites_name.clone(),
            seen: Seen::FromOutside,
            is_block: true,
            handed: None,
        };
        if is_handed {
            std::mem::swap(&mut call.sites, &mut self.call.sites);
        } else {
            self.block_count += 1;
            call.sites_name = own(&format!("__SITES{}", self.block_count));
        }
        std::mem::replace(&mut self.call, call)
    }

    /// The walk leaves a block; gives the name of its sites.
    fn leave(&mut self, outer: Call, is_handed: bool, span: Span) -> proc_macro2::Ident {
        let call = std::mem::replace(&mut self.call, outer);
        if is_handed {
            self.call.sites = call.sites;
        } else {
            let (resolved, runtime) = (self.resolved, self.weaver.runtime());
            let function = site::Function { name: &call.name, span, args: &[], resolved, runtime };
            let cfgs = self.cfgs();
            let definition = call.sites.definition(&call.sites_name, &self.weaver.p, &function);
            self.blocks.extend(quote!(#cfgs #definition));
        }
        call.sites_name
    }

    /// Shows the call the value of its block.
    fn show_value(&mut self, block: &mut Block) {
        let (span, ret) = (block.brace_token.span.close(), own("__ret"));
        let body = block.stmts.iter().map(ToTokens::to_token_stream).collect::<TokenStream>();
        let woven = match self.call.given.clone() {
            Given::Typed(ty) => {
                let (lookup, record) = (value::lookup(&self.weaver.p), self.record_return(span, &ret));
                quote!(#lookup let #ret: #ty = { #body }; #record #ret)
            }
            _ => self.seen(quote!({ #body }), span),
        };
        block.stmts = vec![Stmt::Item(Item::Verbatim(woven))];
    }
}

/// A call of ours in the place of the user's expression from `begin` to `end`: what is wrong with it is reported there.
fn called(function: TokenStream, args: TokenStream, begin: Span, end: Span) -> TokenStream {
    let mut args = Group::new(Delimiter::Parenthesis, args);
    args.set_span(end);
    let function = function.into_iter().map(|mut token| {
        token.set_span(begin);
        token
    });
    function.chain([TokenTree::Group(args)]).collect()
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
