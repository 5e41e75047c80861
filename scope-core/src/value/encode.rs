//! Values back to bytes: what a reader has may be stored anew.

use super::tags::{self, MAX_READ, MAX_VARINT};
use super::tree::{Items, Omitted, Text, Value};

/// Appends a value in the tagged form: what [`decode`](super::decode()) gives of it is the value again.
///
/// What nests deeper than any recorder nests values, which only a value made by hand can do, is marked as cut.
pub fn encode(value: &Value, out: &mut Vec<u8>) {
    put(value, 0, out);
}

impl Value {
    /// Appends the value as [`encode`] does.
    ///
    /// ```
    /// use scope_core::value::{Value, decode};
    /// let mut bytes = Vec::new();
    /// Value::Some(Box::new(Value::Int(-7))).encode(&mut bytes);
    /// assert_eq!(decode(&bytes), Ok((Value::Some(Box::new(Value::Int(-7))), bytes.len())));
    /// ```
    pub fn encode(&self, out: &mut Vec<u8>) {
        encode(self, out);
    }
}

fn put(value: &Value, depth: u16, out: &mut Vec<u8>) {
    if depth + 1 >= MAX_READ && has_parts(value) {
        return out.push(tags::CUT);
    }
    let inner = depth + 1;
    match value {
        Value::Unit => out.push(tags::UNIT),
        Value::Bool(false) => out.push(tags::FALSE),
        Value::Bool(true) => out.push(tags::TRUE),
        Value::Int(int) => match (int << 1 ^ int >> 127) as u128 {
            small @ 0..0x40 => out.push(tags::SMALL_INT | small as u8),
            zigzag => number(tags::INT, zigzag, out),
        },
        Value::Uint(small @ 0..0x80) => out.push(tags::SMALL_UINT | *small as u8),
        Value::Uint(uint) => number(tags::UINT, *uint, out),
        Value::F32(float) => {
            out.push(tags::F32);
            out.extend(float.to_le_bytes());
        }
        Value::F64(float) => {
            out.push(tags::F64);
            out.extend(float.to_le_bytes());
        }
        Value::Char(char) => number(tags::CHAR, u128::from(u32::from(*char)), out),
        Value::Str(Text { text, cut: false }) => named(tags::STR, text, out),
        Value::Str(Text { text, cut: true }) => {
            number(tags::STR_CUT, text.len() as u128, out);
            // The whole length is not known.
            out.push(0);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Bytes { bytes, total } if bytes.len() as u64 == *total => {
            number(tags::BYTES, u128::from(*total), out);
            out.extend_from_slice(bytes);
        }
        Value::Bytes { bytes, total } => {
            number(tags::BYTES_CUT, bytes.len() as u128, out);
            varint(u128::from(*total), out);
            out.extend_from_slice(bytes);
        }
        Value::None => out.push(tags::NONE),
        Value::Some(value) => {
            out.push(tags::SOME);
            put(value, inner, out);
        }
        Value::Seq(all) => items(tags::SEQ, all, inner, out),
        Value::Set(all) => items(tags::SET, all, inner, out),
        Value::Tuple(all) => items(tags::TUPLE, all, inner, out),
        Value::Map { entries, omitted } => {
            out.push(tags::MAP);
            for (key, value) in entries {
                put(key, inner, out);
                put(value, inner, out);
            }
            end(*omitted, out);
        }
        Value::Struct { name, fields, omitted } => {
            named(tags::STRUCT, name, out);
            for (name, value) in fields {
                // A note on why there are no more fields has no name.
                if !name.is_empty() || !matches!(value, Value::Panicked(_) | Value::Failed(_)) {
                    named(tags::FIELD, name, out);
                }
                put(value, inner, out);
            }
            end(*omitted, out);
        }
        Value::TupleStruct { name, items } => {
            named(tags::TUPLE_STRUCT, name, out);
            list(items, inner, out);
        }
        Value::Variant { name, value } => variant(name, value, inner, out),
        Value::Printed(Text { text, cut }) => named(if *cut { tags::DEBUG_CUT } else { tags::DEBUG }, text, out),
        Value::Opaque { type_name, size } => {
            named(tags::OPAQUE, type_name, out);
            varint(u128::from(*size), out);
        }
        Value::Redacted => out.push(tags::REDACTED),
        Value::Panicked(message) => named(tags::PANICKED, message, out),
        Value::Failed(reason) => named(tags::FAILED, reason, out),
        Value::Cut => out.push(tags::CUT),
    }
}

fn has_parts(value: &Value) -> bool {
    match value {
        Value::Some(_) | Value::Variant { .. } => true,
        Value::Seq(all) | Value::Set(all) | Value::Tuple(all) | Value::TupleStruct { items: all, .. } => {
            !all.items.is_empty()
        }
        Value::Map { entries, .. } => !entries.is_empty(),
        Value::Struct { fields, .. } => !fields.is_empty(),
        _ => false,
    }
}

/// `Ok(x)` and `Err(x)` have a short form, which nests less, too.
fn variant(name: &str, value: &Value, inner: u16, out: &mut Vec<u8>) {
    let part = match value {
        Value::Tuple(Items { items, omitted: Omitted::None }) if items.len() == 1 => items.first(),
        _ => None,
    };
    match (name, part) {
        ("Ok", Some(part)) => {
            out.push(tags::OK);
            put(part, inner, out);
        }
        ("Err", Some(part)) => {
            out.push(tags::ERR);
            put(part, inner, out);
        }
        _ => {
            named(tags::VARIANT, name, out);
            put(value, inner, out);
        }
    }
}

fn items(tag: u8, all: &Items, inner: u16, out: &mut Vec<u8>) {
    out.push(tag);
    list(all, inner, out);
}

fn list(all: &Items, inner: u16, out: &mut Vec<u8>) {
    all.items.iter().for_each(|item| put(item, inner, out));
    end(all.omitted, out);
}

fn end(omitted: Omitted, out: &mut Vec<u8>) {
    match omitted {
        Omitted::None => {}
        Omitted::Some(count) => number(tags::OMITTED, u128::from(count), out),
        Omitted::Unknown => out.push(tags::MORE),
    }
    out.push(tags::END);
}

fn named(tag: u8, text: &str, out: &mut Vec<u8>) {
    number(tag, text.len() as u128, out);
    out.extend_from_slice(text.as_bytes());
}

fn number(tag: u8, value: u128, out: &mut Vec<u8>) {
    out.push(tag);
    varint(value, out);
}

fn varint(value: u128, out: &mut Vec<u8>) {
    let mut bytes = [0; MAX_VARINT];
    let used = tags::put_varint128(&mut bytes, value);
    out.extend_from_slice(&bytes[..used]);
}
