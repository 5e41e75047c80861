//! Values to bytes again: what somebody has changed on its way to a log.

use super::tags::{self, MAX_NEST, MAX_VARINT};
use super::tree::{Items, Omitted, Text, Value};

impl Value {
    /// Appends the value's bytes, which [`decode`](super::decode()) reads back. What nests deeper than any recorded value is cut there, with the mark.
    ///
    /// ```
    /// use scope_core::value::{Value, decode};
    /// let mut bytes = Vec::new();
    /// Value::Some(Box::new(Value::Int(-7))).encode(&mut bytes);
    /// assert_eq!(decode(&bytes), Ok((Value::Some(Box::new(Value::Int(-7))), bytes.len())));
    /// ```
    pub fn encode(&self, out: &mut Vec<u8>) {
        put(self, out, 0);
    }
}

fn put(value: &Value, out: &mut Vec<u8>, depth: u16) {
    if depth > MAX_NEST {
        return out.push(tags::CUT);
    }
    let deeper = depth + 1;
    match value {
        Value::Unit => out.push(tags::UNIT),
        Value::Bool(value) => out.push(if *value { tags::TRUE } else { tags::FALSE }),
        Value::Int(value) => int(*value, out),
        Value::Uint(value) if *value < 0x80 => out.push(tags::SMALL_UINT + *value as u8),
        Value::Uint(value) => {
            out.push(tags::UINT);
            varint(*value, out);
        }
        Value::F32(value) => {
            out.push(tags::F32);
            out.extend(value.to_le_bytes());
        }
        Value::F64(value) => {
            out.push(tags::F64);
            out.extend(value.to_le_bytes());
        }
        Value::Char(char) => {
            out.push(tags::CHAR);
            varint(u128::from(u32::from(*char)), out);
        }
        Value::Str(text) => text_as(text, tags::STR, out),
        Value::Bytes { bytes, total } => {
            let len = bytes.len() as u64;
            out.push(if len < *total { tags::BYTES_CUT } else { tags::BYTES });
            varint(len.into(), out);
            if len < *total {
                varint((*total).into(), out);
            }
            out.extend(bytes);
        }
        Value::None => out.push(tags::NONE),
        Value::Some(value) => {
            out.push(tags::SOME);
            put(value, out, deeper);
        }
        Value::Seq(all) => items(tags::SEQ, all, out, deeper),
        Value::Set(all) => items(tags::SET, all, out, deeper),
        Value::Tuple(all) => items(tags::TUPLE, all, out, deeper),
        Value::Map { entries, omitted } => {
            out.push(tags::MAP);
            for (key, value) in entries {
                put(key, out, deeper);
                put(value, out, deeper);
            }
            end(*omitted, out);
        }
        Value::Struct { name, fields, omitted } => {
            out.push(tags::STRUCT);
            run(name, out);
            for (name, value) in fields {
                // A note on why there are no more fields has no name.
                if !name.is_empty() || !matches!(value, Value::Panicked(_) | Value::Failed(_)) {
                    out.push(tags::FIELD);
                    run(name, out);
                }
                put(value, out, deeper);
            }
            end(*omitted, out);
        }
        Value::TupleStruct { name, items: all } => {
            out.push(tags::TUPLE_STRUCT);
            run(name, out);
            parts(all, out, deeper);
        }
        Value::Variant { name, value } => {
            out.push(tags::VARIANT);
            run(name, out);
            put(value, out, deeper);
        }
        Value::Debug(text) => text_as(text, tags::DEBUG, out),
        Value::Opaque { type_name, size } => {
            out.push(tags::OPAQUE);
            run(type_name, out);
            varint((*size).into(), out);
        }
        Value::Redacted => out.push(tags::REDACTED),
        Value::Panicked(text) => {
            out.push(tags::PANICKED);
            run(text, out);
        }
        Value::Failed(text) => {
            out.push(tags::FAILED);
            run(text, out);
        }
        Value::Cut => out.push(tags::CUT),
    }
}

fn int(value: i128, out: &mut Vec<u8>) {
    let zigzag = (value << 1 ^ value >> 127) as u128;
    if zigzag < u128::from(tags::SMALL_UINT - tags::SMALL_INT) {
        return out.push(tags::SMALL_INT + zigzag as u8);
    }
    out.push(tags::INT);
    varint(zigzag, out);
}

/// A text, by its tag or the one behind, which says that it is cut.
fn text_as(text: &Text, tag: u8, out: &mut Vec<u8>) {
    out.push(tag + u8::from(text.cut));
    if text.cut && tag == tags::STR {
        varint(text.text.len() as u128, out);
        // How long it was nobody knows any more: longer.
        varint(text.text.len() as u128 + 1, out);
        return out.extend(text.text.as_bytes());
    }
    run(&text.text, out);
}

fn items(tag: u8, items: &Items, out: &mut Vec<u8>, depth: u16) {
    out.push(tag);
    parts(items, out, depth);
}

fn parts(items: &Items, out: &mut Vec<u8>, depth: u16) {
    items.items.iter().for_each(|item| put(item, out, depth));
    end(items.omitted, out);
}

fn end(omitted: Omitted, out: &mut Vec<u8>) {
    match omitted {
        Omitted::None => {}
        Omitted::Some(count) => {
            out.push(tags::OMITTED);
            varint(count.into(), out);
        }
        Omitted::Unknown => out.push(tags::MORE),
    }
    out.push(tags::END);
}

fn run(text: &str, out: &mut Vec<u8>) {
    varint(text.len() as u128, out);
    out.extend(text.as_bytes());
}

fn varint(value: u128, out: &mut Vec<u8>) {
    let mut bytes = [0; MAX_VARINT];
    let used = tags::put_varint128(&mut bytes, value);
    out.extend(&bytes[..used]);
}
