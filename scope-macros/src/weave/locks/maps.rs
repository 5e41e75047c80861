//! Maps whose entries are locks (`dashmap`, `scc`), in crates that depend on them: what takes one, and what holds one.
//!
//! Their `Debug` waits for the locks of all entries. What is such a map is known by its name, from the crate's sources; where the name
//! says nothing, by methods that other maps have, too: of those some values are then left alone for nothing.

use super::held::Held;
use super::names::last_segment;
use crate::weave::sources::learnt::is_map;
use syn::{Expr, ExprMethodCall, Member};

/// Methods that give back an entry to write to, or all.
const WRITES: [&str; 7] = ["entry", "try_entry", "get_mut", "try_get_mut", "iter_mut", "first_entry", "any_entry"];

/// Those that give one back where the map is known.
const READS: [&str; 4] = ["get", "try_get", "iter", "insert_entry"];

/// Those that hold one while they call a closure.
const CALLS: [&str; 13] = [
    "alter",
    "alter_all",
    "view",
    "retain",
    "remove_if",
    "remove_if_mut",
    "read",
    "scan",
    "any",
    "prune",
    "update",
    "upsert",
    "for_each",
];

/// The types that hold an entry.
pub(crate) const ENTRIES: [&str; 6] = ["Ref", "RefMut", "RefMulti", "RefMutMulti", "OccupiedEntry", "VacantEntry"];

/// Whether a text has the name of such a method.
pub(crate) fn any_in(text: &str) -> bool {
    WRITES.iter().chain(&READS).chain(&CALLS).any(|name| text.contains(name))
}

/// What a call does.
pub(crate) fn of(call: &ExprMethodCall) -> Held {
    let name = call.method.to_string();
    let name = name.strip_suffix("_async").or_else(|| name.strip_suffix("_sync")).unwrap_or(&name);
    let known = || is_known(&call.receiver);
    if WRITES.contains(&name) || READS.contains(&name) && known() {
        Held::Value
    } else if CALLS.contains(&name) && known() {
        Held::Temporary
    } else {
        Held::No
    }
}

fn is_known(receiver: &Expr) -> bool {
    match receiver {
        Expr::Path(_) => last_segment(receiver).is_some_and(|name| is_map(&name)),
        Expr::Field(e) => match &e.member {
            Member::Named(name) => is_map(&name.to_string()),
            Member::Unnamed(_) => is_map("0"),
        },
        Expr::MethodCall(e) => {
            let passes_on = ["as_ref", "clone", "expect", "load", "unwrap"].iter().any(|name| e.method == name);
            is_map(&e.method.to_string()) || passes_on && is_known(&e.receiver)
        }
        Expr::Call(e) => is_known(&e.func),
        Expr::Paren(e) => is_known(&e.expr),
        Expr::Reference(e) => is_known(&e.expr),
        Expr::Unary(e) => is_known(&e.expr),
        Expr::Try(e) => is_known(&e.expr),
        _ => false,
    }
}
