//! The names by which locks are known, and what goes with them.

use super::maps;
use crate::check::any_token;
use crate::weave::in_macros::is_of_expressions;
use crate::weave::sources::learnt::{self, any_giver, any_holder, has_maps};
use proc_macro2::{Ident, TokenStream, TokenTree};
use syn::Expr;

/// Whether a type holds a lock, by its name.
pub(crate) fn any_guard(ty: &TokenStream) -> bool {
    any_token(ty, &mut |token, _| matches!(token, TokenTree::Ident(name) if is_guard(name)))
}

/// Whether one may be in a text.
pub(crate) fn may_be_guard(text: &str) -> bool {
    text.contains("Guard")
        || any_holder(|holder| text.contains(holder.as_str()))
        || has_maps() && maps::ENTRIES.iter().any(|entry| text.contains(entry))
}

fn is_guard(name: &Ident) -> bool {
    let name = name.to_string();
    name.ends_with("Guard") || any_holder(|holder| *holder == name) || has_maps() && maps::ENTRIES.contains(&&*name)
}

/// Whether a function of this name takes a lock. `read` and `write` do without arguments: with some they are about files. `borrow_mut` is one where
/// there are locks at all, see [`borrows`].
pub(crate) fn takes(name: &str, without_arguments: bool) -> bool {
    without_arguments && (borrows(name) || name == "get" && learnt::gets())
        || any_giver(|giver| giver == name)
        || (locks(name) || without_arguments && reads(name)) && !learnt::is_plain(name)
}

/// Whether a name says that it locks: `lock`, `try_lock_for`, `lock_state`.
fn locks(name: &str) -> bool {
    name.split('_').any(|word| word == "lock")
}

/// Whether it says that it locks a `RwLock`: `read`, `try_write_arc`, not `read_header`.
fn reads(name: &str) -> bool {
    const WORDS: [&str; 17] = [
        "read",
        "write",
        "try",
        "lock",
        "guard",
        "arc",
        "owned",
        "recursive",
        "upgradable",
        "upgradeable",
        "intent",
        "timeout",
        "for",
        "until",
        "blocking",
        "async",
        "now",
    ];
    let mut words = name.split('_');
    words.clone().any(|word| word == "read" || word == "write") && words.all(|word| WORDS.contains(&word))
}

/// Whether a method of this name borrows from a `RefCell` alone: to a `Debug` that borrows, too, it is as a lock, but for that it panics.
pub(crate) fn borrows(name: &str) -> bool {
    name == "borrow_mut" || name == "try_borrow_mut"
}

/// What stands between a lock and its guard: in `m.lock().unwrap_or_else(PoisonError::into_inner)`, say.
pub(crate) fn passes_on(method: &Ident) -> bool {
    const METHODS: [&str; 29] = [
        "unwrap",
        "expect",
        "unwrap_or_else",
        "unwrap_unchecked",
        "into_inner",
        "ok",
        "ok_or",
        "ok_or_else",
        "map",
        "map_err",
        "and_then",
        "or_else",
        "or",
        "map_or_else",
        "filter",
        "zip",
        "inspect",
        "inspect_err",
        "context",
        "with_context",
        "unwrap_or_default",
        // Of an entry that is a lock.
        "or_insert",
        "or_insert_with",
        "or_insert_with_key",
        "or_try_insert_with",
        "or_default",
        "insert_entry",
        "and_modify",
        "downgrade",
    ];
    METHODS.iter().any(|name| method == name) || {
        let name = method.to_string();
        learnt::may_pass(&name) || is_of_results(&name)
    }
}

/// Whether a method of another crate's may be one of what a lock gives back: `or_poisoned`, `unwrap_or_log`, `log_err`.
fn is_of_results(name: &str) -> bool {
    const VALUES: [&str; 7] = ["unwrap_or", "unwrap_err", "expect_err", "is_err", "is_err_and", "err", "is_poisoned"];
    let says = |word: &str| ["unwrap", "expect", "err", "guard"].contains(&word) || word.contains("poison");
    name.split('_').any(says) && !VALUES.contains(&name)
}

/// Whether a macro is one of those that keep nothing, and wait for nothing.
pub(crate) fn is_known_macro(name: &Ident) -> bool {
    const KEEP: [&str; 2] = ["format_args", "vec"];
    const LOG: [&str; 5] = ["debug", "error", "info", "trace", "warn"];
    let name = name.to_string();
    is_of_expressions(&name) && !KEEP.contains(&&*name) || LOG.contains(&&*name)
}

/// `Lease::of(…)`, of a type of the crate that holds a guard.
pub(crate) fn makes_holder(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| &segment.ident);
    names.nth(1).is_some_and(is_holder)
}

/// Whether this is the name of a type of the crate that holds a guard.
pub(crate) fn is_holder(name: &Ident) -> bool {
    any_holder(|holder| name == holder)
}

/// The name of a function that is called by it.
pub(crate) fn last_segment(func: &Expr) -> Option<String> {
    let Expr::Path(path) = func else { return None };
    path.path.segments.last().map(|last| last.ident.to_string())
}

/// `RwLock::read`, `Mutex::lock`, `RefCell::borrow_mut`: called, or handed to what will call it.
pub(crate) fn is_of_lock(func: &Expr) -> bool {
    let Expr::Path(path) = func else { return false };
    let mut names = path.path.segments.iter().rev().map(|segment| segment.ident.to_string());
    let (Some(name), Some(of)) = (names.next(), names.next()) else { return false };
    is_of(&of, &name)
}

/// Whether a function of a lock's type, by its name, takes it.
pub(crate) fn is_of(ty: &str, name: &str) -> bool {
    match borrows(name) {
        true => ty == "RefCell",
        false => (ty.ends_with("Lock") || ty.ends_with("Mutex")) && takes(name, true),
    }
}

/// `stdout().lock()` keeps no value from being shown.
pub(crate) fn is_stream(receiver: &Expr) -> bool {
    let Expr::Call(call) = receiver else { return false };
    last_segment(&call.func).is_some_and(|name| ["stdin", "stdout", "stderr"].contains(&name.as_str()))
}
