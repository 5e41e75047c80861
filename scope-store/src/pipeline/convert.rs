//! The values of an event: to be changed, and as bytes again.

use crate::event::{Event, EventKind};
use scope_core::value::Value;

/// The most bytes that one event's values may have once a stage has changed them.
const MOST: usize = 1 << 20;

/// The values that an event has, in the order in which they are stored.
pub(super) fn values_mut(kind: &mut EventKind) -> Vec<&mut Value> {
    match kind {
        EventKind::Entry { args: values, .. } | EventKind::Values { values } | EventKind::Custom { fields: values } => {
            values.iter_mut().collect()
        }
        EventKind::Exit { value, .. } => value.iter_mut().collect(),
        EventKind::State { old, new } => vec![old, new],
        EventKind::Metric { value } => vec![value],
        EventKind::Sent { message, fields } | EventKind::Received { message, fields } => {
            std::iter::once(message).chain(fields).collect()
        }
        _ => Vec::new(),
    }
}

/// Where an event takes further values.
pub(super) fn list_mut(kind: &mut EventKind) -> Option<&mut Vec<Value>> {
    match kind {
        EventKind::Entry { args: values, .. }
        | EventKind::Values { values }
        | EventKind::Custom { fields: values }
        | EventKind::Sent { fields: values, .. }
        | EventKind::Received { fields: values, .. } => Some(values),
        _ => None,
    }
}

/// The bytes of an event's values, in whole words.
pub(super) fn bytes(event: &mut Event, out: &mut Vec<u8>) {
    out.clear();
    for value in values_mut(&mut event.kind) {
        let start = out.len();
        value.encode(out);
        if out.len() > MOST {
            out.truncate(start);
            Value::Cut.encode(out);
            *value = Value::Cut;
        }
    }
    out.resize(out.len().next_multiple_of(8), 0);
}
