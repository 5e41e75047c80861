//! Variable probes: right after a variable is bound or assigned, where looking at it is always legal.

use super::body::Body;
use super::pattern;
use crate::site::own;
use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{BinOp, Expr, ExprPath, Local, Macro};

impl Body<'_, '_> {
    /// The probes behind a `let`.
    ///
    /// In code that can be suspended the binding itself is rewritten, see [`Self::let_in_async`].
    pub(crate) fn after_let(&mut self, local: &mut Local, cfgs: &TokenStream) -> TokenStream {
        if !self.sees_variables() || local.init.is_none() {
            return TokenStream::new();
        }
        if self.unit().suspends {
            self.let_in_async(local);
            return TokenStream::new();
        }
        let names: Vec<Ident> = pattern::bindings(&local.pat).into_iter().cloned().collect();
        names.iter().map(|name| self.variable(name, name, cfgs)).collect()
    }

    /// `let x: T = e;` → `let x: T = { let v: T = e; …; v };`
    ///
    /// A future keeps every local that was borrowed, be it moved or dead, until it goes out of scope: it would grow, and a type
    /// that is not `Send` would make it not `Send`. So it is a value of its own that is looked at, and it is gone at once.
    fn let_in_async(&mut self, local: &mut Local) {
        let Some(init) = &mut local.init else { return };
        let Some(name) = pattern::single(&local.pat) else { return };
        if init.diverge.is_some() || extends_temporaries(&init.expr) {
            return;
        }
        let ty = match &local.pat {
            syn::Pat::Type(typed) => {
                let ty = &typed.ty;
                quote!(: #ty)
            }
            _ => TokenStream::new(),
        };
        let (value, shown) = (&init.expr, own("__value"));
        let name = name.ident.clone();
        let probe = self.variable(&name, &shown, &TokenStream::new());
        *init.expr = Expr::Verbatim(quote!({ let #shown #ty = #value; #probe #shown }));
    }

    /// The probe behind `x = e;` and `x += e;`.
    pub(crate) fn after_assignment(&mut self, expr: &Expr, cfgs: &TokenStream) -> TokenStream {
        let left = match expr {
            Expr::Assign(assign) => &assign.left,
            Expr::Binary(binary) if is_assignment(&binary.op) => &binary.left,
            _ => return TokenStream::new(),
        };
        let Expr::Path(ExprPath { attrs, qself: None, path }) = &**left else { return TokenStream::new() };
        let Some(name) = path.get_ident().filter(|_| attrs.is_empty()) else { return TokenStream::new() };
        // A capital is a `static mut`: not ours to look at. For `suspends` see `let_in_async`.
        if !self.sees_variables() || self.unit().suspends || name.unraw().to_string().starts_with(char::is_uppercase) {
            return TokenStream::new();
        }
        self.variable(name, name, cfgs)
    }

    fn sees_variables(&mut self) -> bool {
        self.resolved.probes.variables && !self.unit().closed
    }

    /// The probe of the variable `name`, whose value is in `place`.
    fn variable(&mut self, name: &Ident, place: &Ident, cfgs: &TokenStream) -> TokenStream {
        let text = name.unraw().to_string();
        // `_x` says that nobody is to look at it; `_guard` and its like are no news.
        if self.weaver.skips(name) || text == "self" {
            return TokenStream::new();
        }
        let hidden = self.resolved.redacts(&text);
        let index = self.place("Variables", name.span(), vec![text]);
        let (p, sites) = (self.weaver.p.clone(), self.sites_name.clone());
        if hidden {
            let values = own("__values");
            return quote!(#cfgs #[allow(unreachable_code)] { let mut #values = #p::variables(&#sites, #index); #values.redacted(); #values.done(); });
        }
        let pick = self.pick(false);
        quote!(#cfgs #[allow(unreachable_code)] #p::Pick::variable(&#pick, &#sites, #index, &#place);)
    }
}

fn is_assignment(op: &BinOp) -> bool {
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
fn extends_temporaries(expr: &Expr) -> bool {
    match expr {
        Expr::Paren(e) => extends_temporaries(&e.expr),
        Expr::Group(e) => extends_temporaries(&e.expr),
        Expr::Cast(e) => extends_temporaries(&e.expr),
        Expr::Repeat(e) => extends_temporaries(&e.expr),
        Expr::Tuple(e) => e.elems.iter().any(extends_temporaries),
        Expr::Array(e) => e.elems.iter().any(extends_temporaries),
        Expr::Struct(e) => e.fields.iter().any(|field| extends_temporaries(&field.expr)),
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
            constructor && e.args.iter().any(extends_temporaries)
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
        | Expr::Async(_) => false,
        // `&e`, and blocks, whose tails may be one.
        _ => true,
    }
}

/// Whether a macro is known to give a value that borrows nothing.
fn builds_a_value(call: &Macro) -> bool {
    call.path
        .segments
        .last()
        .is_some_and(|last| last.ident == "vec" || last.ident == "format" || last.ident == "matches")
}
