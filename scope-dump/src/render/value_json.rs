//! Values as JSON: natural where JSON has the thing, an object with a `$` name where it has not.
//!
//! The mapping is documented in `docs/dump-json.md`. It is unambiguous: no name that a program gave
//! becomes a `$` name, because a map with such a key is written as pairs.

use serde_json::{Map, Number, Value as Json, json};

use crate::log::{Items, Omitted, Text, Value};

/// Beyond this, programs that read JSON numbers as `f64` would change them.
const EXACT: u128 = 1 << 53;

/// Values with the names that a site gives them: an object in their order.
pub(crate) fn named(names: &[String], values: &[Value]) -> Json {
    let pairs = values.iter().enumerate().map(|(index, value)| {
        let name = names.get(index).cloned().unwrap_or_else(|| format!("#{index}"));
        (name, to_json(value))
    });
    Json::Object(pairs.collect())
}

/// One value.
pub(crate) fn to_json(value: &Value) -> Json {
    match value {
        Value::Unit => json!([]),
        Value::Bool(bool) => json!(bool),
        Value::Int(int) => integer(int.unsigned_abs(), *int < 0),
        Value::Uint(uint) => integer(*uint, false),
        // Through the shortest text, so that 0.1f32 stays 0.1.
        Value::F32(float) => float_json(float.to_string().parse().unwrap_or(f64::from(*float))),
        Value::F64(float) => float_json(*float),
        Value::Char(char) => json!(char),
        Value::Str(Text { text, cut: false }) => json!(text),
        Value::Str(Text { text, cut: true }) => json!({"$text": text, "$cut": true}),
        Value::Bytes { bytes, total } => {
            let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
            json!({"$bytes": hex, "$total": total})
        }
        Value::None => Json::Null,
        Value::Some(value) => match to_json(value) {
            // `Some(None)` is not `None`.
            inner @ Json::Null => json!({"$some": inner}),
            Json::Object(inner) if inner.contains_key("$some") => json!({"$some": inner}),
            inner => inner,
        },
        Value::Seq(items) | Value::Set(items) | Value::Tuple(items) => array(items),
        Value::Map { entries, omitted } => map(entries, *omitted),
        Value::Struct { name, fields, omitted } => struct_json("$type", name, fields, *omitted),
        Value::TupleStruct { name, items } => json!({"$type": name, "$items": array(items)}),
        Value::Variant { name, value } => variant(name, value),
        Value::Printed(Text { text, cut: false }) => json!({"$debug": text}),
        Value::Printed(Text { text, cut: true }) => json!({"$debug": text, "$cut": true}),
        Value::Opaque { type_name, size } => json!({"$opaque": type_name, "$size": size}),
        Value::Redacted => json!({"$redacted": true}),
        Value::Panicked(message) => json!({"$panicked": message}),
        Value::Failed(reason) => json!({"$failed": reason}),
        Value::Cut => json!({"$cut": true}),
    }
}

fn integer(magnitude: u128, negative: bool) -> Json {
    match i64::try_from(magnitude) {
        Ok(int) if magnitude <= EXACT => json!(if negative { -int } else { int }),
        _ => json!({"$int": format!("{}{magnitude}", if negative { "-" } else { "" })}),
    }
}

fn float_json(float: f64) -> Json {
    Number::from_f64(float).map_or_else(|| json!({"$float": float.to_string()}), Json::Number)
}

fn array(items: &Items) -> Json {
    let cut = omitted_json(items.omitted).map(|omitted| json!({"$omitted": omitted}));
    items.items.iter().map(to_json).chain(cut).collect()
}

/// How many items are missing, `null` if that is not known; nothing if none is.
fn omitted_json(omitted: Omitted) -> Option<Json> {
    match omitted {
        Omitted::None => None,
        Omitted::Some(count) => Some(json!(count)),
        Omitted::Unknown => Some(Json::Null),
    }
}

fn map(entries: &[(Value, Value)], omitted: Omitted) -> Json {
    let mut object = Map::new();
    for (key, value) in entries {
        match key {
            Value::Str(Text { text, cut: false }) if !text.starts_with('$') && !object.contains_key(text) => {
                object.insert(text.clone(), to_json(value));
            }
            _ => {
                let pairs: Json = entries.iter().map(|(key, value)| json!([to_json(key), to_json(value)])).collect();
                object = Map::from_iter([("$map".to_owned(), pairs)]);
                break;
            }
        }
    }
    insert_omitted(&mut object, omitted);
    Json::Object(object)
}

fn struct_json(tag: &str, name: &str, fields: &[(String, Value)], omitted: Omitted) -> Json {
    let mut object = Map::new();
    if !name.is_empty() {
        object.insert(tag.to_owned(), json!(name));
    }
    if fields.iter().any(|(name, _)| name.starts_with('$')) {
        let pairs: Json = fields.iter().map(|(name, value)| json!([name, to_json(value)])).collect();
        object.insert("$fields".to_owned(), pairs);
    } else {
        // A field without a name is a note on why there are no more.
        let name = |name: &String| if name.is_empty() { "$note".to_owned() } else { name.clone() };
        object.extend(fields.iter().map(|(field, value)| (name(field), to_json(value))));
    }
    insert_omitted(&mut object, omitted);
    Json::Object(object)
}

fn insert_omitted(object: &mut Map<String, Json>, omitted: Omitted) {
    object.extend(omitted_json(omitted).map(|omitted| ("$omitted".to_owned(), omitted)));
}

fn variant(name: &str, value: &Value) -> Json {
    match value {
        Value::Unit => json!({"$variant": name}),
        Value::Struct { fields, omitted, .. } => struct_json("$variant", name, fields, *omitted),
        Value::Tuple(items) => json!({"$variant": name, "$items": array(items)}),
        Value::Cut => json!({"$variant": name, "$cut": true}),
        value => json!({"$variant": name, "$items": [to_json(value)]}),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Value {
        Value::Str(Text { text: text.to_owned(), cut: false })
    }

    fn items(items: Vec<Value>) -> Items {
        Items { items, omitted: Omitted::None }
    }

    #[test]
    fn numbers_keep_their_digits() {
        assert_eq!(to_json(&Value::Int(-3)).to_string(), "-3");
        assert_eq!(to_json(&Value::Uint(1 << 53)).to_string(), "9007199254740992");
        assert_eq!(
            to_json(&Value::Uint(u128::MAX)).to_string(),
            r#"{"$int":"340282366920938463463374607431768211455"}"#
        );
        assert_eq!(
            to_json(&Value::Int(i128::MIN)).to_string(),
            r#"{"$int":"-170141183460469231731687303715884105728"}"#
        );
        assert_eq!(to_json(&Value::F32(0.1)).to_string(), "0.1");
        assert_eq!(to_json(&Value::F64(f64::NAN)).to_string(), r#"{"$float":"NaN"}"#);
        assert_eq!(to_json(&Value::F64(f64::NEG_INFINITY)).to_string(), r#"{"$float":"-inf"}"#);
    }

    #[test]
    fn nothing_reads_as_something_else() {
        let some = |value| Value::Some(Box::new(value));
        assert_eq!(to_json(&Value::Unit).to_string(), "[]");
        assert_eq!(to_json(&Value::None).to_string(), "null");
        assert_eq!(to_json(&some(Value::Int(1))).to_string(), "1");
        assert_eq!(to_json(&some(Value::None)).to_string(), r#"{"$some":null}"#);
        assert_eq!(to_json(&some(some(Value::None))).to_string(), r#"{"$some":{"$some":null}}"#);
        let map = |entries| Value::Map { entries, omitted: Omitted::Some(2) };
        assert_eq!(to_json(&map(vec![(text("a"), Value::Int(1))])).to_string(), r#"{"a":1,"$omitted":2}"#);
        assert_eq!(
            to_json(&map(vec![(text("$type"), Value::Int(1))])).to_string(),
            r#"{"$map":[["$type",1]],"$omitted":2}"#
        );
        assert_eq!(to_json(&map(vec![(Value::Int(1), text("x"))])).to_string(), r#"{"$map":[[1,"x"]],"$omitted":2}"#);
    }

    #[test]
    fn structs_and_variants() {
        let reading = Value::Struct {
            name: "Reading".into(),
            fields: vec![("id".into(), Value::Int(3)), ("secret".into(), Value::Redacted)],
            omitted: Omitted::Unknown,
        };
        assert_eq!(
            to_json(&reading).to_string(),
            r#"{"$type":"Reading","id":3,"secret":{"$redacted":true},"$omitted":null}"#
        );
        let ok = Value::Variant { name: "Ok".into(), value: Box::new(Value::Tuple(items(vec![Value::Int(3)]))) };
        assert_eq!(to_json(&ok).to_string(), r#"{"$variant":"Ok","$items":[3]}"#);
        let unit = Value::Variant { name: "Up".into(), value: Box::new(Value::Unit) };
        assert_eq!(to_json(&unit).to_string(), r#"{"$variant":"Up"}"#);
    }
}
