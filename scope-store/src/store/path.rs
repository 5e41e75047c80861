//! From the outermost call to one inside.

use super::open_calls::OpenCalls;
use super::{Call, CallKey, Located, OnError, Store, StoreEvents};
use crate::event::EventKind;

/// The way to a call: see [`Store::path_to`].
#[derive(Clone, Debug, PartialEq)]
pub struct CallPath {
    /// The calls, the outermost first; the last is the one that was asked for. Of the calls around it only the entries are told.
    pub calls: Vec<Call>,
    /// The first one is known to be the outermost. Else records were lost, or it went on without the calls around it.
    pub is_complete: bool,
}

pub(super) fn path_to(store: &Store, key: CallKey, on_error: OnError<'_>) -> Option<CallPath> {
    let mut open: OpenCalls<Located> = OpenCalls::default();
    let mut path: Option<CallPath> = None;
    for located in StoreEvents::new(store, Some(key.process)) {
        let located = match located {
            Ok(located) => located,
            Err(error) => {
                on_error(&error);
                continue;
            }
        };
        let Some(call) = located.event.call else { continue };
        let this = store.key(located.log, call);
        match located.event.kind {
            EventKind::Entry { is_async, .. } if path.is_none() => {
                if this == key {
                    path = Some(above(store, &open, located));
                } else {
                    open.begin(this, is_async, located);
                }
            }
            EventKind::Exit { .. } if this == key => {
                let (entry, is_complete) = path
                    .as_mut()
                    .and_then(|path| path.calls.pop())
                    .and_then(|call| call.entry().cloned())
                    .map_or((None, false), |entry| (Some(entry), true));
                let path = path.get_or_insert(CallPath { calls: Vec::new(), is_complete });
                path.calls.push(Call::new(entry, located));
                break;
            }
            EventKind::Exit { .. } if path.is_none() => {
                open.end(this, &located.event);
                open.take_over();
            }
            _ => {}
        }
    }
    path
}

fn above(store: &Store, open: &OpenCalls<Located>, entry: Located) -> CallPath {
    let (mut parent, mut is_complete) = (entry.event.parent, entry.event.depth == 0 || entry.event.parent.is_some());
    let log = entry.log;
    let mut calls = vec![Call::of_entry(entry)];
    while let Some(call) = parent {
        let Some(around) = open.get(store.key(log, call)) else {
            is_complete = false;
            break;
        };
        // Parents are older, but who damages a log may make a ring of them.
        if calls.iter().any(|known| known.id() == Some(call)) {
            break;
        }
        parent = around.event.parent;
        is_complete = parent.is_some() || around.event.depth == 0;
        calls.push(Call::of_entry(around.clone()));
    }
    calls.reverse();
    CallPath { calls, is_complete }
}
