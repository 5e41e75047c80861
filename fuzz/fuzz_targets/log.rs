//! Any bytes are a log, or an error; reading goes on behind damage, and comes to an end.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| scope_fuzz::read_all(bytes.to_vec()));
