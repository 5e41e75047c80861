//! A value that was read can be stored anew: what is read then is the same.

mod strategies;

use proptest::prelude::*;
use scope_core::value::{Omitted, Text, Value, decode, encode};

fn omitted() -> impl Strategy<Value = Omitted> + Clone {
    prop_oneof![Just(Omitted::None), any::<u64>().prop_filter_map("0", some), Just(Omitted::Unknown)]
}

fn some(count: u64) -> Option<Omitted> {
    (count > 0).then_some(Omitted::Some(count))
}

fn text() -> impl Strategy<Value = Text> {
    (".{0,20}", any::<bool>()).prop_map(|(text, cut)| Text { text, cut })
}

/// Whatever a reader may have, and what no recorder makes.
fn any_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        10 => strategies::scalar(),
        1 => text().prop_map(Value::Str),
        1 => text().prop_map(Value::Printed),
        1 => (prop::collection::vec(any::<u8>(), 0..20), 0..40u64).prop_map(|(bytes, total)| Value::Bytes { bytes, total }),
        1 => (".{0,9}", any::<u64>()).prop_map(|(type_name, size)| Value::Opaque { type_name, size }),
        1 => ".{0,9}".prop_map(Value::Panicked),
        1 => ".{0,9}".prop_map(Value::Failed),
        1 => Just(Value::Cut),
    ];
    strategies::nested(leaf, ".{0,5}", omitted(), |inner| {
        let name = prop_oneof![Just("Ok".to_owned()), Just("Err".to_owned()), ".{0,5}"];
        (name, inner).prop_map(|(name, value)| Value::Variant { name, value: Box::new(value) })
    })
}

fn encoded(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    encode(value, &mut bytes);
    bytes
}

proptest! {
    #[test]
    fn what_is_stored_is_read(value in any_value()) {
        let bytes = encoded(&value);
        prop_assert_eq!(decode(&bytes), Ok((value, bytes.len())));
    }

    // Values are told by tags from 1 to 33 and from 64 on: so more of the bytes are some.
    #[test]
    fn what_was_read_is_stored(bytes in prop::collection::vec(prop_oneof![0..34u8, any::<u8>()], 0..60)) {
        if let Ok((value, _)) = decode(&bytes) {
            let again = encoded(&value);
            // A float that is no number is unlike itself.
            let (read, used) = decode(&again).expect("what was stored");
            prop_assert_eq!(used, again.len());
            prop_assert_eq!(format!("{read:?}"), format!("{value:?}"));
        }
    }
}

#[test]
fn depth_is_no_danger() {
    let nested = |depth: usize| (0..depth).fold(Value::Uint(7), |value, _| Value::Some(Box::new(value)));
    let deepest = (1..).find(|depth| decode(&encoded(&nested(*depth))).expect("a value").0 != nested(*depth));
    let deepest = deepest.expect("it ends");
    assert!((100..1000).contains(&deepest), "{deepest}");
    let (cut, _) = decode(&encoded(&nested(deepest + 1000))).expect("a value");
    assert!(format!("{cut:?}").contains("Some(Cut)"));
}
