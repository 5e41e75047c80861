//! `capture = { … }`.

use crate::capture::{Capture, Detail};
use crate::name::NameGlob;
use crate::opaque::OpaqueGlob;
use crate::parse::field::Field;
use crate::parse::keys::Table;
use crate::parse::sink::Sink;

/// Values are walked by recursion, on the stack of the thread that is watched.
const DEPTH: std::ops::RangeInclusive<u32> = 1..=64;
const ITEMS: std::ops::RangeInclusive<u32> = 0..=1_000_000;
const STRING: std::ops::RangeInclusive<u32> = 0..=64 << 10;
/// A record ends at 128 KiB; a value that is cut needs a few bytes to say so.
const BYTES: std::ops::RangeInclusive<u32> = 64..=64 << 10;

/// Reads a `capture` table.
pub(crate) fn read(field: &Field<'_>, sink: &mut Sink<'_>) -> Capture {
    let mut capture = Capture::default();
    let Some(table) = field.table(sink) else { return capture };
    for (key, value) in table {
        let field = Field::new(key, value);
        match field.key {
            "args" => capture.args = field.choice(&Detail::NAMES, Detail::from_name, sink),
            "return_value" => capture.return_value = field.choice(&Detail::NAMES, Detail::from_name, sink),
            "lines" => capture.lines = field.boolean(sink),
            "variables" => capture.variables = field.boolean(sink),
            "line_times" => capture.line_times = field.boolean(sink),
            "expressions" => capture.expressions = expressions(&field, sink),
            "max_depth" => {
                capture.max_depth = field.number_in(DEPTH, sink).and_then(|depth| u16::try_from(depth).ok());
            }
            "max_string" => capture.max_string = field.small_size_in(STRING, sink),
            "max_items" => capture.max_items = field.number_in(ITEMS, sink),
            "max_bytes" => capture.max_bytes = field.small_size_in(BYTES, sink),
            "debug" => capture.debug = field.boolean(sink),
            "opaque" => capture.opaque = field.list(OpaqueGlob::new, sink).unwrap_or_default(),
            "redact" => capture.redact = field.list(NameGlob::new, sink).unwrap_or_default(),
            "redact_defaults" => capture.redact_defaults = field.boolean(sink),
            "embed_source" => capture.embed_source = field.boolean(sink),
            _ => sink.unknown_key(&field, Table::Capture),
        }
    }
    capture
}

fn expressions(field: &Field<'_>, sink: &mut Sink<'_>) -> Option<bool> {
    let on = field.boolean(sink)?;
    if on {
        sink.at_value(field, "`expressions = true` is not supported yet; remove it".to_owned());
    }
    Some(on)
}
