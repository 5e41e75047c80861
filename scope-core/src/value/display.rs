//! Values on one line.

use std::fmt::{self, Display, Formatter, Write};

use super::tree::{Items, Omitted, Text, Value};

/// What stands for what is missing.
const MARK: char = '…';

impl Display for Value {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Value::Unit => f.write_str("()"),
            Value::Bool(value) => write!(f, "{value}"),
            Value::Int(value) => write!(f, "{value}"),
            Value::Uint(value) => write!(f, "{value}"),
            Value::F32(value) => write!(f, "{value:?}"),
            Value::F64(value) => write!(f, "{value:?}"),
            Value::Char(value) => write!(f, "{value:?}"),
            Value::Str(Text { text, cut }) => {
                write!(f, "{text:?}")?;
                mark(f, *cut)
            }
            Value::Bytes { bytes, total } => {
                write!(f, "b\"{}\"", bytes.escape_ascii())?;
                mark(f, (bytes.len() as u64) < *total)
            }
            Value::None => f.write_str("None"),
            Value::Some(value) => write!(f, "Some({value})"),
            Value::Seq(items) => list(f, '[', items, ']'),
            Value::Set(items) => list(f, '{', items, '}'),
            Value::Tuple(items) => tuple(f, items),
            Value::Map { entries, omitted } => map(f, entries, *omitted),
            Value::Struct { name, fields, omitted } => structure(f, name, fields, *omitted),
            Value::TupleStruct { name, items } => {
                f.write_str(name)?;
                list(f, '(', items, ')')
            }
            Value::Variant { name, value } => variant(f, name, value),
            Value::Printed(Text { text, cut }) => {
                // Line breaks would break the line: what an alternate `Debug` prints inside.
                if text.contains(['\n', '\r']) {
                    let mut pieces = text.split(['\n', '\r']).map(str::trim).filter(|piece| !piece.is_empty());
                    f.write_str(pieces.next().unwrap_or(""))?;
                    pieces.try_for_each(|piece| write!(f, " {piece}"))?;
                } else {
                    f.write_str(text)?;
                }
                mark(f, *cut)
            }
            Value::Opaque { type_name, size } => {
                let unit = if *size == 1 { "byte" } else { "bytes" };
                write!(f, "<Opaque: {type_name}, {size} {unit}>")
            }
            Value::Redacted => f.write_str("<redacted>"),
            Value::Panicked(text) => note(f, "panicked", text),
            Value::Failed(text) => note(f, "failed", text),
            Value::Cut => f.write_char(MARK),
        }
    }
}

fn mark(f: &mut Formatter<'_>, cut: bool) -> fmt::Result {
    if cut { f.write_char(MARK) } else { Ok(()) }
}

fn note(f: &mut Formatter<'_>, what: &str, text: &str) -> fmt::Result {
    if text.is_empty() { write!(f, "<{what}>") } else { write!(f, "<{what}: {}>", text.escape_debug()) }
}

fn list(f: &mut Formatter<'_>, open: char, items: &Items, close: char) -> fmt::Result {
    f.write_char(open)?;
    for (i, item) in items.items.iter().enumerate() {
        comma(f, i)?;
        write!(f, "{item}")?;
    }
    missing(f, items.items.len(), items.omitted)?;
    f.write_char(close)
}

fn tuple(f: &mut Formatter<'_>, items: &Items) -> fmt::Result {
    match items {
        Items { items, omitted: Omitted::None } if items.len() == 1 => write!(f, "({},)", items[0]),
        items => list(f, '(', items, ')'),
    }
}

fn map(f: &mut Formatter<'_>, entries: &[(Value, Value)], omitted: Omitted) -> fmt::Result {
    f.write_char('{')?;
    for (i, (key, value)) in entries.iter().enumerate() {
        comma(f, i)?;
        write!(f, "{key}: {value}")?;
    }
    missing(f, entries.len(), omitted)?;
    f.write_char('}')
}

fn structure(f: &mut Formatter<'_>, name: &str, fields: &[(String, Value)], omitted: Omitted) -> fmt::Result {
    f.write_str(name)?;
    if fields.is_empty() && omitted == Omitted::None {
        return Ok(());
    }
    f.write_str(if name.is_empty() { "{ " } else { " { " })?;
    for (i, (field, value)) in fields.iter().enumerate() {
        comma(f, i)?;
        // A note has no name.
        if !field.is_empty() {
            write!(f, "{field}: ")?;
        }
        write!(f, "{value}")?;
    }
    missing(f, fields.len(), omitted)?;
    f.write_str(" }")
}

fn variant(f: &mut Formatter<'_>, name: &str, value: &Value) -> fmt::Result {
    f.write_str(name)?;
    match value {
        Value::Unit => Ok(()),
        Value::Tuple(items) => list(f, '(', items, ')'),
        Value::Struct { fields, omitted, .. } if fields.is_empty() && *omitted == Omitted::None => Ok(()),
        Value::Struct { fields, omitted, .. } => {
            f.write_char(' ')?;
            structure(f, "", fields, *omitted)
        }
        value => write!(f, "({value})"),
    }
}

fn comma(f: &mut Formatter<'_>, index: usize) -> fmt::Result {
    if index > 0 { f.write_str(", ") } else { Ok(()) }
}

fn missing(f: &mut Formatter<'_>, shown: usize, omitted: Omitted) -> fmt::Result {
    match omitted {
        Omitted::None => Ok(()),
        Omitted::Some(count) => {
            comma(f, shown)?;
            write!(f, "{MARK}{count} more")
        }
        Omitted::Unknown => {
            comma(f, shown)?;
            f.write_char(MARK)
        }
    }
}
