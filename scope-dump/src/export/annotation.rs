//! Values as Perfetto's debug annotations: trees, where they are trees.

use super::interned::Names;
use super::proto::Message;
use crate::log::{Items, Omitted, Text, Value};

/// Fields of `DebugAnnotation`.
const NAME_IID: u32 = 1;
const BOOL: u32 = 2;
const UINT: u32 = 3;
const INT: u32 = 4;
const DOUBLE: u32 = 5;
const STRING: u32 = 6;
const NAME: u32 = 10;
const DICT: u32 = 11;
const ARRAY: u32 = 12;

/// The annotation `name`: `value`.
pub(crate) fn annotation(names: &mut Names, name: &str, value: &Value) -> Message {
    let mut message = named(names, name);
    put(&mut message, names, value);
    message
}

/// The annotation `name`: `text`.
pub(crate) fn text(names: &mut Names, name: &str, text: &str) -> Message {
    let mut message = named(names, name);
    message.text(STRING, text);
    message
}

/// The annotation `name`: `number`.
pub(crate) fn number(names: &mut Names, name: &str, number: u64) -> Message {
    let mut message = named(names, name);
    message.number(UINT, number);
    message
}

/// The annotation `name` with values of their own names inside.
pub(crate) fn dict(names: &mut Names, name: &str, keys: &[String], values: &[Value]) -> Message {
    let mut message = named(names, name);
    for (index, value) in values.iter().enumerate() {
        let entry = match keys.get(index) {
            Some(key) => annotation(names, key, value),
            None => annotation(names, &format!("#{index}"), value),
        };
        message.message(DICT, &entry);
    }
    if values.is_empty() {
        message.text(STRING, "{}");
    }
    message
}

/// `name` is one of the program's source: there are not many.
fn named(names: &mut Names, name: &str) -> Message {
    let mut message = Message::default();
    match names.annotation(name) {
        Some(iid) => message.number(NAME_IID, iid),
        None => message.text(NAME, name),
    };
    message
}

fn put(message: &mut Message, names: &mut Names, value: &Value) {
    match value {
        Value::Bool(bool) => _ = message.number(BOOL, u64::from(*bool)),
        Value::Int(int) if i64::try_from(*int).is_ok() => _ = message.number(INT, *int as i64 as u64),
        Value::Uint(int) if u64::try_from(*int).is_ok() => _ = message.number(UINT, *int as u64),
        // Through the shortest text, so that 0.1f32 stays 0.1.
        Value::F32(float) if float.is_finite() => {
            message.double(DOUBLE, float.to_string().parse().unwrap_or(f64::from(*float)));
        }
        Value::F64(float) if float.is_finite() => _ = message.double(DOUBLE, *float),
        Value::Char(char) => _ = message.text(STRING, char.encode_utf8(&mut [0; 4])),
        Value::Str(Text { text, cut: false }) => _ = message.text(STRING, text),
        Value::Str(Text { text, cut: true }) => _ = message.text(STRING, &format!("{text}…")),
        Value::Some(inner) if !matches!(**inner, Value::None | Value::Some(_)) => put(message, names, inner),
        Value::Seq(items) | Value::Set(items) | Value::Tuple(items) if !is_empty(items) => array(message, names, items),
        Value::Map { entries, omitted } if !entries.is_empty() => {
            for (key, value) in entries {
                // As many as the program likes: by name, not by number.
                let mut entry = Message::default();
                entry.text(NAME, key.as_str().unwrap_or(&key.to_string()));
                put(&mut entry, names, value);
                message.message(DICT, &entry);
            }
            dict_omitted(message, names, *omitted);
        }
        Value::Struct { name, fields, omitted } if !fields.is_empty() => {
            if !name.is_empty() {
                message.message(DICT, &text(names, "$type", name));
            }
            for (field, value) in fields {
                let field = if field.is_empty() { "$note" } else { field };
                message.message(DICT, &annotation(names, field, value));
            }
            dict_omitted(message, names, *omitted);
        }
        Value::TupleStruct { name, items } if !is_empty(items) => {
            let entry = wrapped(names, name, items);
            message.message(DICT, &entry);
        }
        Value::Variant { name, value } => match &**value {
            Value::Unit => _ = message.text(STRING, name),
            Value::Tuple(items) if !is_empty(items) => {
                let entry = wrapped(names, name, items);
                message.message(DICT, &entry);
            }
            inner => _ = message.message(DICT, &annotation(names, name, inner)),
        },
        // What is empty, has no number that fits, or is no tree: as people read it.
        value => _ = message.text(STRING, &value.to_string()),
    }
}

/// `Ok(3)` is `Ok`: 3, `Pair(1, 2)` is `Pair`: [1, 2].
fn wrapped(names: &mut Names, name: &str, items: &Items) -> Message {
    let mut entry = named(names, name);
    match (&items.items[..], items.omitted) {
        ([one], Omitted::None) => put(&mut entry, names, one),
        _ => array(&mut entry, names, items),
    }
    entry
}

fn array(message: &mut Message, names: &mut Names, items: &Items) {
    for item in &items.items {
        let mut element = Message::default();
        put(&mut element, names, item);
        message.message(ARRAY, &element);
    }
    if let Some(more) = more(items.omitted) {
        let mut element = Message::default();
        element.text(STRING, &more);
        message.message(ARRAY, &element);
    }
}

fn dict_omitted(message: &mut Message, names: &mut Names, omitted: Omitted) {
    if let Some(more) = more(omitted) {
        message.message(DICT, &text(names, "$omitted", &more));
    }
}

fn more(omitted: Omitted) -> Option<String> {
    match omitted {
        Omitted::None => None,
        Omitted::Some(count) => Some(format!("…{count} more")),
        Omitted::Unknown => Some("…".to_owned()),
    }
}

fn is_empty(items: &Items) -> bool {
    items.items.is_empty() && items.omitted == Omitted::None
}
