//! From the outermost call to one inside.

use super::by_call::ByCall;
use super::{Call, CallKey, Located, OnError, Store, StoreEvents};
use crate::event::EventKind;

/// The way to a call: see [`Store::path_to`].
#[derive(Clone, Debug, PartialEq)]
pub struct CallPath {
    /// The calls, the outermost first; the last is the one that was asked for. Of the calls around it only the entries are told.
    pub calls: Vec<Call>,
    /// The first one is known to be the outermost. Else records were lost.
    pub is_complete: bool,
}

pub(super) fn path_to(store: &Store, key: CallKey, on_error: OnError<'_>) -> Option<CallPath> {
    let Some(entry) = ByCall::new(store, key.process).entry(key.call, on_error) else {
        let exit = exit(store, key, StoreEvents::new(store, Some(key.process)), on_error)?;
        return Some(CallPath { calls: vec![Call::new(None, exit)], is_complete: false });
    };
    let from_entry = StoreEvents::from_time(store, Some(key.process), entry.event.time);
    let mut path = above(store, key, entry, on_error);
    if let Some(exit) = exit(store, key, from_entry, on_error) {
        let entry = path.calls.pop().and_then(|call| call.entry().cloned());
        path.calls.push(Call::new(entry, exit));
    }
    Some(path)
}

fn exit(store: &Store, key: CallKey, mut events: StoreEvents<'_>, on_error: OnError<'_>) -> Option<Located> {
    events.find_map(|located| match located {
        Ok(located) => {
            let is_exit = matches!(located.event.kind, EventKind::Exit { .. })
                && located.event.call.is_some_and(|call| store.key(located.log, call) == key);
            is_exit.then_some(located)
        }
        Err(error) => {
            on_error(&error);
            None
        }
    })
}

/// The entries of the calls around a call, and its own.
fn above(store: &Store, key: CallKey, entry: Located, on_error: OnError<'_>) -> CallPath {
    let by_call = ByCall::new(store, key.process);
    let mut entries = vec![entry];
    let is_complete = loop {
        let event = &entries[entries.len() - 1].event;
        let Some(parent) = event.parent else { break event.depth == 0 };
        // Parents are older, but who damages a log may make a ring of them.
        if entries.iter().any(|known| known.event.call == Some(parent)) {
            break false;
        }
        let Some(around) = by_call.entry(parent, on_error) else { break false };
        entries.push(around);
    };
    entries.reverse();
    by_call.tell_operations(&mut entries);
    CallPath { calls: entries.into_iter().map(Call::of_entry).collect(), is_complete }
}
