//! `return` and `?`: where a function is left, and with what.

use super::call::Seen;
use super::declared::Declared;
use super::ends;
use super::given::{Place, may_borrow};
use super::written::{As, again};
use crate::site::{given_back, own};
use crate::tokens::Tokens;
use crate::weave::body::Body;
use crate::weave::fragments::is_of_a_macro;
use crate::weave::futures::tails;
use crate::weave::line;
use crate::weave::locks::names;
use crate::weave::sources;
use crate::weave::syntax::as_tail;
use crate::weave::values::bounded::{Bounded, Bounds};
use crate::weave::values::captures;
use crate::weave::values::lent::may_make_temporaries;
use crate::weave::values::picks::Token;
use crate::weave::values::value::{self, Way, Written};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use scope_plan::Detail;
use syn::visit_mut;
use syn::{Expr, ExprReturn, ExprTry};

/// What a function gives back.
#[derive(Clone)]
pub(crate) enum Given {
    /// Nothing to speak of.
    Unit,
    /// A type that can be written down again.
    Typed(TokenStream),
    /// A type that can't be: it holds an `impl Trait`, or a macro that may.
    Opaque,
    /// `!`.
    Never,
    /// A type that is not written anywhere: that of an async block.
    Inferred,
}

impl Given {
    pub(crate) fn of(output: &syn::ReturnType) -> Self {
        Self::written(output, || As::Ours)
    }

    /// Where its type stands, if that may have bounds.
    pub(crate) fn bounded(&self, bounds: &Bounds) -> Bounded {
        if let Self::Typed(ty) = self { bounds.of_type(ty) } else { Bounded::default() }
    }

    /// `whose`: how a type is written down again, asked if there is one.
    pub(crate) fn written(output: &syn::ReturnType, whose: impl FnOnce() -> As) -> Self {
        let syn::ReturnType::Type(_, ty) = output else { return Self::Unit };
        let mut ty = &**ty;
        while let syn::Type::Group(syn::TypeGroup { elem, .. }) | syn::Type::Paren(syn::TypeParen { elem, .. }) = ty {
            ty = elem;
        }
        match ty {
            syn::Type::Never(_) => Self::Never,
            syn::Type::Tuple(tuple) if tuple.elems.is_empty() => Self::Unit,
            other => {
                let tokens = other.to_token_stream();
                // Of one without a size rustc would tell once more, of our variable.
                if hides(&tokens) || is_unsized(tokens) {
                    return Self::Opaque;
                }
                Self::Typed(again(other, whose()))
            }
        }
    }
}

/// `()`.
pub(crate) fn is_unit(value: &Expr) -> bool {
    matches!(value, Expr::Tuple(tuple) if tuple.elems.is_empty())
}

/// Whether the temporaries of a value may outlive the block that it leaves.
fn may_linger(value: &Expr) -> bool {
    may_make_temporaries(value) && !ends::expression(value)
}

/// Whether a value is there for sure, and makes no temporaries: what it moves is gone then.
fn is_there(value: &Expr) -> bool {
    ends::has_value(value) && !may_make_temporaries(value)
}

/// Whether a type may be another name for `()`: a path, of whatever is not known.
pub(crate) fn may_be_unit(ty: &TokenStream) -> bool {
    const KNOWN: [&str; 10] = ["Arc", "Box", "BTreeMap", "Cow", "HashMap", "HashSet", "Option", "Rc", "Result", "Vec"];
    let mut tokens = ty.clone().into_iter().peekable();
    let is_path = match tokens.peek() {
        Some(TokenTree::Ident(word)) => word != "fn",
        Some(TokenTree::Punct(first)) => matches!(first.as_char(), '<' | ':'),
        _ => false,
    };
    let mut has_arguments = false;
    let last = tokens.map_while(|token| match token {
        TokenTree::Punct(mark) if mark.as_char() == '<' => {
            has_arguments = true;
            None
        }
        token => Some(token),
    });
    let last = last.last();
    let is_known =
        has_arguments && matches!(last, Some(TokenTree::Ident(name)) if KNOWN.iter().any(|known| name == known));
    is_path && !is_known && Written::of(ty) != Written::Plain
}

/// `str`, `dyn Trait`, `[T]`.
fn is_unsized(ty: TokenStream) -> bool {
    let mut tokens = ty.into_iter();
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Ident(word)), None) => word == "str",
        (Some(TokenTree::Ident(word)), _) => word == "dyn",
        (Some(TokenTree::Group(group)), None) if group.delimiter() == Delimiter::Bracket => {
            !group.stream().into_iter().any(|token| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';'))
        }
        _ => false,
    }
}

/// Whether a type holds an `impl Trait`, or a macro call that may.
pub(crate) fn hides(ty: &TokenStream) -> bool {
    let mut word_before = false;
    crate::check::any_token(ty, &mut |token, next| match token {
        proc_macro2::TokenTree::Ident(ident) => {
            word_before = true;
            ident == "impl"
        }
        proc_macro2::TokenTree::Punct(punct) => {
            let call = punct.as_char() == '!' && std::mem::take(&mut word_before);
            call && matches!(next, Some(proc_macro2::TokenTree::Group(_)))
        }
        _ => {
            word_before = false;
            false
        }
    })
}

impl Body<'_, '_> {
    /// A `return`. `last`: it is all of its block's last expression.
    pub(crate) fn exit(&mut self, expr: &mut ExprReturn, last: bool) {
        let seen = self.frame().own_exits && self.resolved.probes.return_value != Detail::None;
        let handed = self.frame().own_exits && self.hands_over(expr.expr.as_deref_mut());
        let inferred = matches!(self.call.given, Given::Inferred);
        if let Some(value) = &mut expr.expr
            && seen
            && inferred
            && self.frame().links
        {
            tails::mark(value);
        }
        // A macro may be of an older edition than the crate.
        let may_be_old = || captures::temporaries_linger() || is_of_a_macro(expr.return_token.span);
        let lingers = last && expr.expr.as_deref().is_some_and(may_linger) && may_be_old();
        visit_mut::visit_expr_return_mut(self, expr);
        if seen && !handed && !inferred {
            self.pardons.of_return(expr.expr.as_deref(), self.is_conditional());
            self.weave_return(expr, lingers);
        }
    }

    /// `return e` → `return { let r; match (r = e) { () => { …; r } } }`.
    ///
    /// `lingers`: the temporaries of `e` outlive the block that it leaves.
    fn weave_return(&mut self, expr: &mut ExprReturn, lingers: bool) {
        let span = expr.return_token.span;
        let alone = lingers || expr.expr.as_deref().is_none_or(is_there);
        if !alone {
            self.pardons.of_branch();
        }
        let woven = match (&self.call.given, &expr.expr) {
            (Given::Typed(_), Some(value)) => {
                let place = Place::of(value).behind(span, lingers);
                self.kept(&as_tail(value), place, alone)
            }
            (Given::Unit, value) => {
                // `return f();` may give back a `()` that `f` made.
                let place =
                    value.as_ref().map_or_else(|| Place::at(span), |value| Place::of(value).behind(span, lingers));
                // Of a `()` of the user's clippy would say twice that it is not needed.
                let value = value.as_deref().filter(|value| !is_unit(value)).map_or_else(|| quote!(()), as_tail);
                self.call.calls = true;
                let record = self.record_unit(span);
                place.in_braces(place.kept(
                    &self.weaver.p,
                    Declared::As(&quote!(()), Bounded::default()),
                    &value,
                    alone,
                    &record.stream(),
                ))
            }
            _ => return,
        };
        expr.expr = Some(Box::new(Expr::Verbatim(woven)));
    }

    /// A value that is given back, shown to the call. `alone`: see [`Place::kept`].
    pub(crate) fn kept(&mut self, value: &TokenStream, place: Place, alone: bool) -> TokenStream {
        self.call.calls = true;
        let record = self.record_return(place.begin, place.begin);
        let ty = self.call.declared(&self.weaver.bounds);
        let asks = !matches!(ty, Declared::As(..));
        let kept = place.kept(&self.weaver.p, ty, value, alone, &record.stream());
        self.call.asks |= asks;
        place.in_braces(kept)
    }

    /// The call, for code in it.
    pub(crate) fn call(&self) -> Tokens {
        match self.call.seen {
            Seen::FromOutside => {
                let (p, sites) = (&self.weaver.p, self.call.sites_name());
                Tokens::of(quote!(#p::TaskCall::current(&#sites)))
            }
            Seen::FromInside | Seen::AtAwaits => Tokens(vec![own("__call").into()]),
        }
    }

    /// Shows the call the value that it is about to give back, at `span`. `value`: where the value begins.
    pub(crate) fn record_return(&mut self, span: Span, value: Span) -> Tokens {
        let place = self.place("Return", span, Vec::new());
        let (written, is_reference) = match &self.call.given {
            Given::Typed(ty) => (Written::of(ty), value::is_reference(ty)),
            _ => (Written::Other, false),
        };
        let bounded = self.call.given.bounded(&self.weaver.bounds);
        self.looks_up |= written.looks_up();
        if bounded.is_some() {
            self.pardons.add("absolute_paths");
        }
        if matches!(&self.call.given, Given::Typed(ty) if !is_reference && (may_borrow(ty) || names::any_guard(ty))) {
            // The value stands in a `match` of ours.
            self.pardons.add("significant_drop_in_scrutinee");
        }
        let ret = Tokens(vec![given_back(value).into()]);
        let seen = value::borrowed(&ret);
        let way = Way::of(&self.weaver.p, &seen, written, is_reference.then_some(&ret), bounded);
        let mut record = self.weaver.pardon().clone();
        let mut arguments = Tokens::default();
        match way {
            Way::Direct(lookup, name) => {
                arguments.punct('&');
                arguments.append(self.call());
                arguments.punct(',');
                arguments.number(place);
                record.append(lookup);
                record.call(own(&format!("__scope_{name}_ret")), arguments);
            }
            way => {
                arguments.number(place);
                arguments.punct(',');
                arguments.append(seen);
                record.append(self.call());
                let name = if let Way::By(strategy) = way {
                    arguments.punct(',');
                    arguments.append(strategy);
                    "__scope_ret"
                } else {
                    "__scope_ret_number"
                };
                record.call(Ident::new(name, Span::call_site()), arguments);
            }
        }
        record.punct(';');
        let is_guard = matches!(&self.call.given, Given::Typed(ty) if names::any_guard(ty));
        if is_guard && sources::are_found(span, |found| found.may_wait()) {
            let (p, marker) = (&self.weaver.p, own("__held"));
            self.locks.beside_value();
            let mut marked = self.weaver.pardon().clone();
            marked.0.extend(quote!({ let #marker = #p::held(); #record }));
            return marked;
        }
        record
    }

    /// The same for a `()`.
    pub(crate) fn record_unit(&mut self, span: Span) -> Tokens {
        let mut place = Tokens::default();
        place.number(self.place("Return", span, Vec::new()));
        let mut record = self.weaver.pardon().clone();
        record.append(self.call());
        record.call(Ident::new("__scope_unit", Span::call_site()), place);
        record.punct(';');
        record
    }

    /// `e?` → `(match e { t => { …; t } })?`: a `match` keeps temporaries alive as long as the statement does. `walk`: over `e`, in front of the `?`.
    pub(crate) fn weave_question(&mut self, expr: &mut ExprTry, walk: impl FnOnce(&mut Self, &mut Expr, Span)) {
        // What rustc tells of the value itself, it tells of the last call in it.
        let (first, end) = match &*expr.expr {
            Expr::MethodCall(e) => (e.method.span(), e.paren_token.span.close()),
            value => (line::begin(value), line::end(value)),
        };
        self.pardons.of_question(&expr.expr);
        walk(self, &mut expr.expr, expr.question_token.span);
        let unseen = self.call.is_block && !self.frame().links || self.weaver.is_strict() || self.picks.is_full();
        if !self.sees_questions() || unseen {
            return;
        }
        self.call.calls = true;
        let place = self.place("Question", expr.question_token.span, Vec::new());
        let (call, tried) = (self.call(), own("__tried"));
        let pick = self.pick(true);
        let shown = match self.token(pick) {
            Token::Assigned(pick) => quote!(#pick = #call.__scope_early(#place, &#tried);),
            Token::Like(like) => {
                let p = &self.weaver.p;
                quote!(#[allow(clippy::needless_update)] #p::early(&#like, &#call, #place, &#tried);)
            }
        };
        let value = &expr.expr;
        let keyword = Ident::new("match", first);
        let mut arm = Group::new(Delimiter::Brace, quote!(#tried => { #shown #tried }));
        arm.set_span(end);
        // The outer parentheses: at the beginning of a statement a `match` would be all of it. The inner ones: rustc would report the
        // user's own, and `S { .. }` needs them.
        let mut outer = Group::new(Delimiter::Parenthesis, quote!(#keyword (#value) #arm));
        // What is wrong with the `?` is reported from here to there.
        outer.set_span(line::begin(value));
        *expr.expr = Expr::Verbatim(outer.to_token_stream());
    }
}
