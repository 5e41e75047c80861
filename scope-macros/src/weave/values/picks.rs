//! Late-bound tokens: how a value is captured whose type is still open where it is looked at.
//!
//! Just behind `let mut v = Vec::new();` a strategy can't be chosen. So each such probe has a token, `Pick<T, S>`, that is declared at
//! the top of the function and resolved, in code that is type-checked and never run, behind all of the function's code: by
//! then every type is known.
//!
//! Between the two the token itself is never read. Lifetimes in `T` would else be kept alive from one round of a loop to the
//! next, and closures would capture it. A probe of the function's own code gives the token, which is assigned to its variable. Elsewhere
//! to assign it would be to capture it: there the probe makes a token of its own of the same type, by struct update syntax that
//! takes no field from its base: `Pick { 0: PhantomData, ..token }`. From the edition of 2021 on a closure captures only what
//! it reads. Yet a closure that mentions a variable can't become a function pointer: see `captures`.

use super::value;
use crate::site::own;
use crate::tokens::Tokens;
use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::quote;

/// The tokens of a function.
#[derive(Default)]
pub(crate) struct Picks {
    all: Vec<Pick>,
    /// Whether a type may be open even behind all of the function's code.
    pub(crate) late: bool,
}

/// One of them.
#[derive(Clone, Copy)]
pub(crate) struct PickId(usize);

/// A token, for a probe.
pub(crate) enum Token {
    /// The variable that the probe's is assigned to.
    Assigned(Ident),
    /// Its like, which the probe is handed.
    Like(TokenStream),
}

struct Pick {
    name: Ident,
    /// The `#[cfg]`s of the code that uses it.
    cfgs: Tokens,
    /// Whether it is about the operand of a `?`.
    residual: bool,
    /// Whether it is the base of another.
    is_base: bool,
}

impl Picks {
    /// A further token.
    pub(crate) fn pick(&mut self, cfgs: Tokens, residual: bool) -> PickId {
        let id = self.all.len();
        self.all.push(Pick { name: own(&format!("__pick{id}")), cfgs, residual, is_base: false });
        PickId(id)
    }

    /// The variable of a token, for a probe that can assign to it.
    pub(crate) fn assigned(&self, PickId(id): PickId) -> Token {
        Token::Assigned(self.all[id].name.clone())
    }

    /// What makes the like of a token, for any other.
    pub(crate) fn like(&mut self, PickId(id): PickId, p: &Tokens) -> TokenStream {
        let pick = &mut self.all[id];
        pick.is_base = true;
        let name = &pick.name;
        quote!(#p::Pick { 0: #p::PhantomData, ..#name })
    }

    /// Whether there are so many that rustc, which keeps all of them in mind at each step, would take ever longer: for further values the first
    /// look has to do.
    pub(crate) fn is_full(&self) -> bool {
        const MOST: usize = 100;
        self.all.len() >= MOST
    }

    /// Whether one is resolved under whatever `#[cfg]`.
    pub(crate) fn any_certain(&self) -> bool {
        self.all.iter().any(|pick| pick.cfgs.is_empty())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// The declarations, for the top.
    pub(crate) fn declared(&self, p: &Tokens) -> Tokens {
        let mut declared = Tokens::default();
        for Pick { name, cfgs, is_base, .. } in &self.all {
            declared.like(cfgs);
            ["let", "mut"].into_iter().for_each(|word| declared.word(word));
            declared.push(name.clone());
            if *is_base {
                declared.punct('=');
                declared.like(p);
                declared.path("pick");
                declared.group(Delimiter::Parenthesis, Tokens::default());
            }
            declared.punct(';');
        }
        declared
    }

    /// Fixes each token's strategy.
    fn resolutions(&self, p: &Tokens) -> Tokens {
        let answer = self.late.then(|| own("__answer"));
        let mut resolutions = Tokens::default();
        if let Some(answer) = &answer {
            resolutions.append(Tokens::of(quote!(let #answer = #p::answer();)));
        }
        for Pick { name, cfgs, residual, .. } in &self.all {
            resolutions.like(cfgs);
            resolutions.append(value::resolve(name, answer.as_ref(), *residual));
        }
        resolutions
    }

    /// What resolves the tokens, for behind the body. The semicolon: behind a body that never ends, a last expression would be one of
    /// the wrong type.
    pub(crate) fn resolved(&self, p: &Tokens) -> Tokens {
        if self.is_empty() {
            return Tokens::default();
        }
        let label = syn::Lifetime::new("'__types", proc_macro2::Span::mixed_site());
        let resolutions = self.resolutions(p);
        Tokens::of(quote!(#[allow(unreachable_code)] #label: { break #label; #resolutions };))
    }

    /// A body whose value goes on to where the body stands; what is expected of the value reaches the body's tail.
    pub(crate) fn with_value(&self, body: TokenStream, p: &Tokens) -> TokenStream {
        if self.is_empty() {
            return body;
        }
        let label = syn::Lifetime::new("'__value", proc_macro2::Span::mixed_site());
        let (declared, resolutions) = (self.declared(p), self.resolutions(p));
        // The second attribute is for what stands behind a body that never ends; the tail itself can't have one.
        quote!(#declared #label: { #[allow(unreachable_code)] break #label #body; #[allow(unreachable_code)] { #resolutions }; })
    }

    /// A body without a value.
    pub(crate) fn without_value(&self, body: Tokens, p: &Tokens) -> Tokens {
        let mut all = self.declared(p);
        all.append(body);
        all.append(self.resolved(p));
        all
    }
}
