//! Any bytes are values, or an error; what is decoded can be shown.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scope_core::value::{decode, decode_all};

fuzz_target!(|bytes: &[u8]| {
    if let Ok((value, used)) = decode(bytes) {
        assert!(used <= bytes.len());
        drop(value.to_string());
        drop(format!("{value:?}"));
    }
    if let Ok(values) = decode_all(bytes) {
        values.iter().for_each(|value| drop(value.to_string()));
    }
});
