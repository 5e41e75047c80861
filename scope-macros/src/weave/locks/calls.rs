//! What holds a lock for as long as it calls what it is given: initialisers, which nobody else gets past meanwhile, and the like.

use super::names::last_segment;
use syn::{Expr, ExprCall, ExprMethodCall};

/// Methods that do.
const METHODS: [&str; 6] =
    ["get_or_init", "get_or_try_init", "call_once", "call_once_force", "send_modify", "send_if_modified"];

/// Those that borrow from a `RefCell` meanwhile, see [`super::names::borrows`].
const BORROWS: [&str; 2] = ["with_borrow_mut", "replace_with"];

/// Types whose `new` gets an initialiser.
const TYPES: [&str; 3] = ["LazyLock", "LazyCell", "Lazy"];

/// Whether a call of this name may be one of them.
pub(crate) fn holds(name: &str) -> bool {
    METHODS.contains(&name)
}

/// The same for those that borrow.
pub(crate) fn borrows(name: &str) -> bool {
    BORROWS.contains(&name)
}

/// Whether a function of this type or module is one: `LazyLock::new(…)`, `critical_section::with(…)`.
pub(crate) fn is_of(ty: &str, name: &str) -> bool {
    name == "new" && TYPES.contains(&ty) || name == "with" && ty == "critical_section"
}

pub(crate) fn is_method(call: &ExprMethodCall) -> bool {
    let name = call.method.to_string();
    holds(&name) || borrows(&name)
}

pub(crate) fn is_function(call: &ExprCall) -> bool {
    let Expr::Path(path) = &*call.func else { return false };
    let Some(name) = last_segment(&call.func) else { return false };
    // `RefCell::replace_with(&c, …)`
    let of = path.path.segments.iter().rev().nth(1);
    of.is_some_and(|of| holds(&name) || borrows(&name) || is_of(&of.ident.to_string(), &name))
}

/// Whether what such a call is given is no closure, where a marker could be: `get_or_init(load)`.
pub(crate) fn any_name<'e>(mut args: impl Iterator<Item = &'e Expr>) -> bool {
    args.any(|arg| matches!(arg, Expr::Path(_)))
}
