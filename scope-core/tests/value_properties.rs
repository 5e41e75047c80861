//! Properties of the tagged form: what is written is read back, under any limits and in any room; and whatever bytes there are,
//! reading them does no harm.

mod strategies;

use proptest::prelude::*;
use scope_core::value::{Items, Limits, Omitted, Text, Value, ValueError, ValueWriter, decode, decode_all};

const WIDE: &Limits = &Limits {
    max_depth: 1000,
    max_string: 1 << 20,
    max_items: 1000,
    max_bytes: 1 << 24,
    debug: true,
    opaque: &[],
    redact: &[],
};

fn text(text: String) -> Text {
    Text { text, cut: false }
}

/// What can be written.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        11 => strategies::scalar(),
        1 => ".{0,60}".prop_map(|s| Value::Str(text(s))),
        1 => ".{100,300}".prop_map(|s| Value::Str(text(s))),
        1 => prop::collection::vec(any::<u8>(), 0..200)
            .prop_map(|bytes| Value::Bytes { total: bytes.len() as u64, bytes }),
        1 => ".{0,60}".prop_map(|s| Value::Printed(text(s))),
        1 => "[a-z:]{1,9}".prop_map(|type_name| Value::Opaque { type_name, size: 300 }),
        1 => "[a-z]{1,9}".prop_map(Value::Failed),
    ];
    strategies::nested(leaf, "[A-Z]{1,9}", Just(Omitted::None), |inner| {
        let variant = |name: &str, value| Value::Variant { name: name.to_owned(), value: Box::new(value) };
        let one = move |value| variant("Ok", Value::Tuple(Items { items: vec![value], omitted: Omitted::None }));
        let fields = prop::collection::vec(("[a-z]{1,5}", inner.clone()), 0..8);
        let named = move |(name, fields): (String, _)| {
            variant(&name, Value::Struct { name: String::new(), fields, omitted: Omitted::None })
        };
        prop_oneof![inner.prop_map(one), ("[A-Z]{1,9}", fields).prop_map(named)]
    })
}

/// Prints the text as it is.
struct Raw<'a>(&'a str);

impl std::fmt::Debug for Raw<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.0)
    }
}

fn put(value: &Value, w: &mut ValueWriter<'_>) {
    match value {
        Value::Unit => w.unit(),
        Value::Bool(value) => w.bool(*value),
        Value::Int(value) => w.int128(*value),
        Value::Uint(value) => w.uint128(*value),
        Value::F32(value) => w.f32(*value),
        Value::F64(value) => w.f64(*value),
        Value::Char(value) => w.char(*value),
        Value::Str(text) => w.str(&text.text),
        Value::Bytes { bytes, .. } => w.bytes(bytes),
        Value::None => w.none(),
        Value::Some(value) => w.some_with(|w| put(value, w)),
        Value::Seq(items) => put_items(w.seq(Some(items.items.len())), items),
        Value::Set(items) => put_items(w.set(None), items),
        Value::Tuple(items) => put_items(w.tuple(items.items.len()), items),
        Value::Map { entries, .. } => {
            let mut map = w.map(Some(entries.len()));
            entries.iter().all(|(key, value)| map.entry_with(|w| put(key, w), |w| put(value, w)));
            map.finish();
        }
        Value::Struct { name, fields, .. } => put_fields(w.structure(name), fields),
        Value::TupleStruct { name, items } => put_items(w.tuple_struct(name), items),
        Value::Variant { name, value } => match &**value {
            Value::Tuple(items) if name == "Ok" => w.ok_with(|w| put(&items.items[0], w)),
            Value::Tuple(items) => w.tuple_variant(name, |writer| put_items(writer, items)),
            Value::Struct { fields, .. } => w.struct_variant(name, |writer| put_fields(writer, fields)),
            _ => w.unit_variant(name),
        },
        Value::Printed(text) => w.debug(&Raw(&text.text)),
        Value::Opaque { type_name, size } => w.opaque_named(type_name, *size),
        Value::Redacted => w.redacted(),
        Value::Failed(reason) => w.failed(reason),
        Value::Panicked(_) | Value::Cut => w.cut(),
    }
}

fn put_items(mut writer: scope_core::value::ItemsWriter<'_, '_>, items: &Items) {
    items.items.iter().all(|item| writer.item_with(|w| put(item, w)));
    writer.finish();
}

fn put_fields(writer: scope_core::value::FieldsWriter<'_, '_>, fields: &[(String, Value)]) {
    fields.iter().fold(writer, |writer, (name, value)| writer.field_with(name, |w| put(value, w))).finish();
}

fn any_limits() -> impl Strategy<Value = Limits> {
    (0..6u16, 0..40u32, 0..6u32, 0..400u32).prop_map(|(max_depth, max_string, max_items, max_bytes)| Limits {
        max_depth,
        max_string,
        max_items,
        max_bytes,
        ..Limits::DEFAULT
    })
}

fn encoded(values: &[Value]) -> Vec<u8> {
    let mut bytes = Vec::new();
    values.iter().for_each(|value| value.encode(&mut bytes));
    bytes
}

#[test]
fn what_nests_too_deeply_is_cut() {
    let deep = (0..1000).fold(Value::Unit, |value, _| Value::Some(Box::new(value)));
    let seen = read(&encoded(&[deep])).expect("a value");
    assert!(seen[0].is_partial());
}

/// Reads values one by one; all bytes must be values.
fn read(mut bytes: &[u8]) -> Result<Vec<Value>, ValueError> {
    let mut values = Vec::new();
    while !bytes.is_empty() {
        let (value, used) = decode(bytes)?;
        values.push(value);
        bytes = &bytes[used..];
    }
    Ok(values)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: if cfg!(miri) { 4 } else { 512 }, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_is_read_back(values in prop::collection::vec(any_value(), 1..4)) {
        let mut buf = vec![0; 1 << 18];
        let mut w = ValueWriter::new(&mut buf, WIDE);
        values.iter().for_each(|value| put(value, &mut w));
        let used = w.finish();
        prop_assert_eq!(&decode_all(&buf).unwrap(), &values);
        prop_assert_eq!(&read(&buf[..used]).unwrap(), &values);
        prop_assert_eq!(&read(&encoded(&values)).unwrap(), &values);
        prop_assert!(!values.iter().any(Value::is_partial) || values.iter().any(|v| v.to_string().contains("<")));
    }

    #[test]
    fn what_is_cut_is_read_back_too(
        values in prop::collection::vec(any_value(), 1..4),
        limits in any_limits(),
        size in 0..300usize,
        expect in any::<bool>(),
    ) {
        let limits: &'static Limits = Box::leak(Box::new(limits));
        let mut buf = vec![0xff; size + 8];
        let (room, behind) = buf.split_at_mut(size);
        let mut w = ValueWriter::new(room, limits);
        if expect {
            w.expect_values(values.len());
        }
        for value in &values {
            put(value, &mut w);
            w.next_value();
        }
        let used = w.finish();
        prop_assert!(used <= size.min(limits.max_bytes as usize));
        prop_assert_eq!(behind, &[0xff; 8]);
        let seen = read(&buf[..used]);
        prop_assert!(seen.is_ok(), "{:?} in {:?}", seen, &buf[..used]);
        let seen = seen.unwrap();
        prop_assert!(seen.len() <= values.len());
        prop_assert_eq!(&read(&encoded(&seen)).unwrap(), &seen);
        // What comes out is what went in, or marked.
        for (seen, value) in seen.iter().zip(&values) {
            prop_assert!(seen == value || seen.is_partial(), "{} instead of {}", seen, value);
        }
    }

    #[test]
    fn a_cut_off_value_is_no_value(value in any_value()) {
        let mut buf = vec![0; 1 << 18];
        let mut w = ValueWriter::new(&mut buf, WIDE);
        put(&value, &mut w);
        let used = w.finish();
        for end in 0..used {
            prop_assert!(matches!(decode(&buf[..end]), Err(ValueError::Truncated { .. })), "at {end} of {used}");
        }
    }

    #[test]
    fn bytes_of_any_kind_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok((value, used)) = decode(&bytes) {
            prop_assert!(used <= bytes.len());
            let _shown = (value.to_string(), value.is_partial());
        }
        let _values = decode_all(&bytes);
    }

    #[test]
    fn tags_of_any_kind_do_no_harm(bytes in prop::collection::vec(0..40u8, 0..400)) {
        if let Ok(values) = decode_all(&bytes) {
            values.iter().for_each(|value| drop(value.to_string()));
        }
    }

    #[test]
    fn a_flipped_byte_does_no_harm(value in any_value(), at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut buf = vec![0; 1 << 16];
        let mut w = ValueWriter::new(&mut buf, WIDE);
        put(&value, &mut w);
        let used = w.finish();
        buf[at.index(used)] = byte;
        let _value = decode(&buf[..used]);
    }
}

#[test]
fn nesting_without_end_is_refused() {
    for tag in [16u8, 20, 24] {
        let bytes: Vec<u8> = std::iter::repeat_n([tag, 0, 26, 0], 1 << 16).flatten().collect();
        let bytes = if tag == 16 || tag == 20 { vec![tag; 1 << 18] } else { bytes };
        assert!(matches!(decode(&bytes), Err(ValueError::Depth { .. })));
    }
}
