//! Variable probes: right after a variable is bound or assigned, where looking at it is always legal.

use super::body::Body;
use super::lent::may_borrow_temporary;
use super::{ends, pattern, value};
use crate::check::any_token;
use crate::site::{own, own_at};
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::{BinOp, Expr, ExprPath, Local, Macro};

impl Body<'_, '_> {
    /// The probes behind a `let`.
    ///
    /// In code that may wait before the variable is gone, and where nobody looks at it, the binding itself is rewritten, see
    /// [`Self::let_on_its_way`]. `stays`: what [`Self::stays`] said of it as it was written.
    pub(crate) fn after_let(&mut self, local: &mut Local, stays: bool, cfgs: &TokenStream) -> TokenStream {
        let seen = self.sees_variables() && local.init.is_some() && (self.frame().links || is_closed(local));
        if !seen || !self.looks() {
            if seen && !stays {
                self.let_on_its_way(local);
            }
            self.declare(&local.pat, &mut |_| None);
            return TokenStream::new();
        }
        if !stays && pattern::single(&local.pat).is_some_and(|name| self.dead.at(&name.ident)) {
            // Looked at on its way.
            self.let_on_its_way(local);
        }
        let names: Vec<Ident> = pattern::bindings(&local.pat).into_iter().cloned().collect();
        let (probes, picks) = self.bind(&names, cfgs);
        self.declare(&local.pat, &mut |name| {
            picks.iter().find(|(known, _)| known == name).map(|(_, pick)| pick.clone())
        });
        probes
    }

    /// Whether a `let` has to stay as it is: inside a block of its own, what the value may borrow would be gone.
    pub(crate) fn stays(&self, local: &Local) -> bool {
        let Some(init) = &local.init else { return false };
        let unread = pattern::single(&local.pat).is_some_and(|name| self.dead.at(&name.ident));
        extends(&init.expr) || unread && may_borrow_temporary(&init.expr)
    }

    /// The probes of variables that were just bound, and the tokens of those that have one.
    pub(crate) fn bind(&mut self, names: &[Ident], cfgs: &TokenStream) -> (TokenStream, Vec<(Ident, TokenStream)>) {
        let (mut probes, mut picks) = (TokenStream::new(), Vec::new());
        for name in names {
            if self.dead.at(name) {
                continue;
            }
            let pick = self.token_for(name);
            probes.extend(self.show(name, name, cfgs, pick.clone()));
            picks.extend(pick.map(|pick| (name.clone(), pick)));
        }
        (probes, picks)
    }

    /// `let x: T = e;` → `let x: T = { let v: T = e; …; v };`
    ///
    /// It is a value of its own that is looked at, and it is gone at once, see [`super::calm`]; and the variable stays unused that the
    /// user does not use.
    fn let_on_its_way(&mut self, local: &mut Local) {
        let Some(init) = &mut local.init else { return };
        let Some(name) = pattern::single(&local.pat) else { return };
        // An explicit `()` is nothing to warn of.
        let unit = matches!(&*init.expr, Expr::Tuple(tuple) if tuple.elems.is_empty());
        // That another value follows unseen is reported at this one.
        let overwritten = self.dead.overwritten(&name.ident);
        if unit || overwritten || ends::expression(&init.expr) || init.diverge.is_some() {
            return;
        }
        let ty = match &local.pat {
            syn::Pat::Type(typed) => {
                let ty = &typed.ty;
                quote!(: #ty)
            }
            _ => TokenStream::new(),
        };
        let (value, shown) = (&init.expr, own_at("__value", name.ident.span()));
        let name = name.ident.clone();
        let pick = self.token_for(&name);
        let probe = self.show(&name, &shown, &TokenStream::new(), pick);
        *init.expr = Expr::Verbatim(quote!({ let #shown #ty = #value; #probe #shown }));
    }

    /// The probes behind `x = e;`, `x += e;` and `(x, y) = e;`.
    pub(crate) fn after_assignment(&mut self, expr: &Expr, cfgs: &TokenStream) -> TokenStream {
        let left = match expr {
            Expr::Assign(assign) => &assign.left,
            Expr::Binary(binary) if is_assignment(&binary.op) => &binary.left,
            _ => return TokenStream::new(),
        };
        if !self.looks() || !self.frame().links {
            return TokenStream::new();
        }
        let mut names = Vec::new();
        assigned(left, &mut names);
        names.retain(|name| !self.dead.at(name) && self.looks_at(&name.unraw().to_string()));
        names.into_iter().map(|name| self.after_assignment_of(name, cfgs)).collect()
    }

    fn after_assignment_of(&mut self, name: &Ident, cfgs: &TokenStream) -> TokenStream {
        if self.is_conditional() {
            let pick = self.token_for(name);
            return self.show(name, name, cfgs, pick);
        }
        let text = name.unraw().to_string();
        let pick = self.uses.pick_of(&text).or_else(|| self.token_for(name));
        self.uses.shown(&text, &pick);
        self.show(name, name, cfgs, pick)
    }

    /// A new late-bound token for the variable `name`, if it needs one.
    pub(crate) fn token_for(&mut self, name: &Ident) -> Option<TokenStream> {
        let text = name.unraw().to_string();
        let needs = self.frame().links && self.is_shown(name, &text) && !self.resolved.redacts(&text);
        let needs = needs && !self.late.contains(&text) && !self.resolved.is_opaque(&text);
        needs.then(|| self.pick(false))
    }

    /// `_x` says that nobody uses it, and clippy holds us to that.
    fn is_shown(&self, name: &Ident, text: &str) -> bool {
        !self.weaver.skips(name) && !text.starts_with('_')
    }

    pub(crate) fn sees_variables(&self) -> bool {
        self.resolved.probes.variables
    }

    /// The probe of the variable `name`, whose value is in `place`; `pick`: the late-bound token for its type.
    pub(crate) fn show(
        &mut self,
        name: &Ident,
        place: &Ident,
        cfgs: &TokenStream,
        pick: Option<TokenStream>,
    ) -> TokenStream {
        let text = name.unraw().to_string();
        if !self.is_shown(name, &text) {
            return TokenStream::new();
        }
        let (hidden, late) = (self.resolved.redacts(&text), self.late.contains(&text));
        let opaque = self.resolved.is_opaque(&text);
        let index = self.place("Variables", name.span(), vec![text]);
        let (p, sites) = (self.weaver.p.clone(), self.call.sites_name.clone());
        let seen = value::borrowed(place);
        if hidden {
            let values = own("__values");
            return quote!(#cfgs #[allow(unreachable_code)] { let mut #values = #p::variables(&#sites, #index); #values.redacted(); #values.done(); });
        }
        if opaque {
            let values = own("__values");
            return quote!(#cfgs #[allow(unreachable_code)] { let mut #values = #p::variables(&#sites, #index); #values.arg(#seen, #p::Opaque); #values.done(); });
        }
        if let Some(pick) = pick {
            return quote!(#cfgs #[allow(unreachable_code, clippy::needless_update)] #p::Pick::variable(&#pick, &#sites, #index, #seen););
        }
        if late {
            return quote!(#cfgs #[allow(unreachable_code)] #p::number(&#sites, #index, #seen););
        }
        let (values, strategy, lookup) =
            (own("__values"), value::strategy(&p, place, value::Written::Other), value::lookup(&p));
        quote! {
            #cfgs #[allow(unreachable_code)] {
                #lookup
                let mut #values = #p::variables(&#sites, #index);
                #values.arg(#seen, #strategy);
                #values.done();
            }
        }
    }
}

/// The variables that get a value where `left` is assigned.
pub(crate) fn assigned<'e>(left: &'e Expr, names: &mut Vec<&'e Ident>) {
    let mut all = |exprs: &mut dyn Iterator<Item = &'e Expr>| exprs.for_each(|expr| assigned(expr, names));
    match left {
        Expr::Path(ExprPath { attrs, qself: None, path }) if attrs.is_empty() => {
            // A capital is a `static mut`: not ours to look at.
            let name = path.get_ident().filter(|name| !name.unraw().to_string().starts_with(char::is_uppercase));
            names.extend(name);
        }
        Expr::Paren(e) => assigned(&e.expr, names),
        Expr::Group(e) => assigned(&e.expr, names),
        Expr::Tuple(e) => all(&mut e.elems.iter()),
        Expr::Array(e) => all(&mut e.elems.iter()),
        Expr::Call(e) => all(&mut e.args.iter()),
        Expr::Struct(e) => all(&mut e.fields.iter().map(|field| &field.expr)),
        _ => {}
    }
}

/// Whether the type of what is bound is known at once, whatever comes behind.
fn is_closed(local: &Local) -> bool {
    let init = local.init.as_ref().filter(|init| init.diverge.is_none());
    match &local.pat {
        pat @ syn::Pat::Type(_) => is_typed(pat),
        syn::Pat::Ident(_) => init.is_some_and(|init| has_closed_type(&init.expr)),
        _ => false,
    }
}

/// Whether a pattern comes with its type, all of it.
pub(crate) fn is_typed(pat: &syn::Pat) -> bool {
    matches!(pat, syn::Pat::Type(typed) if is_written_out(&typed.ty))
}

fn is_written_out(ty: &syn::Type) -> bool {
    let open = |token: &TokenTree| match token {
        TokenTree::Ident(ident) => ident == "_",
        TokenTree::Punct(punct) => punct.as_char() == '!' || punct.as_char() == '_',
        _ => false,
    };
    !any_token(&ty.to_token_stream(), &mut |token, _| open(token))
}

fn has_closed_type(expr: &Expr) -> bool {
    match expr {
        // A number may still become any number, and each of them is captured in the same way.
        Expr::Lit(_) => true,
        Expr::Paren(e) => has_closed_type(&e.expr),
        Expr::Group(e) => has_closed_type(&e.expr),
        Expr::Reference(e) => has_closed_type(&e.expr),
        Expr::Cast(e) => is_written_out(&e.ty),
        Expr::Binary(e) => matches!(
            e.op,
            BinOp::Eq(_)
                | BinOp::Ne(_)
                | BinOp::Lt(_)
                | BinOp::Le(_)
                | BinOp::Gt(_)
                | BinOp::Ge(_)
                | BinOp::And(_)
                | BinOp::Or(_)
        ),
        Expr::Macro(e) => e.mac.path.is_ident("format") || e.mac.path.is_ident("matches"),
        _ => false,
    }
}

pub(crate) fn is_assignment(op: &BinOp) -> bool {
    matches!(
        op,
        BinOp::AddAssign(_)
            | BinOp::SubAssign(_)
            | BinOp::MulAssign(_)
            | BinOp::DivAssign(_)
            | BinOp::RemAssign(_)
            | BinOp::BitXorAssign(_)
            | BinOp::BitAndAssign(_)
            | BinOp::BitOrAssign(_)
            | BinOp::ShlAssign(_)
            | BinOp::ShrAssign(_)
    )
}

/// Whether a `let` of this expression may keep temporaries alive for the rest of the block: inside a block of its own they would not.
fn extends(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(e) => extends(&e.expr),
        Expr::Group(e) => extends(&e.expr),
        Expr::Cast(e) => extends(&e.expr),
        Expr::Repeat(e) => extends(&e.expr),
        Expr::Tuple(e) => e.elems.iter().any(extends),
        Expr::Array(e) => e.elems.iter().any(extends),
        Expr::Struct(e) => e.fields.iter().any(|field| extends(&field.expr)),
        Expr::Block(e) => extends_by_tail(&e.block),
        Expr::Unsafe(e) => extends_by_tail(&e.block),
        Expr::If(e) => extends_by_tail(&e.then_branch) || e.else_branch.iter().any(|(_, other)| extends(other)),
        Expr::Match(e) => e.arms.iter().any(|arm| extends(&arm.body)),
        // `Some(&temporary())`, by newer rules.
        Expr::Call(e) => {
            let constructor = match &*e.func {
                Expr::Path(path) => path
                    .path
                    .segments
                    .last()
                    .is_some_and(|last| last.ident.unraw().to_string().starts_with(char::is_uppercase)),
                _ => false,
            };
            constructor && e.args.iter().any(extends)
        }
        Expr::Macro(e) => !builds_a_value(&e.mac),
        Expr::Path(_)
        | Expr::Lit(_)
        | Expr::MethodCall(_)
        | Expr::Await(_)
        | Expr::Try(_)
        | Expr::Binary(_)
        | Expr::Unary(_)
        | Expr::Closure(_)
        | Expr::Field(_)
        | Expr::Index(_)
        | Expr::Loop(_)
        | Expr::Return(_)
        | Expr::Break(_)
        | Expr::Continue(_)
        | Expr::Async(_) => false,
        // `&e`.
        _ => true,
    }
}

fn extends_by_tail(block: &syn::Block) -> bool {
    match block.stmts.last() {
        Some(syn::Stmt::Expr(tail, None)) => extends(tail),
        Some(syn::Stmt::Macro(call)) => call.semi_token.is_none() && !builds_a_value(&call.mac),
        _ => false,
    }
}

/// Whether a macro is known to give a value that borrows nothing.
fn builds_a_value(call: &Macro) -> bool {
    call.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "vec" || last.ident == "format" || last.ident == "matches")
}
