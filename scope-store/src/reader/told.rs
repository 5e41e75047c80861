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
    let mut found = Vec::new();
    values_into(&mut found, values, padded)?;
    Ok(found)
}

/// The same, into a list that is empty, and may have room.
#[inline(always)]
pub(super) fn values_into(found: &mut Vec<Value>, values: Values<'_>, padded: &mut Vec<u8>) -> Result<(), Undecodable> {
    match values {
        Values::Tagged([]) => {}
        Values::Tagged(bytes) => *found = tagged(bytes, padded)?,
        Values::Plain(plains) => plains.push_to(found),
    }
    Ok(())
}

/// The first of them, if there is one.
#[inline(always)]
pub(super) fn value_into(
    found: &mut Option<Value>,
    values: Values<'_>,
    padded: &mut Vec<u8>,
) -> Result<(), Undecodable> {
    match values {
        Values::Tagged([]) => {}
        Values::Tagged(bytes) => *found = tagged(bytes, padded)?.into_iter().next(),
        Values::Plain(mut plains) => *found = plains.take_first(),
    }
    Ok(())
}

#[inline(never)]
fn tagged(bytes: &[u8], padded: &mut Vec<u8>) -> Result<Vec<Value>, Undecodable> {
    padded.clear();
    padded.extend_from_slice(bytes);
    padded.resize(bytes.len().next_multiple_of(8), 0);
    decode_all(padded).map_err(|_| Undecodable)
}
