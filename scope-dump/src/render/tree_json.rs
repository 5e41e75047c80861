//! `tree` for programs: one object per call, written when the call ends, children before their parent.
//!
//! All threads are read together, so that a call of an async function is one object wherever it ran. Only
//! the calls that are open are remembered.

use std::collections::HashMap;

use serde_json::{Map, Value as Json};

use super::events_json::{ENTRY, EXIT, HEAD, OTHER, head, insert_exit, of_store};
use super::objects::{LOG, Objects};
use super::value_json::named;
use super::{Rendered, insert_log, phrase};
use crate::context::Answer;
use crate::error::DumpError;
use crate::filter::{Filter, kind_of};
use crate::log::{CallId, Event, EventKind, Kind, Located, SiteDef, Store, ThreadDef};

/// The columns of a call that is no JSON: its fields, and those of what else a tree shows. New ones come last.
pub(crate) const COLUMNS: &[&[&str]] = &[HEAD, ENTRY, &["end_ns"], EXIT, OTHER, LOG];

/// A call that has begun and not ended.
#[derive(Debug)]
struct OpenCall {
    /// What is known of it; `None` if it is not shown.
    object: Option<Map<String, Json>>,
    /// Is it, or a call around it, asked for?
    inside: bool,
}

/// Writes every call, and what else a tree shows.
pub(crate) fn render(
    answer: &Answer<'_>,
    details: bool,
    out: &mut Objects<'_>,
    rendered: &mut Rendered<'_>,
) -> Result<(), DumpError> {
    let (store, filter) = (answer.store, &Filter::of(answer.filter));
    let mut open: HashMap<(usize, CallId), OpenCall> = HashMap::new();
    for located in store.all_events() {
        let Some(located) = rendered.answer(located) else { continue };
        let (event, site, thread) = (&located.event, store.site(&located), store.thread(&located));
        let key = |call: Option<CallId>| call.map(|call| (store.process(located.log), call));
        let inside = |call: Option<CallId>| key(call).and_then(|call| open.get(&call)).is_some_and(|open| open.inside);
        let visible = filter.time(event) && filter.thread(event.thread, thread);
        match &event.kind {
            EventKind::Entry { .. } => {
                let inside = filter.chosen(event, site, thread) || inside(event.parent);
                let shown = inside && visible && (filter.kind(Kind::Entry) || filter.kind(Kind::Exit));
                if let Some(call) = key(event.call) {
                    let object = shown.then(|| with_log(begin(event, site, thread), store, &located));
                    open.insert(call, OpenCall { object, inside });
                }
            }
            EventKind::Exit { .. } => {
                let call = key(event.call).and_then(|call| open.remove(&call));
                let inside = call.as_ref().is_some_and(|call| call.inside) || filter.chosen(event, site, thread);
                let object = match call.and_then(|call| call.object) {
                    Some(object) => object,
                    // The entry was lost, or is outside of what was asked for.
                    None if inside && visible && filter.kind(kind_of(event, site)) => {
                        with_log(begin(event, site, thread), store, &located)
                    }
                    None => continue,
                };
                out.write(&end(object, event))?;
            }
            _ if event.is_bookkeeping() => {}
            EventKind::Lost { .. } | EventKind::Mark { .. } => {
                if visible && filter.kind(kind_of(event, site)) {
                    out.write(&of_store(store, &located))?;
                }
            }
            EventKind::Line | EventKind::Values { .. } if !details => {}
            _ => {
                let inside = inside(event.call) || filter.chosen(event, site, thread);
                if visible && filter.kind(kind_of(event, site)) && inside {
                    out.write(&of_store(store, &located))?;
                }
            }
        }
    }
    // In the order in which they began: nothing else is known of how they ended.
    let mut left: Vec<_> = open.into_values().filter_map(|call| call.object).collect();
    left.sort_by_key(|object| object.get("time_ns").and_then(Json::as_u64));
    for mut object in left {
        object.insert("outcome".into(), "open".into());
        out.write(&object)?;
    }
    Ok(())
}

fn with_log(mut object: Map<String, Json>, store: &Store, located: &Located) -> Map<String, Json> {
    insert_log(&mut object, store, located.log);
    object
}

/// What a call's object begins with: of its entry, or of another event, where the entry is lost or outside of what was asked for.
pub(super) fn begin(event: &Event, site: Option<&SiteDef>, thread: Option<&ThreadDef>) -> Map<String, Json> {
    let mut object = head("call", event, site, thread);
    if let EventKind::Entry { args, is_async } = &event.kind {
        object.insert("async".into(), (*is_async).into());
        object.insert("args".into(), named(phrase::names(site), args));
    } else {
        object.insert("time".into(), Json::Null);
        object.insert("time_ns".into(), Json::Null);
    }
    object
}

pub(super) fn end(mut object: Map<String, Json>, event: &Event) -> Map<String, Json> {
    object.insert("end_ns".into(), event.time.into());
    insert_exit(&mut object, event);
    object
}
