//! Any text between two marks of a program's file is a woven function, or none.
#![no_main]

use libfuzzer_sys::fuzz_target;
use scope_core::woven::read_found;

fuzz_target!(|text: &str| {
    if let Some(def) = read_found(text) {
        assert!(def.line > 0 && !def.name.is_empty() && !def.file.is_empty() && !def.module.is_empty());
        assert!(def.places.iter().all(|place| place.line > 0), "{def:?}");
    }
});
