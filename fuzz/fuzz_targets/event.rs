//! Any bytes are an event, or an error; what is read is written and read as the same.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| scope_fuzz::event(bytes));
