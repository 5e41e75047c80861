//! Values for property tests.

use proptest::prelude::*;
use scope_core::value::{Items, Omitted, Value};

/// What has neither a text nor parts.
pub fn scalar() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Unit),
        any::<bool>().prop_map(Value::Bool),
        any::<i8>().prop_map(|int| Value::Int(int.into())),
        any::<i128>().prop_map(Value::Int),
        any::<u8>().prop_map(|int| Value::Uint(int.into())),
        any::<u128>().prop_map(Value::Uint),
        any::<i32>().prop_map(|int| Value::F32(int as f32)),
        any::<i32>().prop_map(|int| Value::F64(int.into())),
        any::<char>().prop_map(Value::Char),
        Just(Value::None),
        Just(Value::Redacted),
    ]
}

/// These, and what is made of them, and of what `more` makes of that. `name`: how names look; `omitted`: what is left out of lists.
pub fn nested<M: Strategy<Value = Value> + 'static>(
    leaf: impl Strategy<Value = Value> + 'static,
    name: &'static str,
    omitted: impl Strategy<Value = Omitted> + Clone + 'static,
    more: impl Fn(BoxedStrategy<Value>) -> M + 'static,
) -> impl Strategy<Value = Value> {
    leaf.prop_recursive(6, 64, 8, move |inner| {
        let items = (prop::collection::vec(inner.clone(), 0..8), omitted.clone());
        let items = items.prop_map(|(items, omitted)| Items { items, omitted }).boxed();
        let fields = prop::collection::vec((name, inner.clone()), 0..8);
        let entries = prop::collection::vec((inner.clone(), inner.clone()), 0..8);
        let variant = |(name, items)| Value::Variant { name, value: Box::new(Value::Tuple(items)) };
        prop_oneof![
            inner.clone().prop_map(|value| Value::Some(Box::new(value))),
            items.clone().prop_map(Value::Seq),
            items.clone().prop_map(Value::Set),
            items.clone().prop_map(Value::Tuple),
            (entries, omitted.clone()).prop_map(|(entries, omitted)| Value::Map { entries, omitted }),
            (name, fields, omitted.clone()).prop_map(|(name, fields, omitted)| Value::Struct { name, fields, omitted }),
            (name, items.clone()).prop_map(|(name, items)| Value::TupleStruct { name, items }),
            (name, items).prop_map(variant),
            more(inner.boxed()),
        ]
    })
}
