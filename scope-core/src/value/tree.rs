//! A captured value, as readers see it.

/// A captured value. Its `Display` is one line, much like what `Debug` prints.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// `()`.
    Unit,
    /// A boolean.
    Bool(bool),
    /// A signed integer.
    Int(i128),
    /// An unsigned integer.
    Uint(u128),
    /// A floating point number of 32 bits.
    F32(f32),
    /// A floating point number of 64 bits.
    F64(f64),
    /// A character.
    Char(char),
    /// A string.
    Str(Text),
    /// A string of bytes, possibly only its beginning.
    Bytes {
        /// The bytes that were kept.
        bytes: Vec<u8>,
        /// How many there were.
        total: u64,
    },
    /// `None`.
    None,
    /// `Some`.
    Some(Box<Value>),
    /// A sequence.
    Seq(Items),
    /// A set.
    Set(Items),
    /// A tuple.
    Tuple(Items),
    /// A map.
    Map {
        /// Keys and values.
        entries: Vec<(Value, Value)>,
        /// What is missing.
        omitted: Omitted,
    },
    /// A struct with named fields, or with none.
    Struct {
        /// Its name; empty for the fields of a variant.
        name: String,
        /// Names and values. A field without a name is a note on why there are no more.
        fields: Vec<(String, Value)>,
        /// What is missing.
        omitted: Omitted,
    },
    /// A struct with unnamed fields.
    TupleStruct {
        /// Its name.
        name: String,
        /// Its fields.
        items: Items,
    },
    /// A variant of an enum.
    Variant {
        /// Its name, such as `Err`.
        name: String,
        /// Its parts: `Unit`, a `Tuple`, or a `Struct` without a name; `Cut` if they are missing.
        value: Box<Value>,
    },
    /// What its `Debug` printed.
    Printed(Text),
    /// A value of which nothing is known but its type.
    Opaque {
        /// The name of the type.
        type_name: String,
        /// The size of the value in bytes.
        size: u64,
    },
    /// A value that the plan hides.
    Redacted,
    /// The code that was to show the value panicked, with this message.
    Panicked(String),
    /// The code that was to show the value gave up, with this reason.
    Failed(String),
    /// A value that the limits cut as a whole.
    Cut,
}

/// Text, possibly only its beginning.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Text {
    /// The text that was kept.
    pub text: String,
    /// It went on.
    pub cut: bool,
}

/// Values, possibly only the first of them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Items {
    /// The values that were kept.
    pub items: Vec<Value>,
    /// What is missing.
    pub omitted: Omitted,
}

/// How many items the limits left out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Omitted {
    /// None.
    #[default]
    None,
    /// This many.
    Some(u64),
    /// Some, nobody counted them.
    Unknown,
}

impl Value {
    /// Whether it is an `Err`.
    pub fn is_err(&self) -> bool {
        matches!(self, Value::Variant { name, .. } if name == "Err")
    }

    /// Whether something of it is missing or hidden.
    pub fn is_partial(&self) -> bool {
        match self {
            Value::Str(text) | Value::Printed(text) => text.cut,
            Value::Bytes { bytes, total } => (bytes.len() as u64) < *total,
            Value::Some(value) | Value::Variant { value, .. } => value.is_partial(),
            Value::Seq(items) | Value::Set(items) | Value::Tuple(items) | Value::TupleStruct { items, .. } => {
                items.omitted != Omitted::None || items.items.iter().any(Value::is_partial)
            }
            Value::Map { entries, omitted } => {
                *omitted != Omitted::None || entries.iter().any(|(k, v)| k.is_partial() || v.is_partial())
            }
            Value::Struct { fields, omitted, .. } => {
                *omitted != Omitted::None || fields.iter().any(|(_, value)| value.is_partial())
            }
            Value::Redacted | Value::Panicked(_) | Value::Failed(_) | Value::Cut => true,
            _ => false,
        }
    }

    /// The text of a string, or of what `Debug` printed.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::Str(text) | Value::Printed(text) => Some(&text.text),
            _ => None,
        }
    }

    /// The value of an integer, if it fits.
    pub fn as_i128(&self) -> Option<i128> {
        match self {
            Value::Int(int) => Some(*int),
            Value::Uint(uint) => i128::try_from(*uint).ok(),
            _ => None,
        }
    }

    /// The value of a boolean.
    pub fn as_bool(&self) -> Option<bool> {
        match self {
            Value::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The value of a number, as near as `f64` gets.
    pub fn as_f64(&self) -> Option<f64> {
        match self {
            Value::F32(float) => Some(f64::from(*float)),
            Value::F64(float) => Some(*float),
            Value::Int(int) => Some(*int as f64),
            Value::Uint(uint) => Some(*uint as f64),
            _ => None,
        }
    }

    /// The field of this name, also of a variant's struct, or the value that a map has for this key.
    pub fn field(&self, name: &str) -> Option<&Value> {
        match self {
            Value::Struct { fields, .. } => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            Value::Map { entries, .. } => {
                entries.iter().find(|(key, _)| matches!(key, Value::Str(t) if t.text == name)).map(|(_, value)| value)
            }
            Value::Some(value) | Value::Variant { value, .. } => value.field(name),
            _ => None,
        }
    }
}
