//! From values as they are stored to what they tell.

use crate::event::{CorrelationId, EventKind, PlaceKind};
use crate::format::{Undecodable, Values};
use scope_core::value::{Value, decode_all};

/// What values tell, by the kind of the place that they are recorded at.
pub(crate) fn told(place: Option<PlaceKind>, values: Vec<Value>) -> EventKind {
    let mut rest = values.into_iter();
    match place {
        Some(PlaceKind::Custom) => EventKind::Custom { fields: rest.collect() },
        Some(PlaceKind::Metric) => EventKind::Metric { value: rest.next().unwrap_or(Value::Unit) },
        Some(PlaceKind::State) => {
            let mut next = || rest.next().unwrap_or(Value::Unit);
            EventKind::State { old: next(), new: next() }
        }
        Some(PlaceKind::Sent) => {
            EventKind::Sent { message: rest.next().unwrap_or(Value::Unit), fields: rest.collect() }
        }
        Some(PlaceKind::Received) => {
            EventKind::Received { message: rest.next().unwrap_or(Value::Unit), fields: rest.collect() }
        }
        Some(PlaceKind::Correlation) => EventKind::Correlated { id: rest.next().as_ref().and_then(correlation) },
        _ => EventKind::Values { values: rest.collect() },
    }
}

/// The operation that a value names: its 16 bytes as a number, 0 for none.
fn correlation(value: &Value) -> Option<CorrelationId> {
    match value {
        Value::Uint(id) if *id != 0 => Some(CorrelationId::from_bytes(id.to_be_bytes())),
        _ => None,
    }
}

/// The values: tagged ones in whole words, whose zeros at the end were not stored.
#[inline(always)]
pub(crate) fn values(values: Values<'_>, padded: &mut Vec<u8>) -> Result<Vec<Value>, Undecodable> {
    if values.are_none() { Ok(Vec::new()) } else { some_values(values, padded) }
}

/// The first of them, if there is one.
#[inline(always)]
pub(super) fn value(values: Values<'_>, padded: &mut Vec<u8>) -> Result<Option<Value>, Undecodable> {
    if values.are_none() { Ok(None) } else { Ok(some_values(values, padded)?.into_iter().next()) }
}

#[inline(never)]
fn some_values(values: Values<'_>, padded: &mut Vec<u8>) -> Result<Vec<Value>, Undecodable> {
    let bytes = match values {
        Values::Tagged(bytes) => bytes,
        Values::Plain(plains) => return Ok(plains.values()),
    };
    padded.clear();
    padded.extend_from_slice(bytes);
    padded.resize(bytes.len().next_multiple_of(8), 0);
    decode_all(padded).map_err(|_| Undecodable)
}
