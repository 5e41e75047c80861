//! Whoever writes a bad log may also write the right checksums: any payloads in sound frames behind a sound header, and batches and an index
//! that are nearly right. The input: see `src/make.rs`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: &[u8]| scope_fuzz::read_all(scope_fuzz::log(input)));
