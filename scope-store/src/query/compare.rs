//! What is said of values that were found.

use super::ast::{Comparison, Literal};
use super::lex::{Token, tokens};
use super::pattern::glob;
use scope_core::value::{Items, Omitted, Text, Value};
use std::cmp::Ordering;

/// Something that a path leads to.
#[derive(Clone, Copy, Debug)]
pub(super) enum Found<'a> {
    Value(&'a Value),
    /// A value in an `Err` that the log does not hold.
    Err(&'a Value),
    Text(&'a str),
    Int(i128),
    Float(f64),
    Bool(bool),
    Duration(u64),
}

impl<'a> From<&'a Literal> for Found<'a> {
    fn from(literal: &'a Literal) -> Self {
        match literal {
            Literal::Int(int) => Self::Int(*int),
            Literal::Float(float) => Self::Float(*float),
            Literal::Text(text) => Self::Text(text),
            Literal::Bool(bool) => Self::Bool(*bool),
            Literal::Duration(ns) => Self::Duration(*ns),
        }
    }
}

impl Found<'_> {
    /// The same as a value of a log.
    pub fn to_value(self) -> Value {
        match self {
            Self::Value(value) => value.clone(),
            Self::Err(value) => {
                let items = Items { items: vec![value.clone()], omitted: Omitted::None };
                Value::Variant { name: "Err".to_owned(), value: Box::new(Value::Tuple(items)) }
            }
            Self::Text(text) => Value::Str(Text { text: text.to_owned(), cut: false }),
            Self::Int(int) => Value::Int(int),
            Self::Float(float) => Value::F64(float),
            Self::Bool(bool) => Value::Bool(bool),
            Self::Duration(ns) => Value::Uint(ns.into()),
        }
    }
}

/// What two values are compared as.
#[derive(Clone, Copy, Debug)]
enum Plain<'a> {
    Int(i128),
    /// Greater than any `Int`.
    Huge(u128),
    Single(f32),
    Double(f64),
    Duration(u64),
    Bool(bool),
    Char(char),
    Text {
        text: &'a str,
        cut: bool,
        /// It is what a `Debug` wrote, which may be a number.
        written: bool,
    },
    /// Something with parts.
    Whole(&'a Value),
    /// It was there, but what it is nobody knows.
    Unknown,
}

fn plain(found: Found<'_>) -> Plain<'_> {
    match found {
        Found::Value(value) => of_value(value),
        Found::Err(_) => Plain::Unknown,
        Found::Text(text) => Plain::Text { text, cut: false, written: false },
        Found::Int(int) => Plain::Int(int),
        Found::Float(float) => Plain::Double(float),
        Found::Bool(bool) => Plain::Bool(bool),
        Found::Duration(ns) => Plain::Duration(ns),
    }
}

/// `Some(x)`, `Ok(x)` and `Newtype(x)` are compared as `x` is.
fn unwrapped(mut value: &Value) -> &Value {
    loop {
        let items = match value {
            Value::Some(inner) => {
                value = inner;
                continue;
            }
            Value::Variant { name, value: inner } if name == "Ok" => match &**inner {
                Value::Tuple(items) => items,
                _ => return value,
            },
            Value::TupleStruct { items, .. } => items,
            _ => return value,
        };
        match (&items.items[..], items.omitted) {
            ([only], Omitted::None) => value = only,
            _ => return value,
        }
    }
}

fn of_value(value: &Value) -> Plain<'_> {
    match unwrapped(value) {
        Value::Int(int) => Plain::Int(*int),
        Value::Uint(uint) => i128::try_from(*uint).map_or(Plain::Huge(*uint), Plain::Int),
        Value::F32(float) => Plain::Single(*float),
        Value::F64(float) => Plain::Double(*float),
        Value::Bool(bool) => Plain::Bool(*bool),
        Value::Char(char) => Plain::Char(*char),
        Value::Str(text) => Plain::Text { text: &text.text, cut: text.cut, written: false },
        Value::Printed(text) => Plain::Text { text: &text.text, cut: text.cut, written: true },
        Value::Opaque { .. } | Value::Redacted | Value::Panicked(_) | Value::Failed(_) | Value::Cut => Plain::Unknown,
        value => Plain::Whole(value),
    }
}

/// Does the comparison hold? Values that can't be compared match nothing, not even `!=`.
pub(super) fn compares(left: Found<'_>, comparison: Comparison, right: Found<'_>) -> bool {
    let (left, right) = (plain(left), plain(right));
    // Of a text that was cut it may be known only that it is another one.
    if let (Plain::Text { text, cut, .. }, Plain::Text { text: other, cut: other_cut, .. }) = (left, right)
        && (cut && other.starts_with(text) || other_cut && text.starts_with(other))
    {
        return false;
    }
    let Some(order) = order(left, right) else { return false };
    match comparison {
        Comparison::Equal => order == Order::Known(Ordering::Equal),
        Comparison::NotEqual => order != Order::Known(Ordering::Equal),
        Comparison::Less => order == Order::Known(Ordering::Less),
        Comparison::LessOrEqual => matches!(order, Order::Known(Ordering::Less | Ordering::Equal)),
        Comparison::Greater => order == Order::Known(Ordering::Greater),
        Comparison::GreaterOrEqual => matches!(order, Order::Known(Ordering::Greater | Ordering::Equal)),
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Order {
    Known(Ordering),
    /// Not equal, and neither is the greater one.
    Different,
}

fn order(left: Plain<'_>, right: Plain<'_>) -> Option<Order> {
    use Plain::{Bool, Char, Double, Duration, Huge, Int, Single, Text, Whole};
    let of = |order: Option<Ordering>| Some(order.map_or(Order::Different, Order::Known));
    match (left, right) {
        (Int(a), Int(b)) => of(Some(a.cmp(&b))),
        (Huge(a), Huge(b)) => of(Some(a.cmp(&b))),
        (Huge(_), Int(_) | Duration(_)) => of(Some(Ordering::Greater)),
        (Int(_) | Duration(_), Huge(_)) => of(Some(Ordering::Less)),
        (Duration(a), Duration(b)) => of(Some(a.cmp(&b))),
        // A number that is a duration is one in nanoseconds.
        (Duration(a), Int(b)) => of(Some(i128::from(a).cmp(&b))),
        (Int(a), Duration(b)) => of(Some(a.cmp(&i128::from(b)))),
        (Bool(a), Bool(b)) => of(Some(a.cmp(&b))),
        (Char(a), Char(b)) => of(Some(a.cmp(&b))),
        (Text { text: a, written: false, .. }, Text { text: b, .. }) => of(Some(a.cmp(b))),
        (Text { text: a, .. }, Text { text: b, written: false, .. }) => of(Some(a.cmp(b))),
        (Text { text, written: true, .. }, Text { text: other, .. }) => match (number(text), number(other)) {
            (Some(a), Some(b)) => order(a, b),
            _ => of(Some(text.cmp(other))),
        },
        (Char(a), Text { text: b, .. }) => of(Some(a.encode_utf8(&mut [0; 4]).as_bytes().cmp(b.as_bytes()))),
        (Text { text: a, .. }, Char(b)) => of(Some(a.as_bytes().cmp(b.encode_utf8(&mut [0; 4]).as_bytes()))),
        // What a `Debug` wrote may be a number, or a `Duration`.
        (Text { text, written: true, cut: false }, other) => order(number(text)?, other),
        (other, Text { text, written: true, cut: false }) => order(other, number(text)?),
        // A literal such as 0.1 is the same number in either size.
        (Single(a), Double(b)) => of(a.partial_cmp(&(b as f32))),
        (Double(a), Single(b)) => of((a as f32).partial_cmp(&b)),
        (Single(a), Single(b)) => of(a.partial_cmp(&b)),
        (Whole(a), Whole(b)) => Some(if a == b { Order::Known(Ordering::Equal) } else { Order::Different }),
        (a, b) => of(float(a)?.partial_cmp(&float(b)?)),
    }
}

fn float(plain: Plain<'_>) -> Option<f64> {
    match plain {
        Plain::Int(int) => Some(int as f64),
        Plain::Huge(int) => Some(int as f64),
        Plain::Single(float) => Some(f64::from(float)),
        Plain::Double(float) => Some(float),
        Plain::Duration(ns) => Some(ns as f64),
        _ => None,
    }
}

/// The number, or the duration, that a text is.
fn number(text: &str) -> Option<Plain<'static>> {
    // No number is longer, and a text may be very long.
    if text.len() > 64 {
        return None;
    }
    let mut tokens = tokens(text).ok()?.into_iter().map(|(_, token)| token);
    let (Some(token), Some(Token::End)) = (tokens.next(), tokens.next()) else { return None };
    match token {
        Token::Int(int) => Some(Plain::Int(int)),
        Token::Float(float) => Some(Plain::Double(float)),
        Token::Duration(ns) => Some(Plain::Duration(ns)),
        _ => None,
    }
}

/// It is there, and not `false`.
pub(super) fn is_true(found: Found<'_>) -> bool {
    !matches!(plain(found), Plain::Bool(false))
}

/// Is it this variant, or of this type?
pub(super) fn is(found: Found<'_>, name: &str) -> bool {
    let value = match found {
        Found::Value(value) => value,
        Found::Err(_) => return name == "Err",
        Found::Text(text) => return text == name,
        _ => return false,
    };
    match value {
        Value::None => name == "None",
        Value::Some(_) => name == "Some",
        Value::Variant { name: variant, .. } => variant == name,
        Value::Struct { name: of, .. } | Value::TupleStruct { name: of, .. } => of == name,
        // `Err(Empty)`, `Reading { id: 3 }`: what a `Debug` of one's own begins with.
        Value::Printed(text) => {
            let behind = text.text.strip_prefix(name);
            behind.is_some_and(|behind| !behind.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':'))
        }
        Value::Opaque { type_name, .. } => type_name.rsplit("::").next() == Some(name),
        _ => false,
    }
}

/// Does it have this item, or this in its text?
pub(super) fn contains(found: Found<'_>, literal: &Literal) -> bool {
    let equal = |value: &Value| compares(Found::Value(value), Comparison::Equal, literal.into());
    if let Found::Value(value) = found {
        match unwrapped(value) {
            Value::Seq(items) | Value::Set(items) | Value::Tuple(items) | Value::TupleStruct { items, .. } => {
                return items.items.iter().any(equal);
            }
            Value::Map { entries, .. } => return entries.iter().any(|(key, _)| equal(key)),
            _ => {}
        }
    }
    matches!(literal, Literal::Text(wanted) if with_text(found, |text| text.contains(wanted.as_str())))
}

/// Does its text match the pattern?
pub(super) fn like(found: Found<'_>, pattern: &str) -> bool {
    with_text(found, |text| glob(pattern, text))
}

/// Of a text that itself, of all else what is shown of it.
fn with_text(found: Found<'_>, test: impl FnOnce(&str) -> bool) -> bool {
    match plain(found) {
        Plain::Text { text, .. } => test(text),
        Plain::Char(char) => test(char.encode_utf8(&mut [0; 4])),
        _ => match found {
            Found::Value(value) => test(&unwrapped(value).to_string()),
            Found::Err(value) => test(&format!("Err({value})")),
            Found::Int(int) => test(&int.to_string()),
            Found::Float(float) => test(&float.to_string()),
            Found::Bool(bool) => test(if bool { "true" } else { "false" }),
            Found::Duration(_) | Found::Text(_) => false,
        },
    }
}
