//! Any bytes that open as a log have a copy without damage, with all events that could be read. The input is a log, or (where it does not
//! begin like one) tells of one: see `src/make.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| {
    let is_log = input.first() == Some(&0x89);
    scope_fuzz::recover(if is_log { input.to_vec() } else { scope_fuzz::log(input) });
});
