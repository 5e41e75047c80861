//! The calls that took longest.

use super::{Call, OnError, Store};
use crate::query::Filter;
use std::cmp::Reverse;
use std::collections::BTreeMap;

pub(super) fn slowest(store: &Store, count: usize, filter: &Filter, on_error: OnError<'_>) -> Vec<Call> {
    // By duration, and of equal ones the first.
    let mut kept: BTreeMap<(u64, Reverse<u64>), Call> = BTreeMap::new();
    for (number, call) in (0..).zip(store.calls(filter)) {
        let call = match call {
            Ok(call) => call,
            Err(error) => {
                on_error(&error);
                continue;
            }
        };
        let Some(duration) = call.duration() else { continue };
        let is_slow = kept.len() < count || kept.first_key_value().is_some_and(|(least, _)| least.0 < duration);
        if is_slow && count > 0 {
            kept.insert((duration, Reverse(number)), call);
            if kept.len() > count {
                kept.pop_first();
            }
        }
    }
    kept.into_values().rev().collect()
}
