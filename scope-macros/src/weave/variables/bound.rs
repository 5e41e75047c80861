//! Variable probes: right after a variable is bound or assigned, where looking at it is always legal.

use super::reads::Place;
use crate::site::{own, own_at};
use crate::tokens::{Bare as _, Tokens};
use crate::weave::body::Body;
use crate::weave::exits::ends;
use crate::weave::pattern;
use crate::weave::values::bounded::Bounded;
use crate::weave::values::closed::closed;
use crate::weave::values::lent::may_borrow_temporary;
use crate::weave::values::picks::{PickId, Token};
use crate::weave::values::value::{self, Way, Written};
use proc_macro2::{Delimiter, Ident, TokenStream};
use quote::quote;
use syn::{BinOp, Expr, ExprPath, Local, Macro, Stmt};

/// How a variable is shown.
#[derive(Clone, Copy)]
pub(crate) enum How {
    /// This is known of its type.
    Known(Written),
    /// Its type may still be open.
    Later(PickId),
}

/// Variables that were shown.
type Shown = Vec<(Ident, How)>;

/// How one of them was.
pub(crate) fn shown_as(shown: &Shown, name: &Ident) -> Option<How> {
    shown.iter().find(|(known, _)| known == name).map(|(_, how)| *how)
}

impl Body<'_, '_> {
    /// The probes behind a `let`.
    ///
    /// In code that may wait before the variable is gone, and where nobody looks at it, the binding itself is rewritten, see
    /// [`Self::let_on_its_way`]. `stays`: what [`Self::stays`] said of it as it was written. `reads`: the statements behind it, if it may borrow what is gone there.
    pub(crate) fn after_let(&mut self, local: &mut Local, stays: bool, cfgs: &Tokens, reads: &[Stmt]) -> Tokens {
        let seen = self.sees_variables() && local.init.is_some() && (self.frame().links || closed(local).is_some());
        if !seen || !self.looks() {
            if seen && !stays {
                self.let_on_its_way(local);
            }
            self.declare(&local.pat, &mut |_| None);
            return Tokens::default();
        }
        if !stays && pattern::single(&local.pat).is_some_and(|name| self.dead.at(&name.ident)) {
            // Looked at on its way.
            self.let_on_its_way(local);
        }
        let names: Vec<Ident> = pattern::bindings(&local.pat).into_iter().cloned().collect();
        let (probes, shown) = self.bind(&names, closed(local), cfgs, reads);
        self.declare(&local.pat, &mut |name| shown_as(&shown, name));
        probes
    }

    /// Whether a `let` has to stay as it is: inside a block of its own, what the value may borrow would be gone.
    pub(crate) fn stays(&self, local: &Local) -> bool {
        let Some(init) = &local.init else { return false };
        let unread = pattern::single(&local.pat).is_some_and(|name| self.dead.at(&name.ident));
        extends(&init.expr) || unread && may_borrow_temporary(&init.expr)
    }

    /// The probes of variables that were just bound, and how each is shown. `known`: what is known of the type of each. `reads`: the code that they
    /// are shown to be read in, if there is some.
    pub(crate) fn bind(
        &mut self,
        names: &[Ident],
        known: Option<Written>,
        cfgs: &Tokens,
        reads: &[Stmt],
    ) -> (Tokens, Shown) {
        let (mut probes, mut shown) = (Tokens::default(), Vec::new());
        for name in names {
            if self.dead.at(name) {
                continue;
            }
            let how = self.how_to_show(name, known);
            probes.append(self.show(name, &Place::read(name, reads), cfgs, how));
            shown.extend(how.map(|how| (name.clone(), how)));
        }
        (probes, shown)
    }

    /// `let x: T = e;` → `let x: T = { let v: T = e; …; v };`
    ///
    /// It is a value of its own that is looked at, and it is gone at once, see [`crate::weave::futures::calm`]; and the variable stays unused that the
    /// user does not use.
    fn let_on_its_way(&mut self, local: &mut Local) {
        let known = closed(local);
        let Some(init) = &mut local.init else { return };
        let Some(name) = pattern::single(&local.pat) else { return };
        if !self.is_shown(&name.ident, &name.ident.bare()) {
            return;
        }
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
        let how = self.how_to_show(&name, known);
        let probe = self.show(&name, &Place::bound(&shown), &Tokens::default(), how);
        let pardon = self.weaver.pardon();
        *init.expr = Expr::Verbatim(quote!({ let #shown #ty = #value; #probe #pardon #shown }));
    }

    /// The probes behind `x = e;`, `x += e;` and `(x, y) = e;`. `reads`: as of [`Self::after_let`].
    pub(crate) fn after_assignment(&mut self, expr: &Expr, cfgs: &Tokens, reads: &[Stmt]) -> Tokens {
        let left = match expr {
            Expr::Assign(assign) => &assign.left,
            Expr::Binary(binary) if is_assignment(&binary.op) => &binary.left,
            _ => return Tokens::default(),
        };
        if !self.looks() || !self.frame().links {
            return Tokens::default();
        }
        let mut names = Vec::new();
        assigned(left, &mut names);
        names.retain(|name| !self.dead.at(name) && self.looks_at(&name.bare()));
        let mut probes = Tokens::default();
        names.into_iter().for_each(|name| probes.append(self.after_assignment_of(name, cfgs, reads)));
        probes
    }

    fn after_assignment_of(&mut self, name: &Ident, cfgs: &Tokens, reads: &[Stmt]) -> Tokens {
        let place = Place::read(name, reads);
        if self.is_conditional() {
            let how = self.how_to_show(name, None);
            return self.show(name, &place, cfgs, how);
        }
        let text = name.bare();
        let how = self.uses.how(&text).or_else(|| self.how_to_show(name, None));
        self.uses.shown(&text, how);
        self.show(name, &place, cfgs, how)
    }

    /// How the variable `name` is shown, where more is known of its type, or may be found out later, than by a look at it.
    pub(crate) fn how_to_show(&mut self, name: &Ident, known: Option<Written>) -> Option<How> {
        let text = name.bare();
        if !self.is_shown(name, &text) || self.resolved.redacts(&text) || self.resolved.is_opaque(&text) {
            return None;
        }
        let unknown = !self.frame().links || self.objects || self.picks.is_full();
        known.map(How::Known).or_else(|| (!unknown).then(|| How::Later(self.pick(false))))
    }

    /// `_x` says that nobody uses it, and clippy holds us to that.
    fn is_shown(&self, name: &Ident, text: &str) -> bool {
        !self.weaver.skips(name) && !text.starts_with('_')
    }

    pub(crate) fn sees_variables(&self) -> bool {
        self.resolved.probes.variables
    }

    /// The probe of the variable `name`, whose value is in `place`.
    pub(crate) fn show(&mut self, name: &Ident, place: &Place, cfgs: &Tokens, how: Option<How>) -> Tokens {
        let text = name.bare();
        if !self.is_shown(name, &text) {
            return Tokens::default();
        }
        let hidden = self.resolved.redacts(&text);
        let opaque = self.resolved.is_opaque(&text);
        let index = self.place("Variables", name.span(), vec![text]);
        let seen = place.borrowed();
        let index_and = |seen: Option<&Tokens>| {
            let mut arguments = Tokens::default();
            arguments.number(index);
            if let Some(seen) = seen {
                arguments.punct(',');
                arguments.like(seen);
            }
            arguments
        };
        let (p, mut probe) = (&self.weaver.p, self.call.sites());
        let shown = if hidden {
            probe.call(own("__scope_redacted"), index_and(None));
            probe.punct(';');
            probe
        } else if opaque {
            let mut arguments = index_and(Some(&seen));
            arguments.punct(',');
            arguments.like(p);
            arguments.path("Opaque");
            probe.call(own("__scope_variable_by"), arguments);
            probe.punct(';');
            probe
        } else if let Some(How::Later(pick)) = how {
            match self.token(pick) {
                Token::Assigned(pick) => {
                    let mut assigned = Tokens(vec![pick.into()]);
                    assigned.punct('=');
                    assigned.append(probe);
                    assigned.call(own("__scope_variable"), index_and(Some(&seen)));
                    assigned.punct(';');
                    Tokens(vec![assigned.within(Delimiter::Brace).into()])
                }
                Token::Like(like) => {
                    let (p, sites) = (&self.weaver.p, self.call.sites_name());
                    return Tokens::of(quote! {
                        #cfgs #[allow(unreachable_code, clippy::needless_update)]
                        #p::variable(&#like, &#sites, #index, #seen);
                    });
                }
            }
        } else {
            let known = if let Some(How::Known(written)) = how { Some(written) } else { None };
            let written =
                known.unwrap_or(if self.objects || self.picks.is_full() { Written::Plain } else { Written::Other });
            let lookup = written.looks_up().then(|| Tokens::of(value::lookup(p, true)));
            match Way::of(p, &seen, written, None, Bounded::default()) {
                way @ (Way::Copied | Way::Number) => {
                    let copied = matches!(way, Way::Copied);
                    let value = Tokens(vec![place.name.clone().into()]);
                    let (name, seen) = if copied { ("__scope_literal", value) } else { ("__scope_number", seen) };
                    probe.call(own(name), index_and(Some(&seen)));
                    probe.punct(';');
                    probe
                }
                Way::By(strategy) => {
                    let mut arguments = index_and(Some(&seen));
                    arguments.punct(',');
                    arguments.append(strategy);
                    probe.call(own("__scope_variable_by"), arguments);
                    probe.punct(';');
                    in_block(lookup, probe)
                }
                Way::Direct(looked_at, name) => {
                    let mut arguments = Tokens::default();
                    arguments.punct('&');
                    arguments.push(self.call.sites_name().clone());
                    arguments.punct(',');
                    arguments.number(index);
                    let mut probe = looked_at;
                    probe.call(own(&format!("__scope_{name}_variable")), arguments);
                    probe.punct(';');
                    in_block(lookup, probe)
                }
            }
        };
        let mut whole = cfgs.clone();
        whole.like(self.weaver.pardon());
        whole.append(shown);
        whole
    }
}

/// A probe with what it looks up.
fn in_block(lookup: Option<Tokens>, probe: Tokens) -> Tokens {
    let mut inside = lookup.unwrap_or_default();
    inside.append(probe);
    Tokens(vec![inside.within(Delimiter::Brace).into()])
}

/// The variables that get a value where `left` is assigned.
pub(crate) fn assigned<'e>(left: &'e Expr, names: &mut Vec<&'e Ident>) {
    let mut all = |exprs: &mut dyn Iterator<Item = &'e Expr>| exprs.for_each(|expr| assigned(expr, names));
    match left {
        Expr::Path(ExprPath { attrs, qself: None, path }) if attrs.is_empty() => {
            // A capital is a `static mut`: not ours to look at.
            let name = path.get_ident().filter(|name| !name.bare().starts_with(char::is_uppercase));
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
                Expr::Path(path) => {
                    path.path.segments.last().is_some_and(|last| last.ident.bare().starts_with(char::is_uppercase))
                }
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
pub(crate) fn builds_a_value(call: &Macro) -> bool {
    call.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "vec" || last.ident == "format" || last.ident == "matches")
}
